"""First responses: censoring, comparison with the team, and files that do not have them."""

import pytest

from evenhand.engine.checkup.activity import activity_of
from evenhand.engine.checkup.holdings import Column, Holding, Settings, spells
from evenhand.engine.checkup.response import DAY, HOUR, Response, response_of
from tests.engine.checkup.histories import (
    EVERY_COLUMN,
    TEAM,
    by_lot,
    dealt,
    history,
    holding,
    seeds,
)


def _response(
    rows: list[Holding], *, columns: frozenset[Column] = EVERY_COLUMN, as_of: float = 400
) -> Response | None:
    lines = spells(rows)
    activity = activity_of(lines, Settings(occasional_leads=1))
    return response_of(history(rows, columns=columns, as_of=as_of), activity, lines)


def _found(rows: list[Holding], **options: float) -> Response:
    found = _response(rows, **options)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_the_median_is_the_time_by_which_half_had_an_answer() -> None:
    rows = [holding("Ren", n, answered=hours / 24) for n, hours in enumerate((1, 2, 3, 4, 50))]

    median, _, _ = _found(rows).team.curve.quantile(0.5)

    assert median == pytest.approx(3 * HOUR)


def test_leads_still_without_an_answer_are_not_forgotten() -> None:
    answered = [holding("Ren", n, answered=0.1) for n in range(10)]
    silent = [holding("Ren", n + 0.5) for n in range(30)]

    curve = _found(answered + silent).team.curve

    assert curve.quantile(0.5)[0] is None
    assert curve.still_waiting(DAY).value == pytest.approx(0.75)


def test_a_lead_handed_on_before_an_answer_counts_only_until_then() -> None:
    rows = [
        holding("Ren", 0, lead="L"),
        holding("Rui", 2, lead="L", answered=1),
        holding("Ren", 1, answered=3),
        holding("Rui", 3, answered=1),
    ]

    found = {speed.name: speed for speed in _found(rows).reps}

    assert (found["Ren"].curve.subjects, found["Ren"].curve.events) == (2, 1)
    assert found["Rui"].curve.events == 2


def test_a_lead_closed_without_an_answer_counts_until_it_was_closed() -> None:
    rows = [holding("Ren", 0, lost=2), holding("Ren", 1, answered=5)]

    curve = _found(rows).team.curve

    # At five days only the second lead is still looked at.
    assert curve.still_waiting(5 * DAY).value == 0
    assert curve.events == 1


def test_an_answer_before_receipt_is_counted_and_left_out() -> None:
    rows = [holding("Ren", 5, answered=-1), holding("Ren", 6, answered=1)]

    found = _found(rows)

    assert found.before_count == 1
    assert found.team.curve.subjects == 1


def test_a_rep_three_times_slower_is_seen() -> None:
    rows = dealt(400, by_lot(TEAM))
    slowed = [
        holding(
            h.rep_id, (h.received_at - rows[0].received_at).total_seconds() / DAY,
            lead=h.lead_id, row=h.row, grade=h.grade, source=h.source,
            answered=3 * (h.responded_at - h.received_at).total_seconds() / DAY,
        ) if h.rep_id == "Tom" and h.responded_at else h
        for h in rows
    ]  # fmt: skip

    found = {speed.name: speed for speed in _found(slowed).reps}

    assert found["Tom"].is_beyond_chance
    assert found["Tom"].pace < 0.6
    assert found["Tom"].curve.quantile(0.5)[0] > found["Hua"].curve.quantile(0.5)[0]


def test_equal_reps_rarely_look_different() -> None:
    alarms = [
        any(speed.is_beyond_chance for speed in _found(dealt(200, by_lot(TEAM), seed=s)).reps)
        for s in seeds(60)
    ]

    assert sum(alarms) <= 8


def test_sources_are_compared_too() -> None:
    rows = [holding("Ren", n, source="web", answered=0.1) for n in range(40)]
    rows += [holding("Ren", n + 0.5, source="fair", answered=3) for n in range(40)]

    web, fair = sorted(_found(rows).sources, key=lambda s: s.name, reverse=True)

    assert (web.name, fair.name) == ("web", "fair")
    assert web.pace > 1 > fair.pace
    assert fair.is_beyond_chance


def test_holders_outside_the_team_are_left_out() -> None:
    rows = [holding("Ren", n, answered=1) for n in range(60)] + [holding("Boss", 3, answered=9)]
    lines = spells(rows)

    found = response_of(history(rows), activity_of(lines, Settings()), lines)

    assert found is not None
    assert [speed.name for speed in found.reps] == ["Ren"]


def test_a_file_without_first_responses_shows_none() -> None:
    rows = [holding("Ren", n, answered=1) for n in range(5)]

    assert _response(rows, columns=EVERY_COLUMN - {Column.RESPONDED_AT}) is None


def test_a_column_without_a_single_entry_shows_none() -> None:
    assert _response([holding("Ren", n) for n in range(5)]) is None


def test_without_a_source_column_no_sources_are_compared() -> None:
    rows = [holding("Ren", n, answered=1) for n in range(5)]

    found = _response(rows, columns=EVERY_COLUMN - {Column.SOURCE})

    assert found is not None
    assert found.sources == ()
