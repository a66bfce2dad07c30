"""What the check-up is told: who held which lead from when, and what the file can show.

The reader (`evenhand.cli.checkup`) makes these from a spreadsheet; nothing here reads a file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Outcome(StrEnum):
    """How a lead ended, as far as the file says."""

    WON = "won"
    LOST = "lost"
    OPEN = "open"
    JUNK = "junk"  # never was a lead: wrong number, duplicate, a test


class Column(StrEnum):
    """What a history file can hold. A missing one makes some questions unanswerable."""

    LEAD = "lead"
    REP = "rep"
    RECEIVED_AT = "received_at"
    CREATED_AT = "created_at"
    GRADE = "grade"
    POINTS = "points"
    SCORE = "score"
    VALUE = "value"
    SOURCE = "source"
    RESPONDED_AT = "responded_at"
    OUTCOME = "outcome"
    DECIDED_AT = "decided_at"
    PHONE = "phone"
    EMAIL = "email"
    COMPANY = "company"
    PREVIOUS_REP = "previous_rep"
    TRANSFERRED_AT = "transferred_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One rep held one lead from `received_at` on, until the lead's next holding, if any.

    `points` are micro-points. `people` are opaque keys of phone numbers and mail addresses:
    equal keys mean the same person; `company` is such a key too, "" if unknown.
    """

    row: int
    lead_id: str
    rep_id: str
    received_at: datetime
    points: int
    grade: str = ""
    source: str = ""
    created_at: datetime | None = None
    responded_at: datetime | None = None
    outcome: Outcome = Outcome.OPEN
    decided_at: datetime | None = None
    people: tuple[str, ...] = ()
    company: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A whole file: its holdings, the columns that were found, and the instant it speaks of.

    `is_to_the_day` says that the times carry no hours, so that response times are whole days.
    """

    holdings: tuple[Holding, ...]
    columns: frozenset[Column]
    as_of: datetime
    is_to_the_day: bool = False

    def has(self, *columns: Column) -> bool:
        """Whether every one of these columns was found."""
        return self.columns.issuperset(columns)

    @property
    def has_won_leads_only(self) -> bool:
        """Whether the file lists nothing but won leads: then it says nothing of those received."""
        return all(holding.outcome is Outcome.WON for holding in self.holdings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the check-up assumes; every value is stated in the report.

    `weights` (hundredths by rep) replace equal shares; reps that it does not name are then
    outside the team. `horizon_days` None means: taken from the file.
    """

    seed: str = "evenhand"
    weights: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    stale_days: int = 30
    conflict_days: int = 90
    horizon_days: int | None = None
    occasional_leads: int = 5
    resamples: int = 400

    def __post_init__(self) -> None:
        for name in ("stale_days", "conflict_days", "occasional_leads", "resamples"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, not {getattr(self, name)}")
        if self.horizon_days is not None and self.horizon_days < 1:
            raise ValueError(f"horizon_days must be at least 1, not {self.horizon_days}")


def known_by(history: History) -> History:
    """The history as it stood at `as_of`: later rows had not come, later answers were not given."""
    at = history.as_of
    return replace(
        history,
        holdings=tuple(_as_known(h, at) for h in history.holdings if h.received_at <= at),
    )


def _as_known(holding: Holding, at: datetime) -> Holding:
    is_answered = holding.responded_at is not None and holding.responded_at <= at
    if holding.decided_at is not None and holding.decided_at > at:
        holding = replace(holding, outcome=Outcome.OPEN, decided_at=None)
    return holding if is_answered else replace(holding, responded_at=None)


def spells(holdings: Sequence[Holding]) -> dict[str, list[Holding]]:
    """The holdings of each lead in time order; leads in the order of their first holding.

    Rows of one lead that name the same rep again without a break are one spell: the first row
    says when it began, the newest row what is known of its end.
    """
    found: dict[str, list[Holding]] = {}
    for holding in sorted(holdings, key=lambda h: (h.received_at, h.row)):
        line = found.setdefault(holding.lead_id, [])
        if line and line[-1].rep_id == holding.rep_id:
            line[-1] = _joined(line[-1], holding)
        else:
            line.append(holding)
    return found


def _joined(first: Holding, again: Holding) -> Holding:
    is_decided = again.outcome is not Outcome.OPEN
    return Holding(
        row=first.row,
        lead_id=first.lead_id,
        rep_id=first.rep_id,
        received_at=first.received_at,
        points=first.points,
        grade=first.grade,
        source=first.source or again.source,
        created_at=first.created_at or again.created_at,
        responded_at=first.responded_at or again.responded_at,
        outcome=again.outcome if is_decided else first.outcome,
        decided_at=again.decided_at if is_decided else first.decided_at,
        people=tuple(dict.fromkeys(first.people + again.people)),
        company=first.company or again.company,
    )
