"""Unevenness of the whole: seen where it is, not seen where only chance dealt."""

from collections.abc import Callable

import pytest

from evenhand.engine.checkup.activity import activity_of
from evenhand.engine.checkup.holdings import Settings, spells
from evenhand.engine.checkup.spread import Spread, displaced, spread_of
from tests.engine.checkup.histories import TEAM, by_lot, dealt, holding, seeds

QUICK = Settings(resamples=200, occasional_leads=1)


def _spread(count: int, choose: Callable[[str, float], str], *, seed: str = "deal") -> Spread:
    activity = activity_of(spells(dealt(count, choose, seed=seed)), QUICK)
    found = spread_of(activity, QUICK)
    assert found is not None
    return found


def _skewed(grade: str, u: float) -> str:
    return TEAM[int(u * u * len(TEAM))]


def test_displaced_points_are_those_that_would_have_to_change_hands() -> None:
    assert displaced([8, 2], [5, 5]) == pytest.approx(0.3)
    assert displaced([5, 5], [5, 5]) == 0
    assert displaced([0, 0], [1, 1]) == 0


def test_displaced_compares_shares_when_totals_differ() -> None:
    assert displaced([8, 2], [50, 50]) == pytest.approx(0.3)


def test_favor_is_seen_in_all_three_measures() -> None:
    found = _spread(1000, _skewed)

    assert found.gini.is_beyond_chance
    assert found.jain.is_beyond_chance
    assert found.displaced.is_beyond_chance
    assert found.gini.observed.value > 0.2
    assert found.jain.observed.value < 0.9


def test_dealing_by_lot_stays_within_what_chance_gives() -> None:
    beyond = [_spread(250, by_lot(TEAM), seed=s).displaced.is_beyond_chance for s in seeds(40)]

    # 5 % are outside by definition; 7 of 40 has a chance below 1 in 100.
    assert sum(beyond) <= 6


def test_chance_gives_less_unevenness_the_more_leads_there_are() -> None:
    few = _spread(100, by_lot(TEAM)).gini.chance
    many = _spread(1600, by_lot(TEAM)).gini.chance

    # Sixteen times the leads, a quarter of the noise.
    assert many.value == pytest.approx(few.value / 4, rel=0.25)


def test_every_interval_holds_its_figure() -> None:
    for figure in (
        _spread(300, _skewed).gini,
        _spread(300, _skewed).jain,
        _spread(300, _skewed).displaced,
    ):
        assert figure.observed.low <= figure.observed.value <= figure.observed.high
        assert figure.chance.low <= figure.chance.value <= figure.chance.high


def test_two_runs_give_the_same_figures_and_another_seed_others() -> None:
    activity = activity_of(spells(dealt(200, _skewed)), QUICK)

    again = spread_of(activity, QUICK)

    assert spread_of(activity, QUICK) == again
    assert spread_of(activity, Settings(resamples=200, seed="other")) != again


def test_the_resampling_interval_holds_the_true_unevenness_most_of_the_time() -> None:
    # One rep gets 40 %, four 15 % each: the true share that sits elsewhere is 20 %.
    def choose(grade: str, u: float) -> str:
        return TEAM[0] if u < 0.4 else TEAM[1 + int((u - 0.4) / 0.15000001)]

    inside = [
        found.observed.low <= 0.2 <= found.observed.high
        for found in (_spread(400, choose, seed=s).displaced for s in seeds(40))
    ]

    assert sum(inside) >= 34


def test_many_different_point_values_are_drawn_as_one_amount() -> None:
    rows = [holding(TEAM[n % 3], n) for n in range(300)]
    varied = [
        type(h)(row=h.row, lead_id=h.lead_id, rep_id=h.rep_id, received_at=h.received_at, points=n)
        for n, h in enumerate(rows, 1)
    ]
    activity = activity_of(spells(varied), QUICK)

    found = spread_of(activity, QUICK)

    assert found is not None
    assert not found.gini.is_beyond_chance


@pytest.mark.parametrize("reps", [("Ren",), ()])
def test_fewer_than_two_reps_have_no_spread(reps: tuple[str, ...]) -> None:
    rows = [holding(rep, n) for rep in reps for n in range(10)]

    assert spread_of(activity_of(spells(rows), QUICK), QUICK) is None
