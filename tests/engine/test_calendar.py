"""Working time: hours of a week, special days, zones, prefix sums, and leave over it all."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evenhand.engine.calendar.absence import away_window, back_at, leave_at, why_away
from evenhand.engine.calendar.hours import (
    ALL_DAY,
    Shift,
    UnreadableHours,
    WeekHours,
    hours_text,
    parse_hours,
)
from evenhand.engine.calendar.worktime import (
    BeyondHorizon,
    Calendar,
    Day,
    DayKind,
    UnknownZone,
)
from evenhand.engine.facts import Leave

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")

OFFICE = WeekHours.weekdays("09:00-12:00, 13:30-18:00")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def shanghai(day: str, clock: str = "00:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI)


def office(**more: object) -> Calendar:
    return Calendar("Asia/Shanghai", OFFICE, **more)  # type: ignore[arg-type]


# Hours of a week


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("09:00-18:00", "09:00-18:00"),
        ("9:00 - 12:00, 13:30 - 18:00", "09:00-12:00, 13:30-18:00"),
        ("13:30–18:00 09:00–12:00", "09:00-12:00, 13:30-18:00"),
        ("09：00至12：00、13：30至18：00", "09:00-12:00, 13:30-18:00"),
        ("9:00~12:00；13:30～18:00", "09:00-12:00, 13:30-18:00"),
        ("22:00-06:00", "22:00-06:00"),
        ("00:00-24:00", "00:00-24:00"),
        ("18:00-00:00", "18:00-24:00"),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, settled: str) -> None:
    shifts = parse_hours(text)

    assert hours_text(shifts) == settled
    assert parse_hours(settled) == shifts


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", ""),
        (" , ", ""),
        ("nine to five", "nine"),
        ("09:00-12:00, afternoon", "afternoon"),
        ("09:00", "09:00"),
        ("25:00-26:00", "25:00-26:00"),
        ("09:60-12:00", "09:60-12:00"),
        ("09:00-24:01", "09:00-24:01"),
        ("24:00-06:00", "24:00-06:00"),
        ("09:00-12:00-13:00", "09:00-12:00-13:00"),
    ],
)
def test_a_text_that_is_not_hours_is_refused_with_the_part_that_is_not(
    text: str, part: str
) -> None:
    with pytest.raises(UnreadableHours) as refused:
        parse_hours(text)

    assert refused.value.reason.code == "calendar.hours_unreadable"
    assert refused.value.reason["part"] == part
    assert "09:00-12:00, 13:30-18:00" in str(refused.value)


def test_a_very_long_text_is_refused_before_it_is_read() -> None:
    with pytest.raises(UnreadableHours):
        parse_hours("09:00-10:00, " * 10_000)


@given(st.text("0123456789:-–至,、 x", max_size=30))
def test_no_text_does_anything_but_be_read_or_refused(text: str) -> None:
    try:
        shifts = parse_hours(text)
    except UnreadableHours:
        return

    assert parse_hours(hours_text(shifts)) == shifts


def test_a_shift_without_length_is_refused_unless_it_is_the_whole_day() -> None:
    with pytest.raises(UnreadableHours) as refused:
        Shift(time(9), time(9))

    assert refused.value.reason["shift"] == "09:00-09:00"
    assert ALL_DAY.from_midnight == (timedelta(0), timedelta(days=1))


def test_a_shift_has_no_zone_of_its_own() -> None:
    with pytest.raises(TypeError):
        Shift(time(9, tzinfo=UTC), time(18, tzinfo=UTC))


@pytest.mark.parametrize("text", ["09:00-12:00, 11:00-15:00", "22:00-06:00, 23:00-23:30"])
def test_overlapping_shifts_of_one_day_are_refused(text: str) -> None:
    with pytest.raises(UnreadableHours) as refused:
        WeekHours.of({1: text})

    assert refused.value.reason.code == "calendar.shifts_overlap"
    assert str(refused.value.reason["first"]) in text
    assert str(refused.value.reason["second"]) in text


def test_shifts_that_touch_are_one_stretch_of_time() -> None:
    calendar = Calendar("Asia/Shanghai", WeekHours.weekdays("09:00-12:00, 12:00-18:00"))

    assert calendar.is_working(shanghai("2026-03-02", "12:00"))
    assert calendar.deadline(shanghai("2026-03-02", "11:00"), 2 * HOUR) == shanghai(
        "2026-03-02", "13:00"
    )


@pytest.mark.parametrize("weekday", [0, 8, -1])
def test_a_weekday_outside_the_week_is_refused(weekday: int) -> None:
    with pytest.raises(ValueError, match="weekdays are 1"):
        WeekHours.of({weekday: "09:00-18:00"})


def test_a_week_has_seven_days() -> None:
    with pytest.raises(ValueError, match="seven"):
        WeekHours(((ALL_DAY,),))


# Open or closed


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-03-02T08:59:59.999999", False),
        ("2026-03-02T09:00", True),
        ("2026-03-02T11:59:59.999999", True),
        ("2026-03-02T12:00", False),
        ("2026-03-02T13:29", False),
        ("2026-03-02T13:30", True),
        ("2026-03-02T18:00", False),
        ("2026-03-07T10:00", False),
        ("2026-03-08T10:00", False),
    ],
)
def test_a_shift_includes_its_opening_and_excludes_its_closing(at: str, is_open: bool) -> None:
    assert office().is_working(datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)) is is_open


def test_the_zone_of_the_question_does_not_matter() -> None:
    assert office().is_working(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    assert not office().is_working(datetime(2026, 3, 2, 0, 59, tzinfo=UTC))
    assert office().is_working(datetime(2026, 3, 1, 20, 0, tzinfo=NEW_YORK))


def test_a_night_shift_belongs_to_the_day_on_which_it_begins() -> None:
    night = Calendar(
        "Asia/Shanghai",
        WeekHours.weekdays("22:00-06:00"),
        {date(2026, 3, 4): Day(DayKind.HOLIDAY, "Founders' day")},  # a Wednesday
    )

    assert night.is_working(shanghai("2026-03-04", "05:59"))  # Tuesday's shift goes on
    assert not night.is_working(shanghai("2026-03-04", "23:00"))
    assert not night.is_working(shanghai("2026-03-05", "05:00"))
    assert night.is_working(shanghai("2026-03-07", "05:00"))  # Friday's, on Saturday
    assert not night.is_working(shanghai("2026-03-09", "05:00"))  # Sunday has none


def test_a_night_shift_that_runs_into_the_morning_shift_is_counted_once() -> None:
    calendar = Calendar("Asia/Shanghai", WeekHours.of({1: "22:00-08:00", 2: "07:00-12:00"}))

    assert calendar.elapsed(shanghai("2026-03-02"), shanghai("2026-03-04")) == 14 * HOUR


def test_a_night_shift_over_new_year_is_counted_once_from_both_years() -> None:
    calendar = Calendar("Asia/Shanghai", WeekHours.of({4: "22:00-08:00", 5: "07:00-12:00"}))

    assert calendar.elapsed(shanghai("2026-12-31"), shanghai("2027-01-01")) == 2 * HOUR
    assert calendar.elapsed(shanghai("2026-12-31"), shanghai("2027-01-02")) == 14 * HOUR
    assert calendar.deadline(shanghai("2026-12-31"), 3 * HOUR) == shanghai("2027-01-01", "01:00")


def test_a_calendar_without_hours_is_always_open() -> None:
    calendar = Calendar("Asia/Shanghai")
    start, end = shanghai("2020-02-29", "03:33"), shanghai("2026-03-08", "23:07")

    assert calendar.is_working(start)
    assert calendar.elapsed(start, end) == end - start
    assert calendar.deadline(start, end - start) == end
    assert calendar.why_closed(end) is None


def test_a_holiday_closes_a_calendar_without_hours() -> None:
    calendar = Calendar("Asia/Shanghai", days={date(2026, 10, 1): Day(DayKind.HOLIDAY, "国庆节")})

    assert calendar.elapsed(shanghai("2026-09-30"), shanghai("2026-10-03")) == 48 * HOUR
    assert not calendar.is_working(shanghai("2026-10-01", "12:00"))


# Special days


def test_holidays_make_up_workdays_and_special_hours_replace_the_weekday() -> None:
    calendar = office(
        days={
            date(2026, 2, 14): Day(DayKind.WORKDAY, "春节", stands_for=5),
            date(2026, 2, 16): Day(DayKind.HOLIDAY, "农历除夕"),
            date(2026, 2, 24): Day(DayKind.HOURS, "short day", parse_hours("10:00-12:00")),
        }
    )

    assert calendar.is_working(shanghai("2026-02-14", "10:00"))
    assert not calendar.is_working(shanghai("2026-02-16", "10:00"))
    assert calendar.elapsed(shanghai("2026-02-24"), shanghai("2026-02-25")) == 2 * HOUR


@pytest.mark.parametrize(
    ("stands_for", "hours"),
    [
        (5, "09:00-16:00"),  # a Friday's work is made up: Friday's hours
        (None, "10:00-14:00"),  # not known what for: the Saturday's own
        (7, "10:00-14:00"),  # Sunday is off anyway: the Saturday's own
    ],
)
def test_a_make_up_workday_has_the_hours_of_the_day_it_stands_for(
    stands_for: int | None, hours: str
) -> None:
    week = WeekHours.of({1: "09:00-18:00", 5: "09:00-16:00", 6: "10:00-14:00"})
    made_up = Day(DayKind.WORKDAY, stands_for=stands_for)
    calendar = Calendar("Asia/Shanghai", week, {date(2026, 2, 14): made_up})

    assert hours_text(calendar.shifts_on(date(2026, 2, 14))) == hours


def test_a_make_up_workday_on_a_day_off_has_the_hours_of_an_ordinary_day() -> None:
    calendar = office(days={date(2026, 2, 14): Day(DayKind.WORKDAY)})

    assert calendar.shifts_on(date(2026, 2, 14)) == OFFICE.on(1)


def test_a_make_up_workday_in_a_week_without_hours_stays_closed() -> None:
    calendar = Calendar("UTC", WeekHours.of({}), {date(2026, 2, 14): Day(DayKind.WORKDAY)})

    assert calendar.shifts_on(date(2026, 2, 14)) == ()


def test_only_special_hours_have_shifts_and_only_workdays_stand_for_a_weekday() -> None:
    with pytest.raises(ValueError, match="special hours"):
        Day(DayKind.HOURS)
    with pytest.raises(ValueError, match="special hours"):
        Day(DayKind.HOLIDAY, shifts=(ALL_DAY,))
    with pytest.raises(ValueError, match="stands for"):
        Day(DayKind.HOLIDAY, stands_for=1)


# Why closed, and what is not settled


def test_an_open_calendar_has_no_reason_to_be_closed() -> None:
    assert office().why_closed(shanghai("2026-03-02", "09:00")) is None


def test_outside_hours_says_the_hours_and_when_it_opens() -> None:
    closed = office().why_closed(shanghai("2026-03-02", "12:15"))

    assert closed is not None
    assert closed.as_json() == {
        "code": "calendar.outside_hours",
        "date": "2026-03-02",
        "time": "12:15",
        "hours": "09:00-12:00, 13:30-18:00",
        "opens_at": "2026-03-02T13:30:00+08:00",
    }


def test_a_day_off_says_the_weekday() -> None:
    closed = office().why_closed(datetime(2026, 3, 6, 17, 0, tzinfo=UTC))  # Saturday in Shanghai

    assert closed is not None
    assert closed.as_json() == {
        "code": "calendar.day_off",
        "date": "2026-03-07",
        "weekday": 6,
        "opens_at": "2026-03-09T09:00:00+08:00",
    }


def test_a_holiday_says_its_name() -> None:
    calendar = office(days={date(2026, 10, 1): Day(DayKind.HOLIDAY, "国庆节")})

    closed = calendar.why_closed(shanghai("2026-10-01", "10:00"))

    assert closed is not None
    assert closed.as_json() == {
        "code": "calendar.holiday",
        "date": "2026-10-01",
        "name": "国庆节",
        "opens_at": "2026-10-02T09:00:00+08:00",
    }


def test_a_calendar_that_never_opens_says_so_instead_of_searching_for_ever() -> None:
    shut = Calendar("Asia/Shanghai", WeekHours.of({}))
    now = shanghai("2026-03-02", "10:00")

    closed = shut.why_closed(now)

    assert closed is not None
    assert closed["opens_at"] is None
    assert shut.elapsed(now, shanghai("2030-01-01")) == timedelta(0)
    with pytest.raises(BeyondHorizon) as never:
        shut.next_open(now)
    assert never.value.reason["at"] == "2026-03-02T10:00:00+08:00"
    with pytest.raises(BeyondHorizon):
        shut.deadline(now, MINUTE)


def test_a_provisional_year_is_said_and_so_are_the_december_days_before_it() -> None:
    calendar = office(provisional_years=frozenset({2027}))

    assert calendar.is_provisional(date(2027, 6, 1))
    assert calendar.is_provisional(date(2026, 12, 29))
    assert not calendar.is_provisional(date(2026, 12, 26))
    assert not calendar.is_provisional(date(2028, 1, 1))
    note = calendar.why_provisional(date(2026, 12, 31))
    assert note is not None
    assert note.as_json() == {"code": "calendar.provisional", "year": 2027}


def test_a_year_whose_official_days_were_not_loaded_is_said() -> None:
    calendar = office(covered_years=frozenset({2026}))

    note = calendar.why_provisional(date(2031, 5, 1))

    assert note is not None
    assert note.as_json() == {"code": "calendar.not_covered", "year": 2031}
    assert not calendar.is_provisional(date(2026, 5, 1))
    assert not office().is_provisional(date(2031, 5, 1))


# Spans and deadlines


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-03-02T11:30", 30, "2026-03-02T12:00"),  # the end of a shift, not the next start
        ("2026-03-02T11:30", 31, "2026-03-02T13:31"),
        ("2026-03-02T12:10", 1, "2026-03-02T13:31"),
        ("2026-03-06T17:00", 240, "2026-03-09T12:00"),
        ("2026-03-07T03:00", 0, "2026-03-07T03:00"),
        ("2026-03-02T09:00", 450 * 5, "2026-03-06T18:00"),
    ],
)
def test_a_deadline_counts_working_time_only(start: str, minutes: int, due: str) -> None:
    start_at = datetime.fromisoformat(start).replace(tzinfo=SHANGHAI)

    found = office().deadline(start_at, minutes * MINUTE)

    assert found == datetime.fromisoformat(due).replace(tzinfo=SHANGHAI)
    assert found.tzinfo is UTC


def test_a_negative_span_is_refused() -> None:
    with pytest.raises(ValueError, match="before its start"):
        office().deadline(shanghai("2026-03-02"), -MINUTE)


def test_elapsed_backwards_is_negative() -> None:
    start, end = shanghai("2026-03-02"), shanghai("2026-03-03")

    assert office().elapsed(end, start) == -timedelta(hours=7, minutes=30)


def test_next_open_is_now_while_open_and_else_the_next_shift() -> None:
    calendar = office(days={date(2026, 3, 9): Day(DayKind.HOLIDAY, "off")})

    assert calendar.next_open(shanghai("2026-03-06", "10:07")) == shanghai("2026-03-06", "10:07")
    assert calendar.next_open(shanghai("2026-03-06", "18:00")) == shanghai("2026-03-10", "09:00")
    assert calendar.next_open(shanghai("2026-12-31", "18:00")) == shanghai("2027-01-01", "09:00")


def test_a_pause_is_the_end_of_the_shift_also_of_one_that_lasts_through_new_year() -> None:
    night = Calendar("Asia/Shanghai", WeekHours.of({4: "22:00-06:00"}))
    eve = shanghai("2026-12-31", "23:00")

    assert night.pause_after(eve, within=DAY) == shanghai("2027-01-01", "06:00")
    assert night.pause_after(eve, within=7 * HOUR) is None
    assert Calendar("Asia/Shanghai").pause_after(eve, within=DAY) is None
    with pytest.raises(ValueError, match="not working time"):
        night.pause_after(eve - 2 * HOUR, within=DAY)


@pytest.mark.parametrize("year", [1, 1899, 2200, 9999])
def test_an_instant_outside_the_horizon_is_refused(year: int) -> None:
    far = datetime(year, 6, 1, tzinfo=UTC)

    with pytest.raises(BeyondHorizon):
        office().is_working(far)
    with pytest.raises(BeyondHorizon):
        office().why_closed(far)
    with pytest.raises(BeyondHorizon):
        office().elapsed(shanghai("2026-03-02"), far)


def test_a_deadline_beyond_the_horizon_is_refused() -> None:
    with pytest.raises(BeyondHorizon) as refused:
        office().deadline(datetime(2199, 1, 1, tzinfo=UTC), timedelta(days=400))

    assert refused.value.reason["last_year"] == 2199


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(TypeError, match="time zone"):
        office().is_working(datetime(2026, 3, 2, 10, 0))


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "Asia", "../etc/passwd", "/etc/hosts"])
def test_an_unknown_zone_is_refused_with_its_name(zone: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        Calendar(zone)

    assert refused.value.reason["zone"] == zone


# Clocks that change


def test_a_night_in_which_the_clock_jumps_ahead_is_an_hour_shorter() -> None:
    night = Calendar("America/New_York", WeekHours.of({6: "22:00-06:00"}))
    noon = datetime(2026, 3, 7, 17, 0, tzinfo=UTC)

    assert night.elapsed(noon, noon + timedelta(days=2)) == 7 * HOUR
    assert night.deadline(noon, 5 * HOUR) == datetime(2026, 3, 8, 8, 0, tzinfo=UTC)


def test_a_night_in_which_the_clock_falls_back_is_an_hour_longer() -> None:
    night = Calendar("America/New_York", WeekHours.of({6: "22:00-06:00"}))
    noon = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)

    assert night.elapsed(noon, noon + timedelta(days=2)) == 9 * HOUR
    second_half_past_one = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert night.deadline(noon, timedelta(hours=4, minutes=30)) == second_half_past_one


def test_a_shift_that_begins_in_the_skipped_hour_begins_at_the_jump() -> None:
    early = Calendar("Europe/Berlin", WeekHours.of({7: "02:30-05:00"}))
    jump = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)

    assert early.next_open(jump - 3 * HOUR) == jump
    assert early.elapsed(jump - HOUR, jump + timedelta(days=1)) == 2 * HOUR


def test_a_shift_wholly_in_the_skipped_hour_is_no_time() -> None:
    early = Calendar("Europe/Berlin", WeekHours.of({7: "02:10-02:50"}))

    day = datetime(2026, 3, 29, tzinfo=BERLIN)
    assert early.elapsed(day, day + timedelta(days=1)) == timedelta(0)


def test_a_shift_in_the_repeated_hour_counts_its_first_showing_only() -> None:
    early = Calendar("Europe/Berlin", WeekHours.of({7: "02:15-02:45"}))

    day = datetime(2026, 10, 25, tzinfo=BERLIN)
    assert early.elapsed(day, day + timedelta(days=1)) == timedelta(minutes=30)
    assert not early.is_working(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1))


def test_a_date_that_a_zone_left_out_has_no_working_time() -> None:
    # Samoa went from 29 to 31 December 2011.
    samoa = Calendar("Pacific/Apia", WeekHours.of({5: "09:00-17:00"}))

    start = datetime(2011, 12, 29, tzinfo=ZoneInfo("Pacific/Apia"))
    assert samoa.elapsed(start, start + timedelta(days=4)) == timedelta(0)


# The same as counting minute by minute

# Instants in UTC next to what is difficult: clock changes of an hour and of half an hour, a date
# left out, a change at midnight, the turn of a year, and a week in which nothing happens.
DIFFICULT = {
    "Asia/Shanghai": [datetime(2025, 12, 30, tzinfo=UTC), datetime(2026, 6, 9, tzinfo=UTC)],
    "America/New_York": [datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)],
    "Europe/Berlin": [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)],
    "Australia/Lord_Howe": [datetime(2026, 4, 3, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC)],
    "America/Sao_Paulo": [datetime(2018, 2, 16, tzinfo=UTC), datetime(2018, 11, 3, tzinfo=UTC)],
    "Pacific/Apia": [datetime(2011, 12, 28, tzinfo=UTC)],
    "Asia/Kathmandu": [datetime(2026, 1, 1, tzinfo=UTC)],
}
WINDOW_DAYS = 2

minutes_of_day = st.integers(0, 24 * 60 - 1)


@st.composite
def shifts(draw: st.DrawFn) -> tuple[Shift, ...]:
    marks = sorted(draw(st.lists(minutes_of_day, max_size=4, unique=True)))
    clocks = [time(mark // 60, mark % 60) for mark in marks]
    found = [Shift(*pair) for pair in zip(clocks[::2], clocks[1::2], strict=False)]
    # An odd mark out is a night shift until the first one opens, or a whole day.
    if len(clocks) % 2:
        found.append(Shift(clocks[-1], clocks[0]) if len(clocks) > 1 else ALL_DAY)
    return tuple(found)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    zone = draw(st.sampled_from(sorted(DIFFICULT)))
    near = draw(st.sampled_from(DIFFICULT[zone]))
    week = draw(st.none() | st.builds(WeekHours, st.tuples(*[shifts()] * 7)))
    specials = st.one_of(
        st.just(Day(DayKind.HOLIDAY)),
        st.builds(Day, st.just(DayKind.WORKDAY), stands_for=st.none() | st.integers(1, 7)),
        shifts().filter(bool).map(lambda found: Day(DayKind.HOURS, shifts=found)),
    )
    dates = st.integers(-1, WINDOW_DAYS).map(lambda day: near.date() + timedelta(days=day))
    days = draw(st.dictionaries(dates, specials, max_size=3))
    return Calendar(zone, week, days), near


def open_minutes(calendar: Calendar, from_at: datetime, count: int) -> list[bool]:
    """Minute by minute whether it is open, read off a wall clock that is never set back."""
    clock = ZoneInfo(calendar.zone)
    shown, is_open = datetime.min, []
    settling = 3 * 60  # the clock may have been set back just before
    for minute in range(-settling, count):
        wall = (from_at + minute * MINUTE).astimezone(clock).replace(tzinfo=None)
        shown = max(shown, wall)
        if minute >= 0:
            is_open.append(any(is_within(calendar, shown, day) for day in (0, 1)))
    return is_open


def is_within(calendar: Calendar, shown: datetime, days_ago: int) -> bool:
    day = shown.date() - timedelta(days=days_ago)
    since_midnight = shown - datetime.combine(day, time(0))
    spans = (shift.from_midnight for shift in calendar.shifts_on(day))
    return any(opens <= since_midnight < closes for opens, closes in spans)


@given(situations(), st.data())
def test_it_equals_counting_minute_by_minute(
    situation: tuple[Calendar, datetime], data: st.DataObject
) -> None:
    calendar, near = situation
    count = WINDOW_DAYS * 24 * 60
    is_open = open_minutes(calendar, near, count)
    first = data.draw(st.integers(0, count - 1), "first")
    last = data.draw(st.integers(first, count - 1), "last")
    first_at, last_at = near + first * MINUTE, near + last * MINUTE
    worked = sum(is_open[first:last])

    assert calendar.is_working(first_at) is is_open[first]
    assert (calendar.why_closed(first_at) is None) is is_open[first]
    assert calendar.elapsed(first_at, last_at) == worked * MINUTE
    if worked:
        ends = [at for at in range(first, last) if is_open[at]][-1] + 1
        assert calendar.deadline(first_at, worked * MINUTE) == near + ends * MINUTE
    if any(is_open[first:]):
        opens = is_open.index(True, first)
        assert calendar.next_open(first_at) == near + opens * MINUTE
    if is_open[first]:
        closes = next((at for at in range(first, count) if not is_open[at]), None)
        within = (count - first) * MINUTE
        paused_at = None if closes is None else near + closes * MINUTE
        assert calendar.pause_after(first_at, within=within) == paused_at


instants = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))
spans = st.timedeltas(timedelta(0), timedelta(days=200))
# Made once, so that the years are laid out once.
offices = st.sampled_from([Calendar(zone, OFFICE) for zone in sorted(DIFFICULT)])


@given(offices, instants, spans)
def test_elapsed_until_a_deadline_is_the_span_to_the_microsecond(
    calendar: Calendar, start: datetime, span: timedelta
) -> None:
    due = calendar.deadline(start, span)

    assert calendar.elapsed(start, due) == span
    assert due >= start + span


@given(offices, instants, instants)
def test_the_deadline_of_the_elapsed_time_is_reached_by_its_end(
    calendar: Calendar, start: datetime, end: datetime
) -> None:
    assume(start <= end)
    worked = calendar.elapsed(start, end)

    due = calendar.deadline(start, worked)

    assert due <= end
    assert calendar.elapsed(due, end) == timedelta(0)


@given(offices, instants, instants, instants)
def test_elapsed_times_add_up(
    calendar: Calendar, first: datetime, second: datetime, third: datetime
) -> None:
    both = calendar.elapsed(first, second) + calendar.elapsed(second, third)

    assert both == calendar.elapsed(first, third)


def test_equal_calendars_are_equal_and_hash_alike_whatever_was_asked_of_them() -> None:
    days = {date(2026, 10, 1): Day(DayKind.HOLIDAY, "国庆节")}
    asked, fresh = office(days=days), office(days=dict(days))

    asked.is_working(shanghai("2026-10-01"))

    assert asked == fresh
    assert hash(asked) == hash(fresh)
    assert office() != fresh


def test_a_calendar_keeps_its_days_when_the_mapping_it_was_made_from_changes() -> None:
    days = {date(2026, 10, 1): Day(DayKind.HOLIDAY, "国庆节")}
    calendar = office(days=days)

    days.clear()

    assert not calendar.is_working(shanghai("2026-10-01", "10:00"))


# Leave

MARCH = Leave(shanghai("2026-03-10"), shanghai("2026-03-20"))


def test_a_leave_without_buffer_is_out_on_its_first_day_and_back_when_it_ends() -> None:
    assert leave_at([MARCH], shanghai("2026-03-09", "23:59"), "Asia/Shanghai") is None
    assert leave_at([MARCH], shanghai("2026-03-10"), "Asia/Shanghai") is MARCH
    assert leave_at([MARCH], shanghai("2026-03-19", "23:59"), "Asia/Shanghai") is MARCH
    assert leave_at([MARCH], shanghai("2026-03-20"), "Asia/Shanghai") is None


def test_a_buffer_of_two_and_one_stops_on_the_8th_and_resumes_on_the_19th() -> None:
    window = away_window(MARCH, "Asia/Shanghai", 2, 1)

    assert window == (shanghai("2026-03-08"), shanghai("2026-03-19"))
    assert leave_at([MARCH], shanghai("2026-03-07", "23:59"), "Asia/Shanghai", 2, 1) is None
    assert leave_at([MARCH], shanghai("2026-03-08"), "Asia/Shanghai", 2, 1) is MARCH
    assert leave_at([MARCH], shanghai("2026-03-19"), "Asia/Shanghai", 2, 1) is None


@pytest.mark.parametrize(
    ("from_at", "until_at"),
    [
        (shanghai("2026-03-10", "13:00"), shanghai("2026-03-10", "18:00")),
        (shanghai("2026-03-10", "18:00"), shanghai("2026-03-11", "12:00")),
        (shanghai("2026-03-10", "00:00"), shanghai("2026-03-10", "23:59")),
    ],
)
def test_a_part_of_a_day_is_respected_to_the_minute_and_takes_no_buffer(
    from_at: datetime, until_at: datetime
) -> None:
    leave = Leave(from_at, until_at)

    assert away_window(leave, "Asia/Shanghai", 2, 1) == (from_at, until_at)


@pytest.mark.parametrize(("days", "resumes"), [(1, "2026-03-11"), (2, "2026-03-11")])
def test_a_buffer_never_gives_the_first_day_of_a_leave_back(days: int, resumes: str) -> None:
    leave = Leave(MARCH.from_at, MARCH.from_at + timedelta(days=days))

    assert away_window(leave, "Asia/Shanghai", 0, 5) == (MARCH.from_at, shanghai(resumes))


def test_a_buffer_counts_days_by_the_wall_clock_also_when_it_changes() -> None:
    leave = Leave(datetime(2026, 3, 9, tzinfo=NEW_YORK), datetime(2026, 3, 16, tzinfo=NEW_YORK))

    stops, _ = away_window(leave, "America/New_York", 2, 0)

    assert stops == datetime(2026, 3, 7, tzinfo=NEW_YORK)
    assert leave.from_at.astimezone(UTC) - stops == 47 * HOUR


def test_a_negative_buffer_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        away_window(MARCH, "Asia/Shanghai", -1, 0)


def test_of_two_leaves_the_one_that_lasts_longer_is_named() -> None:
    short = Leave(MARCH.from_at, shanghai("2026-03-12"))

    assert leave_at([short, MARCH, short], shanghai("2026-03-11"), "Asia/Shanghai") is MARCH


def test_a_leave_that_ends_before_it_begins_keeps_nobody_away() -> None:
    wrong = Leave(MARCH.until_at, MARCH.from_at)

    assert leave_at([wrong], shanghai("2026-03-12"), "Asia/Shanghai") is None


def test_a_leave_that_ends_in_the_repeated_hour_ends_at_its_own_instant() -> None:
    # 1:30 in New York comes twice on 1 November 2026; this leave lasts until the second.
    second = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1)
    leave = Leave(datetime(2026, 10, 30, tzinfo=NEW_YORK), second)
    between = datetime(2026, 11, 1, 1, 45, tzinfo=NEW_YORK, fold=0)

    assert leave_at([leave], between, "America/New_York", 1, 0) is leave
    assert back_at([leave], between, "America/New_York", 1, 0) == second.astimezone(UTC)


def test_who_is_here_is_back_now() -> None:
    now = shanghai("2026-03-01", "10:00")

    assert back_at([MARCH], now, "Asia/Shanghai") == now
    assert back_at([], now, "Asia/Shanghai") == now
    assert why_away([MARCH], now, "Asia/Shanghai") is None


def test_adjoining_and_overlapping_leaves_are_one_absence() -> None:
    more = [
        Leave(shanghai("2026-03-25"), shanghai("2026-03-26")),
        Leave(shanghai("2026-03-19"), shanghai("2026-03-22")),
        Leave(shanghai("2026-03-22"), shanghai("2026-03-23", "12:00")),
        MARCH,
    ]

    found = back_at(more, shanghai("2026-03-11"), "Asia/Shanghai")

    assert found == shanghai("2026-03-23", "12:00")


def test_with_a_calendar_a_weekend_joins_two_leaves() -> None:
    leaves = [
        Leave(shanghai("2026-03-05", "09:00"), shanghai("2026-03-06", "18:00")),
        Leave(shanghai("2026-03-09"), shanghai("2026-03-10", "12:00")),
    ]
    now = shanghai("2026-03-05", "10:00")

    found = back_at(leaves, now, "Asia/Shanghai", calendar=office())

    assert found == shanghai("2026-03-10", "13:30")
    assert back_at(leaves, now, "Asia/Shanghai") == shanghai("2026-03-06", "18:00")


def test_the_reason_names_leave_and_return_but_not_what_the_leave_is_for() -> None:
    ill = Leave(MARCH.from_at, MARCH.until_at, reason="surgery")

    away = why_away([ill], shanghai("2026-03-09", "10:00"), "Asia/Shanghai", 2, 1)

    assert away is not None
    assert away.as_json() == {
        "code": "availability.on_leave",
        "from_at": "2026-03-10T00:00:00+08:00",
        "until_at": "2026-03-20T00:00:00+08:00",
        "stops_at": "2026-03-08T00:00:00+08:00",
        "back_at": "2026-03-19T00:00:00+08:00",
    }


def test_a_calendar_shut_for_good_still_names_the_leave() -> None:
    shut = Calendar("Asia/Shanghai", WeekHours.of({}))

    away = why_away([MARCH], shanghai("2026-03-11"), "Asia/Shanghai", calendar=shut)

    assert away is not None
    assert away["back_at"] is None


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 300)), max_size=6),
    st.integers(0, 700),
    st.integers(0, 3),
    st.integers(0, 3),
)
def test_nobody_is_on_leave_when_back_and_everybody_is_until_then(
    hours: list[tuple[int, int]], now_hours: int, before: int, after: int
) -> None:
    base = shanghai("2026-03-01")
    leaves = [Leave(base + start * HOUR, base + (start + length) * HOUR) for start, length in hours]
    now = base + now_hours * HOUR

    back = back_at(leaves, now, "Asia/Shanghai", before, after)

    waiting = (now + hour * HOUR for hour in range((back - now) // HOUR))
    assert leave_at(leaves, back, "Asia/Shanghai", before, after) is None
    assert all(leave_at(leaves, at, "Asia/Shanghai", before, after) for at in waiting)
