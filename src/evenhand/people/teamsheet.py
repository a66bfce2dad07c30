"""A pasted or uploaded team list, read into rows: what each cell says, or why not."""

import csv
import io
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import islice
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

from evenhand.engine.reasons import Reason
from evenhand.people.models import Role
from evenhand.sheets.columns.extract import column_reader, role_readers
from evenhand.sheets.columns.roles import Purpose
from evenhand.sheets.limits import Limits
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.reading.rows import Row
from evenhand.sheets.reading.table import Table
from evenhand.sheets.understand import understand
from evenhand.sheets.values.problem import Problem

MOST_ROWS = 2_000
LIMITS = Limits(cell_characters=2_000, columns=100, unpacked_megabytes=64, area_cells=1_000_000)

# What a list of people can say here; other columns are named as not used.
USED = frozenset(
    "name email phone team level weight region industry product skill language capacity "
    "joined_on mentor".split()
)
_ROLE_HEADINGS = frozenset(
    "角色 系统角色 系統角色 用户角色 權限角色 权限角色 role userrole accountrole systemrole".split()
)
ROLE_WORDS: Mapping[str, str] = {
    **dict.fromkeys("rep sales 销售 业务 業務 业务员 業務員 销售员".split(), Role.REP),
    **dict.fromkeys("manager 主管 经理 經理 团队主管 團隊主管".split(), Role.MANAGER),
    **dict.fromkeys(
        "sales_ops salesops salesoperations 销售运营 銷售營運 業務營運 运营".split(), Role.SALES_OPS
    ),
    **dict.fromkeys("admin administrator 管理员 管理員 系统管理员 系統管理員".split(), Role.ADMIN),
    **dict.fromkeys("auditor 审计 審計 稽核 审计员".split(), Role.AUDITOR),
}
_BETWEEN_TEAMS = re.compile(r"\s*[/／>＞\\→]\s*")
_BLANKS = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be used: its column, what stands there, and why."""

    column: str
    value: str
    why: Reason


@dataclass
class SheetRow:
    """One person of the list. `number` counts as the spreadsheet does."""

    number: int
    values: dict[str, Any]
    bad: list[BadCell] = field(default_factory=list)

    @property
    def team_path(self) -> tuple[str, ...]:
        """The team from the top down; empty where none is given."""
        text = str(self.values.get("team") or "")
        return tuple(part for part in _BETWEEN_TEAMS.split(text.strip()) if part)


@dataclass(frozen=True, slots=True)
class TeamList:
    """A list as read: its rows, the heading of each used column, and headings not used."""

    rows: tuple[SheetRow, ...]
    headings: Mapping[str, str]
    unused: tuple[str, ...]
    is_cut: bool  # more rows than are taken at once


def text_of_file(path: Path) -> str:
    """A CSV or XLSX file as CSV text, so that it can be shown, kept in a form and read again.

    :raises UnreadableSheet: the file cannot be read.
    """
    table = open_table(path, limits=LIMITS)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.header)
    rows = table.rows()
    found: dict[int, Row] = dict(islice(rows, MOST_ROWS + 1))
    # With all their cells, so that whoever reads the text finds out what is wrong with them.
    found |= {one.number: one.cells for one in rows.left_out if one.is_rejected}
    for _, cells in sorted(found.items(), key=itemgetter(0)):
        writer.writerow([_text(cell) for cell in cells])
    return out.getvalue()


def read_list(text: str) -> TeamList:
    """Read pasted cells, or the text of a file.

    :raises UnreadableSheet: it is no table.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_text(text, encoding="utf-8")
        return _read(open_table(path, limits=LIMITS))


def _read(table: Table) -> TeamList:
    role_column = next((head for head in table.header if _plain(head) in _ROLE_HEADINGS), None)
    said = [] if role_column is None else [f"{role_column}=custom:text"]
    columns = understand(table, Purpose.TEAM, said=said)
    readers = {name: read for name, read in role_readers(columns).items() if name in USED}
    if role_column is not None:
        column = next(one for one in columns.columns if one.header == role_column)
        readers["role"] = column_reader(column)
    rows: list[SheetRow] = []
    is_cut = False
    passing = table.rows()
    for number, cells in passing:
        if len(rows) == MOST_ROWS:
            is_cut = True
            break
        rows.append(_row(number, cells, readers))
    for one in passing.left_out:
        if one.is_rejected:
            text = ", ".join(_text(cell) for cell in one.cells)
            rows.append(SheetRow(one.number, {}, [BadCell("", text, one.reason)]))
    rows.sort(key=attrgetter("number"))
    headings = {name: columns.of(name)[0].header for name in readers if name != "role"}
    if role_column is not None:
        headings["role"] = role_column
    unused = [
        one.header for one in columns.columns if one.role not in USED and one.header != role_column
    ]
    return TeamList(tuple(rows), headings, tuple(unused), is_cut)


def _row(number: int, cells: Any, readers: Mapping[str, Any]) -> SheetRow:
    row = SheetRow(number, {})
    for name, read in readers.items():
        value = read(cells)
        if isinstance(value, Problem):
            row.bad.append(BadCell(value.column, value.value, value.reason))
        elif value is not None and value != "":
            row.values[name] = value
    return row


def _text(cell: Any) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def _plain(heading: str) -> str:
    return _BLANKS.sub("", heading).lower()


def role_of(text: str) -> str | None:
    """The role that a word means; None where it means none."""
    return ROLE_WORDS.get(_BLANKS.sub("", text).lower()) or ROLE_WORDS.get(text.strip().lower())
