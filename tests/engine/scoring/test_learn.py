"""Learning who is good at what: on skill that was planted, hence known, and on real deals."""

import csv
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from evenhand.engine.facts import POINT
from evenhand.engine.scoring.learn import (
    CannotLearnSkill,
    LearntSkill,
    Outcome,
    learn_skill,
)
from evenhand.engine.scoring.skill import WHOLE, Skill

START = datetime(2025, 1, 6, tzinfo=UTC)
REPS = [f"rep {number:02d}" for number in range(20)]
PRODUCTS = [f"product {number}" for number in range(8)]
GRADES = {"A": 1.5, "B": 0.0, "C": -1.0}  # log-odds

Skills = np.ndarray  # [rep, product], log-odds
Planted = tuple[list[Outcome], Skills]


@cache
def planted(count: int, rep_sd: float, product_sd: float, seed: int = 1) -> Planted:
    """Outcomes of reps whose skill is known, grades and products dealt at random."""
    rng = np.random.default_rng(seed)
    skills = rng.normal(0, rep_sd, (20, 1)) + rng.normal(0, product_sd, (20, 8))
    appeal = rng.normal(0, 0.4, 8)
    reps, products = rng.integers(20, size=count), rng.integers(8, size=count)
    grades = rng.choice(3, size=count, p=[0.2, 0.3, 0.5])
    harder = np.array(list(GRADES.values()))
    log_odds = -1.5 + appeal[products] + harder[grades] + skills[reps, products]
    won = rng.random(count) < 1 / (1 + np.exp(-log_odds))
    rows = [
        Outcome(
            rep_id=REPS[reps[number]],
            fields={
                "lead.product": PRODUCTS[products[number]],
                "lead.grade": "ABC"[grades[number]],
            },
            is_won=bool(won[number]),
            at=START + timedelta(hours=number),
        )
        for number in range(count)
    ]
    return rows, skills


def learnt(rows: Sequence[Outcome]) -> LearntSkill:
    return learn_skill(rows, segments=["lead.product"], mix=["lead.grade"])


def chances(learnt: LearntSkill, grade: str = "B") -> np.ndarray:
    """[rep, product], in millionths."""
    skill = Skill(learnt.tables)
    values = [{"lead.product": product, "lead.grade": grade} for product in PRODUCTS]
    return np.array([skill.chances(skill.keys(value.get), REPS) for value in values]).T


def rank_correlation(left: np.ndarray, right: np.ndarray) -> float:
    ranks = [np.argsort(np.argsort(values.ravel())) for values in (left, right)]
    return float(np.corrcoef(*ranks)[0, 1])


def largest_ratio(found: np.ndarray) -> float:
    """The best rep's chance against the worst one's, where that is largest."""
    return float((found.max(axis=0) / found.min(axis=0)).max())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_skill_is_found_in_the_right_order(seed: int) -> None:
    rows, skills = planted(10_000, 0.25, 0.5, seed)

    found = chances(learnt(rows))
    log_odds = np.log(found / (WHOLE - found))

    # Products sell differently whoever has them: only what is above a product's mean is skill.
    order = rank_correlation(log_odds - log_odds.mean(axis=0), skills - skills.mean(axis=0))
    assert order >= 0.7


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_skill_in_general_is_found_in_the_right_order(seed: int) -> None:
    rows, skills = planted(10_000, 0.5, 0.0, seed)

    tables = learnt(rows).tables
    found = np.array([tables.reps[rep] for rep in REPS])

    assert rank_correlation(found, skills[:, 0]) >= 0.85


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_equal_skill_makes_nearly_equal_chances(seed: int) -> None:
    rows, _ = planted(10_000, 0.0, 0.0, seed)

    assert largest_ratio(chances(learnt(rows))) <= 1.15


def test_raw_rates_would_have_told_equals_far_apart() -> None:
    """The control: without shrinkage the same rows do look like skill."""
    rows, _ = planted(10_000, 0.0, 0.0, 1)

    counts = np.zeros((20, 8, 2))
    for row in rows:
        product = PRODUCTS.index(str(row.fields["lead.product"]))
        counts[REPS.index(row.rep_id), product, int(row.is_won)] += 1

    assert largest_ratio(counts[:, :, 1] / counts.sum(axis=2)) > 2.5


