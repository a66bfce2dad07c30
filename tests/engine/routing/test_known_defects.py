"""Defects that others are known for (reference: behaviours, areas 3 to 6), as tests."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from evenhand.engine.facts import Item, Leave, Load, Rep
from evenhand.engine.ledger.book import Book
from evenhand.engine.reasons import reason
from evenhand.engine.routing.decision import Decision, Outcome
from evenhand.engine.routing.team import Team
from tests.engine.routing.world import (
    NOW,
    Run,
    crowd,
    deal,
    document,
    fair,
    lead,
    leads,
    person,
    points,
    reps,
    rotation,
    start,
    team,
)

FIRST_DAY = NOW.replace(day=1)


class Days:
    """One run a day on the books of the day before, as a company lives."""

    def __init__(self, rules: dict[str, Any]) -> None:
        self.rules = rules
        self.books: dict[str, Book] = {}
        self.loads: dict[str, Load] = {}
        self.decisions: list[list[Decision]] = []

    def day(self, people: Team, items: Iterable[Item], *, number: int | None = None) -> Run:
        """Deal one day's items."""
        now = FIRST_DAY + timedelta(days=len(self.decisions) if number is None else number)
        run = start(self.rules, people, now=now, books=self.books, loads=self.loads)
        run.deal(items)
        self.books, self.loads = run.router.books, run.loads
        self.decisions.append(run.decisions)
        return run

    @property
    def received(self) -> Counter[str]:
        """How many items everybody got in all."""
        return Counter(one.rep_id for day in self.decisions for one in day if one.rep_id)


def by_day(count: int, each: int, grades: str = "B") -> Callable[[int], list[Item]]:
    assert count >= 0
    return lambda day: leads(each, grades, first=day * each)


# -- ties ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ways", [fair(), rotation()])
def test_one_lead_a_day_for_thirty_days_gives_five_equals_six_each(ways: dict[str, Any]) -> None:
    """Odoo gave the oldest member 30 of 30: ties were broken by date of creation."""
    days = Days(document(ways))

    for number in range(30):
        days.day(team(crowd(5)), leads(1, "B", first=number))

    assert set(days.received.values()) == {6}
    assert len(days.received) == 5


@pytest.mark.parametrize("ways", [fair(), rotation()])
def test_three_hundred_leads_to_twenty_equals_are_fifteen_each_and_never_twice_running(
    ways: dict[str, Any],
) -> None:
    """An organisation-wide pointer picks one person twice in a row under one rule (Dynamics)."""
    run = deal(document(ways), team(crowd(20)), leads(300, "B"))

    assert run.received == dict.fromkeys((f"r{n:02}" for n in range(20)), 15)
    assert all(one.rep_id != next_.rep_id for one, next_ in pairwise(run.decisions))


def test_who_comes_first_among_equals_is_drawn_not_alphabetical() -> None:
    firsts = Counter(
        deal(document(fair()), team(crowd(5)), lead(), seed=str(seed)).decisions[0].rep_id
        for seed in range(500)
    )

    # 100 each, give or take four standard deviations.
    assert len(firsts) == 5
    assert all(64 <= count <= 136 for count in firsts.values())


# -- weights and capacity --------------------------------------------------------------------------


def test_all_weights_zero_is_said_and_crashes_nothing() -> None:
    run = deal(document(fair()), team(reps("ana", "ben", weight=0)), leads(3))

    assert run.outcomes == {Outcome.WAITING: 3}
    assert {one.tried[0].why for one in run.decisions} == {
        reason("rule.nobody_eligible", excluded=2)
    }


CAPS = (10, 14, 15, 30, 44, 45, 60)


def test_monthly_caps_are_filled_to_the_last_and_the_rest_waits_with_its_reason() -> None:
    """Odoo divides a monthly capacity by thirty in silence and leaves leads without reason."""
    caps = [
        {"cap": f"cap {limit}", "per": "month", "items": limit, "who": f"rep.id = r{limit}"}
        for limit in CAPS
    ]
    days = Days(document(fair(), capacity={"windows": caps}))
    people = team(Rep(f"r{limit}") for limit in CAPS)

    for number in range(30):
        days.day(people, leads(10, "B", first=10 * number))

    waiting = [one for day in days.decisions for one in day if one.outcome is Outcome.WAITING]
    assert days.received == {f"r{limit}": limit for limit in CAPS}
    assert len(waiting) == 300 - sum(CAPS) == 82
    assert {one.tried[-1].why for one in waiting} == {reason("rule.everybody_full", full=7)}
    assert dict(waiting[-1].full)["r60"] == reason(
        "capacity.window_items", cap="cap 60", per="month", kind="fixed", received=60, limit=60
    )


def test_a_new_month_opens_the_caps_again() -> None:
    rules = document(fair(), capacity={"windows": [{"cap": "m", "per": "month", "items": 3}]})
    days = Days(rules)

    for number in range(60):  # March and most of April
        days.day(team(reps("ana", "ben")), leads(1, "B", first=number))

    assert days.received == {"ana": 6, "ben": 6}


# -- leave -----------------------------------------------------------------------------------------


def absent(rep_id: str, first: int, last: int) -> Rep:
    """Somebody on leave from one day to another (not included)."""
    midnight = FIRST_DAY.replace(hour=0)
    return Rep(
        rep_id,
        leaves=(Leave(midnight + timedelta(days=first), midnight + timedelta(days=last)),),
    )


