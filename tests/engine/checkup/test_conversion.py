"""Conversions against expectation: mix is taken out, luck is shrunk, skill is found."""

import pytest

from evenhand.engine.checkup.activity import activity_of
from evenhand.engine.checkup.conversion import Conversion, conversion_of, horizon_of
from evenhand.engine.checkup.holdings import Column, Holding, Settings, spells
from tests.engine.checkup.histories import (
    EVERY_COLUMN,
    TEAM,
    by_lot,
    dealt,
    history,
    holding,
    seeds,
)

SETTINGS = Settings(occasional_leads=1)


def _conversion(rows: list[Holding], *, as_of: float = 400, horizon: int = 30) -> Conversion | None:
    lines = spells(rows)
    return conversion_of(history(rows, as_of=as_of), activity_of(lines, SETTINGS), lines, horizon)


def _found(rows: list[Holding], **options: int) -> Conversion:
    found = _conversion(rows, **options)
    assert found is not None
    return found


def test_wins_and_leads_are_counted_exactly() -> None:
    rows = dealt(500, by_lot(TEAM))

    found = _found(rows)

    assert found.won.count == sum(h.outcome.value == "won" for h in rows)
    assert found.won.total == 500
    assert sum(rep.won for rep in found.reps) == found.won.count


def test_expectation_adds_up_to_what_happened() -> None:
    found = _found(
        dealt(500, by_lot(TEAM), won_rate=lambda rep, grade: 0.4 if grade == "A" else 0.1)
    )

    assert sum(rep.expected for rep in found.reps) == pytest.approx(found.won.count, rel=0.03)


def test_better_leads_do_not_make_a_better_rep() -> None:
    # Hua gets most of the A leads; everyone converts them alike.
    rows = dealt(
        1500,
        lambda grade, u: "Hua" if grade == "A" and u < 0.8 else TEAM[int(u * 5) % 5],
        won_rate=lambda rep, grade: 0.5 if grade == "A" else 0.1,
    )

    hua = next(rep for rep in _found(rows).reps if rep.rep_id == "Hua")

    assert hua.won / hua.leads > 0.25
    assert hua.ratio.value == pytest.approx(1, abs=0.12)
    assert hua.is_normal_variation


def test_a_rep_who_wins_twice_as_often_is_found() -> None:
    rows = dealt(1500, by_lot(TEAM), won_rate=lambda rep, grade: 0.3 if rep == "Rui" else 0.15)

    found = {rep.rep_id: rep for rep in _found(rows).reps}

    assert not found["Rui"].is_normal_variation
    assert found["Rui"].ratio.low > 1
    assert found["Rui"].chance_above > 0.975


@pytest.mark.parametrize("rate", [0.1, 0.65])
def test_equal_reps_are_within_normal_variation(rate: float) -> None:
    flagged = [
        sum(
            not rep.is_normal_variation
            for rep in _found(
                dealt(400, by_lot(TEAM), seed=s, won_rate=lambda rep, grade: rate)
            ).reps
        )
        for s in seeds(40)
    ]

    # Shrinkage keeps false alarms below the nominal 5 % of 200 rep-years.
    assert sum(flagged) <= 8


def test_the_shrunken_ratio_lies_between_the_raw_one_and_the_team() -> None:
    for rep in _found(dealt(600, by_lot(TEAM))).reps:
        raw = rep.won / rep.expected
        low, high = sorted((raw, 1.0))
        assert low - 1e-9 <= rep.ratio.value <= high + 1e-9
        assert rep.ratio.low < rep.ratio.value < rep.ratio.high


def test_the_true_spread_of_skill_is_recovered_roughly() -> None:
    reps = [f"R{n:02d}" for n in range(30)]
    skill = {rep: 0.5 if n % 2 else 1.5 for n, rep in enumerate(reps)}

    found = _found(dealt(9000, by_lot(reps), won_rate=lambda rep, grade: 0.15 * skill[rep]))

    assert found.skill_deviation == pytest.approx(0.5, abs=0.12)


def test_often_won_leads_vary_less_than_counts_do() -> None:
    rows = dealt(600, by_lot(TEAM), won_rate=lambda rep, grade: 0.7)

    assert _found(rows).dispersion == pytest.approx(0.3, abs=0.05)


def test_leads_younger_than_the_horizon_do_not_count() -> None:
    rows = dealt(400, by_lot(TEAM))

    assert _found(rows, as_of=190, horizon=30).won.total < 200


def test_a_win_after_the_horizon_does_not_count_as_won() -> None:
    rows = [holding("Ren", n, won=n + (5 if n < 30 else 50)) for n in range(60)]
    rows.append(holding("Ren", 60, lost=61))

    found = _found(rows, horizon=30)

    assert (found.won.count, found.won.total) == (30, 61)


def test_a_win_counts_for_whoever_received_the_lead() -> None:
    rows = dealt(300, by_lot(("Ren", "Rui")))
    moved = [holding("Rui", 1, lead="X", row=9001), holding("Tom", 9, lead="X", row=9002, won=12)]

    before = {rep.rep_id: rep.won for rep in _found(rows).reps}
    after = {rep.rep_id: rep.won for rep in _found(rows + moved).reps}

    assert after["Rui"] == before["Rui"] + 1


def test_the_horizon_covers_nine_wins_of_ten() -> None:
    rows = [holding("Ren", n, won=n + n % 50) for n in range(200)]

    assert horizon_of(history(rows), Settings()) == 45


def test_the_horizon_is_sixty_days_without_enough_wins_and_can_be_given() -> None:
    assert horizon_of(history([holding("Ren", 1, won=3)]), Settings()) == 60
    assert horizon_of(history([]), Settings(horizon_days=14)) == 14


def test_without_outcomes_or_with_one_outcome_only_nothing_is_claimed() -> None:
    rows = dealt(100, by_lot(TEAM))
    lines = spells(rows)
    blind = history(rows, columns=EVERY_COLUMN - {Column.OUTCOME})

    assert conversion_of(blind, activity_of(lines, SETTINGS), lines, 30) is None
    assert _conversion([holding("Ren", n, won=n + 1) for n in range(50)]) is None
    assert _conversion([holding("Ren", n, lost=n + 1) for n in range(50)]) is None


def test_a_file_of_won_leads_only_says_nothing_about_conversion() -> None:
    # Half of them late: without the rule, a rate of 50 % would be shown.
    assert _conversion([holding("Ren", n, won=n + (5 if n % 2 else 50)) for n in range(80)]) is None


def test_a_lead_still_open_past_the_horizon_counts_as_not_won() -> None:
    rows = [holding("Ren", n, won=n + 1 if n % 2 else None) for n in range(80)]

    assert _found(rows).won.total == 80
