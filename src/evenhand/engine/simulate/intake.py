"""An intake that is over: what came in when, when it was really closed, and what people held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from evenhand.engine.facts import Item
from evenhand.engine.routing.team import Team


class Arrival(NamedTuple):
    """An item that came in; `alike` is the number of its facts in `Intake.facts`.

    `company` and `number` say which items belong to one company, and which of them is the latest.
    `closed_at` is when the work on it was really over and its owner had room again; None = not yet.
    """

    item_id: str
    number: int
    at: datetime
    alike: int
    company: str
    closed_at: datetime | None


class Given(NamedTuple):
    """Something that somebody held besides: before the intake, or from elsewhere.

    It weighs on him whatever the rules say. `is_company` means the company itself, not an item.
    """

    rep_id: str
    points: int  # micro-points
    opened_at: datetime
    closed_at: datetime | None
    company: str
    number: int
    is_company: bool


@dataclass(frozen=True, slots=True)
class Intake:
    """All of it, in the order of arrival. Items alike in all that any policy reads share facts.

    `teams` are the people from a moment on, all of the same size and order; the first holds from
    the beginning.
    """

    facts: Sequence[Item]
    arrivals: Sequence[Arrival]
    given: Sequence[Given]
    teams: Sequence[tuple[datetime, Team]]
    until: datetime  # when the last look at what waits is taken
