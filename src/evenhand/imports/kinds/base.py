"""What every kind of rows has in common: the job and the pages know nothing else of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from evenhand.engine.reasons import Reason, reason
from evenhand.imports.models import Import, ImportRow
from evenhand.imports.owners import Meant, Owners, owners
from evenhand.leads.intake import FieldProblem, InvalidIntake
from evenhand.people.actor import Actor
from evenhand.people.models import Organization
from evenhand.sheets.columns.roles import Purpose
from evenhand.tasks.queries import types_of

LONGEST_NOTE = 4000


@dataclass(frozen=True)
class Around:
    """What reading a row rests on besides its cells: the choices of the import, and people."""

    row: Import
    roles: frozenset[str]  # that columns of the file have

    @cached_property
    def company(self) -> Organization:
        """The company itself."""
        return Organization.objects.get(pk=1)

    @cached_property
    def zone(self) -> ZoneInfo:
        """In which clock times without a zone are meant."""
        return ZoneInfo(self.company.zone)

    @cached_property
    def owners(self) -> Owners:
        """Everybody whom a column may name."""
        return owners({text: int(rep) for text, rep in self.row.owners.items()})

    @cached_property
    def task_types(self) -> tuple[str, ...]:
        """The types of to-dos that the rules of its line know."""
        return tuple(one.type for one in types_of(self.row.line_id))

    def moment(self, value: Any) -> datetime | None:
        """A time as it is kept."""
        if not isinstance(value, datetime):
            return None
        return value if value.tzinfo is not None else value.replace(tzinfo=self.zone)

    def plain(self, value: Any) -> str | int | float | bool:
        """A value as JSON can hold it."""
        if isinstance(value, bool | int | str):
            return value
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        if isinstance(value, datetime) and value.tzinfo is None:
            value = value.replace(tzinfo=self.zone)
        if isinstance(value, datetime | date | time):
            return value.isoformat()
        if isinstance(value, tuple | list):
            return "、".join(map(str, value))
        return str(value)

    def owner(self, text: str) -> Meant | None:
        """Who is meant by what stands in the column of the owner."""
        return self.owners.find(text) if text else None


@dataclass(frozen=True, slots=True)
class RowRead:
    """The values of one row by role, and columns of its own by name."""

    number: int
    values: Mapping[str, Any]
    extra: Mapping[str, Any]

    def text(self, role: str, limit: int, problems: list[FieldProblem] | None = None) -> str:
        """A value as text, without NUL; one that is too long is noted, or cut."""
        value = self.values.get(role)
        text = "" if value is None else str(value).replace("\x00", "").strip()
        if len(text) > limit and problems is not None:
            problems.append(FieldProblem(role, text[:80], reason("intake.too_long", limit=limit)))
        return text[:limit]

    def whole(self, role: str, most: int, problems: list[FieldProblem]) -> int | None:
        """A value as a whole number from 0 to `most`; None = not said."""
        value = self.values.get(role)
        if not isinstance(value, int | Decimal):
            return None
        if not 0 <= value <= most:
            problems.append(FieldProblem(role, str(value)[:80], reason("intake.not_a_number")))
            return None
        return int(value)

    def note(self, *parts: str) -> str:
        """The remark, these parts before it and the columns of its own below it."""
        texts = [*parts, self.text("note", LONGEST_NOTE)]
        texts += [f"{name}: {value}" for name, value in self.extra.items()]
        return "\n".join(text for text in texts if text).replace("\x00", "")[:LONGEST_NOTE]


@dataclass(frozen=True, slots=True)
class Ended:
    """Where a row ended, and what it made or met."""

    outcome: str
    lead_id: int | None = None
    made_id: int | None = None
    why: Reason | None = None  # why it could not be written


class KindOfRows(Protocol):
    """What the job and the pages know of a kind."""

    purpose: Purpose
    roles: frozenset[str]  # what its columns can be
    lenient: frozenset[str]  # roles whose unreadable cells are kept as they stand
    keeps_own: bool  # whether columns without a role become fields of its own

    def read(self, row: RowRead, around: Around) -> Any:
        """A row as a record of this kind.

        :raises InvalidIntake: it cannot be used; every wrong field is named.
        """

    def write(
        self, row: Import, part: Sequence[tuple[int, Any]], *, actor: Actor
    ) -> Mapping[int, Ended]:
        """Write the records of a part, by number; in the caller's transaction."""

    def undo(self, row: Import, one: ImportRow, *, actor: Actor) -> None:
        """Take back what a row made; in the caller's transaction.

        :raises Refused: it stays, and this is why.
        """


def refuse_if(problems: Sequence[FieldProblem]) -> None:
    """Refuse a row with these problems, if there are any.

    :raises InvalidIntake: there are.
    """
    if problems:
        raise InvalidIntake(tuple(problems))
