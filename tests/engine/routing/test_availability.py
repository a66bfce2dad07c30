"""Being away: deactivated, on leave, switched off, out of hours; each said, each a choice."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from evenhand.engine.calendar.hours import Shift, WeekHours, parse_hours
from evenhand.engine.calendar.worktime import Calendar, Day, DayKind
from evenhand.engine.facts import Leave, Rep
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.availability import why_not_lasting, why_not_yet, why_unavailable
from evenhand.engine.routing.section import AvailabilitySection
from tests.engine.routing.world import NOW, SHANGHAI, deal, document, fair, leads, reps, team

NINE_TO_SIX: tuple[Shift, ...] = parse_hours("09:00-18:00")
OFFICE = Calendar(
    zone="Asia/Shanghai",
    hours=WeekHours((NINE_TO_SIX,) * 5 + ((), ())),
    days={
        date(2026, 3, 5): Day(DayKind.HOLIDAY, "妇女节"),
        date(2026, 3, 7): Day(DayKind.WORKDAY, "调休", stands_for=4),
    },
)
HOURS_COUNT = AvailabilitySection(working_hours="exclude")


def at(text: str) -> datetime:
    """A moment in Shanghai, such as "03-04 10:00"."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def leave(first: str, last: str) -> Leave:
    return Leave(at(first), at(last), "a private reason")


def why(rep: Rep, now: datetime = NOW, section: AvailabilitySection | None = None) -> Reason | None:
    return why_unavailable(rep, section or AvailabilitySection(), OFFICE, now)


def test_whoever_is_here_is_available_at_any_hour_unless_hours_count() -> None:
    assert why(Rep("li")) is None
    assert why(Rep("li"), at("03-04 23:00")) is None
    assert why(Rep("li"), at("03-04 10:00"), HOURS_COUNT) is None


def test_a_deactivated_person_is_never_available() -> None:
    everything_off = AvailabilitySection(leave="ignore", own_switch="ignore")

    assert why(Rep("li", is_active=False), section=everything_off) == reason(
        "availability.inactive"
    )


def test_the_own_switch_counts_unless_the_policy_ignores_it() -> None:
    off = Rep("li", is_accepting=False)

    assert why(off) == reason("availability.switched_off")
    assert why(off, section=AvailabilitySection(own_switch="ignore")) is None


def test_a_leave_names_when_it_began_and_when_the_person_is_back() -> None:
    away = Rep("li", leaves=(leave("03-02 00:00", "03-06 00:00"),))

    assert why(away) == reason(
        "availability.on_leave",
        from_at="2026-03-02T00:00:00+08:00",
        until_at="2026-03-06T00:00:00+08:00",
        stops_at="2026-03-02T00:00:00+08:00",
        back_at="2026-03-06T00:00:00+08:00",
    )


def test_a_leave_is_ignored_where_the_policy_says_so() -> None:
    away = Rep("li", leaves=(leave("03-02 00:00", "03-06 00:00"),))

    assert why(away, section=AvailabilitySection(leave="ignore")) is None


@pytest.mark.parametrize(
    ("moment", "is_away"),
    [("03-04 11:59", False), ("03-04 12:00", True), ("03-04 17:59", True), ("03-04 18:00", False)],
)
def test_half_a_day_of_leave_is_half_a_day(moment: str, is_away: bool) -> None:
    afternoon = Rep("li", leaves=(leave("03-04 12:00", "03-04 18:00"),))

    assert (why(afternoon, at(moment)) is not None) == is_away


@pytest.mark.parametrize(
    ("moment", "is_away"),
    [("03-07 23:59", False), ("03-08 00:00", True), ("03-18 23:59", True), ("03-19 00:00", False)],
)
def test_the_buffer_stops_before_a_leave_and_resumes_before_its_end(
    moment: str, is_away: bool
) -> None:
    section = AvailabilitySection(leave_stops_days_before=2, leave_resumes_days_before_end=1)
    rep = Rep("li", leaves=(leave("03-10 00:00", "03-20 00:00"),))

    assert (why(rep, at(moment), section) is not None) == is_away


def test_a_leave_comes_before_the_switch_and_the_switch_before_the_hours() -> None:
    night = at("03-04 23:00")
    away = leave("03-02 00:00", "03-06 00:00")

    def code(**facts: Any) -> str | None:
        found = why(Rep("li", **facts), night, HOURS_COUNT)
        return found.code if found else None

    assert code(is_active=False, leaves=(away,), is_accepting=False) == "availability.inactive"
    assert code(leaves=(away,), is_accepting=False) == "availability.on_leave"
    assert code(is_accepting=False) == "availability.switched_off"
    assert code() == "calendar.outside_hours"


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("03-04 08:59", "calendar.outside_hours"),
        ("03-04 09:00", None),
        ("03-04 18:00", "calendar.outside_hours"),
        ("03-05 10:00", "calendar.holiday"),  # a Thursday off
        ("03-07 10:00", None),  # a Saturday worked in exchange
        ("03-08 10:00", "calendar.day_off"),  # a Sunday
    ],
)
def test_out_of_hours_excludes_where_hours_count(moment: str, code: str | None) -> None:
    found = why(Rep("li"), at(moment), HOURS_COUNT)

    assert (found.code if found else None) == code


