"""Bands: two of three signs, evidence beside each, and no false word about anybody."""

import random
from fractions import Fraction

import pytest

from evenhand.engine.workload.bands import (
    Band,
    BandTerms,
    Handled,
    SignKind,
    Week,
    against_expected,
    below_level,
    growing_weeks,
    slowness,
    smoothed_utilization,
    standing,
    utilization_after,
)
from evenhand.engine.workload.kinds import WorkKind

USUAL = 60
TIMELY, SLOW = [30] * 9 + [90], [30] * 3 + [90] * 7


def week(percent: int, came_in: int = 10, went_out: int = 10) -> Week:
    return Week(15 * percent, 1500, came_in, went_out)


def band(weeks: list[Week], responses: list[int]) -> Band:
    return standing(weeks, responses, usual_response=USUAL).band


def test_two_of_three_signs_are_overload_and_each_alone_is_not() -> None:
    busy, easy = [week(95)] * 6, [week(75)] * 6
    growing = [week(75, 12, 9)] * 3

    assert band(busy, TIMELY) is Band.NORMAL
    assert band(easy, SLOW * 2) is Band.NORMAL
    assert band(growing, TIMELY) is Band.NORMAL
    assert band(busy, SLOW * 2) is Band.OVERLOADED
    assert band(growing, SLOW * 2) is Band.OVERLOADED
    assert band([week(95, 12, 9)] * 3, TIMELY) is Band.OVERLOADED


def test_the_evidence_names_each_sign_with_its_figure_and_limit() -> None:
    found = standing([week(95, 12, 9)] * 4, TIMELY, usual_response=USUAL)

    assert found.utilization == 9500
    assert [(s.kind, s.found, s.limit) for s in found.evidence] == [
        (SignKind.UTILIZATION, 9500, 8500),
        (SignKind.BACKLOG, 4, 3),
    ]
    assert len(found.signs) == 3


def test_idle_needs_normal_responses() -> None:
    calm = [week(40)] * 4

    assert band(calm, TIMELY) is Band.IDLE
    assert band(calm, SLOW * 2) is Band.NORMAL
    assert band([week(60)] * 4, TIMELY) is Band.NORMAL


def test_too_little_seen_is_no_band() -> None:
    assert band([], []) is Band.UNKNOWN
    assert band([week(99, 12, 9)] * 2, SLOW * 2) is Band.UNKNOWN
    assert band([Week(0, 0, 0, 0)] * 8, []) is Band.UNKNOWN


def test_without_a_usual_response_nobody_is_called_slower() -> None:
    found = standing([week(95)] * 4, SLOW * 9, usual_response=None)

    assert found.band is Band.NORMAL
    assert found.signs[1].found == 0


def test_smoothing_follows_the_latest_weeks_and_one_quiet_week_is_no_idling() -> None:
    assert smoothed_utilization([week(80)] * 9, 4) == 80
    assert smoothed_utilization([week(80)] * 9 + [week(30)], 4) > 59  # type: ignore[operator]
    assert smoothed_utilization([week(50), week(90)], 1) == 90
    assert smoothed_utilization([], 4) is None


def test_weeks_away_change_nothing() -> None:
    away = Week(0, 0, 0, 0)
    worked = [week(70), week(80), week(90)]

    assert smoothed_utilization([*worked, away, away], 4) == smoothed_utilization(worked, 4)
    assert standing([*worked, away], [], usual_response=USUAL).weeks_seen == 3


def test_a_short_week_weighs_by_its_time() -> None:
    short = Week(150, 150, 0, 0)  # one day, full

    smoothed = smoothed_utilization([week(50)] * 4 + [short], 4)

    assert smoothed is not None
    assert smoothed < 56


def test_a_backlog_is_counted_from_the_latest_week_back() -> None:
    up, down = week(70, 5, 4), week(70, 4, 4)

    assert [growing_weeks(w) for w in ([], [up, down], [down, up, up])] == [0, 0, 2]


def test_slowness_rarely_rings_for_an_unchanged_rep_and_soon_for_a_slower_one() -> None:
    draws = random.Random(7)
    limit = BandTerms().slow_limit

    def rings(slow_part: float) -> float:
        runs = [[90 if draws.random() < slow_part else 30 for _ in range(120)] for _ in range(200)]
        return sum(slowness(run, USUAL) > limit for run in runs) / len(runs)

    assert rings(0.10) <= 0.05
    assert rings(0.30) >= 0.95


def test_the_warning_comes_before_the_assignment() -> None:
    assert utilization_after(8_000, 45, 1500) == 8_300
    assert utilization_after(8_400, 45, 1500) == 8_700
    assert utilization_after(8_000, 45, 0) is None


def test_work_below_one_s_level_is_a_cause_of_its_own() -> None:
    found = below_level({1: 500, 2: 300, 3: 200}, level=2)

    assert (found.percent, found.is_much) == (50, True)
    assert not below_level({2: 300, 3: 200}, level=2).is_much
    assert below_level({}, level=2).percent == 0


def test_time_taken_is_held_against_what_just_this_work_takes() -> None:
    call, tender = WorkKind("call"), WorkKind("tender")
    done = {call: Handled(10, 120, 20), tender: Handled(1, 600)}

    calls, odd, total = against_expected(done, {call: 10}, {call: 4})

    assert (calls.handling_percent, calls.cycle_percent) == (120, 50)
    assert (odd.handling_percent, odd.cycle_percent) == (None, None)
    assert (total.kind, total.count, total.handling_percent) == (None, 11, Fraction(120))


def test_terms_that_mean_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="idle"):
        BandTerms(over_percent=60, idle_percent=60)
    with pytest.raises(ValueError, match="weeks"):
        BandTerms(smoothed_weeks=0)
