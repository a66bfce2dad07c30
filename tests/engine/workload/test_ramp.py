"""The ramp: grows by days, sooner by results, never longer than its days."""

import pytest

from evenhand.engine.workload.ramp import RampTerms, ramp_weight


def test_a_weight_grows_from_its_start_to_full_over_the_days() -> None:
    terms = RampTerms(start_percent=40, days=90)

    grown = [ramp_weight(terms, days_since_joining=d).percent for d in (-5, 0, 45, 89, 90, 400)]

    assert grown == [40, 40, 70, 99, 100, 100]


def test_results_speed_it_up_and_never_hold_it_back() -> None:
    terms = RampTerms(days=90, results=6)

    quick = ramp_weight(terms, days_since_joining=10, results=3)
    slow = ramp_weight(terms, days_since_joining=90, results=0)

    assert (quick.percent, quick.by_days, quick.by_results) == (70, 47, 70)
    assert slow.percent == 100
    assert slow.is_over
    assert ramp_weight(RampTerms(), days_since_joining=0, results=9).percent == 40


def test_days_away_do_not_count() -> None:
    found = ramp_weight(RampTerms(), days_since_joining=60, days_away=15)

    assert (found.days, found.percent) == (45, 70)


def test_a_ramp_that_means_nothing_is_refused() -> None:
    for terms in ({"start_percent": 0}, {"start_percent": 101}, {"days": 0}, {"results": 0}):
        with pytest.raises(ValueError, match="ramp"):
            RampTerms(**terms)