@pytest.mark.parametrize(
    "capacity",
    [
        {},
        {"windows": [{"cap": "r", "per": "month", "kind": "rolling", "items": 100}]},
        {"windows": [{"cap": "f", "per": "week", "kind": "fixed", "items": 30}]},
    ],
)
@pytest.mark.parametrize("ways", [fair(), rotation()])
def test_a_leave_has_no_echo_thirty_days_later(
    ways: dict[str, Any], capacity: dict[str, Any]
) -> None:
    """Odoo counts leads of the last 30 days: whoever was away gets an identical gap later."""
    days = Days(document(ways, capacity=capacity))
    people = team(crowd(3), absent("r03", 10, 20))

    for number in range(70):
        days.day(people, leads(8, "B", first=8 * number))

    per_day = [Counter(one.rep_id for one in day)["r03"] for day in days.decisions]
    assert per_day[10:20] == [0] * 10
    assert set(per_day[:10]) | set(per_day[20:]) == {2}


@pytest.mark.parametrize("ways", [fair(), rotation()])
def test_a_returner_is_not_flooded(ways: dict[str, Any]) -> None:
    """Salesforce: capacity 100 and 100 items at once on return. Here the balance was frozen."""
    days = Days(document(ways))
    people = team(crowd(4), absent("r04", 5, 15))

    for number in range(25):
        days.day(people, leads(20, "ABC", first=20 * number))

    per_day = [Counter(one.rep_id for one in day)["r04"] for day in days.decisions]
    assert per_day[5:15] == [0] * 10
    # An equal share is four a day.
    assert max(per_day[15:]) <= 6
    assert sum(per_day[15:]) <= 4 * 10 + 2


def test_whoever_was_full_is_not_flooded_when_there_is_room_again() -> None:
    days = Days(document(fair(), capacity={"open_items": 1_000}))

    for number in range(10):
        days.day(team(Rep("ana", capacity=4), Rep("ben")), leads(8, "B", first=8 * number))
    days.day(team(reps("ana", "ben")), leads(8, "B", first=80))

    assert days.received["ana"] == 4 + 4


# -- people come and go ----------------------------------------------------------------------------


def test_a_departed_person_receives_nothing_by_any_rule() -> None:
    """SuiteCRM and Apex round robins go on serving deactivated users."""
    rules = document(
        person("named", "gone", absent="assign_anyway", when="lead.source = named"),
        fair("shared", if_nobody={"do": "overflow", "rep": "gone"}),
        groups=[{"group": "all", "who": True, "members": ["gone"]}],
        capacity={"open_items": 3},
    )

    run = deal(
        rules,
        team(reps("ana", "ben"), Rep("gone", is_active=False)),
        lead("N", source="named"),
        leads(9),
    )

    assert "gone" not in run.received
    assert run.outcomes[Outcome.ESCALATED] == 4


@pytest.mark.parametrize("ways", [fair(), rotation()])
def test_adding_or_removing_somebody_does_not_reset_the_count(ways: dict[str, Any]) -> None:
    """HubSpot: adding or removing one owner resets every count."""
    days = Days(document(ways))
    days.day(team(crowd(3)), leads(31, "B"))
    (before,) = days.books.values()
    owed, last = dict(zip(before.members, before.owed.tolist(), strict=True)), before.last.tolist()

    run = start(days.rules, team(crowd(3), Rep("r99")), books=days.books)

    after = dict(zip(run.book.members, run.book.owed.tolist(), strict=True))
    assert any(owed.values())
    assert after == {**owed, "r99": 0}
    assert run.book.last.tolist() == [*last, 0]
    assert run.book.sequence == 31


def test_a_newcomer_is_not_booked_until_level() -> None:
    """Without calibration cal.com books a newcomer until he has what everybody has."""
    days = Days(document(fair()))
    days.day(team(crowd(4)), leads(400, "B"))

    run = days.day(team(crowd(4), Rep("new")), leads(50, "B", first=400))

    assert 9 <= run.received["new"] <= 11


def test_the_lowest_load_does_not_always_win() -> None:
    """Chatwoot: whoever closes fast is flooded. The load only says who is full."""
    idle = {"ana": Load(), "ben": Load(open_count=50, open_points=points(200))}

    run = deal(document(fair()), team(reps("ana", "ben")), leads(20), loads=idle)

    assert run.received == {"ana": 10, "ben": 10}


# -- the promise -----------------------------------------------------------------------------------


def test_ten_thousand_leads_of_mixed_value_differ_by_less_than_two_percent_in_points() -> None:
    run = deal(document(fair()), team(crowd(10)), leads(10_000, "ABCCCBCCAC"), is_compact=True)

    worth = {"A": 8, "B": 5, "C": 1}
    received = Counter[str]()
    for one in run.decisions:
        assert one.rep_id is not None
        received[one.rep_id] += worth["ABCCCBCCAC"[int(one.item_id[1:]) % 10]]
    mean = sum(received.values()) / 10
    assert all(abs(amount - mean) <= mean * 0.02 for amount in received.values())
    assert run.is_sound()


def test_no_month_is_special_to_the_ledger() -> None:
    """Fullcast and Chili Piper reset monthly; here a year's end changes nothing."""
    days = Days(document(fair()))
    days.day(team(crowd(3)), leads(10, "B"))
    (before,) = (book.as_json() for book in days.books.values())

    later = (date(2027, 1, 1) - FIRST_DAY.date()).days
    run = start(
        days.rules,
        team(crowd(3)),
        now=FIRST_DAY + timedelta(days=later),
        books=days.books,
    )

    assert run.book.as_json() == before


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    there = NOW.astimezone(datetime.fromisoformat("2026-03-04T00:00-05:00").tzinfo)

    assert (
        deal(document(fair()), team(crowd(3)), leads(9), now=there).lines
        == deal(document(fair()), team(crowd(3)), leads(9)).lines
    )
