"""The policies compared: small cases by hand, and the ledger against its own description."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bench.baselines import (
    LedgerRule,
    chance,
    greedy_best_match,
    least_points_per_weight,
    ledger,
    lottery_by_weight,
    naive_round_robin,
    split,
    weighted_round_robin,
)
from bench.bound import solve_fair_bound
from bench.measures import NOBODY, entitled_points, expected_conversions, fairness, received_points
from bench.scenarios import (
    FIT,
    GRADE_POINTS,
    LARGEST_POINTS,
    SCENARIO_NAMES,
    Ints,
    Scenario,
    ScenarioName,
    make_scenario,
)
from evenhand.engine.facts import POINT

Policy = Callable[[Scenario], Ints]
POLICIES: tuple[Policy, ...] = (
    naive_round_robin,
    weighted_round_robin,
    least_points_per_weight,
    lottery_by_weight,
    greedy_best_match,
    lambda scenario: ledger(scenario, LedgerRule()),
)


def tiny(points: list[int], weights: list[int], may_take: list[list[bool]]) -> Scenario:
    """Leads of these whole points, each with its own eligibility; conversion is 0.1 for all."""
    shape = (len(points), len(weights))
    return Scenario(
        name="A",
        seed=7,
        points=np.array(points) * POINT,
        grades=np.searchsorted(GRADE_POINTS, points),
        weights=np.array(weights),
        classes=np.arange(len(points)),
        class_eligibility=np.array(may_take),
        absences=np.zeros((len(weights), 0, 2), dtype=np.int64),
        conversion=np.full(shape, 0.1, dtype=np.float32),
        fit=np.zeros(shape, dtype=np.int32),
        value_per_point=1.0,
    )


def ledger_as_described(scenario: Scenario, tau: int) -> list[int]:
    """The algorithm block word by word, in plain integers, without numpy's help."""
    reps = range(scenario.rep_count)
    weights = scenario.weights.tolist()
    books = [[0] * scenario.rep_count for _ in GRADE_POINTS]
    last = dict.fromkeys(reps, 0)
    deal = []
    may_take = scenario.eligible(0, scenario.lead_count)
    for lead in range(scenario.lead_count):
        able = [rep for rep in reps if may_take[lead, rep]]
        if not able:
            deal.append(NOBODY)
            continue
        points, book = int(scenario.points[lead]), books[int(scenario.grades[lead])]
        total = sum(weights[rep] for rep in able)
        shares = [points * weights[rep] // total for rep in able]
        for at in range(points - sum(shares)):
            shares[at] += 1
        for rep, share in zip(able, shares, strict=True):
            book[rep] += share
        owed = {rep: sum(of_grade[rep] for of_grade in books) for rep in able}
        best = max(owed.values())
        band = [rep for rep in able if owed[rep] >= best - tau]
        fit = {rep: int(scenario.fit[lead, rep]) for rep in band}
        score = {rep: owed[rep] + book[rep] + tau * fit[rep] // 1_000_000 for rep in band}
        winner = min(band, key=lambda rep: (-score[rep], last[rep], chance(7, lead, 3 + rep)))
        book[winner] -= points
        last[winner] = lead + 1
        deal.append(winner)
    return deal


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", SCENARIO_NAMES)
def test_every_policy_deals_only_to_who_may_take(name: ScenarioName, policy: Policy) -> None:
    scenario = make_scenario(name, leads=600, reps=12)
    may_take = scenario.eligible(0, 600)

    deal = policy(scenario)

    dealt = deal != NOBODY
    assert (dealt == may_take.any(axis=1)).all()
    assert may_take[np.flatnonzero(dealt), deal[dealt]].all()


@pytest.mark.parametrize("policy", POLICIES)
def test_a_lead_that_nobody_may_take_goes_to_nobody(policy: Policy) -> None:
    scenario = tiny([1, 1, 1], [100, 100], [[True, True], [False, False], [True, True]])

    deal = policy(scenario)

    assert deal[1] == NOBODY
    assert NOBODY not in (deal[0], deal[2])


@pytest.mark.parametrize("name", SCENARIO_NAMES)
@pytest.mark.parametrize("tau_points", [0, 8, 40])
def test_the_reference_ledger_is_the_one_described(name: ScenarioName, tau_points: int) -> None:
    scenario = make_scenario(name, leads=500, reps=15)

    deal = ledger(scenario, LedgerRule(tau=tau_points * POINT))

    assert deal.tolist() == ledger_as_described(scenario, tau_points * POINT)


def test_naive_rotation_skips_who_may_not_and_goes_on_after_who_did() -> None:
    yes, first_out = [True, True, True], [False, True, True]
    scenario = tiny([8, 1, 1, 1, 1], [50, 100, 150], [yes, yes, yes, first_out, yes])

    assert naive_round_robin(scenario).tolist() == [0, 1, 2, 1, 2]


def test_weighted_rotation_is_smooth() -> None:
    scenario = tiny([1] * 7, [250, 50, 50], [[True] * 3] * 7)

    # The example in nginx's own source: weights 5, 1, 1.
    assert weighted_round_robin(scenario).tolist() == [0, 0, 1, 0, 2, 0, 0]


def test_least_points_per_weight_evens_out_points() -> None:
    scenario = tiny([8, 1, 1, 1], [100, 100], [[True, True]] * 4)

    assert least_points_per_weight(scenario).tolist() == [0, 1, 1, 1]


def test_the_lottery_follows_weights() -> None:
    scenario = tiny([1] * 4_000, [100, 300], [[True, True]] * 4_000)

    assert np.bincount(lottery_by_weight(scenario))[1] / 4_000 == pytest.approx(0.75, abs=0.03)


def test_greedy_takes_the_likeliest_eligible_rep() -> None:
    scenario = make_scenario("B", leads=300, reps=100)
    chances = np.where(scenario.eligible(0, 300), scenario.conversion, 0)

    deal = greedy_best_match(scenario)

    assert (chances[np.arange(300), deal] == chances.max(axis=1)).all()
    assert chances.max(axis=1).min() > 0


def test_shares_are_rounded_down_and_the_rest_goes_in_id_order() -> None:
    assert split(10, np.array([100, 100, 100])).tolist() == [4, 3, 3]
    assert split(11, np.array([100, 100, 100])).tolist() == [4, 4, 3]
    assert split(1_000_000, np.array([50, 150])).tolist() == [250_000, 750_000]


def test_the_scenario_and_the_ledger_split_alike() -> None:
    scenario = make_scenario("B", leads=200, reps=20)
    shares, may_take = scenario.entitlements(0, 200), scenario.eligible(0, 200)

    for lead in np.flatnonzero(may_take.any(axis=1)):
        ids = np.flatnonzero(may_take[lead])
        assert shares[lead, ids].tolist() == (
            split(int(scenario.points[lead]), scenario.weights[ids]).tolist()
        )


@pytest.mark.parametrize("tau_points", [0, 8, 40, 80])
def test_the_ledger_keeps_its_proven_bound(tau_points: int) -> None:
    scenario = make_scenario("C", leads=3_000, reps=12)

    measured = fairness(scenario, ledger(scenario, LedgerRule(tau=tau_points * POINT)))

    largest = (8 + tau_points) * (12 - 1) / 2  # theorem T1
    assert measured.behind_points <= largest
    assert measured.ahead_points <= largest


def test_more_tau_converts_more_and_strays_further() -> None:
    scenario = make_scenario("A", leads=5_000, reps=20)
    deals = [ledger(scenario, LedgerRule(tau=tau * LARGEST_POINTS)) for tau in (0, 1, 5, 20)]

    conversions = [expected_conversions(scenario, deal) for deal in deals]
    ahead = [fairness(scenario, deal).ahead_points for deal in deals]

    assert conversions == sorted(conversions)
    assert ahead == sorted(ahead)


def test_grade_books_keep_every_grade_even() -> None:
    scenario = make_scenario("A", leads=10_000, reps=20)
    with_books, without = (
        fairness(scenario, ledger(scenario, LedgerRule(has_grade_books=books)))
        for books in (True, False)
    )

    assert with_books.grade_errors[-1] <= 2
    assert without.grade_errors[-1] > 2 * with_books.grade_errors[-1]


def test_without_the_band_fit_may_reach_further() -> None:
    scenario = make_scenario("A", leads=3_000, reps=12)
    rule = LedgerRule(has_grade_books=False)

    banded, free = (ledger(scenario, replace(rule, has_band=band)) for band in (True, False))

    assert fairness(scenario, free).ahead_points >= fairness(scenario, banded).ahead_points


def test_exploration_tries_the_whole_band_but_never_with_the_top_grade() -> None:
    everybody = [[True] * 6]
    low, top = (tiny([points], [50, 100, 100, 100, 100, 150], everybody) for points in (1, 8))
    always = [LedgerRule(exploration=FIT, seed=seed) for seed in range(60)]

    assert {int(ledger(low, rule)[0]) for rule in always} == set(range(6))
    assert {int(ledger(top, rule)[0]) for rule in always} == {5}  # who is owed most


def test_exploration_keeps_shares_and_costs_conversions() -> None:
    scenario = make_scenario("B", leads=8_000, reps=20)
    calm, curious = (
        ledger(scenario, LedgerRule(exploration=exploration)) for exploration in (0, 50_000)
    )

    assert fairness(scenario, curious).jain >= 0.999
    assert expected_conversions(scenario, curious) < expected_conversions(scenario, calm)


def test_ties_go_to_who_waited_longest() -> None:
    scenario = tiny([1] * 9, [100, 100, 100], [[True] * 3] * 9)

    deal = ledger(scenario, LedgerRule(tau=0)).tolist()

    assert sorted(deal[:3]) == [0, 1, 2]
    assert deal[3:6] == deal[:3]
    assert deal[6:] == deal[:3]


def test_the_first_tie_does_not_always_favour_the_same_rep() -> None:
    scenario = tiny([1], [100] * 5, [[True] * 5])

    winners = {int(ledger(scenario, LedgerRule(seed=seed))[0]) for seed in range(60)}

    assert winners == set(range(5))


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIO_NAMES)
def test_the_published_figures_are_reached(name: ScenarioName) -> None:
    published = {"A": (89.8, 92.4), "B": (90.6, 93.5), "C": (90.3, 93.3)}[name]
    scenario = make_scenario(name)
    opt = solve_fair_bound(scenario)

    for tau, figure, gate in ((5, published[0], 89.0), (10, published[1], 91.5)):
        deal = ledger(scenario, LedgerRule(tau=tau * LARGEST_POINTS))
        reached = 100 * expected_conversions(scenario, deal) / opt.conversions
        assert reached == pytest.approx(figure, abs=1)
        assert reached >= gate
        assert fairness(scenario, deal).jain >= 0.999
        received, entitled = received_points(scenario, deal), entitled_points(scenario)
        assert np.abs(received - entitled)[-1].max() <= 2 * LARGEST_POINTS
    assert opt.gap <= 5e-4
