"""Columns that nobody recognized, kept as fields of their own."""

import re
from collections.abc import Mapping, Sequence

from evenhand.engine.facts import BUILT_IN_FIELDS
from evenhand.sheets.columns.content import certain_kind, inferred_kind
from evenhand.sheets.columns.field_names import field_name
from evenhand.sheets.columns.heading import plain_form
from evenhand.sheets.columns.mapping import Column, FoundBy
from evenhand.sheets.columns.roles import ROLES, CellKind, Purpose
from evenhand.sheets.values.text import Cell

# What says who somebody is: such a field never enters a receipt.
_PERSONAL = re.compile(
    r"姓名|名字|昵称|微信|地址|住址|街道|身份证|证件|生日|电话|手机|邮箱|联系人|车牌"
    r"|wechat|weixin|whatsapp|^qq|address|street|idnumber|birth|phone|mobile|email|firstname|lastname|nickname"
)
_PERSONAL_KINDS = frozenset({CellKind.PHONE, CellKind.EMAIL})


def custom_columns(
    purpose: Purpose,
    header: Sequence[str],
    left: Mapping[int, CellKind | None],
    cells: Mapping[int, Sequence[Cell]],
) -> list[Column]:
    """The columns left, each with a field name in the words of the file and a kind.

    A kind that is given is the user's word; otherwise the values tell it.
    """
    root = "rep" if purpose is Purpose.TEAM else "lead"
    taken = {spec.name for spec in BUILT_IN_FIELDS.fields.values() if spec.root == root}
    taken |= set(ROLES[purpose])
    found: list[Column] = []
    for index, said in left.items():
        name = field_name(header[index], taken)
        taken.add(name)
        kind = said or inferred_kind(cells[index])
        found.append(
            Column(
                index,
                header[index],
                field=name,
                kind=kind,
                found_by=FoundBy.OVERRIDE if said else FoundBy.NOTHING,
                confidence=100 if said else 0,
                is_personal=kind is not CellKind.BOOLEAN
                and _is_personal(header[index], cells[index]),
            )
        )
    return found


def _is_personal(header: str, cells: Sequence[Cell]) -> bool:
    return bool(_PERSONAL.search(plain_form(header))) or certain_kind(cells) in _PERSONAL_KINDS
