"""Who belongs to the team, when each was active, and what the fair share is made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.checkup.activity import activity_of, received
from evenhand.engine.checkup.holdings import Holding, Settings, spells
from tests.engine.checkup.histories import TEAM, by_lot, day, dealt, holding

SMALL = Settings(occasional_leads=1)


def _activity(rows: list[Holding], settings: Settings = SMALL):  # type: ignore[no-untyped-def]
    return activity_of(spells(rows), settings)


def test_a_desk_that_passes_leads_on_within_the_day_received_nothing() -> None:
    rows = [
        holding("Desk", 1, lead="L"),
        holding("Ren", 1.2, lead="L"),
        holding("Rui", 9, lead="L"),
    ]

    assert received(spells(rows)["L"]).rep_id == "Ren"


def test_whoever_kept_a_lead_for_a_day_received_it_though_it_moved_on_later() -> None:
    rows = [holding("Ren", 1, lead="L"), holding("Rui", 2, lead="L")]

    assert received(spells(rows)["L"]).rep_id == "Ren"


def test_a_lead_that_nobody_kept_for_a_day_was_received_by_the_last() -> None:
    rows = [holding("Ren", 1, lead="L"), holding("Rui", 1.1, lead="L")]

    assert received(spells(rows)["L"]).rep_id == "Rui"


def test_a_holder_of_a_few_leads_is_occasional_and_outside_the_team() -> None:
    rows = [holding("Ren", n) for n in range(60)] + [holding("Boss", n) for n in (3, 50, 55)]

    activity = _activity(rows, Settings())

    assert activity.reps == ("Ren",)
    assert activity.occasional == {"Boss": 3}
    assert all(deal.rep_id == "Ren" for deal in activity.deals)


def test_a_tenth_of_the_median_is_still_occasional() -> None:
    rows = [holding(rep, n) for rep in ("Ren", "Rui") for n in range(100)]
    rows += [holding("Boss", n + 0.5) for n in range(9)]

    assert _activity(rows, Settings()).occasional == {"Boss": 9}


def test_a_team_file_decides_who_belongs_to_the_team() -> None:
    rows = [holding("Ren", 1), *(holding("Rui", n) for n in range(50)), holding("Tom", 4)]

    activity = _activity(rows, Settings(weights={"Ren": 50, "Tom": 0}))

    assert activity.reps == ("Ren",)
    assert activity.weights == {"Ren": 50}
    assert activity.occasional == {"Rui": 50, "Tom": 1}


def test_a_rep_is_active_one_usual_gap_before_the_first_and_after_the_last_lead() -> None:
    rows = [holding("Ren", n) for n in range(31)]
    rows += [holding("Rui", 10), holding("Rui", 12), holding("Rui", 14)]

    activity = _activity(rows)

    assert activity.active(day(7.9)) == ("Ren",)
    assert activity.active(day(8)) == ("Ren", "Rui")
    assert activity.active(day(16)) == ("Ren", "Rui")
    assert activity.active(day(16.1)) == ("Ren",)


def test_nobody_is_active_outside_the_file() -> None:
    activity = _activity([holding("Ren", 0), holding("Ren", 9), holding("Rui", 2)])

    assert activity.active(day(-1)) == ()
    assert activity.active(day(10)) == ()


def test_someone_who_joins_late_is_due_nothing_from_before() -> None:
    rows = [holding("Ren", n) for n in range(10)] + [holding("Rui", 7.5), holding("Rui", 8.5)]

    activity = _activity(rows)
    due = activity.chance(activity.deals, lambda d: "", lambda d: 1)[""]

    # Rui counts from 6.5 on: the leads of 7, 7.5, 8, 8.5 and 9 are shared by two.
    assert due["Rui"].mean == pytest.approx(2.5)
    assert due["Ren"].mean == pytest.approx(9.5)


def test_shares_follow_the_weights() -> None:
    rows = [holding("Ren", n) for n in range(4)] + [holding("Rui", n) for n in range(4)]

    activity = _activity(rows, Settings(weights={"Ren": 100, "Rui": 50}))

    (shares,) = activity.shares.values()
    assert shares == {"Ren": pytest.approx(2 / 3), "Rui": pytest.approx(1 / 3)}


@given(st.integers(10, 120), st.text("ab", min_size=1, max_size=4))
def test_everything_dealt_is_due_to_somebody(count: int, seed: str) -> None:
    activity = _activity(dealt(count, by_lot(TEAM), seed=seed))

    law = activity.chance(activity.deals, lambda d: d.grade, lambda d: d.points)

    due = sum(part.mean for line in law.values() for part in line.values())
    assert due == pytest.approx(sum(deal.points for deal in activity.deals))


def test_equal_moments_mean_equal_people() -> None:
    activity = _activity(dealt(200, by_lot(TEAM)))
    by_key: dict[tuple[int, int], set[tuple[str, ...]]] = {}
    for deal in activity.deals:
        key = activity.moment(deal.received_at)
        by_key.setdefault(key, set()).add(activity.active(deal.received_at))

    assert all(len(people) == 1 for people in by_key.values())
