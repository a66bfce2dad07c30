"""What the ledger would have done: the same leads in the same order, dealt by the ledger.

Calls the very `Book` that deals new leads. Who was active is taken from the file; who was away,
full or unsuited is not in it, so this shows what the deal would look like, not what people
would have sold.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from math import sqrt

from evenhand.engine.checkup.activity import Activity
from evenhand.engine.checkup.conversion import Conversion
from evenhand.engine.checkup.distributions import Z_95
from evenhand.engine.checkup.estimates import Estimate, gini
from evenhand.engine.checkup.holdings import Holding, Settings
from evenhand.engine.ledger.book import Book, Contest
from evenhand.engine.ledger.draw import draw_for

_CHECKPOINTS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RepReplay:
    """One rep: entitlement by the ledger, received in fact and with the ledger (micro-points);
    leads and top-grade leads in fact and with the ledger."""

    rep_id: str
    due: int
    points_before: int
    points_after: int
    leads_before: int
    leads_after: int
    top_before: int
    top_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """At one instant: the furthest anyone was behind or ahead, in fact and with the ledger."""

    at: datetime
    behind_before: int
    ahead_before: int
    behind_after: int
    ahead_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The whole replay. `bound` is what the ledger proves in advance (T1), in micro-points;
    `takers` names the ledger's choice for every deal of the activity, in its order.

    `wins_changed` is expected wins with the ledger minus in fact, from the reps' shrunken ratios
    alone; None if the file shows no conversions.
    """

    reps: tuple[RepReplay, ...]
    checkpoints: tuple[Checkpoint, ...]
    takers: tuple[str, ...]
    gini_before: float
    gini_after: float
    largest_points: int
    slack: int
    bound: int
    wins_changed: Estimate | None


def replay_of(
    activity: Activity,
    settings: Settings,
    *,
    top_grade: str,
    grades: Sequence[str],
    conversion: Conversion | None,
) -> Replay | None:
    """Deal the same leads again; None with fewer than two reps or nothing of value.

    Settings of a new company: grade books on, band τ = P (the largest lead), no fit.
    """
    deals = activity.deals
    slack = max((deal.points for deal in deals), default=0)
    if len(activity.reps) < 2 or slack == 0:
        return None
    book = Book(grades or ("",), activity.reps)
    contests: dict[tuple[tuple[int, int], int, int], Contest] = {}
    takers: list[str] = []
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    checkpoints: list[Checkpoint] = []
    every = max(1, len(deals) // _CHECKPOINTS)
    for number, deal in enumerate(deals, 1):
        row = book.row(deal.grade if grades else "")
        key = (activity.moment(deal.received_at), row, deal.points)
        if key not in contests:
            contests[key] = _contest(book, activity, deal, row)
        winner = book.members[
            book.take(contests[key], slack=slack, draw=partial(_draw, settings, deal))
        ]
        takers.append(winner)
        before[deal.rep_id] += deal.points
        after[winner] += deal.points
        if number % every == 0 or number == len(deals):
            checkpoints.append(_checkpoint(deal.received_at, _due(book, after), before, after))
    due = _due(book, after)
    return Replay(
        reps=_by_rep(deals, takers, due, top_grade),
        checkpoints=tuple(checkpoints),
        takers=tuple(takers),
        gini_before=gini([before[rep] / due[rep] for rep in activity.reps if due[rep]]),
        gini_after=gini([after[rep] / due[rep] for rep in activity.reps if due[rep]]),
        largest_points=slack,
        slack=slack,
        bound=book.bound(),
        wins_changed=_wins_changed(deals, takers, conversion),
    )


def _contest(book: Book, activity: Activity, deal: Holding, row: int) -> Contest:
    present = activity.active(deal.received_at)
    return book.contest(
        row=row,
        points=deal.points,
        eligible=[book.position(rep) for rep in present],
        weights=[activity.weights[rep] for rep in present],
    )


def _draw(settings: Settings, deal: Holding) -> bytes:
    return draw_for(seed=settings.seed, item_id=deal.lead_id, round_=0, policy_version="checkup")


def _due(book: Book, received: Mapping[str, int]) -> dict[str, int]:
    """Entitlements so far, exact: what is still owed plus what was received."""
    return {
        rep: owed + received[rep]
        for rep, owed in zip(book.members, book.owed.tolist(), strict=True)
    }


def _checkpoint(
    at: datetime, due: Mapping[str, int], before: Mapping[str, int], after: Mapping[str, int]
) -> Checkpoint:
    owed_before = [due[rep] - before[rep] for rep in due]
    owed_after = [due[rep] - after[rep] for rep in due]
    return Checkpoint(
        at=at,
        behind_before=max(owed_before),
        ahead_before=-min(owed_before),
        behind_after=max(owed_after),
        ahead_after=-min(owed_after),
    )


def _by_rep(
    deals: Sequence[Holding], takers: Sequence[str], due: Mapping[str, int], top_grade: str
) -> tuple[RepReplay, ...]:
    points: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    leads: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    top: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for deal, taker in zip(deals, takers, strict=True):
        for is_after, rep in ((False, deal.rep_id), (True, taker)):
            points[is_after][rep] += deal.points
            leads[is_after][rep] += 1
            top[is_after][rep] += bool(top_grade) and deal.grade == top_grade
    return tuple(
        RepReplay(
            rep_id=rep,
            due=due[rep],
            points_before=points[False][rep],
            points_after=points[True][rep],
            leads_before=leads[False][rep],
            leads_after=leads[True][rep],
            top_before=top[False][rep],
            top_after=top[True][rep],
        )
        for rep in sorted(due)
    )


def _wins_changed(
    deals: Sequence[Holding], takers: Sequence[str], conversion: Conversion | None
) -> Estimate | None:
    """Σ r̂ᵢ·(expected wins with the ledger − in fact), the reps' ratios being independent.

    Nothing but the ratios of the check-up goes in: no fit, no effect of workload or speed.
    """
    if conversion is None:
        return None
    ratios = {rep.rep_id: rep.ratio for rep in conversion.reps}
    shift: dict[str, float] = dict.fromkeys(ratios, 0.0)
    for deal, taker in zip(deals, takers, strict=True):
        chance = conversion.chances.get((deal.grade, deal.source))
        if chance is not None and taker in ratios and deal.rep_id in ratios:
            shift[taker] += chance
            shift[deal.rep_id] -= chance
    change = sum(ratios[rep].value * moved for rep, moved in shift.items())
    variance = sum(
        ((ratios[rep].high - ratios[rep].low) / (2 * Z_95) * moved) ** 2
        for rep, moved in shift.items()
    )
    half = Z_95 * sqrt(variance)
    return Estimate(change, change - half, change + half)
