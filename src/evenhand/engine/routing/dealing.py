"""Dealing among those who may: by the ledger, in turns, by random calibration, by best fit."""

from collections.abc import Callable
from fractions import Fraction

from evenhand.engine.ledger.book import Contest, Standing
from evenhand.engine.ledger.bookings import cap_owed, dealt_posting
from evenhand.engine.ledger.draw import MILLION, draw_number, happens, seeded_order
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decision import Cause, Decision, Exploration, Outcome
from evenhand.engine.routing.handing_over import charge
from evenhand.engine.routing.plan import Plan
from evenhand.engine.routing.situation import Prepared, Situation

RUNNERS_UP = 5


def deal(
    situation: Situation,
    item_id: str,
    prepared: Prepared,
    step: GroupStep,
    contest: Contest,
    round_: int,
    with_places: bool,
) -> Decision:
    """By the ledger: whoever is owed most, plus fit; by count, whose turn it is. Books it."""
    book = step.book
    draw = situation.draw(item_id, round_)
    slack = 0 if step.by_count else situation.policy.band
    explored, pick = _explore(situation, prepared.plan, step, contest, slack, draw)
    # Read before the winner's own load changes.
    full = situation.contests.full(step) if step.blocked else ()
    places: tuple[Standing, ...] = ()
    in_band = 0
    if with_places:
        front, in_band = book.standings(
            contest, slack=slack, draw=draw, most=RUNNERS_UP + 1, explore=pick
        )
        places = tuple(front)
    first = places[0].member if places else None
    winner = book.take(contest, slack=slack, draw=draw, explore=pick, first=first)
    name = book.members[winner]
    situation.loads.take(situation.roster.position[name], prepared.plan.points)
    posting = None
    if step.gains:
        posting = dealt_posting(book, contest, winner, item_id=item_id)
        for who, amount in step.gains:
            book.accrue(who, amount)
    if contest.everyone is not None:
        posting = dealt_posting(book, contest, winner, item_id=item_id)
        limit = situation.policy.parts.fairness.owed_limit
        if limit is not None:
            cap_owed(book, {}, most_owed=limit, row=contest.row)
    return Decision(
        item_id,
        Outcome.ASSIGNED,
        rule=step.ready.rule.rule,
        cause=Cause.ROTATION if step.by_count else Cause.FAIR_SHARE,
        rep_id=name,
        step=step.number,
        book=step.book_key,
        sequence=book.sequence,
        last_before=book.last_before,
        full=full,
        mentor_id=mentor_of(step, name) if prepared.stretched else None,
        exploration=explored,
        places=places,
        in_band=in_band,
        posting=posting,
    )


def _explore(
    situation: Situation,
    plan_: Plan,
    step: GroupStep,
    contest: Contest,
    slack: int,
    draw: Callable[[], bytes],
) -> tuple[Exploration | None, int | None]:
    """Whether this item goes to anyone in the band, and with which probability to whom."""
    rate = situation.policy.parts.exploration.rate_millionths
    if not rate or step.by_count or not _may_explore(situation, plan_):
        return None, None
    seed = draw()
    is_random = happens(seed, "explore", rate)
    pick = draw_number(seed, "explore:whom") if is_random else None
    front, size = step.book.standings(contest, slack=slack, draw=draw)
    # The band in the order of positions is what `take` counts through.
    inside = sorted(place.member for place in front if place.is_in_band)
    chosen = front[0].member if pick is None else inside[pick % size]
    chance = Fraction(rate, MILLION)
    propensity = chance / size + (1 - chance if chosen == front[0].member else 0)
    return Exploration(is_random, propensity), pick


def _may_explore(situation: Situation, plan_: Plan) -> bool:
    """Never for the top grade, key accounts, or where the policy says never."""
    if plan_.grade == situation.policy.grades[0]:
        return False
    if plan_.bindings.company.get("is_key_account") is True:
        return False
    never = situation.policy.never_explored
    return never is None or not never(plan_.bindings)


def best_fit(
    situation: Situation, item_id: str, prepared: Prepared, step: GroupStep, round_: int
) -> Decision:
    """To whom it suits best and who is not full; among equals, who is owed most. Books it."""
    book = step.book
    seed = situation.draw(item_id, round_)()

    def rank(pair: tuple[int, str]) -> tuple[int, int, int, bytes]:
        fit, rep_id = pair
        at = book.position(rep_id)
        return -fit, -int(book.owed[at]), int(book.last[at]), seeded_order(seed, rep_id)

    blocked = step.blocked or frozenset()
    able = [
        (fit, candidate.rep_id)
        for candidate, fit in zip(step.field.candidates, step.fits, strict=True)
        if candidate.position not in blocked
    ]
    _, best = min(able, key=rank)
    position = situation.roster.position[best]
    return charge(situation, item_id, prepared, step.ready, position, Cause.BEST_FIT)


def mentor_of(step: GroupStep, name: str) -> str | None:
    """Who stands beside a candidate of this step for whom the item is a stretch; None = nobody."""
    return next((c.mentor_id for c in step.field.candidates if c.rep_id == name), None)
