"""The result of recognition: for each column its role, how that was found, and what was assumed."""

from dataclasses import dataclass
from enum import StrEnum

from evenhand.engine.facts import FieldSpec, FieldType
from evenhand.engine.reasons import Reason
from evenhand.sheets.columns.roles import FIELD_TYPES, ROLES, CellKind, Purpose
from evenhand.sheets.values.dates import DateOrder


class FoundBy(StrEnum):
    """How the role of a column was found."""

    OVERRIDE = "override"  # the user said so
    NAME = "name"
    CONTENT = "content"
    NOTHING = "nothing"  # kept as a field of its own, or left out


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file.

    A column without a role is a field of its own, named `field` in conditions; one without either
    is left out.
    """

    index: int
    header: str
    role: str = ""
    part: str = ""  # of a role made of several columns: province, city, last …
    field: str = ""
    kind: CellKind = CellKind.TEXT
    found_by: FoundBy = FoundBy.NOTHING
    confidence: int = 0  # percent
    rank: int = 0  # among columns that fall back, the lower one is asked first
    factor: int = 1  # numbers are multiplied by it, as the heading or the scale says
    date_order: DateOrder | None = None
    is_personal: bool = False  # name, phone, address: never stored in a receipt

    @property
    def slot(self) -> str:
        """The role, with its part where it has one: region.province."""
        return f"{self.role}.{self.part}" if self.part else self.role


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What the columns of a sheet mean; `notes` say what was assumed, doubled or doubtful."""

    purpose: Purpose
    columns: tuple[Column, ...]
    notes: tuple[Reason, ...] = ()

    def of(self, role: str) -> tuple[Column, ...]:
        """The columns of a role: its parts in their order, or the first and those behind it."""
        parts = ROLES[self.purpose][role].parts

        def place(column: Column) -> tuple[int, int, int]:
            # The whole comes before its parts: 华东 before 浙江省 and 杭州市.
            part = parts.index(column.part) if column.part else -1
            return part, column.rank, column.index

        return tuple(sorted((c for c in self.columns if c.role == role), key=place))

    def has(self, role: str) -> bool:
        """Whether any column has this role."""
        return any(column.role == role for column in self.columns)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that were found, in the order of their columns."""
        return tuple(dict.fromkeys(column.role for column in self.columns if column.role))

    @property
    def custom(self) -> tuple[Column, ...]:
        """The columns kept as fields of their own."""
        return tuple(column for column in self.columns if column.field)

    def field_specs(self) -> tuple[FieldSpec, ...]:
        """The custom columns as fields that conditions may name: `lead.…`, for a team `rep.…`."""
        root = "rep" if self.purpose is Purpose.TEAM else "lead"
        return tuple(
            FieldSpec(
                root, column.field, FIELD_TYPES.get(column.kind, FieldType.TEXT), column.is_personal
            )
            for column in self.custom
        )