def test_a_reason_says_when_work_begins_again() -> None:
    found = why(Rep("li"), at("03-05 10:00"), HOURS_COUNT)

    assert found == reason(
        "calendar.holiday",
        date="2026-03-05",
        name="妇女节",
        opens_at="2026-03-06T09:00:00+08:00",
    )


def test_whoever_has_a_calendar_of_his_own_works_by_it() -> None:
    night_shift = Calendar(zone="Asia/Shanghai", hours=WeekHours((parse_hours("22:00-06:00"),) * 7))
    people = team(
        Rep("day"), Rep("night", calendar="nights"), calendars={"": OFFICE, "nights": night_shift}
    )
    rules = document(fair(), availability={"working_hours": "exclude"})

    by_day = deal(rules, people, leads(4), now=at("03-04 10:00"))
    by_night = deal(rules, people, leads(4), now=at("03-04 23:00"))

    assert by_day.received == {"day": 4}
    assert by_night.received == {"night": 4}


def test_everybody_away_is_an_outcome_of_its_own_and_nothing_is_booked() -> None:
    run = deal(document(fair()), team(reps("ana", "ben", is_accepting=False)), leads(3))

    assert run.received == {}
    assert [one.tried[0].why for one in run.decisions] == [
        reason("rule.nobody_eligible", excluded=2)
    ] * 3
    assert not run.book.owed.any()


def test_a_leave_that_ends_at_the_moment_of_dealing_is_over() -> None:
    rep = Rep("li", leaves=(Leave(NOW - timedelta(days=9), NOW),))

    assert why(rep) is None


# NOW is Tuesday 2026-03-03; Thursday is a holiday, Saturday is worked.
@pytest.mark.parametrize(
    ("now", "first", "last", "is_away"),
    [
        ("03-03 10:00", "03-04 00:00", "03-08 00:00", True),  # from tomorrow
        ("03-03 10:00", "03-03 13:00", "03-10 00:00", True),  # from this afternoon, for days
        ("03-03 10:00", "03-02 00:00", "03-06 00:00", True),  # already
        ("03-03 10:00", "03-05 00:00", "03-08 00:00", False),  # he works tomorrow
        ("03-03 10:00", "03-04 13:00", "03-04 18:00", False),  # an afternoon
        ("03-04 17:00", "03-06 00:00", "03-07 00:00", True),  # the next working day
        ("03-04 17:00", "03-07 00:00", "03-09 00:00", False),
        ("03-07 20:00", "03-09 00:00", "03-12 00:00", True),  # over Sunday
        ("03-03 10:00", "02-20 00:00", "03-03 10:00", False),  # just over
    ],
)
def test_who_is_soon_on_leave_takes_over_nothing_that_stays(
    now: str, first: str, last: str, is_away: bool
) -> None:
    rep = Rep("li", leaves=(leave(first, last),))

    found = why_not_lasting(rep, HOURS_COUNT, OFFICE, at(now))

    assert (found is not None and found.code == "availability.on_leave") == is_away
    if found is not None:
        assert found["from_at"] == at(first).isoformat()


def test_the_hour_keeps_nobody_from_work_that_stays_but_says_when_it_comes() -> None:
    night, day = at("03-04 20:15"), at("03-04 10:00")

    assert why(Rep("li"), night, HOURS_COUNT) is not None
    assert why_not_lasting(Rep("li"), HOURS_COUNT, OFFICE, night) is None
    for off in (Rep("li", is_active=False), Rep("li", is_accepting=False)):
        assert why_not_lasting(off, HOURS_COUNT, OFFICE, day) == why(off, day)
    # Thursday is a holiday.
    wait = why_not_yet(HOURS_COUNT, OFFICE, night)
    assert wait is not None and wait["opens_at"] == at("03-06 09:00").isoformat()
    assert why_not_yet(HOURS_COUNT, OFFICE, day) is None
    assert why_not_yet(AvailabilitySection(), OFFICE, night) is None


def test_a_calendar_that_is_shut_for_good_is_no_error() -> None:
    shut = Calendar(zone="Asia/Shanghai", hours=WeekHours(((),) * 7))
    soon = Rep("li", leaves=(leave("03-05 00:00", "03-09 00:00"),))

    assert why_not_lasting(Rep("li"), HOURS_COUNT, shut, at("03-04 10:00")) is None
    found = why_not_lasting(soon, HOURS_COUNT, shut, at("03-04 10:00"))
    assert found is not None and found["back_at"] is None
