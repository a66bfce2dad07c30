"""The scenarios: as published, the same every time, and consistent with the ledger's split."""

import numpy as np
import pytest

from bench.scenarios import (
    FIT,
    GRADE_POINTS,
    LARGE,
    PRODUCTS,
    SCENARIO_NAMES,
    SIZES,
    Scenario,
    ScenarioName,
    make_scenario,
)
from evenhand.engine.facts import FULL_WEIGHT, POINT

LEADS, REPS = 4_000, 40


@pytest.fixture(scope="module", params=SCENARIO_NAMES)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return make_scenario(request.param, leads=LEADS, reps=REPS)


def segments_of(scenario: Scenario) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Region, product and size of the classes, in class order."""
    ids = np.arange(len(scenario.class_eligibility))
    return ids // (PRODUCTS * SIZES), ids // SIZES % PRODUCTS, ids % SIZES


def test_the_same_arguments_give_the_same_scenario(scenario: Scenario) -> None:
    again = make_scenario(scenario.name, leads=LEADS, reps=REPS)

    assert (again.points == scenario.points).all()
    assert (again.weights == scenario.weights).all()
    assert (again.classes == scenario.classes).all()
    assert (again.absences == scenario.absences).all()
    assert (again.fit == scenario.fit).all()


def test_another_seed_gives_another_scenario() -> None:
    first = make_scenario("A", leads=LEADS, reps=REPS, seed=7)
    second = make_scenario("A", leads=LEADS, reps=REPS, seed=8)

    assert (first.points != second.points).any()
    assert (first.fit != second.fit).any()


def test_a_and_b_have_the_same_leads_and_reps() -> None:
    everybody, some = (make_scenario(name, leads=LEADS, reps=REPS) for name in ("A", "B"))

    assert (everybody.conversion == some.conversion).all()
    assert (everybody.points == some.points).all()
    assert (everybody.weights == some.weights).all()


def test_points_follow_the_grade_and_the_published_shares(scenario: Scenario) -> None:
    shares = np.bincount(scenario.grades, minlength=len(GRADE_POINTS)) / LEADS

    assert shares == pytest.approx([0.35, 0.30, 0.20, 0.10, 0.05], abs=0.001)
    assert (scenario.points == np.array(GRADE_POINTS)[scenario.grades] * POINT).all()


def test_better_grades_convert_better(scenario: Scenario) -> None:
    means = [
        scenario.conversion[scenario.grades == grade].mean() for grade in range(len(GRADE_POINTS))
    ]

    assert means == sorted(means)


def test_weights_are_hundredths_of_the_published_kinds() -> None:
    weights = make_scenario("A", leads=10, reps=5_000).weights
    kinds, counts = np.unique(weights, return_counts=True)

    assert kinds.tolist() == [50, 100, 150]
    assert counts / 5_000 == pytest.approx([0.2, 0.55, 0.25], abs=0.03)


def test_everybody_may_take_every_lead_in_a() -> None:
    assert make_scenario("A", leads=50, reps=5).eligible(0, 50).all()


def test_each_rep_covers_three_regions_and_five_products_in_b() -> None:
    scenario = make_scenario("B", leads=50, reps=REPS)
    region, product, _ = segments_of(scenario)

    for rep in range(REPS):
        covered = scenario.class_eligibility[:, rep]
        assert len(set(region[covered])) == 3
        assert len(set(product[covered])) == 5


def test_only_reps_of_full_weight_take_large_leads_in_b() -> None:
    scenario = make_scenario("B", leads=50, reps=REPS)
    _, _, size = segments_of(scenario)
    takes_large = scenario.class_eligibility[size == LARGE].any(axis=0)

    assert (takes_large == (scenario.weights >= FULL_WEIGHT)).all()


def test_about_a_fifth_of_the_team_may_take_a_lead_in_b() -> None:
    scenario = make_scenario("B", leads=LEADS, reps=200)

    assert 0.16 < scenario.eligible(0, LEADS).mean() < 0.21


def test_only_c_has_absences_and_each_lasts_a_twenty_fifth_of_the_stream() -> None:
    absences = make_scenario("C", leads=LEADS, reps=REPS).absences

    assert absences.shape == (REPS, 2, 2)
    assert (absences[:, :, 1] - absences[:, :, 0] == LEADS // 25).all()
    assert absences.min() >= 0
    assert absences.max() <= LEADS
    assert make_scenario("B", leads=LEADS, reps=REPS).absences.shape == (REPS, 0, 2)


def test_an_absent_rep_is_not_eligible_and_is_again_afterwards() -> None:
    scenario = make_scenario("C", leads=LEADS, reps=REPS)
    may_take = scenario.eligible(0, LEADS)
    covers = scenario.class_eligibility[scenario.classes]
    away = np.zeros((LEADS, REPS), dtype=bool)
    for rep, windows in enumerate(scenario.absences):
        for first, end in windows:
            away[first:end, rep] = True

    assert (may_take == (covers & ~away)).all()


def test_the_product_mix_drifts_in_c_alone() -> None:
    def mix(name: ScenarioName, part: slice) -> np.ndarray:
        products = make_scenario(name, leads=20_000, reps=2).classes[part] // SIZES % PRODUCTS
        return np.bincount(products, minlength=PRODUCTS) / len(products)

    early, late = slice(0, 4_000), slice(16_000, 20_000)

    assert np.abs(mix("B", early) - mix("B", late)).max() < 0.03
    assert np.abs(mix("C", early) - mix("C", late)).max() > 0.05


def test_a_part_of_the_eligibility_is_the_same_as_the_whole(scenario: Scenario) -> None:
    whole = scenario.eligible(0, LEADS)

    assert (scenario.eligible(1_234, 2_345) == whole[1_234:2_345]).all()


def test_entitlements_add_up_to_the_points_and_leave_out_who_may_not_take(
    scenario: Scenario,
) -> None:
    may_take = scenario.eligible(0, LEADS)
    shares = scenario.entitlements(0, LEADS)
    dealable = may_take.any(axis=1)

    assert (shares.sum(axis=1) == np.where(dealable, scenario.points, 0)).all()
    assert not shares[~may_take].any()
    assert shares.min() >= 0


def test_chunks_cover_every_lead_once() -> None:
    scenario = make_scenario("A", leads=20_001, reps=2)

    covered = [lead for first, end in scenario.chunks() for lead in range(first, end)]

    assert covered == list(range(20_001))


def test_fit_is_value_per_point_against_the_best_tenth(scenario: Scenario) -> None:
    points = scenario.points / POINT
    best = np.where(scenario.eligible(0, LEADS), scenario.conversion, 0).max(axis=1) / points
    kappa = np.quantile(best[best > 0], 0.9)
    expected = np.clip(scenario.conversion / (kappa * points[:, None]), 0, 1) * FIT

    assert scenario.value_per_point == pytest.approx(kappa)
    assert np.abs(scenario.fit - expected).max() <= 1.1
    assert scenario.fit.min() >= 0
    assert scenario.fit.max() == FIT


@pytest.mark.parametrize(("leads", "reps"), [(0, 5), (5, 0)])
def test_a_scenario_without_leads_or_reps_is_refused(leads: int, reps: int) -> None:
    with pytest.raises(ValueError, match="needs leads and reps"):
        make_scenario("A", leads=leads, reps=reps)


def test_an_unknown_scenario_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'D' is unknown"):
        make_scenario("D")  # type: ignore[arg-type]
