"""Rows become leads with their holders in time order."""

from dataclasses import replace

import pytest

from evenhand.engine.checkup.holdings import (
    Column,
    History,
    Outcome,
    Settings,
    known_by,
    spells,
)
from tests.engine.checkup.histories import day, history, holding


def test_holdings_of_a_lead_stand_in_time_order_whatever_the_file_order() -> None:
    rows = [
        holding("Rui", 5, lead="L1"),
        holding("Ren", 1, lead="L1"),
        holding("Tom", 3, lead="L2"),
    ]

    lines = spells(rows)

    assert list(lines) == ["L1", "L2"]
    assert [h.rep_id for h in lines["L1"]] == ["Ren", "Rui"]


def test_two_rows_of_one_rep_in_a_row_are_one_spell() -> None:
    rows = [
        holding("Ren", 1, lead="L1", people=("phone:1",)),
        holding("Ren", 4, lead="L1", answered=1, won=9, people=("mail:1",), company="K"),
    ]

    (spell,) = spells(rows)["L1"]

    assert spell.received_at == day(1)
    assert spell.responded_at == day(5)
    assert spell.outcome is Outcome.WON
    assert spell.decided_at == day(9)
    assert spell.people == ("phone:1", "mail:1")
    assert spell.company == "K"


def test_a_decision_in_the_first_row_is_kept_when_the_second_says_nothing() -> None:
    rows = [holding("Ren", 1, lead="L1", lost=3), holding("Ren", 4, lead="L1")]

    (spell,) = spells(rows)["L1"]

    assert spell.outcome is Outcome.LOST
    assert spell.decided_at == day(3)


def test_a_lead_that_comes_back_keeps_its_three_spells() -> None:
    rows = [holding("Ren", 1, lead="L"), holding("Rui", 2, lead="L"), holding("Ren", 3, lead="L")]

    assert [h.rep_id for h in spells(rows)["L"]] == ["Ren", "Rui", "Ren"]


def test_a_history_knows_which_columns_it_has() -> None:
    history = History(holdings=(), columns=frozenset({Column.GRADE}), as_of=day(1))

    assert history.has(Column.GRADE)
    assert not history.has(Column.GRADE, Column.SOURCE)


def test_a_history_is_cut_to_what_was_known_at_its_end() -> None:
    rows = [
        holding("Ren", 1, answered=1, won=5),
        holding("Ren", 2, answered=20, won=30),
        holding("Ren", 3, answered=2, lost=30),
        holding("Ren", 11),
    ]

    first, second, third = known_by(history(rows, as_of=10)).holdings

    assert (first.responded_at, first.outcome, first.decided_at) == (day(2), Outcome.WON, day(5))
    assert (second.responded_at, second.outcome, second.decided_at) == (None, Outcome.OPEN, None)
    assert (third.responded_at, third.outcome, third.decided_at) == (day(5), Outcome.OPEN, None)


def test_an_outcome_without_a_time_stays_an_outcome() -> None:
    row = replace(holding("Ren", 1, won=2), decided_at=None)

    assert known_by(history([row], as_of=10)).holdings == (row,)


@pytest.mark.parametrize("name", ["stale_days", "conflict_days", "occasional_leads", "resamples"])
def test_a_setting_below_one_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        replace(Settings(), **{name: 0})


def test_a_horizon_below_one_day_is_refused() -> None:
    with pytest.raises(ValueError, match="horizon_days"):
        Settings(horizon_days=0)