def test_who_was_handed_the_good_items_is_not_called_skilled() -> None:
    rng = np.random.default_rng(3)
    rows = []
    for _ in range(8_000):
        rep = int(rng.integers(20))
        grade = "A" if rep < 10 and rng.random() < 0.7 else str(rng.choice(list(GRADES)))
        is_won = bool(rng.random() < 1 / (1 + np.exp(1.5 - GRADES[grade])))
        rows.append(Outcome(REPS[rep], {"lead.product": PRODUCTS[0], "lead.grade": grade}, is_won))

    assert largest_ratio(chances(learnt(rows))[:, :1]) <= 1.15


def test_five_of_five_is_not_believed() -> None:
    rows, _ = planted(10_000, 0.3, 0.0)
    lucky = [Outcome("lucky", {"lead.product": PRODUCTS[0], "lead.grade": "B"}, True, at=START)] * 5

    tables = learnt([*rows, *lucky]).tables

    assert WHOLE < tables.reps["lucky"] < max(tables.reps[rep] for rep in REPS)


def test_more_outcomes_tell_reps_further_apart() -> None:
    few, many = (learnt(planted(count, 0.25, 0.5)[0]) for count in (400, 10_000))

    assert largest_ratio(chances(few)) < largest_ratio(chances(many))


def test_the_order_of_the_rows_is_irrelevant() -> None:
    rows, _ = planted(2_000, 0.25, 0.5)
    shuffled = [rows[place] for place in np.random.default_rng(5).permutation(len(rows))]

    assert learnt(shuffled) == learnt(rows)


def test_skill_on_newer_items_shows_as_gain() -> None:
    gain = learnt(planted(10_000, 0.5, 0.5)[0]).evidence.held_out_gain

    assert gain is not None and gain > 5_000


def test_the_evidence_says_what_it_rests_on() -> None:
    rows, _ = planted(2_000, 0.25, 0.5)

    evidence = learnt(rows).evidence

    assert evidence.outcome_count == 2_000
    assert evidence.won_count == sum(row.is_won for row in rows)
    assert evidence.rep_count == 20
    assert [path for path, _ in evidence.segment_spreads] == ["lead.product"]
    assert 200_000 < evidence.segment_spreads[0][1] < 800_000


def test_outcomes_without_times_cannot_be_held_out() -> None:
    rows = [Outcome(row.rep_id, row.fields, row.is_won) for row in planted(10_000, 0.5, 0.5)[0]]

    evidence = learnt(rows).evidence

    assert evidence.held_out_gain is None
    assert [why.code for why in evidence.reasons] == ["fit.not_held_out"]


def test_a_past_that_was_all_lost_cannot_be_held_against_anything() -> None:
    rows = [
        Outcome(REPS[number % 4], {}, number >= 250, at=START + timedelta(hours=number))
        for number in range(300)
    ]

    assert learn_skill(rows, segments=[]).evidence.held_out_gain is None


def test_items_without_points_say_nothing_about_value_per_point() -> None:
    rows, _ = planted(1_000, 0.25, 0.5)
    free = [Outcome(row.rep_id, row.fields, row.is_won, points=0, at=row.at) for row in rows]

    assert learnt([*rows[:900], *free[900:]]).tables.kappa > 1
    assert learnt(free).tables.kappa == 1


def test_kappa_is_the_ninetieth_percentile_of_the_best_value_per_point() -> None:
    rows, _ = planted(1_000, 0.25, 0.5)
    priced = [
        Outcome(r.rep_id, r.fields, r.is_won, value=30, points=3 * POINT, at=r.at) for r in rows
    ]

    result = learnt(priced)

    skill = Skill(result.tables)
    best = [max(skill.chances(skill.keys(row.fields.get), REPS)) * 10 for row in priced]
    below = sum(value <= result.tables.kappa for value in best)
    assert result.tables.kappa in best
    assert below >= 900
    assert sum(value < result.tables.kappa for value in best) < 900
    assert result.tables.default_value == 30 * WHOLE


def test_kappa_looks_only_at_recent_items_and_eligible_reps() -> None:
    rows, _ = planted(2_000, 0.25, 0.5)
    worst: Callable[[Outcome], list[str]] = lambda row: [REPS[0]]  # noqa: E731

    narrow = learn_skill(
        rows, segments=["lead.product"], mix=["lead.grade"], eligible=worst, recent_count=1
    )

    skill = Skill(narrow.tables)
    newest = rows[-1]
    assert narrow.tables.kappa == skill.chances(skill.keys(newest.fields.get), [REPS[0]])[0]


