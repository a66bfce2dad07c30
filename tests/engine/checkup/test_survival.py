"""Kaplan–Meier against a published example and its own laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.checkup.survival import (
    Spell,
    cumulative_hazard,
    expected_events,
    survival_curve,
)

# Remission times of 21 patients on 6-MP (Freireich et al. 1963), + = censored.
FREIREICH = [
    (6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1),
    (17, 0), (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0),
]  # fmt: skip
PATIENTS = [Spell(float(weeks), bool(event)) for weeks, event in FREIREICH]

spell_lists = st.lists(
    st.builds(Spell, st.integers(0, 50).map(float), st.booleans()), min_size=1, max_size=60
)


@pytest.mark.parametrize(
    ("weeks", "share"),
    [
        (5, 1.0),
        (6, 0.857),
        (7, 0.807),
        (10, 0.753),
        (13, 0.690),
        (16, 0.627),
        (22, 0.538),
        (40, 0.448),
    ],
)
def test_the_curve_has_the_published_values(weeks: float, share: float) -> None:
    assert survival_curve(PATIENTS).still_waiting(weeks).value == pytest.approx(share, abs=5e-4)


def test_the_deviation_is_greenwoods() -> None:
    curve = survival_curve(PATIENTS)

    # Published standard error at 10 weeks: 0.0963.
    at = curve.times.index(10.0)
    assert curve.waiting[at] * curve.variance_terms[at] ** 0.5 == pytest.approx(0.0963, abs=1e-4)


def test_the_median_and_its_interval_have_the_published_values() -> None:
    value, low, high = survival_curve(PATIENTS).quantile(0.5)

    assert (value, low, high) == (23.0, 13.0, None)


def test_a_quantile_that_is_not_reached_is_none() -> None:
    assert survival_curve(PATIENTS).quantile(0.9)[0] is None


def test_when_everyone_answers_the_curve_is_the_plain_share() -> None:
    curve = survival_curve([Spell(float(n), True) for n in range(1, 11)])

    assert curve.still_waiting(4).value == pytest.approx(0.6)
    assert curve.quantile(0.5)[0] == 5.0
    assert curve.still_waiting(10).value == pytest.approx(0)
    assert curve.still_waiting(10).high == pytest.approx(1 - 0.025**0.1)


def test_nobody_answered_leaves_everyone_waiting() -> None:
    curve = survival_curve([Spell(3.0, False)] * 4)

    assert curve.events == 0
    assert curve.still_waiting(100).value == 1
    assert curve.quantile(0.5) == (None, None, None)


@given(spell_lists)
def test_the_curve_never_rises_and_its_interval_holds_it(spells: list[Spell]) -> None:
    steps = [around for _, around in survival_curve(spells).points()]

    values = [around.value for around in steps]
    assert values == sorted(values, reverse=True)
    assert all(0 <= a.low <= a.value + 1e-12 and a.value <= a.high + 1e-12 <= 1.01 for a in steps)


@given(spell_lists)
def test_at_the_teams_own_pace_as_much_is_expected_as_happened(spells: list[Spell]) -> None:
    expected = expected_events(cumulative_hazard(spells), spells)

    assert expected == pytest.approx(sum(spell.has_happened for spell in spells))


@given(spell_lists)
def test_the_order_of_the_rows_is_irrelevant(spells: list[Spell]) -> None:
    assert survival_curve(spells) == survival_curve(list(reversed(spells)))
