"""`--map "COLUMN=ROLE"`: the user's word on what a column is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.engine.facts import FieldType
from evenhand.engine.reasons import Param, Reason, reason
from evenhand.sheets.columns.names import match_name
from evenhand.sheets.columns.roles import FIELD_TYPES, ROLES, CellKind, Purpose
from evenhand.sheets.plain import plain

IGNORE_WORDS = frozenset({"ignore", "skip", "-", "忽略", "不用"})
CUSTOM_WORDS = frozenset({"custom", "field", "自定义", "自訂"})
_CUSTOM_KINDS = {
    type_.value: next((kind for kind, t in FIELD_TYPES.items() if t is type_), CellKind.TEXT)
    for type_ in (
        FieldType.TEXT, FieldType.NUMBER, FieldType.BOOLEAN, FieldType.DATE, FieldType.DATETIME,
        FieldType.LIST, FieldType.REGION,
    )
}  # fmt: skip


class UnreadableOverride(Exception):
    """What the user said of a column is not understood; `reason` is a `sheet.map_…` code."""

    def __init__(self, code: str, /, **params: Param) -> None:
        self.reason: Reason = reason(code, **params)
        super().__init__(plain(self.reason))


@dataclass(frozen=True, slots=True)
class Override:
    """What one column is: a role (and part), a field of its own (and kind), or nothing."""

    role: str = ""
    part: str = ""
    is_custom: bool = False
    kind: CellKind | None = None


def parse_overrides(
    texts: Iterable[str], header: Sequence[str], purpose: Purpose
) -> Mapping[str, Override]:
    """Read "列名=role" lines; the column is a heading of the file, the role one of ROLES.

    Also understood: `region.province` for a part, `custom` or `custom:number` for a field of its
    own, `ignore`, and any settled name of a role in place of the role (手机号).

    :raises UnreadableOverride: no equals sign, no such column or role, or a column named twice.
    """
    found: dict[str, Override] = {}
    for text in texts:
        # A heading may hold an equals sign, a role never does.
        column, equals, said = (part.strip() for part in text.rpartition("="))
        if not equals or not column or not said:
            raise UnreadableOverride("sheet.map_unreadable", text=text)
        if column not in header:
            raise UnreadableOverride(
                "sheet.map_column_unknown", column=column, columns=tuple(header)
            )
        if column in found:
            raise UnreadableOverride("sheet.map_column_twice", column=column)
        found[column] = parse_override(said, purpose)
    return found


def parse_override(said: str, purpose: Purpose) -> Override:
    """What the user calls the column.

    :raises UnreadableOverride: no such role.
    """
    word = said.strip().lower()
    if word in IGNORE_WORDS:
        return Override()
    custom, _, kind = word.partition(":")
    if custom in CUSTOM_WORDS and (not kind or kind in _CUSTOM_KINDS):
        return Override(is_custom=True, kind=_CUSTOM_KINDS.get(kind))
    role, _, part = word.partition(".")
    known = ROLES[purpose].get(role)
    if known is not None and (not part or part in known.parts):
        return Override(role, part)
    if (match := match_name(said, purpose)) is not None and match.confidence == 100:
        return Override(match.role, match.part)
    roles = (*ROLES[purpose], "custom", "ignore")
    raise UnreadableOverride("sheet.map_role_unknown", role=said, roles=roles)
