"""The same leads dealt by the ledger: nothing lost, within its bound, and evener than before."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.engine.checkup.activity import Activity, activity_of
from evenhand.engine.checkup.conversion import conversion_of
from evenhand.engine.checkup.holdings import Holding, Settings, spells
from evenhand.engine.checkup.replay import Replay, replay_of
from evenhand.engine.facts import POINT
from tests.engine.checkup.histories import GRADES, TEAM, by_lot, dealt, history, holding

SETTINGS = Settings(occasional_leads=1)


def _skewed(grade: str, u: float) -> str:
    return TEAM[int(u * u * len(TEAM))]


def _replay(rows: list[Holding], setup: Settings = SETTINGS) -> tuple[Replay, Activity]:
    activity = activity_of(spells(rows), setup)
    found = replay_of(activity, setup, top_grade="A", grades=tuple(GRADES), conversion=None)
    assert found is not None
    return found, activity


@settings(max_examples=25)
@given(st.integers(20, 150), st.text("abc", min_size=1, max_size=5))
def test_every_lead_is_dealt_once_and_every_point_is_due_once(count: int, seed: str) -> None:
    rows = dealt(count, _skewed, seed=seed)

    found, activity = _replay(rows)

    total = sum(deal.points for deal in activity.deals)
    assert len(found.takers) == len(activity.deals)
    assert sum(rep.due for rep in found.reps) == total
    assert sum(rep.points_after for rep in found.reps) == total
    assert sum(rep.points_before for rep in found.reps) == total
    assert sum(rep.leads_after for rep in found.reps) == len(activity.deals)


@settings(max_examples=25)
@given(st.integers(20, 150), st.text("abc", min_size=1, max_size=5))
def test_nobody_ends_further_from_the_entitlement_than_the_ledger_proves(
    count: int, seed: str
) -> None:
    found, _ = _replay(dealt(count, _skewed, seed=seed))

    assert all(abs(rep.due - rep.points_after) <= found.bound for rep in found.reps)
    assert all(max(c.behind_after, c.ahead_after) <= found.bound for c in found.checkpoints)


def test_leads_go_only_to_those_who_were_there() -> None:
    rows = [holding("Ren", n) for n in range(60)] + [holding("Rui", n + 0.5) for n in range(40, 60)]

    found, activity = _replay(rows)

    for deal, taker in zip(activity.deals, found.takers, strict=True):
        assert taker in activity.active(deal.received_at)


def test_an_uneven_year_becomes_even() -> None:
    found, _ = _replay(dealt(1000, _skewed))

    assert found.gini_before > 0.2
    assert found.gini_after < 0.01
    last = found.checkpoints[-1]
    assert last.behind_after < 2 * 8 * POINT < last.behind_before


def test_top_leads_are_spread_too() -> None:
    rows = dealt(1000, lambda grade, u: "Hua" if grade == "A" else TEAM[int(u * 5)])

    found, _ = _replay(rows)

    before = [rep.top_before for rep in found.reps]
    after = [rep.top_after for rep in found.reps]
    assert max(before) - min(before) > 100
    assert max(after) - min(after) <= 3
    assert sum(before) == sum(after)


def test_weights_move_what_the_ledger_gives() -> None:
    rows = dealt(600, by_lot(("Ren", "Rui")))

    found, _ = _replay(rows, Settings(weights={"Ren": 150, "Rui": 50}))

    ren, rui = found.reps
    assert ren.points_after == pytest.approx(3 * rui.points_after, rel=0.05)


def test_two_runs_give_the_same_deal() -> None:
    rows = dealt(300, _skewed)

    assert _replay(rows)[0] == _replay(rows)[0]


def test_the_order_of_the_rows_is_irrelevant() -> None:
    rows = dealt(200, _skewed)

    assert _replay(rows)[0] == _replay(list(reversed(rows)))[0]


def test_checkpoints_run_through_the_year_to_its_last_lead() -> None:
    found, activity = _replay(dealt(500, _skewed))

    assert 50 <= len(found.checkpoints) <= 65
    assert found.checkpoints[-1].at == activity.deals[-1].received_at
    last = found.checkpoints[-1]
    assert last.behind_before == max(rep.due - rep.points_before for rep in found.reps)
    assert last.ahead_after == max(rep.points_after - rep.due for rep in found.reps)


def test_equal_skill_gains_no_wins_beyond_its_uncertainty() -> None:
    rows = dealt(1000, _skewed)
    lines = spells(rows)
    activity = activity_of(lines, SETTINGS)
    conversion = conversion_of(history(rows), activity, lines, 30)

    found = replay_of(
        activity, SETTINGS, top_grade="A", grades=tuple(GRADES), conversion=conversion
    )

    assert found is not None
    assert found.wins_changed is not None
    assert found.wins_changed.low < 0 < found.wins_changed.high


def test_giving_a_strong_rep_fewer_leads_is_said_to_cost_wins() -> None:
    rows = dealt(
        3000,
        lambda grade, u: "Hua" if u < 0.5 else TEAM[1 + int((u - 0.5) * 7.99)],
        won_rate=lambda rep, grade: 0.4 if rep == "Hua" else 0.1,
    )
    lines = spells(rows)
    activity = activity_of(lines, SETTINGS)
    conversion = conversion_of(history(rows), activity, lines, 30)

    found = replay_of(
        activity, SETTINGS, top_grade="A", grades=tuple(GRADES), conversion=conversion
    )

    assert found is not None
    assert found.wins_changed is not None
    assert found.wins_changed.high < 0


def test_a_single_rep_or_worthless_leads_leave_nothing_to_replay() -> None:
    alone = activity_of(spells([holding("Ren", n) for n in range(9)]), SETTINGS)
    worthless = [
        Holding(
            row=n, lead_id=str(n), rep_id=rep, received_at=holding(rep, n).received_at, points=0
        )
        for n in range(9)
        for rep in ("Ren", "Rui")
    ]

    assert replay_of(alone, SETTINGS, top_grade="", grades=(), conversion=None) is None
    nothing = activity_of(spells(worthless), SETTINGS)
    assert replay_of(nothing, SETTINGS, top_grade="", grades=(), conversion=None) is None
