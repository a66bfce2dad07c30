"""Leads that lie still: who counts, since when, and with whom clearly more of them lie."""

from evenhand.engine.checkup.activity import activity_of
from evenhand.engine.checkup.holdings import Column, Holding, Settings, spells
from evenhand.engine.checkup.stale import Stale, undecided, untouched
from evenhand.engine.facts import POINT
from tests.engine.checkup.histories import (
    EVERY_COLUMN,
    TEAM,
    by_lot,
    dealt,
    history,
    holding,
    seeds,
)

SETTINGS = Settings(occasional_leads=1, stale_days=30)


def _untouched(rows: list[Holding], as_of: float = 100) -> Stale | None:
    lines = spells(rows)
    return untouched(history(rows, as_of=as_of), activity_of(lines, SETTINGS), lines, SETTINGS)


def _undecided(rows: list[Holding], as_of: float = 100, days: int = 60) -> Stale | None:
    lines = spells(rows)
    return undecided(history(rows, as_of=as_of), activity_of(lines, SETTINGS), lines, days)


def test_a_lead_without_answer_and_outcome_lies_still_after_the_days() -> None:
    rows = [
        holding("Ren", 1, grade="A"),
        holding("Ren", 2, answered=1),
        holding("Ren", 3, lost=9),
        holding("Ren", 90),
    ]

    found = _untouched(rows)

    assert found is not None
    assert [lead.received_at for lead in found.leads] == [rows[0].received_at]
    assert (found.team.share.count, found.team.share.total) == (1, 3)
    assert found.team.points == 8 * POINT


def test_only_the_present_holder_sits_on_a_lead() -> None:
    rows = [holding("Ren", 0, lead="L"), holding("Rui", 5, lead="L")]
    rows += [holding("Ren", 1, answered=1), holding("Rui", 2, answered=1)]

    found = _untouched(rows)

    assert found is not None
    assert {rep.rep_id: rep.share.count for rep in found.reps} == {"Ren": 0, "Rui": 1}


def test_an_answered_lead_is_undecided_until_it_has_an_outcome() -> None:
    rows = [holding("Ren", 0, answered=1), holding("Ren", 1, won=20), holding("Ren", 70)]

    found = _undecided(rows)

    assert found is not None
    assert (found.team.share.count, found.team.share.total) == (1, 2)


def test_one_who_leaves_leads_lying_stands_out() -> None:
    rows = [
        holding(
            h.rep_id,
            n * 0.7,
            lead=h.lead_id,
            row=h.row,
            answered=None if h.rep_id == "Tom" and n % 2 else 1,
        )
        for n, h in enumerate(dealt(400, by_lot(TEAM)))
    ]

    found = _untouched(rows, as_of=400)

    assert found is not None
    assert [rep.rep_id for rep in found.reps if rep.is_beyond_chance] == ["Tom"]


def test_one_with_fewer_lying_leads_than_others_is_never_flagged() -> None:
    rows = [
        holding(rep, n + k / 10, answered=1 if rep == "Hua" else None)
        for n in range(60)
        for k, rep in enumerate(TEAM)
    ]

    found = _untouched(rows, as_of=200)

    assert found is not None
    assert not any(rep.is_beyond_chance for rep in found.reps if rep.rep_id == "Hua")


def test_equal_reps_rarely_stand_out() -> None:
    alarms = 0
    for seed in seeds(60):
        rows = [
            holding(h.rep_id, n, lead=h.lead_id, row=h.row, answered=None if h.grade == "A" else 1)
            for n, h in enumerate(dealt(250, by_lot(TEAM), seed=seed))
        ]
        found = _untouched(rows, as_of=400)
        assert found is not None
        alarms += any(rep.is_beyond_chance for rep in found.reps)

    assert alarms <= 8


def test_one_who_came_when_more_was_left_lying_is_measured_against_that_time() -> None:
    # In the first months everyone leaves half, later nothing. Yan was only there early.
    early = [
        holding(rep, n + k / 10, answered=None if (n + k) % 2 else 1)
        for n in range(50)
        for k, rep in enumerate(("Ren", "Yan"))
    ]
    late = [holding("Ren", 100 + n, answered=1) for n in range(200)]

    found = _untouched(early + late, as_of=500)

    assert found is not None
    yan = next(rep for rep in found.reps if rep.rep_id == "Yan")
    assert yan.expected > 15
    assert not yan.is_beyond_chance


def test_nothing_old_enough_is_nothing_to_judge() -> None:
    assert _untouched([holding("Ren", 95)]) is None


def test_without_the_columns_a_blank_proves_nothing() -> None:
    rows = [holding("Ren", 1)]
    lines = spells(rows)
    activity = activity_of(lines, SETTINGS)
    blind = history(rows, columns=EVERY_COLUMN - {Column.RESPONDED_AT, Column.OUTCOME})

    assert untouched(blind, activity, lines, SETTINGS) is None
    assert undecided(blind, activity, lines, 60) is None
