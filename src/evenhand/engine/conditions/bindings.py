"""What a condition is asked about: one item, its company, perhaps a rep, and the moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol

from evenhand.engine.conditions.operands import FieldRef
from evenhand.engine.facts import NOTHING, Regions, Value

NOTHING_DERIVED: Mapping[str, bool] = MappingProxyType({})
NO_REGIONS = Regions()


class WorkingClock(Protocol):
    """Somebody's working time; `evenhand.engine.calendar` has one."""

    def is_working(self, at: datetime, /) -> bool:
        """Whether `at` is working time."""

    def elapsed(self, from_at: datetime, to_at: datetime, /) -> timedelta:
        """The working time between two instants; the earlier one is given first."""


@dataclass(frozen=True, slots=True)
class Bindings:
    """The values behind the fields. Without a rep, every `rep.` field is missing.

    `now` is aware and stands in the company's time zone: dates, weekdays and times of day, also
    those of other instants, are meant in it. `working_day` is how much working time 1wd is.
    `derived` holds what atoms over personal fields came to (see `derive`), by their text; where
    it knows an atom, the field itself is not read.
    """

    lead: Mapping[str, Value]
    now: datetime
    company: Mapping[str, Value] = field(default_factory=lambda: NOTHING)
    rep: Mapping[str, Value] | None = None
    regions: Regions = NO_REGIONS
    clock: WorkingClock | None = None
    working_day: timedelta = timedelta(hours=8)
    derived: Mapping[str, bool] = field(default_factory=lambda: NOTHING_DERIVED)

    def __post_init__(self) -> None:
        """:raises TypeError: `now` has no time zone."""
        if self.now.tzinfo is None:
            raise TypeError(f"now must have a time zone, {self.now.isoformat()} has none")

    def with_rep(self, rep: Mapping[str, Value]) -> "Bindings":
        """The same item at the same moment, beside this rep."""
        # Not dataclasses.replace: once per item and rep, it takes three times as long.
        return Bindings(
            self.lead,
            self.now,
            self.company,
            rep,
            self.regions,
            self.clock,
            self.working_day,
            self.derived,
        )


Reader = Callable[[Bindings], Value]


def reader_of(ref: FieldRef) -> Reader:
    """How to read a field from bindings; a field that is not there reads as None."""
    name = ref.name
    if ref.root == "lead":
        return lambda bindings: bindings.lead.get(name)
    if ref.root == "company":
        return lambda bindings: bindings.company.get(name)
    if ref.root == "rep":
        return lambda bindings: None if bindings.rep is None else bindings.rep.get(name)
    return _OF_THE_MOMENT.get(name, _nothing)


def _nothing(bindings: Bindings) -> Value:
    return None


def _is_working_time(bindings: Bindings) -> bool | None:
    return None if bindings.clock is None else bindings.clock.is_working(bindings.now)


_OF_THE_MOMENT: Mapping[str, Reader] = MappingProxyType(
    {
        "at": lambda bindings: bindings.now,
        "date": lambda bindings: bindings.now.date(),
        "time": lambda bindings: bindings.now.time(),
        "weekday": lambda bindings: bindings.now.isoweekday(),
        "is_working_time": _is_working_time,
    }
)
