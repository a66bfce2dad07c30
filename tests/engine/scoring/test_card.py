"""The card: what each signal gives, how behaviours decay, which bounds hold."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.conditions import Bindings
from evenhand.engine.facts import BUILT_IN_FIELDS, Behaviour, FieldSpec, FieldType, Value
from evenhand.engine.reasons import reason
from evenhand.engine.scoring.card import Card, Score, score_item
from evenhand.engine.scoring.section import Dimension, ScoringSection

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def card(*signals: dict[str, Any], **bounds: Any) -> ScoringSection:
    caps = {name: {"cap": 100} for name in ("fit", "need", "engagement", "authority_budget")}
    return ScoringSection.model_validate({"dimensions": caps, "signals": signals, **bounds})


def condition(when: Any, points: Any = 10, dimension: str = "fit", id: str = "s") -> dict[str, Any]:
    return {"id": id, "dimension": dimension, "when": when, "points": points}


def visits(points: Any = 10, **more: Any) -> dict[str, Any]:
    return {
        "id": "v", "dimension": "engagement", "behavior": "visit", "points": points, **more
    }  # fmt: skip


def lead(derived: dict[str, bool] | None = None, **fields: Value) -> Bindings:
    return Bindings(lead=fields, now=NOW, derived=derived or {})


def visit(days_ago: float, count: int = 1) -> Behaviour:
    return Behaviour("visit", NOW - days_ago * DAY, count)


def codes(score: Score) -> list[str]:
    return [why.code for why in score.reasons]


def test_every_matching_signal_adds_its_points() -> None:
    section = card(
        condition("lead.budget >= 1000", 12, id="money"),
        condition("lead.source = web", Decimal("0.5"), id="web"),
        condition("lead.source = list", 30, id="list"),
    )

    score = score_item(section, lead(budget=2000, source="Web"))

    assert score.total == 1250
    assert score.reasons == (
        reason("score.held", signal="money", dimension="fit", amount=1200),
        reason("score.held", signal="web", dimension="fit", amount=50),
        reason("score.not_held", signal="list", dimension="fit"),
    )


def test_negative_points_take_away_below_zero() -> None:
    score = score_item(card(condition("lead.email is empty", -15)), lead())

    assert score.total == -1500


def test_a_missing_value_is_stated_and_gives_nothing() -> None:
    section = card(condition("lead.budget > 1000 and lead.size = large"))

    score = score_item(section, lead(size="large", budget=None))

    assert score.total == 0
    assert score.reasons == (
        reason("score.missing", signal="s", dimension="fit", fields=("lead.budget",)),
    )


def test_a_field_only_asked_whether_it_is_empty_is_not_called_missing() -> None:
    score = score_item(card(condition("lead.product is not empty")), lead())

    assert codes(score) == ["score.not_held"]


def test_an_erased_person_leaves_the_same_reasons() -> None:
    section = card(condition('lead.email contains "@qq.com"'))
    (atom,) = section.conditions
    before = score_item(section, lead(email="li@example.cn"))

    after = score_item(section, lead(derived={atom.text: False}))

    assert after == before


def test_a_company_is_read_beside_the_lead() -> None:
    section = card(condition("company.employees > 500"))
    bindings = Bindings(lead={}, company={"employees": 501}, now=NOW)

    assert score_item(section, bindings).total == 1000


def test_a_behavior_halves_with_each_half_life() -> None:
    section = card(visits(10, half_life_days=7))

    score = score_item(section, lead(), behaviours=[visit(0), visit(7), visit(14)])

    assert score.total == 1000 + 500 + 250
    assert score.reasons == (
        reason(
            "score.behavior",
            signal="v",
            dimension="engagement",
            behavior="visit",
            counted=3,
            amount=1750,
        ),
    )


def test_without_a_half_life_nothing_fades() -> None:
    score = score_item(card(visits(10)), lead(), behaviours=[visit(1), visit(3650)])

    assert score.total == 2000


def test_rounding_is_once_per_signal_not_once_per_visit() -> None:
    # 0.01 points after one half-life are half a hundredth each: three of them make 1.5 → 2.
    section = card(visits(Decimal("0.01"), half_life_days=7))

    assert score_item(section, lead(), behaviours=[visit(7)] * 3).total == 2


def test_only_the_newest_occurrences_count() -> None:
    section = card(visits(10, half_life_days=7, max_count=3))

    score = score_item(section, lead(), behaviours=[visit(14, count=5), visit(0, count=2)])

    assert score.total == 2 * 1000 + 250
    assert codes(score) == ["score.behavior", "score.count_limited"]
    assert score.reasons[1].as_json() == {
        "code": "score.count_limited", "signal": "v", "count": 7, "counted": 3
    }  # fmt: skip


def test_the_future_is_ignored_and_said_so() -> None:
    score = score_item(card(visits(10)), lead(), behaviours=[visit(-1, count=2), visit(0)])

    assert score.total == 1000
    assert score.reasons[1] == reason("score.future_ignored", signal="v", count=2)


def test_other_behaviours_and_empty_counts_give_nothing() -> None:
    other = Behaviour("download", NOW)

    score = score_item(card(visits(10)), lead(), behaviours=[other, visit(0, count=0)])

    assert score.total == 0
    assert codes(score) == ["score.behavior_absent"]


@pytest.mark.parametrize(("points", "total"), [(10, 2500), (-10, -2500)])
def test_the_cap_of_a_behavior_bounds_its_size_whatever_the_sign(points: int, total: int) -> None:
    section = card(visits(points, cap=25))

    score = score_item(section, lead(), behaviours=[visit(0, count=9)])

    assert score.total == total
    assert codes(score) == ["score.behavior", "score.signal_bounded"]


def test_no_dimension_gives_more_than_its_cap() -> None:
    section = ScoringSection.model_validate(
        {
            "dimensions": {"fit": {"cap": 15}, "need": {"cap": 40, "floor": -5}},
            "signals": [
                condition("true", 20, "fit", "a"),
                condition("true", -30, "need", "b"),
            ],
        }
    )

    score = score_item(section, lead())

    assert score.total == 1500 - 500
    assert [(part.dimension, part.raw, part.capped) for part in score.dimensions] == [
        (Dimension.FIT, 2000, 1500),
        (Dimension.NEED, -3000, -500),
    ]
    assert score.reasons[-1] == reason(
        "score.dimension_bounded", dimension="need", raw=-3000, amount=-500
    )


@pytest.mark.parametrize(("points", "total"), [(90, 5000), (-90, -2000), (30, 3000)])
def test_the_total_is_bounded_last(points: int, total: int) -> None:
    section = card(condition("true", points), cap=50, floor=-20)

    score = score_item(section, lead())

    assert score.total == total
    assert ("score.total_bounded" in codes(score)) is (total != points * 100)


def test_the_number_that_conditions_compare_is_exact() -> None:
    score = score_item(card(condition("true", Decimal("-2.25"))), lead())

    assert score.as_number == Decimal("-2.25")


def test_a_field_of_the_companys_own_is_compared_by_its_type() -> None:
    schema = BUILT_IN_FIELDS.extended([FieldSpec("lead", "wishes", FieldType.LIST)])
    section = card(condition("lead.wishes contains crane"))

    score = score_item(section, lead(wishes=("Crane", "lift")), schema=schema)

    assert score.total == 1000


def test_a_card_says_what_it_reads() -> None:
    section = card(condition("lead.budget > 1 and company.size = L"), visits())

    assert Card(section).fields_read == {"lead.budget", "company.size"}
    assert section.reads_behaviors


def test_a_card_without_behaviors_does_not_depend_on_them() -> None:
    assert not card(condition("true")).reads_behaviors


many_visits = st.lists(
    st.builds(visit, st.floats(min_value=-5, max_value=400), st.integers(min_value=0, max_value=4)),
    max_size=12,
)


@given(behaviours=many_visits, seed=st.randoms(use_true_random=False))
def test_the_order_of_what_was_done_is_irrelevant(behaviours: list[Behaviour], seed: Any) -> None:
    section = card(visits(Decimal("3.33"), half_life_days=Decimal("2.5"), max_count=5))
    shuffled = list(behaviours)
    seed.shuffle(shuffled)

    first = score_item(section, lead(), behaviours=behaviours)

    assert score_item(section, lead(), behaviours=shuffled) == first


@given(behaviours=many_visits, days=st.integers(min_value=0, max_value=100))
def test_without_anything_new_engagement_never_rises(
    behaviours: list[Behaviour], days: int
) -> None:
    section = card(visits(7, half_life_days=9, max_count=4))
    past = [done for done in behaviours if done.at <= NOW]
    later = Bindings(lead={}, now=NOW + days * DAY)

    first = score_item(section, lead(), behaviours=past)

    assert score_item(section, later, behaviours=past).total <= first.total


@given(behaviours=many_visits)
def test_what_takes_away_mirrors_what_gives(behaviours: list[Behaviour]) -> None:
    gives, takes = (card(visits(p, half_life_days=9, cap=20)) for p in (7, -7))

    total = score_item(gives, lead(), behaviours=behaviours).total

    assert score_item(takes, lead(), behaviours=behaviours).total == -total
