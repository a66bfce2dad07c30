"""The people who may receive items, with their calendars, in the order of their ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.facts import Rep, Value

ALWAYS_OPEN = Calendar(zone="UTC")


class CannotFormTeam(Exception):
    """The people given do not make a team: two share one id."""

    def __init__(self, rep_id: str) -> None:
        super().__init__(f"team: id {rep_id!r} stands for two people; give each an id of their own")
        self.rep_id = rep_id


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody, sorted by id, and the calendars they work by ("" = the company's)."""

    reps: tuple[Rep, ...]
    calendars: Mapping[str, Calendar] = field(default_factory=dict)

    @classmethod
    def of(cls, reps: Iterable[Rep], calendars: Mapping[str, Calendar] | None = None) -> "Team":
        """Sort people by id.

        :raises CannotFormTeam: an id stands for two people.
        """
        ordered = tuple(sorted(reps, key=lambda rep: rep.id))
        for before, after in pairwise(ordered):
            if before.id == after.id:
                raise CannotFormTeam(after.id)
        return cls(ordered, dict(calendars or {}))

    @property
    def company_calendar(self) -> Calendar:
        """The calendar that holds where nothing more particular is said."""
        return self.calendars.get("", ALWAYS_OPEN)

    def calendar_of(self, rep: Rep) -> Calendar:
        """The calendar a person works by."""
        return self.calendars.get(rep.calendar, self.company_calendar)

    def positions(self) -> dict[str, int]:
        """Where each person stands, by id."""
        return {rep.id: position for position, rep in enumerate(self.reps)}

    def find(self, text: str) -> Rep | None:
        """The person with this id or, if only one has it, this name."""
        by_id = [rep for rep in self.reps if rep.id == text]
        by_name = [rep for rep in self.reps if rep.name == text]
        if by_id:
            return by_id[0]
        return by_name[0] if len(by_name) == 1 else None


def rep_fields(rep: Rep, *, is_new: bool) -> dict[str, Value]:
    """What conditions may ask of a person."""
    return {
        **rep.fields,
        "id": rep.id,
        "team": rep.team or None,
        "level": rep.level or None,
        "joined_on": rep.joined_on,
        "is_new": is_new,
    }
