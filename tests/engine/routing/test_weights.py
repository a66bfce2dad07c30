"""Effective weight: base × ramp × bounded merit × dated adjustments, in hundredths."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.facts import Adjustment, ItemKind, Rep
from evenhand.engine.routing.section import Level, Ramp
from evenhand.engine.routing.weights import (
    Weight,
    base_weight,
    effective_weight,
    is_settling_in,
)
from evenhand.engine.workload.ramp import RampTerms, ramp_weight
from tests.engine.routing.world import (
    NOW,
    document,
    fair,
    field_of,
    lead,
    points,
    policy,
    start,
    team,
)

TODAY = date(2026, 3, 4)
NEWCOMER = Level(level="new", ramp=Ramp(start_percent=40, days=90))


def weight(rep: Rep, base: int = 100, level: Level | None = None, today: date = TODAY) -> Weight:
    return effective_weight(rep, base=base, level=level, today=today)


def test_an_ordinary_weight_is_the_base_and_plain() -> None:
    found = weight(Rep("li"), base=150)

    assert found == Weight(weight=150, base=150)
    assert found.is_plain


@pytest.mark.parametrize(
    ("performance", "reward", "merit"),
    [
        (100, 100, 100),
        (110, 110, 121),
        (120, 120, 125),  # 1.44 is cut to 1.25
        (125, 100, 125),
        (80, 100, 80),
        (70, 100, 80),  # nobody falls below 0.80
        (200, 40, 80),
        (0, 1000, 80),
    ],
)
def test_performance_times_reward_stays_between_0_80_and_1_25(
    performance: int, reward: int, merit: int
) -> None:
    found = weight(Rep("li", performance=performance, reward=reward))

    assert (found.weight, found.merit) == (merit, merit)


@pytest.mark.parametrize(
    ("base", "performance", "expected"),
    [(50, 101, 51), (50, 99, 50), (10, 105, 11), (10, 104, 10)],  # 50.5, 49.5, 10.5, 10.4
)
def test_a_weight_is_rounded_half_up(base: int, performance: int, expected: int) -> None:
    assert weight(Rep("li", performance=performance), base=base).weight == expected


def test_a_weight_is_at_least_one_unless_the_base_is_zero() -> None:
    faded = Rep("li", adjustments=(Adjustment(0, TODAY, TODAY),))

    assert weight(faded).weight == 1
    assert weight(faded, base=0) == Weight(weight=0, base=0)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-5, 40), (0, 40), (1, 41), (45, 70), (89, 99), (90, 100), (400, 100)],
)
def test_a_newcomer_grows_from_the_start_to_a_full_share(days: int, expected: int) -> None:
    rep = Rep("li", joined_on=TODAY - timedelta(days=days))

    found = weight(rep, level=NEWCOMER)

    assert (found.weight, found.ramp) == (expected, expected)
    assert found.is_plain == (days >= 90)


@pytest.mark.parametrize("days", [0, 30, 61, 89, 90])
@pytest.mark.parametrize(("away", "results"), [(0, 0), (10, 0), (0, 5), (40, 12), (3, 20)])
def test_results_speed_a_ramp_up_and_leave_costs_none_of_it(
    days: int, away: int, results: int
) -> None:
    rep = Rep(
        "li", joined_on=TODAY - timedelta(days=days), days_away=min(away, days), results=results
    )
    level = Level(level="new", ramp=Ramp(start_percent=40, days=90, results=12))

    found = weight(rep, level=level)

    told = ramp_weight(
        RampTerms(40, 90, 12), days_since_joining=days, days_away=rep.days_away, results=results
    )
    assert found.ramp == told.percent
    assert is_settling_in(rep, level, TODAY) == (not told.is_over)
    assert found.ramp >= weight(replace(rep, results=0), level=level).ramp


def test_without_a_date_of_joining_or_a_ramp_nobody_is_new() -> None:
    assert weight(Rep("li"), level=NEWCOMER).weight == 100
    assert weight(Rep("li", joined_on=TODAY), level=Level(level="senior")).weight == 100
    assert weight(Rep("li", joined_on=TODAY)).weight == 100


@pytest.mark.parametrize(("offset", "expected"), [(-1, 100), (0, 50), (3, 50), (6, 50), (7, 100)])
def test_a_temporary_adjustment_holds_from_its_first_to_its_last_day(
    offset: int, expected: int
) -> None:
    week = Adjustment(50, TODAY, TODAY + timedelta(days=6), "back from illness")

    found = weight(Rep("li", adjustments=(week,)), today=TODAY + timedelta(days=offset))

    assert (found.weight, found.adjustment) == (expected, expected)


def test_adjustments_that_hold_on_one_day_multiply() -> None:
    halved = Adjustment(50, TODAY, TODAY)
    doubled = Adjustment(300, TODAY - timedelta(days=3), TODAY + timedelta(days=3))

    assert weight(Rep("li", adjustments=(halved, doubled))).weight == 150


@given(
    base=st.integers(1, 500),
    performance=st.integers(0, 300),
    reward=st.integers(0, 300),
    days=st.integers(0, 120),
    factor=st.integers(1, 300),
)
def test_the_factors_together_give_the_weight(
    base: int, performance: int, reward: int, days: int, factor: int
) -> None:
    rep = Rep(
        "li",
        performance=performance,
        reward=reward,
        joined_on=TODAY - timedelta(days=days),
        adjustments=(Adjustment(factor, TODAY, TODAY),),
    )

    found = weight(rep, base=base, level=NEWCOMER)

    ramp = Fraction(40, 100) + Fraction(60, 100) * min(Fraction(1), Fraction(days, 90))
    merit = min(max(Fraction(performance * reward, 10_000), Fraction(4, 5)), Fraction(5, 4))
    exact = base * ramp * merit * Fraction(factor, 100)
    # Half up: never further than half a hundredth from the exact product, and up at the half.
    assert found.weight == max(1, (2 * exact + 1) // 2)


@pytest.mark.parametrize(
    ("kind", "grade", "expected"),
    [
        (ItemKind.LEAD, "A", 30),  # "lead:A", the most particular
        (ItemKind.TASK, "A", 20),  # the grade
        (ItemKind.LEAD, "B", 10),  # the kind
        (ItemKind.TASK, "B", 100),  # the person's general weight
    ],
)
def test_the_most_particular_personal_weight_counts(
    kind: ItemKind, grade: str, expected: int
) -> None:
    rep = Rep("li", weights={"lead": 10, "A": 20, "lead:A": 30})

    assert base_weight(rep, kind, grade) == expected


def test_a_conditional_weight_of_the_group_replaces_the_base_but_not_the_factors() -> None:
    rules = policy(
        groups=[
            {
                "group": "all",
                "who": True,
                "weights": [
                    {"when": "rep.level = 'senior' and lead.grade = A", "percent": 200},
                    {"when": "rep.level = 'senior'", "percent": 150},
                ],
            }
        ]
    )
    people = team(
        Rep("wu", weight=70, level="senior", performance=110), Rep("xu", weight=70, level="new")
    )

    for_a = field_of(rules, people, lead(grade="A")).candidates
    for_b = field_of(rules, people, lead(grade="B")).candidates

    # The first condition that holds; who matches none keeps his own weight.
    assert [one.weight.weight for one in for_a] == [220, 70]
    assert [one.weight.weight for one in for_b] == [165, 70]
    assert for_a[0].weight == Weight(weight=220, base=200, merit=110)


def test_shares_differ_by_grade_where_the_weights_do() -> None:
    people = team(Rep("li", weights={"A": 300}), Rep("wu"))

    run = start(document(fair()), people)
    run.deal(lead("L1", "A"), lead("L2", "B"))

    shares = [
        {place.member: place.share for place in decision.places} for decision in run.decisions
    ]
    assert shares[0] == {"li": points(6), "wu": points(2)}
    assert shares[1] == {"li": points(5) // 2, "wu": points(5) // 2}


def test_the_days_since_joining_are_counted_by_the_company_s_clock() -> None:
    # 4 March 22:00 UTC is already 5 March in Shanghai.
    rules = policy(levels=[{"level": "new", "ramp": {"start_percent": 0, "days": 10}}])
    people = team(Rep("li", level="new", joined_on=date(2026, 3, 4)))
    late = NOW.replace(hour=23)

    before = field_of(rules, people, lead(), now=late)
    after = field_of(rules, people, lead(), now=late + timedelta(hours=2))

    assert before.candidates[0].weight.ramp == 0
    assert after.candidates[0].weight.ramp == 10
