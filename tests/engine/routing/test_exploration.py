"""Random calibration: off by default, bounded, never where it must not be, its chances exact."""

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.facts import ItemKind, Rep
from evenhand.engine.ledger.book import Book
from evenhand.engine.routing.decision import Decision
from tests.engine.routing.world import (
    Run,
    crowd,
    deal,
    document,
    fair,
    lead,
    leads,
    points,
    replayed,
    reps,
    rotation,
    rule,
    start,
    team,
)

RATE = 200_000  # one in five
FIT: dict[str, Any] = {"mode": "declared", "weights": {"product": 1}}


def exploring(*rules: Any, **sections: Any) -> dict[str, Any]:
    exploration = {"rate_millionths": RATE, **sections.pop("exploration", {})}
    return document(*rules, exploration=exploration, **sections)


def explored(run: Run) -> list[Decision]:
    return [one for one in run.decisions if one.exploration is not None]


def test_it_is_off_by_default() -> None:
    assert explored(deal(document(fair()), team(crowd(3)), leads(50, "BC"))) == []


def test_only_where_it_can_happen_is_a_propensity_recorded() -> None:
    """Never for the top grade, for key accounts, or where the policy says never."""
    rules = exploring(fair(), exploration={"never_when": "lead.source = referral"})

    run = deal(
        rules,
        team(crowd(3)),
        lead("top", "A"),
        lead("key", "B", company={"is_key_account": True}),
        lead("never", "B", source="referral"),
        lead("ordinary", "B", company={"is_key_account": False}, source="web"),
        lead("plain", "C"),
    )

    assert [one.item_id for one in explored(run)] == ["ordinary", "plain"]


def test_rotation_and_best_fit_are_not_explored() -> None:
    best = rule("best", {"strategy": "best_fit", "group": "all"})

    for way in (rotation(), best):
        assert explored(deal(exploring(way, fit=FIT), team(crowd(3)), leads(60, "BC"))) == []


def test_the_rate_is_kept_over_many_draws() -> None:
    run = deal(exploring(fair()), team(crowd(5)), leads(3_000, "BC"))

    random_ones = sum(one.exploration.was_random for one in explored(run) if one.exploration)
    # 600 of 3,000, give or take four standard deviations (22 each).
    assert abs(random_ones - 600) <= 88
    assert run.is_sound()


def band_of(book: Book, decision: Decision, slack: int) -> tuple[set[str], str]:
    """Who was inside the band, recomputed from the places; and whom the ledger would choose."""
    most = max(place.owed for place in decision.places)
    inside = {place.member for place in decision.places if place.owed >= most - slack}
    first = min(
        (place for place in decision.places if place.member in inside),
        key=lambda place: -place.score,
    )
    return inside, first.member


def test_the_propensity_is_the_exact_chance_of_whoever_got_it() -> None:
    """ε/k for everybody in a band of k, and 1 − ε more for whom the ledger would choose."""
    run = deal(exploring(fair(), fit=FIT), team(crowd(5)), leads(400, "BC"))
    chance = Fraction(RATE, 1_000_000)

    for one in explored(run):
        inside, _ = band_of(run.book, one, points(8))
        assert one.exploration is not None
        assert one.in_band == len(inside)
        assert one.rep_id in inside
        small = chance / len(inside)
        assert one.exploration.propensity in (small, small + 1 - chance)
        if not one.exploration.was_random:
            assert one.exploration.propensity == small + 1 - chance


def propensities(rules: dict[str, Any], people: Any, books: dict[str, Book]) -> dict[str, Fraction]:
    """Deal one item under many seeds from the same books: everybody's recorded propensity."""
    found: dict[str, Fraction] = {}
    for seed in range(400):
        run = start(rules, people, books=books, seed=str(seed))
        (decision,) = run.deal(lead("L", "B"))
        assert decision.exploration is not None and decision.rep_id is not None
        known = found.setdefault(decision.rep_id, decision.exploration.propensity)
        # The chance does not depend on how the draw fell.
        assert known == decision.exploration.propensity
    return found


def test_the_propensities_of_all_in_the_band_add_up_to_one_and_are_the_true_frequencies() -> None:
    rules = exploring(fair(), fairness={"tau": 8, "band": 6})
    people = team(crowd(6))
    books = deal(document(fair()), people, leads(38, "ABC")).router.books

    found = propensities(rules, people, books)

    run = start(rules, people, books=books)
    (decision,) = run.deal(lead("L", "B"))
    assert 1 < decision.in_band < 6
    assert len(found) == decision.in_band
    assert sum(found.values()) == 1
    assert max(found.values()) == 1 - Fraction(1, 5) + Fraction(1, 5) / decision.in_band


def test_over_many_draws_everybody_is_picked_as_often_as_his_propensity_says() -> None:
    rules = exploring(fair())
    people = team(crowd(4))
    books = deal(document(fair()), people, leads(14, "ABC")).router.books
    count = 600

    picked = Counter[str]()
    chances: dict[str, Fraction] = {}
    for seed in range(count):
        (decision,) = start(rules, people, books=books, seed=str(seed)).deal(lead("L", "C"))
        assert decision.exploration is not None and decision.rep_id is not None
        picked[decision.rep_id] += 1
        chances[decision.rep_id] = decision.exploration.propensity

    for rep_id, chance in chances.items():
        spread = float(count * chance * (1 - chance)) ** 0.5
        assert abs(picked[rep_id] - float(count * chance)) <= 4 * spread


def test_whoever_got_it_stands_first_and_the_others_behind_him() -> None:
    run = deal(exploring(fair()), team(crowd(9)), leads(300, "BC"))

    random_ones = [one for one in explored(run) if one.exploration and one.exploration.was_random]
    assert random_ones
    for one in run.decisions:
        assert one.places[0].member == one.rep_id
        assert len({place.member for place in one.places}) == len(one.places) == 6


def test_a_band_of_one_leaves_nothing_to_chance() -> None:
    run = deal(exploring(fair(), fairness={"tau": 0}), team(Rep("ana")), leads(20, "BC"))

    assert {one.exploration.propensity for one in explored(run) if one.exploration} == {Fraction(1)}


@given(
    st.lists(st.sampled_from("ABC"), max_size=60),
    st.integers(1, 200_000),
    st.integers(0, 40),
    st.integers(2, 6),
)
def test_the_bound_holds_and_the_run_replays_with_exploration_on(
    grades: list[str], rate: int, band: int, people: int
) -> None:
    rules = document(
        fair(), exploration={"rate_millionths": rate}, fairness={"tau": 8, "band": band}
    )

    run = deal(rules, team(crowd(people)), [lead(f"L{n}", g) for n, g in enumerate(grades)])

    assert run.is_sound()
    assert replayed(run.lines).is_identical


@pytest.mark.parametrize("kind", list(ItemKind))
def test_every_kind_of_item_may_be_explored(kind: ItemKind) -> None:
    run = deal(exploring(fair()), team(reps("ana", "ben")), lead(kind=kind))

    assert len(explored(run)) == 1
