"""Repeated contacts: who is the same person, how close in time, and whose."""

import pytest

from evenhand.engine.checkup.activity import activity_of
from evenhand.engine.checkup.contacts import (
    PLACEHOLDER_OVER,
    Repeats,
    repeated_companies,
    repeated_people,
)
from evenhand.engine.checkup.holdings import Column, Holding, Settings, spells
from tests.engine.checkup.histories import EVERY_COLUMN, history, holding

SETTINGS = Settings(occasional_leads=1, conflict_days=90)


def _people(rows: list[Holding]) -> Repeats:
    lines = spells(rows)
    found = repeated_people(history(rows), activity_of(lines, SETTINGS), lines, SETTINGS)
    assert found is not None
    return found


def _companies(rows: list[Holding]) -> Repeats:
    lines = spells(rows)
    found = repeated_companies(history(rows), activity_of(lines, SETTINGS), lines, SETTINGS)
    assert found is not None
    return found


def test_one_phone_with_two_reps_within_the_days_is_a_conflict() -> None:
    found = _people([holding("Ren", 0, people=("p1",)), holding("Rui", 30, people=("p1",))])

    (conflict,) = found.conflicts
    assert conflict.reps == ("Ren", "Rui")
    assert conflict.closest_days == 30
    assert (found.split.count, found.split.total) == (1, 1)
    assert (found.leads.count, found.leads.total) == (2, 2)
    assert found.pairs == (("Ren", "Rui", 1),)


@pytest.mark.parametrize(("gap", "conflicts"), [(90, 1), (90.01, 0)])
def test_the_days_are_a_sharp_limit(gap: float, conflicts: int) -> None:
    found = _people([holding("Ren", 0, people=("p1",)), holding("Rui", gap, people=("p1",))])

    assert len(found.conflicts) == conflicts


def test_the_same_rep_twice_is_a_repeat_but_no_conflict() -> None:
    found = _people([holding("Ren", 0, people=("p1",)), holding("Ren", 3, people=("p1",))])

    assert (found.split.count, found.split.total) == (0, 1)
    assert found.conflicts == ()


def test_phone_and_mail_connect_by_way_of_a_third_lead() -> None:
    rows = [
        holding("Ren", 0, people=("phone",)),
        holding("Rui", 1, people=("mail",)),
        holding("Tom", 2, people=("phone", "mail")),
    ]

    (conflict,) = _people(rows).conflicts

    assert conflict.reps == ("Ren", "Rui", "Tom")
    assert _people(rows).pairs == (("Ren", "Rui", 1), ("Ren", "Tom", 1), ("Rui", "Tom", 1))


def test_a_lead_that_was_handed_on_is_no_conflict_with_itself() -> None:
    rows = [
        holding("Ren", 0, lead="L", people=("p1",)),
        holding("Rui", 5, lead="L", people=("p1",)),
        holding("Rui", 9, people=("p2",)),
    ]

    assert _people(rows).conflicts == ()


def test_a_number_on_very_many_leads_is_a_placeholder() -> None:
    rows = [
        holding(("Ren", "Rui")[n % 2], n, people=("000000",)) for n in range(PLACEHOLDER_OVER + 1)
    ]

    found = _people(rows)

    assert found.conflicts == ()
    assert found.placeholders == (("000000", PLACEHOLDER_OVER + 1),)


def test_a_placeholder_does_not_connect_people() -> None:
    rows = [
        holding(("Ren", "Rui")[n % 2], n, people=("000000", f"p{n}"))
        for n in range(PLACEHOLDER_OVER + 1)
    ]

    assert _people(rows).conflicts == ()


def test_the_largest_conflicts_come_first() -> None:
    rows = [holding("Ren", 0, people=("p1",)), holding("Rui", 1, people=("p1",))]
    rows += [holding(rep, 5 + n, people=("p2",)) for n, rep in enumerate(("Ren", "Rui", "Ren"))]

    assert [len(conflict.deals) for conflict in _people(rows).conflicts] == [3, 2]


def test_companies_are_compared_in_the_same_way() -> None:
    rows = [
        holding("Ren", 0, company="K"),
        holding("Rui", 10, company="K"),
        holding("Ren", 0.5, company="M"),
        holding("Ren", 4, company="M"),
        holding("Rui", 5),
    ]

    found = _companies(rows)

    assert [conflict.key for conflict in found.conflicts] == ["K"]
    assert (found.split.count, found.split.total) == (1, 2)
    assert found.leads.total == 4


def test_holders_outside_the_team_make_no_conflict() -> None:
    rows = [holding("Ren", n, people=(f"p{n}",)) for n in range(60)]
    rows.append(holding("Boss", 3.5, people=("p3",)))
    lines = spells(rows)

    found = repeated_people(history(rows), activity_of(lines, Settings()), lines, Settings())

    assert found is not None
    assert found.conflicts == ()


def test_without_the_columns_nothing_is_claimed() -> None:
    rows = [holding("Ren", 0, people=("p1",), company="K")]
    lines = spells(rows)
    activity = activity_of(lines, SETTINGS)
    blind = history(rows, columns=EVERY_COLUMN - {Column.PHONE, Column.EMAIL, Column.COMPANY})

    assert repeated_people(blind, activity, lines, SETTINGS) is None
    assert repeated_companies(blind, activity, lines, SETTINGS) is None
