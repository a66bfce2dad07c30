"""Clocks against the same clocks counted minute by minute, over facts drawn by chance."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from evenhand.engine.calendar.hours import WeekHours
from evenhand.engine.calendar.worktime import Calendar, Day, DayKind
from evenhand.engine.pool.clocks import Clocks, HeldFacts, run
from evenhand.engine.pool.counting import Stop
from evenhand.engine.pool.evidence import Proof
from evenhand.engine.pool.section import ClockRule
from evenhand.engine.pool.spans import Span
from tests.engine.pool.minutes import MINUTE, Evidence, Terms, Timeline, due, timeline

BASE, DAYS = datetime(2026, 9, 7, tzinfo=UTC), 200
HOURS = WeekHours.weekdays("09:00-12:00 13:00-18:00")
GOLDEN_WEEK = {
    **{date(2026, 10, day): Day(DayKind.HOLIDAY) for day in range(1, 8)},
    date(2026, 9, 20): Day(DayKind.WORKDAY, stands_for=2),
    date(2026, 10, 10): Day(DayKind.WORKDAY, stands_for=3),
}
OFFICE = Calendar(zone="Asia/Shanghai", hours=HOURS, days=GOLDEN_WEEK)
ABROAD = Calendar(zone="America/New_York", hours=HOURS)  # its clocks go back on 1 November
RULE = {
    "rule": "r",
    "clocks": [
        {
            "clock": "untouched", "after": "3d", "extends": "8h", "at_most": "9d",
            "warn": [{"left": "2h"}, {"left": "1d"}], "missed": ["pool"],
        },
        {"clock": "first_contact", "after": "4h", "missed": ["reassign"]},
    ],
}  # fmt: skip


def worked(chance: Random, mode: str, calendar: Calendar) -> tuple[Clocks, Timeline, HeldFacts]:
    """Clocks over facts drawn by chance, and the minutes in which they run."""

    def later(most_days: int) -> timedelta:
        return chance.randrange(most_days * 1440) * MINUTE

    start = BASE + later(70)
    stops = []
    for _ in range(chance.randrange(4)):
        begins = start - 2 * timedelta(days=1) + later(12)
        stops.append((begins, begins + later(4)))
    if chance.random() < 0.1:
        stops.append((start + later(9), None))
    ordered = tuple(sorted(stops, key=lambda one: one[0]))
    touches = sorted(start + later(14) for _ in range(chance.randrange(6)))
    proofs = tuple(Proof(at, "call", chance.choice((50, 100))) for at in touches)
    facts = HeldFacts(
        start=start,
        calendar=calendar,
        stops=tuple(Stop(*one) for one in ordered),
        contacted_at=touches[0] if touches else None,
        proofs=proofs,
        extensions={"untouched": (Span(minutes=480),) * chance.randrange(3)},
    )
    rule = ClockRule.model_validate({**RULE, "time": mode})
    line = timeline(calendar if mode == "working" else None, BASE, DAYS, ordered)
    return run(rule, facts), line, facts


@pytest.mark.parametrize(
    ("mode", "calendar"), [("working", OFFICE), ("working", ABROAD), ("real", OFFICE)]
)
def test_every_deadline_is_that_of_counting_minutes(mode: str, calendar: Calendar) -> None:
    chance = Random(f"{mode} {calendar.zone}")
    day = 8 * 60 if mode == "working" else 24 * 60
    untouched = Terms("untouched", 3 * day, 8 * 60, 9 * day)
    for number in range(200):
        clocks, line, facts = worked(chance, mode, calendar)
        contacts = [Evidence(one.at, one.percent) for one in facts.proofs]
        extra = 480 * len(facts.extensions["untouched"])
        wanted = [
            due(untouched, facts.start, contacts, line, extra),
            due(Terms("first_contact", 4 * 60), facts.start, contacts, line),
        ]
        assert [one.due for one in clocks.running] == wanted, (number, facts)
        for one in clocks.happenings:
            if one.reminder is not None:
                left = one.reminder.left
                minutes = left.days * day + left.minutes
                assert line.between(one.at, one.due_at) == minutes, (number, facts)
