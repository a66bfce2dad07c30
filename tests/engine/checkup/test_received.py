"""Received against the fair share: exact counts, and alarms only where there is cause."""

import pytest

from evenhand.engine.checkup.activity import activity_of
from evenhand.engine.checkup.holdings import Holding, Settings, spells
from evenhand.engine.checkup.received import OTHER_SOURCES, Received, in_points, received_by
from evenhand.engine.facts import POINT
from tests.engine.checkup.histories import TEAM, by_lot, dealt, holding, seeds


def _received(rows: list[Holding], settings: Settings | None = None) -> Received:
    lines = spells(rows)
    return received_by(activity_of(lines, settings or Settings(occasional_leads=1)), lines)


def test_points_and_leads_are_counted_exactly() -> None:
    rows = [
        holding("Ren", 0, grade="A"),
        holding("Rui", 1, grade="D"),
        holding("Rui", 2, grade="B"),
        holding("Ren", 3, grade="C"),
    ]

    found = _received(rows)

    ren, rui = found.reps
    assert (ren.points.received, rui.points.received) == (11 * POINT, 6 * POINT)
    assert (ren.leads.received, rui.leads.received) == (2, 2)
    assert {grade: part.received for grade, part in rui.by_grade.items()} == {
        "A": 0, "B": 1, "C": 0, "D": 1,
    }  # fmt: skip
    assert found.total_points == 17 * POINT
    assert found.grades == ("A", "B", "C", "D")
    assert found.top_grade == "A"


def test_half_the_points_are_due_to_each_of_two_who_were_there_all_the_time() -> None:
    rows = [holding(rep, n, grade="B") for n in range(30) for rep in ("Ren", "Rui")]

    for rep in _received(rows).reps:
        assert rep.points.due == pytest.approx(150 * POINT)
        assert rep.points.ratio == pytest.approx(1)
        assert not rep.points.is_beyond_chance


def test_a_rep_who_gets_every_top_lead_is_beyond_chance() -> None:
    rows = dealt(700, lambda grade, u: "Hua" if grade == "A" else TEAM[1 + int(u * 4)])

    found = _received(rows)

    hua = found.reps[0]
    assert hua.by_grade["A"].received > 60
    assert hua.by_grade["A"].due == pytest.approx(hua.by_grade["A"].received / 5, rel=0.1)
    assert hua.by_grade["A"].is_beyond_chance
    assert hua.by_grade["A"].received > hua.by_grade["A"].high


def test_dealing_by_lot_rarely_raises_an_alarm() -> None:
    alarms = [
        any(rep.points.is_beyond_chance for rep in _received(dealt(300, by_lot(TEAM), seed=s)).reps)
        for s in seeds(60)
    ]

    # With 5 % of false discoveries, 60 even deals raise about 3; 9 has a chance below 1 in 500.
    assert sum(alarms) <= 8


def test_chance_ranges_hold_what_chance_deals_nineteen_times_in_twenty() -> None:
    parts = [
        rep.points for s in seeds(60) for rep in _received(dealt(200, by_lot(TEAM), seed=s)).reps
    ]

    inside = sum(part.low <= part.received <= part.high for part in parts)

    assert 0.92 <= inside / len(parts) <= 0.985


def test_points_kept_follow_transfers_while_points_received_do_not() -> None:
    rows = [holding("Ren", 0, lead="L", grade="A"), holding("Rui", 5, lead="L", grade="A")]
    rows += [holding("Ren", 1, grade="D"), holding("Rui", 2, grade="D")]

    ren, rui = _received(rows).reps

    assert (ren.points.received, ren.kept_points) == (9 * POINT, POINT)
    assert (rui.points.received, rui.kept_points) == (POINT, 9 * POINT)


def test_sources_beyond_the_eighth_are_taken_together() -> None:
    rows = [holding("Ren", n, source=f"s{n % 12:02d}", lead=f"L{n}") for n in range(120)] + [
        holding("Rui", n + 0.5, source="s00", lead=f"M{n}") for n in range(20)
    ]

    found = _received(rows)

    assert len(found.sources) == 9
    assert found.sources[0] == "s00"
    assert found.sources[-1] == OTHER_SOURCES
    leads = sum(part.received for rep in found.reps for part in rep.by_source.values())
    assert leads == 140


def test_a_file_without_grades_and_sources_has_neither() -> None:
    rows = [holding("Ren", n) for n in range(6)]
    plain = [
        Holding(
            row=h.row, lead_id=h.lead_id, rep_id=h.rep_id, received_at=h.received_at, points=POINT
        )
        for h in rows
    ]

    found = _received(plain)

    assert found.grades == found.sources == ()
    assert found.top_grade == ""


def test_leads_without_a_grade_stand_last_however_much_they_count() -> None:
    rows = [holding("Ren", 0, grade="D")]
    rows.append(
        Holding(row=9, lead_id="x", rep_id="Ren", received_at=rows[0].received_at, points=5 * POINT)
    )

    assert _received(rows).grades == ("D", "")


def test_weights_move_what_is_due() -> None:
    rows = [holding(rep, n) for n in range(40) for rep in ("Ren", "Rui")]

    ren, rui = _received(rows, Settings(weights={"Ren": 300, "Rui": 100})).reps

    assert in_points(ren.points.due) == pytest.approx(180)
    assert in_points(rui.points.due) == pytest.approx(60)
    assert ren.points.is_beyond_chance
