"""The check-up as a whole: from a history to everything the page shows.

1. Group the rows into leads and find the team. 2. Measure each question that the file can answer.
3. Deal the same leads again with the ledger. 4. Order the findings, and say what cannot be shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from evenhand.engine.checkup.activity import Activity, activity_of
from evenhand.engine.checkup.contacts import Repeats, repeated_companies, repeated_people
from evenhand.engine.checkup.conversion import Conversion, conversion_of, horizon_of
from evenhand.engine.checkup.findings import Finding, findings_of
from evenhand.engine.checkup.holdings import (
    Column,
    History,
    Holding,
    Outcome,
    Settings,
    known_by,
    spells,
)
from evenhand.engine.checkup.picking import PickIndex, pick_indices
from evenhand.engine.checkup.received import Received, received_by
from evenhand.engine.checkup.replay import Replay, replay_of
from evenhand.engine.checkup.response import Response, response_of
from evenhand.engine.checkup.spread import Spread, spread_of
from evenhand.engine.checkup.stale import Stale, undecided, untouched
from evenhand.engine.checkup.transfers import Transfers, transfers_of


class CannotCheckUp(Exception):
    """The history holds nothing to examine: `code` says what is missing."""

    def __init__(self, code: str) -> None:
        super().__init__(_PLAIN[code])
        self.code = code


_PLAIN = {
    "no_rows": "the history has no usable row: every row needs an owner and a date",
    "no_team": (
        "nobody received enough leads to count as part of the team: "
        "check the owner column, or name the team in a team file"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the file covers, and codes of what it cannot show."""

    row_count: int
    lead_count: int
    junk_count: int
    first_at: datetime
    last_at: datetime
    as_of: datetime
    gaps: tuple[str, ...]
    oddities: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """Everything that the page and the details show."""

    coverage: Coverage
    activity: Activity
    received: Received
    spread: Spread | None
    picks: tuple[PickIndex, ...]
    untouched: Stale | None
    undecided: Stale | None
    response: Response | None
    people: Repeats | None
    companies: Repeats | None
    transfers: Transfers | None
    conversion: Conversion | None
    replay: Replay | None
    findings: tuple[Finding, ...]
    settings: Settings
    horizon_days: int


def check_up(history: History, settings: Settings | None = None) -> Checkup:
    """Examine a history of ownership, as it stood at its `as_of`.

    :raises CannotCheckUp: no usable row, or no team in it.
    """
    settings = settings or Settings()
    oddities = _oddities(history)
    history = known_by(history)
    if not history.holdings:
        raise CannotCheckUp("no_rows")
    all_lines = spells(history.holdings)
    # Nobody pays for junk, here as in the ledger: it is counted, said, and left out.
    lines = {id_: line for id_, line in all_lines.items() if line[-1].outcome is not Outcome.JUNK}
    activity = activity_of(lines, settings)
    if not activity.deals:
        raise CannotCheckUp("no_team")

    horizon_days = horizon_of(history, settings)
    received = received_by(activity, lines)
    spread = spread_of(activity, settings)
    picks = pick_indices(activity, has_sources=history.has(Column.SOURCE))
    still = untouched(history, activity, lines, settings)
    open_long = undecided(history, activity, lines, horizon_days)
    response = response_of(history, activity, lines)
    people = repeated_people(history, activity, lines, settings)
    companies = repeated_companies(history, activity, lines, settings)
    transfers = transfers_of(lines)
    conversion = conversion_of(history, activity, lines, horizon_days)
    replay = replay_of(
        activity,
        settings,
        top_grade=received.top_grade,
        grades=received.grades,
        conversion=conversion,
    )
    return Checkup(
        coverage=_coverage(history, all_lines, picks, conversion, transfers, oddities),
        activity=activity,
        received=received,
        spread=spread,
        picks=picks,
        untouched=still,
        undecided=open_long,
        response=response,
        people=people,
        companies=companies,
        transfers=transfers,
        conversion=conversion,
        replay=replay,
        findings=findings_of(
            received=received,
            spread=spread,
            picks=picks,
            still=still,
            open_long=open_long,
            response=response,
            people=people,
            companies=companies,
            transfers=transfers,
            conversion=conversion,
        ),
        settings=settings,
        horizon_days=horizon_days,
    )


def _coverage(
    history: History,
    lines: Mapping[str, Sequence[Holding]],
    picks: Sequence[PickIndex],
    conversion: Conversion | None,
    transfers: Transfers | None,
    oddities: Mapping[str, int],
) -> Coverage:
    times = [holding.received_at for holding in history.holdings]
    return Coverage(
        row_count=len(history.holdings),
        lead_count=len(lines),
        junk_count=sum(line[-1].outcome is Outcome.JUNK for line in lines.values()),
        first_at=min(times),
        last_at=max(times),
        as_of=history.as_of,
        gaps=tuple(_gaps(history, picks, conversion, transfers, max(times) - min(times))),
        oddities=oddities,
    )


def _gaps(
    history: History,
    picks: Sequence[PickIndex],
    conversion: Conversion | None,
    transfers: Transfers | None,
    period: timedelta,
) -> Iterable[str]:
    """Codes of what this file cannot show; the last ones hold for every file."""
    if history.has_won_leads_only:
        yield "only_won"
    if not picks:
        yield "one_value"
    if not history.has(Column.SOURCE):
        yield "no_source"
    if not history.has(Column.RESPONDED_AT):
        yield "no_response"
    elif history.is_to_the_day:
        yield "to_the_day"
    if not history.has(Column.OUTCOME):
        yield "no_outcome"
    elif conversion is None and not history.has_won_leads_only:
        yield "few_outcomes"
    elif conversion is not None and not history.has(Column.DECIDED_AT):
        yield "no_decided_at"
    if not (history.has(Column.PHONE) or history.has(Column.EMAIL)):
        yield "no_contact"
    if not history.has(Column.COMPANY):
        yield "no_company"
    if transfers is None:
        yield "no_transfers"
    if period < timedelta(days=90):
        yield "short_period"
    yield from ("no_availability", "no_working_time", "no_deleted", "no_intention")


def _oddities(history: History) -> dict[str, int]:
    """Rows that contradict themselves or came later; counted, said, and used as far as they go."""
    found = Counter(
        {
            "response_before_receipt": sum(
                h.responded_at is not None and h.responded_at < h.received_at
                for h in history.holdings
            ),
            "decided_before_receipt": sum(
                h.decided_at is not None and h.decided_at < h.received_at for h in history.holdings
            ),
            "after_as_of": sum(h.received_at > history.as_of for h in history.holdings),
        }
    )
    return {name: count for name, count in found.items() if count}
