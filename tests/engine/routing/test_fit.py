"""Fit: an integer per rep and item, declared or learnt, the same whoever else is asked."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evenhand.engine.conditions import Bindings
from evenhand.engine.facts import POINT, Regions, Value
from evenhand.engine.reasons import reason
from evenhand.engine.routing.fit import (
    FULL_FIT,
    FitSection,
    fields_fit_reads,
    fit_bases,
    fit_of,
    fits_of,
    fits_with_room,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TREE = Regions(parents={"杭州市": "浙江省", "宁波市": "浙江省"})
LEAD: Mapping[str, Value] = {
    "industry": "Machinery",
    "product": "crane",
    "region": "杭州市",
    "language": "zh",
    "budget": 100,
}
LI: Mapping[str, Value] = {"industry": ("machinery", "steel"), "region": ("浙江省",)}
WU: Mapping[str, Value] = {"product": ("Crane",), "region": ("江苏省",)}
NOBODY: Mapping[str, Value] = {}

TABLES: dict[str, Any] = {
    "segments": ["lead.product"],
    "base_odds": 1_000_000,
    "levels": {"lead.product": {"crane": 250_000}},
    "reps": {"li": 1_000_000, "wu": 500_000},
    "skills": {"li": {"lead.product": {"crane": 4_000_000}}},
    "kappa": 1_000_000,
    "outcome_count": 400,
}


def declared(**weights: int) -> FitSection:
    return FitSection.model_validate({"mode": "declared", "weights": weights})


def learnt(room_percent: int = 0, **changes: Any) -> FitSection:
    return FitSection.model_validate(
        {"mode": "learnt", "tables": {**TABLES, **changes}, "room_percent": room_percent}
    )


def seen(rep: Mapping[str, Value], lead: Mapping[str, Value] = LEAD) -> Bindings:
    return Bindings(lead=lead, rep=rep, now=NOW, regions=TREE)


def fit(section: FitSection, rep: Mapping[str, Value], rep_id: str = "li", **more: Any) -> int:
    return fit_of(section, seen(rep), rep_id=rep_id, points=POINT, **more).value


def test_without_a_mode_fit_is_zero_and_says_so() -> None:
    result = fit_of(FitSection(), seen(LI), rep_id="li", points=POINT)

    assert result.value == 0
    assert result.reasons == (reason("fit.not_in_use"),)


def test_declared_fit_is_the_weight_of_what_matches() -> None:
    section = declared(industry=30, product=50, region=20)

    assert fit(section, LI) == 500_000
    assert fit(section, WU) == 500_000
    assert fit(section, {**LI, "product": ("crane", "lift")}) == FULL_FIT
    assert fit(section, NOBODY) == 0


def test_declared_fit_names_what_matched_and_what_did_not() -> None:
    section = declared(industry=1, product=1, region=1)

    result = fit_of(section, seen(LI), rep_id="li", points=POINT)

    assert result.reasons == (
        reason("fit.declared", matched=("industry", "region"), unmatched=("product",), fit=666_666),
    )


def test_an_item_that_says_nothing_matches_nobody() -> None:
    section = declared(skill=1, region=1)

    assert fit(section, {"skill": ("welding",), "region": ("浙江省",)}) == 500_000


def test_a_region_matches_inside_one_that_the_rep_covers_but_not_around_it() -> None:
    section = declared(region=1)

    assert fit(section, {"region": ("浙江省",)}) == FULL_FIT
    assert fit(section, {"region": ("宁波市",)}) == 0
    wide = Bindings(lead={"region": "浙江省"}, rep={"region": ("杭州市",)}, now=NOW, regions=TREE)
    assert fit_of(section, wide, rep_id="li", points=POINT).value == 0


def test_room_in_the_load_counts_by_its_weight() -> None:
    section = declared(industry=3, room=1)

    assert fit(section, LI, room=FULL_FIT) == FULL_FIT
    assert fit(section, LI, room=500_000) == 875_000
    assert fit(section, LI, room=0) == 750_000
    assert fit(section, NOBODY, room=400_000) == 100_000


def test_what_a_level_should_mostly_take_counts_by_its_weight() -> None:
    section = declared(industry=3, level=1)

    assert fit(section, LI, is_meant=True) == FULL_FIT
    assert fit(section, LI) == 750_000
    assert fit(section, NOBODY, is_meant=True) == 250_000
    both = fits_of(
        section, [("li", seen(LI)), ("wu", seen(NOBODY))], points=POINT, meant=[False, True]
    )
    assert both == (750_000, 250_000)
    assert fits_of(declared(industry=1), [("li", seen(LI))], points=POINT, meant=[True]) == (
        FULL_FIT,
    )


def test_room_alone_may_be_the_fit() -> None:
    assert fit(declared(room=5), NOBODY, room=123_456) == 123_456


def test_the_room_is_named_where_it_counts() -> None:
    result = fit_of(declared(room=1), seen(LI), rep_id="li", points=POINT, room=250_000)

    assert result.reasons[-1] == reason("fit.room", room=250_000, fit=250_000)


@pytest.mark.parametrize(("room", "taken"), [(-5, 0), (2_000_000, 1_000_000)])
def test_room_is_never_less_than_none_or_more_than_all(room: int, taken: int) -> None:
    assert fit(declared(room=1), LI, room=room) == taken


def test_learnt_fit_is_expected_value_per_point_against_kappa() -> None:
    # li: odds 1 × 1/4 × 4 = 1 : 1; wu: 1/4 × 1/2 = 1 : 8.
    section = learnt()

    assert fit(section, NOBODY, "li") == 500_000
    assert fit(section, NOBODY, "wu") == 111_111


def test_the_receipt_holds_every_figure_of_a_learnt_fit() -> None:
    section = learnt(value_field="lead.budget", kappa=200_000_000)

    result = fit_of(section, seen(NOBODY), rep_id="li", points=2 * POINT)

    assert result.value == 125_000  # 0.5 × 100 ÷ (200 × 2)
    assert result.reasons == (
        reason(
            "fit.learnt",
            chance=500_000,
            value=100_000_000,
            points=2 * POINT,
            kappa=200_000_000,
            fit=125_000,
        ),
    )


def test_fit_is_clipped_at_full() -> None:
    assert fit(learnt(kappa=1), NOBODY) == FULL_FIT


def test_twice_the_points_halve_the_fit() -> None:
    section = learnt()

    one, two = (
        fit_of(section, seen(NOBODY), rep_id="li", points=points).value
        for points in (POINT, 2 * POINT)
    )

    assert one == 2 * two


def test_an_item_without_points_is_taken_as_one_of_one_point() -> None:
    result = fit_of(learnt(), seen(NOBODY), rep_id="li", points=0)

    assert result.value == fit(learnt(), NOBODY)


@pytest.mark.parametrize("budget", [None, "much", Decimal("NaN")])
def test_an_unusable_value_takes_that_of_the_tables(budget: Value) -> None:
    section = learnt(value_field="lead.budget", default_value=3_000_000, kappa=6_000_000)

    result = fit_of(section, seen(NOBODY, {**LEAD, "budget": budget}), rep_id="li", points=POINT)

    assert result.value == 250_000


def test_a_negative_value_makes_no_negative_fit() -> None:
    section = learnt(value_field="lead.budget")

    result = fit_of(section, seen(NOBODY, {**LEAD, "budget": -3}), rep_id="li", points=POINT)

    assert result.value == 0


def test_what_the_tables_do_not_know_is_said() -> None:
    result = fit_of(learnt(), seen(NOBODY, {"product": "boat"}), rep_id="zhao", points=POINT)

    assert result.value == 500_000
    assert result.reasons[1:] == (
        reason("fit.rep_without_history", rep="zhao"),
        reason("fit.segment_without_history", fields=("lead.product",)),
    )


def test_learnt_fit_gives_the_room_its_percentage() -> None:
    section = learnt(room_percent=20)

    assert fit(section, NOBODY, "li", room=0) == 400_000
    assert fit(section, NOBODY, "li", room=FULL_FIT) == 600_000


def test_only_room_makes_fit_depend_on_the_load() -> None:
    assert declared(room=1, skill=1).depends_on_room
    assert learnt(room_percent=10).depends_on_room
    assert not declared(skill=1).depends_on_room
    assert not learnt().depends_on_room
    assert not FitSection().depends_on_room


def test_the_fields_that_fit_reads_are_known_beforehand() -> None:
    assert fields_fit_reads(FitSection()) == frozenset()
    assert fields_fit_reads(declared(skill=1, room=1)) == {"lead.skill"}
    assert fields_fit_reads(learnt(value_field="lead.budget")) == {"lead.product", "lead.budget"}


def test_many_reps_at_once_get_what_each_gets_alone() -> None:
    reps = [("li", seen(LI)), ("wu", seen(WU)), ("zhao", seen(NOBODY))]
    rooms = [900_000, 0, 333_333]
    sections = [FitSection(), declared(industry=3, region=2, room=2), learnt(room_percent=30)]

    together = [fits_of(section, reps, points=POINT, rooms=rooms) for section in sections]

    alone = [
        tuple(
            fit_of(section, bindings, rep_id=rep_id, points=POINT, room=room).value
            for (rep_id, bindings), room in zip(reps, rooms, strict=True)
        )
        for section in sections
    ]
    assert together == alone


def test_what_no_load_changes_may_be_kept() -> None:
    section = declared(industry=1, room=1)
    reps = [("li", seen(LI)), ("wu", seen(WU))]

    bases = fit_bases(section, reps, points=POINT)

    assert fits_with_room(section, bases, [0, 500_000]) == (500_000, 250_000)
    assert fits_with_room(section, bases) == (FULL_FIT, 500_000)


@given(
    weights=st.fixed_dictionaries(
        {name: st.integers(0, 100) for name in ("industry", "product", "region", "room")}
    ).filter(lambda weights: any(weights.values())),
    factor=st.integers(1, 50),
    room=st.integers(0, FULL_FIT),
    rep=st.sampled_from([LI, WU, NOBODY]),
)
def test_equal_scaling_of_the_weights_changes_nothing(
    weights: dict[str, int], factor: int, room: int, rep: Mapping[str, Value]
) -> None:
    scaled = {name: weight * factor for name, weight in weights.items()}

    assert fit(declared(**scaled), rep, room=room) == fit(declared(**weights), rep, room=room)


@given(
    rep=st.sampled_from(["li", "wu", "zhao"]),
    points=st.integers(0, 20 * POINT),
    budget=st.none() | st.integers(-10, 10**9),
    kappa=st.integers(1, 10**12),
    room=st.integers(-10, 2 * FULL_FIT),
    percent=st.integers(0, 90),
)
def test_fit_always_lies_between_none_and_full(
    rep: str, points: int, budget: int | None, kappa: int, room: int, percent: int
) -> None:
    section = learnt(room_percent=percent, value_field="lead.budget", kappa=kappa)
    bindings = seen(NOBODY, {**LEAD, "budget": budget})

    value = fit_of(section, bindings, rep_id=rep, points=points, room=room).value

    assert 0 <= value <= FULL_FIT


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"mode": "declared"}, "fit.part_missing"),
        ({"mode": "learnt"}, "fit.part_missing"),
        ({"mode": "declared", "weights": {"skill": 0}}, "fit.weights_zero"),
        ({"weights": {"skill": 1}}, "fit.part_unused"),
        ({"mode": "declared", "weights": {"skill": 1}, "room_percent": 5}, "fit.part_unused"),
        ({"mode": "learnt", "tables": {**TABLES, "outcome_count": 3}}, "fit.too_few_outcomes"),
    ],
)
def test_a_fit_section_that_cannot_be_meant_is_refused(data: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        FitSection.model_validate(data)

    (error,) = caught.value.errors()
    assert error["type"] == code
    assert reason(code, **error.get("ctx", {})).code == code


@pytest.mark.parametrize(
    "section", [FitSection(), declared(skill=3, room=1), learnt(room_percent=10)]
)
def test_a_fit_section_round_trips_through_json(section: FitSection) -> None:
    stored = json.dumps(section.model_dump(mode="json", exclude_none=True))

    assert FitSection.model_validate(json.loads(stored)) == section


def test_no_weight_is_a_fraction() -> None:
    with pytest.raises(ValidationError, match="whole number"):
        FitSection.model_validate({"mode": "declared", "weights": {"skill": 0.5}})
