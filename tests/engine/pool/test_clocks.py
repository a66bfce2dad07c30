"""Clocks to the minute: the worked example, working days, leave, pauses, clock changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.calendar.hours import WeekHours
from evenhand.engine.calendar.worktime import Calendar, Day, DayKind
from evenhand.engine.pool.clocks import Clocks, HeldFacts, key_of, run
from evenhand.engine.pool.counting import Counting, Stop
from evenhand.engine.pool.evidence import Proof, Touch, weigh
from evenhand.engine.pool.section import ClockRule
from evenhand.engine.pool.spans import Span, read_span

SHANGHAI = ZoneInfo("Asia/Shanghai")
NINE_TO_SIX = WeekHours.weekdays("09:00-12:00, 13:00-18:00")
OFFICE = Calendar(zone="Asia/Shanghai", hours=NINE_TO_SIX)
OPEN = Calendar(zone="Asia/Shanghai")


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def rule(*clocks: dict[str, Any], time: str = "real", **values: Any) -> ClockRule:
    return ClockRule.model_validate({"rule": "r", "time": time, "clocks": clocks, **values})


def proofs(*moments: str) -> tuple[Proof, ...]:
    return tuple(Proof(at(one), "call", 100) for one in moments)


PROTECTED = rule({"clock": "untouched", "after": "10d", "extends": "3d", "at_most": "20d"})


@pytest.mark.parametrize(
    ("evidence", "due"),
    [
        ((), "2026-04-04T10:17"),
        (("2026-03-28T09:00",), "2026-04-04T10:17"),
        (("2026-03-28T09:00", "2026-04-02T15:40"), "2026-04-05T15:40"),
        (("2026-04-02T15:40", "2026-04-05T08:01"), "2026-04-08T08:01"),
        (("2026-04-02T15:40", "2026-04-05T08:01", "2026-04-08T08:00"), "2026-04-11T08:00"),
        (
            ("2026-04-02T15:40", "2026-04-05T08:01", "2026-04-08T08:00", "2026-04-11T07:00"),
            "2026-04-14T07:00",
        ),
        (
            (
                *("2026-04-02T15:40", "2026-04-05T08:01", "2026-04-08T08:00"),
                *("2026-04-11T07:00", "2026-04-14T06:59"),
            ),
            "2026-04-14T10:17",  # the absolute end, whatever happens
        ),
        (("2026-04-04T10:18",), "2026-04-04T10:17"),  # a minute too late
    ],
)
def test_the_worked_example_holds_to_the_minute(evidence: tuple[str, ...], due: str) -> None:
    facts = HeldFacts(at("2026-03-25T10:17"), OPEN, proofs=proofs(*evidence))
    assert run(PROTECTED, facts).due_at == at(due)


def test_notes_alone_never_extend_protection_and_a_bare_word_extends_half() -> None:
    start = at("2026-03-25T10:00")
    notes = [weigh(Touch(at("2026-04-02T10:00"), "note", "none")) for _ in range(5)]
    assert notes == [None] * 5
    said = weigh(Touch(at("2026-04-03T10:00"), "call", "both"))
    assert said is not None
    facts = HeldFacts(start, OPEN, proofs=(said,))
    assert run(PROTECTED, facts).due_at == at("2026-04-04T22:00")  # half of three days


HOLIDAYS = {
    **{date(2026, 2, day): Day(DayKind.HOLIDAY, "春节") for day in range(15, 24)},
    date(2026, 2, 14): Day(DayKind.WORKDAY, "春节"),
    date(2026, 2, 28): Day(DayKind.WORKDAY, "春节"),
    **{date(2026, 10, day): Day(DayKind.HOLIDAY, "国庆") for day in range(1, 8)},
    date(2026, 9, 20): Day(DayKind.WORKDAY, "国庆"),
    date(2026, 10, 10): Day(DayKind.WORKDAY, "国庆"),
}
CHINA = Calendar(zone="Asia/Shanghai", hours=NINE_TO_SIX, days=HOLIDAYS)


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        # Friday afternoon: Saturday the 14th is worked, then nine days off.
        ("2026-02-13T17:00", "1d", "2026-02-14T17:00"),
        ("2026-02-13T17:00", "2d", "2026-02-24T17:00"),
        ("2026-02-14T16:00", "4h", "2026-02-24T11:00"),
        ("2026-02-27T10:00", "1d 30m", "2026-02-28T10:30"),
        ("2026-02-28T10:00", "1d", "2026-03-02T10:00"),
        ("2026-09-18T10:00", "2d", "2026-09-21T10:00"),  # Sunday the 20th is worked
        ("2026-09-30T17:30", "1h", "2026-10-08T09:30"),
        ("2026-10-09T10:00", "2d", "2026-10-12T10:00"),  # and Saturday the 10th
        ("2026-10-03T12:00", "30m", "2026-10-08T09:30"),  # got on a holiday
    ],
)
def test_working_days_know_holidays_and_make_up_days(start: str, span: str, due: str) -> None:
    counting = Counting.of(CHINA, (), "working")
    assert counting.after(at(start), read_span(span)) == at(due)


def test_days_of_the_wall_clock_keep_their_hour_where_the_clock_changes() -> None:
    zone = ZoneInfo("America/New_York")
    counting = Counting.of(Calendar(zone="America/New_York"), (), "real")
    start = at("2026-03-06T10:00", zone)  # clocks go ahead on the 8th
    assert counting.after(start, Span(days=3)) == at("2026-03-09T10:00", zone)
    assert counting.after(start, Span(minutes=72 * 60)) == at("2026-03-09T11:00", zone)
    due = at("2026-11-03T10:00", zone)  # and back on the 1st
    begun = at("2026-10-01T00:00", zone)
    assert counting.before(due, Span(days=3), start=begun) == at("2026-10-31T10:00", zone)
    works = Calendar(zone="America/New_York", hours=NINE_TO_SIX)
    working = Counting.of(works, (), "working")
    assert working.after(start, Span(days=1)) == at("2026-03-09T10:00", zone)


def test_leave_pauses_and_locks_stop_clocks_and_an_open_pause_freezes_them() -> None:
    facts = HeldFacts(at("2026-03-02T10:00"), OFFICE)
    working = rule(
        {"clock": "first_contact", "after": "2d", "warn": [{"left": "4h"}]}, time="working"
    )
    due = "2026-03-04T10:00"
    assert run(working, facts).due_at == at(due)
    away = Stop(at("2026-03-03T00:00"), at("2026-03-05T00:00"))
    lock = Stop(at("2026-03-04T00:00"), at("2026-03-06T00:00"))
    stopped = HeldFacts(facts.start, OFFICE, stops=(lock, away))
    found = run(working, stopped)
    # Tuesday to Thursday stand still: what was left on Monday evening goes on on Friday.
    assert found.due_at == at("2026-03-09T10:00")
    assert [(one.step, one.at) for one in found.happenings] == [
        ("warn:4h", at("2026-03-06T15:00")),
        ("missed", at("2026-03-09T10:00")),
    ]
    frozen = run(working, HeldFacts(facts.start, OFFICE, stops=(Stop(at("2026-03-03"), None),)))
    assert frozen.due_at is None and frozen.running[0].state == "frozen"
    later = HeldFacts(facts.start, OFFICE, stops=(Stop(at("2026-03-04T10:00"), None),))
    assert run(working, later).due_at == at(due)
    real = Counting.of(OPEN, (away, lock), "real")
    assert real.after(facts.start, Span(days=2)) == at("2026-03-07T10:00")
    assert real.before(at("2026-03-07T10:00"), Span(days=2), start=facts.start) == facts.start


def test_each_clock_is_met_by_what_it_waits_for() -> None:
    start, soon = at("2026-03-02T10:00"), at("2026-03-02T11:00")
    waits = [
        ("accept", {"accepted_at": soon}),
        ("first_contact", {"contacted_at": soon}),
        ("no_opportunity", {"opportunity_at": soon}),
        ("no_deal", {"won_at": soon}),
    ]
    for name, fact in waits:
        one = rule({"clock": name, "after": "2h"})
        assert run(one, HeldFacts(start, OPEN)).due_at == start + timedelta(hours=2)
        met = run(one, HeldFacts(start, OPEN, **fact))  # type: ignore[arg-type]
        assert (met.due_at, met.running[0].state) == (None, "met")
    late = HeldFacts(start, OPEN, contacted_at=start + timedelta(hours=3))
    assert run(rule({"clock": "first_contact", "after": "2h"}), late).due_at is not None
    told = rule({"clock": "first_contact", "after": "2h", "missed": ["tell_owner"]})
    assert run(told, late).due_at is None


def test_a_stage_has_its_own_clock_and_the_next_step_follows_the_evidence() -> None:
    start = at("2026-03-02T10:00")
    stage = rule({"clock": "stage", "after": "5d", "stages": ["proposal"]}, kind="opportunity")
    assert run(stage, HeldFacts(start, OPEN, stage="discovery")).running == ()
    entered = HeldFacts(start, OPEN, stage="proposal", stage_at=at("2026-03-04T08:00"))
    assert run(stage, entered).due_at == at("2026-03-09T08:00")
    step = rule({"clock": "next_step", "after": "7d"})
    facts = HeldFacts(start, OPEN, proofs=proofs("2026-03-05T09:00"))
    assert run(step, facts).due_at == at("2026-03-12T09:00")


def test_extensions_come_on_top_also_of_the_absolute_end() -> None:
    facts = HeldFacts(
        at("2026-03-25T10:00"),
        OPEN,
        proofs=proofs("2026-04-06T10:00"),  # in time, by the extension
        extensions={"untouched": (Span(days=2),), "no_deal": (Span(days=9),)},
    )
    assert run(PROTECTED, facts).due_at == at("2026-04-11T10:00")


def test_what_has_been_done_for_a_deadline_is_not_done_again() -> None:
    one = rule({"clock": "untouched", "after": "10d", "warn": [{"left": "3d"}, {"left": "1d"}]})
    found = run(one, HeldFacts(at("2026-03-02T10:00"), OPEN))
    first, *_ = found.happenings
    assert found.next_at() == first.at == at("2026-03-09T10:00")
    assert found.next_at([key_of(first)]) == at("2026-03-11T10:00")
    assert found.due_now(at("2026-03-12T10:00"), [key_of(first)]) == found.happenings[1:]
    assert Clocks().next_at() is None
    short = rule({"clock": "untouched", "after": "2h", "warn": [{"left": "1d"}]})
    assert [o.step for o in run(short, HeldFacts(at("2026-03-02T10:00"), OPEN)).happenings] == [
        "missed"
    ]


MINUTES = st.integers(min_value=0, max_value=60 * 24 * 30)


@given(
    start=MINUTES,
    stops=st.lists(st.tuples(MINUTES, st.integers(0, 3_000)), max_size=5),
    span=st.builds(Span, st.integers(0, 5), st.integers(0, 600)),
    mode=st.sampled_from(["working", "real"]),
)
def test_exactly_the_span_is_counted_until_the_deadline_and_never_less(
    start: int, stops: list[tuple[int, int]], span: Span, mode: Any
) -> None:
    zero = at("2026-02-01T00:00")
    begun = zero + timedelta(minutes=start)
    still = [
        Stop(zero + timedelta(minutes=m), zero + timedelta(minutes=m + n)) for m, n in stops if n
    ]
    counting = Counting.of(CHINA, still, mode)
    due = counting.after(begun, span)
    assert due is not None
    day = timedelta(hours=8) if mode == "working" else timedelta(days=1)
    assert counting.counted(begun, due) == span.lasting(day)
    assert counting.before(due, span, start=begun) is not None


def test_an_agreed_next_step_gives_time_until_after_it_and_never_beyond_the_end() -> None:
    start, agreed = at("2026-03-02T10:00"), at("2026-03-12T15:00")
    step = rule({"clock": "next_step", "after": "2d", "missed": ["tell_owner"]})
    facts = HeldFacts(start, OPEN, proofs=proofs("2026-03-03T09:00"), agreed_for=agreed)

    (found,) = run(step, facts).running

    assert (found.state, found.due, found.agreed) == ("running", at("2026-03-14T15:00"), agreed)
    ended = rule({"clock": "next_step", "after": "2d", "at_most": "5d", "missed": ["tell_owner"]})
    assert run(ended, facts).due_at == start + timedelta(days=5)
    # A day that is over says nothing beyond the evidence since.
    over = replace(facts, agreed_for=start - timedelta(days=1))
    assert run(step, over).due_at == at("2026-03-05T09:00")
    other = rule({"clock": "untouched", "after": "2d"})
    assert run(other, facts).due_at == run(other, replace(facts, agreed_for=None)).due_at