def test_fewer_than_two_hundred_outcomes_are_refused() -> None:
    rows, _ = planted(2_000, 0.25, 0.5)

    with pytest.raises(CannotLearnSkill, match="at least 200 outcomes; there are 199") as refusal:
        learnt(rows[:199])

    assert refusal.value.reason.as_json() == {
        "code": "fit.too_few_outcomes", "count": 199, "needed": 200
    }  # fmt: skip


def test_two_hundred_outcomes_are_enough() -> None:
    assert learnt(planted(2_000, 0.25, 0.5)[0][:200]).tables.outcome_count == 200


@pytest.mark.parametrize("is_won", [True, False])
def test_outcomes_that_are_all_alike_are_refused(is_won: bool) -> None:
    rows = [Outcome(REPS[number % 3], {}, is_won) for number in range(300)]

    with pytest.raises(CannotLearnSkill, match="nothing tells reps apart") as refusal:
        learnt(rows)

    assert refusal.value.reason.code == "fit.outcomes_alike"


def test_outcomes_of_one_rep_are_refused() -> None:
    rows = [Outcome("li", {}, number % 2 == 0) for number in range(300)]

    with pytest.raises(CannotLearnSkill, match="nobody to compare with") as refusal:
        learnt(rows)

    assert refusal.value.reason.code == "fit.one_rep_only"


def test_a_rep_who_always_won_gets_finite_odds() -> None:
    rows = [Outcome("li", {}, True)] * 300 + [Outcome("wu", {}, False)] * 300

    tables = learn_skill(rows, segments=[]).tables

    assert tables.reps["wu"] < WHOLE < tables.reps["li"]


@pytest.fixture(scope="module")
def deals(shared_data: Path) -> list[Outcome]:
    """Every won or lost deal of maven_crm, at the list price of its product."""
    folder = shared_data / "maven_crm"
    with (folder / "products.csv").open(encoding="utf-8", newline="") as file:
        # "GTX Pro" and "GTXPro" are one product in this set.
        price = {
            row["product"].replace(" ", ""): int(row["sales_price"]) for row in csv.DictReader(file)
        }
    with (folder / "sales_pipeline.csv").open(encoding="utf-8", newline="") as file:
        return [
            Outcome(
                rep_id=row["sales_agent"],
                fields={"lead.product": row["product"].replace(" ", "")},
                is_won=row["deal_stage"] == "Won",
                value=price[row["product"].replace(" ", "")],
                at=datetime.fromisoformat(row["close_date"]).replace(tzinfo=UTC),
            )
            for row in csv.DictReader(file)
            if row["deal_stage"] in ("Won", "Lost")
        ]


def test_real_agents_who_do_not_differ_beyond_chance_get_equal_tables(
    deals: list[Outcome],
) -> None:
    # χ² of won by agent: 33.3 at 29 degrees of freedom, p = .26; by agent and product .22.
    result = learn_skill(deals, segments=["lead.product"])

    assert result.evidence.rep_count == 30
    assert set(result.tables.reps.values()) == {WHOLE}
    assert result.tables.skills == {}
    assert [why.code for why in result.evidence.reasons] == ["fit.no_difference_shown"]


def test_skill_planted_into_real_deals_is_found(deals: list[Outcome]) -> None:
    """Real agents, products and loads (7 to 500 deals each); only who wins is drawn anew."""
    rng = np.random.default_rng(11)
    pairs = sorted({(row.rep_id, str(row.fields["lead.product"])) for row in deals})
    general = {rep: rng.normal(0, 0.4) for rep, _ in pairs}
    special = {pair: rng.normal(0, 0.5) for pair in pairs}
    rows = []
    for row in deals:
        pair = (row.rep_id, str(row.fields["lead.product"]))
        log_odds = 0.5 + general[row.rep_id] + special[pair]
        is_won = bool(rng.random() < 1 / (1 + np.exp(-log_odds)))
        rows.append(Outcome(row.rep_id, row.fields, is_won, row.value, at=row.at))

    result = learn_skill(rows, segments=["lead.product"])

    skill = Skill(result.tables)
    found = [skill.chances(skill.keys({"lead.product": p}.get), [rep])[0] for rep, p in pairs]
    true = [general[rep] + special[rep, product] for rep, product in pairs]
    assert rank_correlation(np.array(found), np.array(true)) >= 0.75
    assert result.evidence.held_out_gain is not None
    assert result.evidence.held_out_gain > 0
