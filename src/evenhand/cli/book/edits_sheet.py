"""The edits sheet: one change a row, in Chinese or English."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenhand.cli.route.team import BadCell
from evenhand.engine.facts import POINT
from evenhand.engine.reasons import reason
from evenhand.engine.routing.edits import EditAct
from evenhand.engine.values import MOST_POINTS
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.values.numbers import parse_number
from evenhand.sheets.values.problem import Problem
from evenhand.sheets.values.text import folded, text_of

_COLUMNS = {
    "item": "id,lead,lead id,item,item id,线索,线索id,线索编号,名單,名單編號,编号,編號",
    "act": "act,action,what,操作,动作,動作,处理,處理",
    "to": "to,to rep,rep,owner,new owner,负责人,負責人,新负责人,新負責人,转给,轉給,人员",
    "points": "points,分值,补分,補分,分",
    "rate": "rate,refund,refund %,退还比例,退還比例,退分比例",
    "note": "note,reason,why,原因,备注,備註,说明,說明",
    "by": "by,actor,操作人,经办人,經辦人",
}
_ACTS = {
    EditAct.VOID: "void,作废,作廢,无效,無效,重复,重複",
    EditAct.TRANSFER: "transfer,reassign,转交,轉交,改派",
    EditAct.RETURN: "return,退回",
    EditAct.CLAIM: "claim,领取,領取",
    EditAct.ASSIGN: "assign,指定,人工指定,分配",
    EditAct.CREDIT: "credit,补分,補分,申诉成立,申訴成立",
}
_ROLE_OF = {name: role for role, names in _COLUMNS.items() for name in names.split(",")}
_ACT_OF = {name: act for act, names in _ACTS.items() for name in names.split(",")}
NEEDS_PERSON = frozenset({EditAct.TRANSFER, EditAct.CLAIM, EditAct.ASSIGN, EditAct.CREDIT})


@dataclass(frozen=True, slots=True)
class WantedEdit:
    """One row of the edits sheet. Points in micro-points; None where the row says nothing."""

    row: int
    item_id: str
    act: EditAct
    to: str = ""
    points: int | None = None
    rate_percent: int | None = None
    note: str = ""
    actor: str = ""


def read_edits(path: Path) -> tuple[list[WantedEdit], list[BadCell]]:
    """The changes asked for, and the cells that could not be used.

    :raises UnreadableSheet: the file cannot be read.
    """
    table = open_table(path)
    place = {
        _ROLE_OF[folded(name).strip().casefold()]: index
        for index, name in reversed(list(enumerate(table.header)))
        if folded(name).strip().casefold() in _ROLE_OF
    }
    edits: list[WantedEdit] = []
    bad: list[BadCell] = []
    rows = table.rows()
    for number, row in rows:
        cells = {role: row[index] for role, index in place.items()}
        wanted = _edit(number, cells, bad)
        if wanted is not None:
            edits.append(wanted)
    bad += [BadCell(one.number, "", "", one.reason) for one in rows.left_out if one.is_rejected]
    return edits, bad


def _edit(number: int, cells: dict[str, Any], bad: list[BadCell]) -> WantedEdit | None:
    texts = {role: text_of(cell).strip() for role, cell in cells.items()}
    said = texts.get("act", "")
    act = _ACT_OF.get(folded(said).casefold())
    item_id = texts.get("item", "")
    wrong = len(bad)
    if act is None:
        acts = tuple(one.value for one in _ACTS)
        bad.append(BadCell(number, "act", said, reason("edit.act_unknown", value=said, acts=acts)))
    if not item_id and act is not EditAct.CREDIT:
        bad.append(BadCell(number, "item", "", reason("edit.item_missing")))
    if act in NEEDS_PERSON and not texts.get("to"):
        bad.append(BadCell(number, "to", "", reason("edit.person_missing")))
    points = _number(number, "points", cells.get("points", ""), bad)
    rate = _percent(_number(number, "rate", cells.get("rate", ""), bad))
    if rate is not None and not 0 <= rate <= 100:
        bad.append(
            BadCell(number, "rate", str(rate), reason("edit.rate_out_of_range", value=str(rate)))
        )
    if points is not None and not 0 <= points <= MOST_POINTS:
        why = reason("edit.points_out_of_range", value=str(points), limit=MOST_POINTS)
        bad.append(BadCell(number, "points", str(points), why))
    if act is EditAct.CREDIT and not texts.get("points"):
        bad.append(BadCell(number, "points", "", reason("edit.points_missing")))
    if act is None or len(bad) > wrong:
        return None
    return WantedEdit(
        row=number,
        item_id=item_id,
        act=act,
        to=texts.get("to", ""),
        points=None if points is None else int(points * POINT),
        rate_percent=None if rate is None else int(rate),
        note=texts.get("note", ""),
        actor=texts.get("by", ""),
    )


def _percent(rate: Decimal | None) -> Decimal | None:
    """A share as percents: 50, 50% and 0.5 are one half, 1 and 100% the whole."""
    return rate * 100 if rate is not None and 0 < rate <= 1 else rate


def _number(number: int, role: str, cell: Any, bad: list[BadCell]) -> Decimal | None:
    value = parse_number(cell)
    if isinstance(value, Problem):
        bad.append(BadCell(number, role, value.value, value.reason))
        return None
    return None if value is None else Decimal(value)
