"""Workload points are learnt from noisy logs, drawn to the table, and only proposed."""

import random

import pytest

from evenhand.engine.facts import POINT
from evenhand.engine.workload.kinds import WorkKind
from evenhand.engine.workload.points import (
    FEWEST_LOGS,
    CannotLearnPoints,
    Log,
    learn_points,
    minutes_of,
)

# Minutes in the table and as planted.
PLANTED = {
    WorkKind("call", "new"): (10, 8),
    WorkKind("call", "negotiation"): (10, 22),
    WorkKind("message"): (5, 3),
    WorkKind("visit", "new"): (60, 95),
    WorkKind("visit", "negotiation"): (90, 88),
    WorkKind("demo"): (60, 45),
    WorkKind("proposal"): (120, 150),
    WorkKind("shelf check"): (20, 20),
}
TABLE = {kind: table * POINT // 10 for kind, (table, _) in PLANTED.items()}
CALL, VISIT = WorkKind("call", "new"), WorkKind("visit", "new")


def noisy_logs(count: int, *, seed: int = 7, wild_percent: int = 0) -> list[Log]:
    """Days of two to nine tasks; each takes half to twice its time (cv about 0.5)."""
    draws = random.Random(seed)
    kinds = tuple(PLANTED)
    logs = []
    for _ in range(count):
        counts: dict[WorkKind, int] = {}
        minutes = 0.0
        for kind in draws.choices(kinds, weights=(9, 5, 12, 2, 2, 2, 1, 4), k=draws.randint(2, 9)):
            counts[kind] = counts.get(kind, 0) + 1
            minutes += PLANTED[kind][1] * draws.lognormvariate(-0.125, 0.5)
        if draws.randrange(100) < wild_percent:
            minutes *= 12  # nobody stopped the clock
        logs.append(Log(round(minutes), counts))
    return logs


@pytest.mark.parametrize("wild_percent", [0, 2])
@pytest.mark.parametrize("seed", [7, 8, 9])
def test_planted_minutes_are_recovered_within_ten_percent_from_2000_logs(
    seed: int, wild_percent: int
) -> None:
    learnt = learn_points(noisy_logs(2000, seed=seed, wild_percent=wild_percent), TABLE)

    found = {each.kind: each.points for each in learnt.kinds}
    off = {k: found[k] / (planted * POINT / 10) - 1 for k, (_, planted) in PLANTED.items()}
    # Points come in whole minutes: half a one is what rounding may add.
    allowed = {k: 0.10 + 0.5 / planted for k, (_, planted) in PLANTED.items() if planted < 10}
    assert {k: o for k, o in off.items() if abs(o) > allowed.get(k, 0.10)} == {}
    assert (learnt.left_aside >= 15) == bool(wild_percent)


def test_changes_come_as_proposals_with_their_evidence() -> None:
    learnt = learn_points(noisy_logs(2000), TABLE)

    proposed = {each.kind for each in learnt.proposals}
    assert {WorkKind("call", "negotiation"), VISIT, WorkKind("proposal")} <= proposed
    assert proposed.isdisjoint({WorkKind("shelf check"), WorkKind("visit", "negotiation")})
    visit = next(each for each in learnt.kinds if each.kind == VISIT)
    assert visit.low < 95 * POINT // 10 < visit.high
    assert visit.log_count > 400
    assert visit.from_data_percent > 90
    assert visit.error_after_percent is not None
    assert visit.error_before_percent is not None
    assert visit.error_after_percent < visit.error_before_percent
    assert learnt.error_after_percent is not None
    assert learnt.error_before_percent is not None
    assert learnt.error_after_percent < learnt.error_before_percent


def test_with_few_logs_the_table_holds_and_nothing_is_proposed() -> None:
    learnt = learn_points(noisy_logs(FEWEST_LOGS - 1), TABLE)

    assert learnt.proposals == ()
    unseen = learn_points([], TABLE)
    assert {each.kind: each.points for each in unseen.kinds} == TABLE
    assert {each.from_data_percent for each in unseen.kinds} == {0}
    assert unseen.error_after_percent is None


def test_a_kind_that_was_never_logged_stays_as_it_is() -> None:
    logs = [Log(log.minutes, log.counts) for log in noisy_logs(300)]
    table = {**TABLE, WorkKind("tender"): 24 * POINT}

    tender = learn_points(logs, table).kinds[-1]

    assert (tender.points, tender.log_count, tender.is_proposed) == (24 * POINT, 0, False)
    assert tender.error_before_percent is None


def test_no_kind_ever_takes_less_than_no_time() -> None:
    logs = [Log(10, {CALL: 1}), Log(4, {CALL: 1, VISIT: 1}), Log(10, {CALL: 1})] * 100

    learnt = learn_points(logs, {CALL: POINT, VISIT: POINT})

    assert all(each.points >= 0 and each.low >= 0 for each in learnt.kinds)
    assert learnt.kinds[1].points == 0


def test_kinds_always_done_together_are_not_told_apart_by_more_than_the_table_says() -> None:
    logs = [Log(60, {CALL: 1, VISIT: 1})] * 200

    learnt = learn_points(logs, {CALL: POINT, VISIT: 2 * POINT})

    assert sum(each.points for each in learnt.kinds) == pytest.approx(6 * POINT, rel=0.05)
    assert all(each.points > each.table for each in learnt.kinds)


def test_a_kind_that_the_table_calls_free_is_learnt_too() -> None:
    logs = [Log(6, {CALL: 1}), Log(7, {CALL: 1})] * 100

    (call,) = learn_points(logs, {CALL: 0}).kinds

    assert call.points == pytest.approx(0.65 * POINT, abs=0.1 * POINT)


def test_the_same_logs_give_the_same_table_in_whole_minutes() -> None:
    logs = noisy_logs(400)

    first, second = learn_points(logs, TABLE), learn_points(logs, TABLE)

    assert first == second
    assert {each.points % (POINT // 10) for each in first.kinds} == {0}
    assert minutes_of(POINT) == 10


def test_logs_that_cannot_be_are_refused_with_their_number() -> None:
    for log in (Log(-1, {CALL: 1}), Log(5, {CALL: -1}), Log(5, {}), Log(5, {WorkKind("x"): 1})):
        with pytest.raises(CannotLearnPoints, match="log 1"):
            learn_points([Log(5, {CALL: 1}), log], {CALL: POINT})
