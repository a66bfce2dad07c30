"""Official days of countries, a company's own days file, and the calendar made of both."""

import csv
import gzip
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.calendar.hours import WeekHours, hours_text
from evenhand.engine.calendar.worktime import Day, DayKind
from evenhand.people.dayfile import DayFile, UnreadableDays, read_days
from evenhand.people.workdays import (
    OfficialDays,
    UnknownCountry,
    company_calendar,
    public_days,
    with_own_days,
)

OFFICE = WeekHours.weekdays("09:00-12:00, 13:30-18:00")
SIX_DAYS = WeekHours.of(dict.fromkeys(range(1, 7), "09:00-18:00"))


def days_of(official: OfficialDays, kind: DayKind) -> set[str]:
    return {day.isoformat() for day, special in official.days.items() if special.kind is kind}


def workdays(hours: WeekHours, country: str, year: int) -> list[date]:
    years = range(year - 1, year + 2)
    calendar = company_calendar(zone="UTC", hours=hours, country=country, years=years)
    first = date(year, 1, 1)
    dates = (first + timedelta(days=count) for count in range(366))
    return [day for day in dates if day.year == year and calendar.shifts_on(day)]


# China


# By the notices of the State Council for 2025 (国办发明电〔2024〕12号) and 2026 (〔2025〕7号).
@pytest.mark.parametrize(
    ("year", "made_up"),
    [
        (2025, {"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"}),
        (
            2026,
            {
                "2026-01-04",
                "2026-02-14",
                "2026-02-28",
                "2026-05-09",
                "2026-09-20",
                "2026-10-10",
            },
        ),
    ],
)
def test_the_make_up_workdays_of_china_are_those_of_the_notice(
    year: int, made_up: set[str]
) -> None:
    official = public_days("CN", [year])

    assert days_of(official, DayKind.WORKDAY) == made_up
    assert official.provisional_years == frozenset()


def test_china_worked_248_days_in_2025() -> None:
    # 365 days, less 104 of weekend and the 13 statutory ones: what the law leaves, whatever the
    # notice moves about.
    assert len(workdays(OFFICE, "CN", 2025)) == 248


def test_a_make_up_workday_says_its_festival_and_the_weekday_it_stands_for() -> None:
    official = public_days("CN", [2026])

    # Sunday 20 September 2026 was exchanged for Tuesday 6 October.
    assert official.days[date(2026, 9, 20)] == Day(DayKind.WORKDAY, "国庆节", stands_for=2)


def test_a_day_that_was_exchanged_has_the_name_of_its_festival() -> None:
    official = public_days("CN", [2026])

    assert official.days[date(2026, 10, 7)] == Day(DayKind.HOLIDAY, "国庆节")
    assert official.days[date(2026, 2, 23)] == Day(DayKind.HOLIDAY, "春节")


def test_a_year_not_announced_yet_is_provisional_with_its_statutory_days_only() -> None:
    official = public_days("CN", [2026, 2093])

    assert official.provisional_years == frozenset({2093})
    assert date(2093, 10, 1) in official.days
    assert not [day for day in days_of(official, DayKind.WORKDAY) if day.startswith("2093")]


def test_the_turn_of_the_year_is_whole_whichever_year_is_asked_for() -> None:
    # 30 December 2007 to 1 January 2008, by the notice of 2008; Saturday the 29th was worked.
    old, new = public_days("CN", [2007]), public_days("CN", [2008])

    assert old.days[date(2007, 12, 29)].kind is DayKind.WORKDAY
    assert old.days[date(2007, 12, 30)].name == "元旦"
    assert old.days[date(2007, 12, 31)].name == "元旦"
    assert new.days[date(2008, 1, 1)].name == "元旦"
    assert {day.year for day in old.days} == {2007}


def test_names_come_in_the_language_asked_for_if_there_is_one() -> None:
    first = date(2026, 10, 1)

    assert public_days("CN", [2026]).days[first].name == "国庆节"
    assert public_days("CN", [2026], "en_US").days[first].name == "National Day"
    assert public_days("CN", [2026], "zh_TW").days[first].name == "國慶節"
    assert public_days("CN", [2026], "xx_YY").days[first].name == "国庆节"


def test_names_do_not_depend_on_the_language_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")

    assert public_days("CN", [2019]).days[date(2019, 5, 2)].name == "劳动节"


def test_china_agrees_with_the_published_table_on_every_day_of_eighteen_years(
    shared_data: Path,
) -> None:
    table = shared_data / "cn_phone_holiday" / "cn_holidays_2007_2024.csv.gz"
    with gzip.open(table, "rt", encoding="utf-8") as file:
        published = {
            date.fromisoformat(row["date"]): DayKind.HOLIDAY
            if row["is_off_day"] == "1"
            else DayKind.WORKDAY
            for row in csv.DictReader(file)
        }
    first, last = min(published), date(2024, 12, 31)

    official = public_days("CN", range(first.year, last.year + 1))

    ours = {day: special.kind for day, special in official.days.items() if first <= day <= last}
    different = {day for day in published.keys() | ours if published.get(day) != ours.get(day)}
    # The table lists Monday 3 February 2020 as worked: the first day after the longer Spring
    # Festival of that year. A Monday is worked anyway, so nothing is said about it here.
    assert different == {date(2020, 2, 3)}
    assert len(published) == 606


def test_a_company_of_six_days_has_the_saturday_within_a_break_off() -> None:
    worked = workdays(SIX_DAYS, "CN", 2024)

    assert date(2024, 10, 5) not in worked  # 1 to 7 October, 7 days
    assert date(2024, 10, 12) in worked
    assert date(2024, 6, 8) in worked  # Dragon Boat Festival, "joined by the weekend"


# Other countries


def test_taiwan_had_its_last_make_up_workday_in_2025_and_is_not_provisional_since() -> None:
    official = public_days("TW", [2025, 2026, 2027])

    assert days_of(official, DayKind.WORKDAY) == {"2025-02-08"}
    assert official.provisional_years == frozenset()
    # The substitute days that the Executive Yuan's calendar for 2026 names.
    substitutes = ["2026-02-20", "2026-02-27", "2026-04-03", "2026-04-06", "2026-10-09"]
    assert set(substitutes) <= days_of(official, DayKind.HOLIDAY)


def test_hong_kong_keeps_the_general_holidays_on_which_offices_close() -> None:
    official = public_days("HK", [2026], "en_US")

    assert official.days[date(2026, 4, 3)].name == "Good Friday"
    assert date(2026, 4, 7) in official.days  # the day following Easter Monday
    assert official.provisional_years == frozenset()


def test_japan_has_its_citizens_holiday_between_two_others() -> None:
    official = public_days("JP", [2026])

    silver_week = {date(2026, 9, 21), date(2026, 9, 22), date(2026, 9, 23)}
    assert silver_week <= official.days.keys()
    assert official.provisional_years == frozenset()


def test_the_united_states_observe_a_saturday_holiday_on_the_friday() -> None:
    official = public_days("US", [2026, 2027])

    assert date(2026, 7, 3) in official.days
    assert date(2027, 12, 31) in official.days  # New Year's Day of 2028


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    epiphany = date(2026, 1, 6)

    assert epiphany not in public_days("DE", [2026]).days
    assert public_days("DE-BY", [2026]).days[epiphany].name == "Heilige Drei Könige"
    assert public_days("de-by", [2026]).days == public_days("DE-BY", [2026]).days


def test_a_country_with_make_up_workdays_other_than_china_is_provisional_too() -> None:
    official = public_days("HU", [2026, 2093])

    assert official.days[date(2026, 1, 10)] == Day(DayKind.WORKDAY, "Újév", stands_for=5)
    assert official.provisional_years == frozenset({2093})


@pytest.mark.parametrize("country", ["XX", "", "China", "-BY"])
def test_an_unknown_country_is_refused(country: str) -> None:
    with pytest.raises(UnknownCountry) as refused:
        public_days(country, [2026])

    assert refused.value.reason.code == "calendar.country_unknown"
    assert refused.value.reason["country"] == country


def test_an_unknown_part_of_a_country_is_refused_with_the_parts_there_are() -> None:
    with pytest.raises(UnknownCountry, match="BY") as refused:
        public_days("DE-ZZ", [2026])

    assert refused.value.reason["subdivision"] == "ZZ"
    assert "BY" in refused.value.reason["choices"]  # type: ignore[operator]
    with pytest.raises(UnknownCountry, match="use CN alone"):
        public_days("CN-BJ", [2026])


# A company's own days


def written(folder: Path, text: str, name: str = "days.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


CSV = """date,kind,name,hours
2027-02-06,holiday,Spring Festival,
2027-02-20,workday,Spring Festival,
2027-06-30,hours,Stock-taking,"09:00-12:00, 13:00-15:00"
"""


def test_a_csv_file_gives_holidays_workdays_and_special_hours(tmp_path: Path) -> None:
    own = read_days(written(tmp_path, CSV))

    assert own.days[date(2027, 2, 6)] == Day(DayKind.HOLIDAY, "Spring Festival")
    assert own.days[date(2027, 2, 20)] == Day(DayKind.WORKDAY, "Spring Festival")
    assert hours_text(own.days[date(2027, 6, 30)].shifts) == "09:00-12:00, 13:00-15:00"
    assert own.complete_years == frozenset()


def test_a_yaml_file_gives_the_same_as_a_csv_file(tmp_path: Path) -> None:
    text = """
- {date: 2027-02-06, kind: holiday, name: Spring Festival}
- {date: "2027-02-20", kind: workday, name: Spring Festival}
- {date: 2027-06-30, kind: hours, name: Stock-taking, hours: "09:00-12:00, 13:00-15:00"}
"""

    assert read_days(written(tmp_path, text, "days.yaml")) == read_days(written(tmp_path, CSV))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_chinese_file_is_read_in_the_encodings_that_spreadsheets_write(
    tmp_path: Path, encoding: str
) -> None:
    text = (
        "日期,类型,名称,时间,备注\r\n"
        "2027/2/6,放假,春节,,x\r\n"
        "2027年2月20日,上班,春节,,\r\n"
        ",,,,\r\n"
        "2027.6.30,特殊时间,盘点,9:00至12:00、13:00至15:00,\r\n"
        "2027年,全年,,,\r\n"
    )

    own = read_days(written(tmp_path, text, encoding=encoding))

    assert own.days[date(2027, 2, 6)] == Day(DayKind.HOLIDAY, "春节")
    assert own.days[date(2027, 2, 20)] == Day(DayKind.WORKDAY, "春节")
    assert hours_text(own.days[date(2027, 6, 30)].shifts) == "09:00-12:00, 13:00-15:00"
    assert own.complete_years == frozenset({2027})


@pytest.mark.parametrize(
    ("row", "code", "column", "value"),
    [
        ("2027-02-30,holiday,,", "calendar.row_date", "date", "2027-02-30"),
        ("soon,holiday,,", "calendar.row_date", "date", "soon"),
        ("1027-02-03,holiday,,", "calendar.row_date", "date", "1027-02-03"),
        ("2027,holiday,,", "calendar.row_date", "date", "2027"),
        ("2027-02-06,complete,,", "calendar.row_date", "date", "2027-02-06"),
        (",holiday,,", "calendar.row_date", "date", ""),
        ("2027-02-06,vacation,,", "calendar.row_kind", "kind", "vacation"),
        ("2027-02-06", "calendar.row_kind", "kind", ""),
        ("2027-02-06,hours,,", "calendar.row_hours", "hours", ""),
        ("2027-02-06,hours,,nine", "calendar.row_hours", "hours", "nine"),
        ("2027-02-06,holiday,,09:00-12:00", "calendar.row_hours", "hours", "09:00-12:00"),
        ("2027-01-01,workday,,", "calendar.row_repeated", "date", "2027-01-01"),
    ],
)
def test_a_wrong_row_is_refused_with_row_column_value_and_remedy(
    tmp_path: Path, row: str, code: str, column: str, value: str
) -> None:
    path = written(tmp_path, f"date,kind,name,hours\n2027-01-01,holiday,,\n{row}\n")

    with pytest.raises(UnreadableDays) as refused:
        read_days(path)

    (found,) = refused.value.reasons
    assert found.code == code
    assert (found["file"], found["row"]) == ("days.csv", 3)
    assert (found["column"], found["value"]) == (column, value)
    assert str(refused.value).startswith(f"days.csv, row 3, {column}: {value!r} ")


def test_all_wrong_rows_are_named_at_once_by_the_columns_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "日期,类型\n2027-13-01,放假\n2027-01-01,放假\n2027-01-02,请假\n")

    with pytest.raises(UnreadableDays) as refused:
        read_days(path)

    places = [(found["row"], found["column"], found["value"]) for found in refused.value.reasons]
    assert places == [(2, "日期", "2027-13-01"), (4, "类型", "请假")]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("days.csv", "", "calendar.file_column_missing"),
        ("days.csv", "day,kind\n2027-01-01,holiday\n", "calendar.file_column_missing"),
        ("days.csv", 'date,kind\n"2027-01-01,holiday\n', "calendar.file_unreadable"),
        ("days.csv", "PK\0\0", "calendar.file_unreadable"),
        ("days.yaml", "- {kind: holiday}", "calendar.file_column_missing"),
        ("days.yaml", "", "calendar.file_unreadable"),
        ("days.yaml", "- just text", "calendar.file_unreadable"),
        ("days.yaml", "- {date: 2027-01-01, kind", "calendar.file_unreadable"),
        ("days.yaml", "- {date: 2027-99-99, kind: holiday}", "calendar.file_unreadable"),
        ("days.yaml", "[" * 1000, "calendar.file_unreadable"),
        ("days.csv", "x" * 1_000_001, "calendar.file_unreadable"),
    ],
)
def test_a_file_that_is_no_days_file_is_refused(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    with pytest.raises(UnreadableDays) as refused:
        read_days(written(tmp_path, text, name))

    assert [found.code for found in refused.value.reasons] == [code]
    assert str(refused.value).startswith(name)


def test_bytes_in_no_known_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_bytes(b"date,kind\n\xff\xff,holiday\n")

    with pytest.raises(UnreadableDays):
        read_days(path)


@given(st.text(max_size=200), st.sampled_from([".csv", ".yaml"]))
def test_no_content_does_anything_but_be_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str, ending: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{ending}"
    path.write_text(f"date,kind\n{text}" if ending == ".csv" else text, encoding="utf-8")

    try:
        own = read_days(path)
    except UnreadableDays as refused:
        assert refused.reasons
        return

    assert all(isinstance(day, date) for day in own.days)


# The calendar


def test_a_company_calendar_knows_make_up_workdays_and_holidays() -> None:
    calendar = company_calendar(
        zone="Asia/Shanghai", hours=OFFICE, country="CN", years=[2025, 2026, 2027]
    )
    shanghai = ZoneInfo("Asia/Shanghai")

    sunday = datetime(2026, 9, 20, 10, 0, tzinfo=shanghai)
    holiday = datetime(2026, 10, 6, 10, 0, tzinfo=shanghai)
    assert calendar.is_working(sunday)
    closed = calendar.why_closed(holiday)
    assert closed is not None
    assert closed["name"] == "国庆节"
    assert closed["opens_at"] == "2026-10-08T09:00:00+08:00"
    # Five hours from the eve of the holiday at five in the afternoon: over seven days off.
    eve = datetime(2026, 9, 30, 17, 0, tzinfo=shanghai)
    assert calendar.deadline(eve, timedelta(hours=5)) == datetime(
        2026, 10, 8, 14, 30, tzinfo=shanghai
    )


def test_a_calendar_without_a_country_says_nothing_about_official_days() -> None:
    calendar = company_calendar(zone="Asia/Shanghai", hours=OFFICE)

    assert calendar.covered_years is None
    assert not calendar.is_provisional(date(2093, 10, 1))


def test_the_company_s_own_days_win_over_the_official_ones() -> None:
    own = DayFile(
        {
            date(2026, 10, 6): Day(DayKind.WORKDAY, "we work"),
            date(2026, 9, 20): Day(DayKind.HOLIDAY, "we do not"),
        }
    )

    calendar = company_calendar(
        zone="Asia/Shanghai", hours=OFFICE, country="CN", years=[2026], own_days=own
    )

    assert calendar.shifts_on(date(2026, 10, 6)) == OFFICE.on(2)
    assert calendar.shifts_on(date(2026, 9, 20)) == ()
    assert calendar.shifts_on(date(2026, 10, 5)) == ()


def test_own_days_alone_do_not_settle_a_provisional_year() -> None:
    calendar = company_calendar(
        zone="Asia/Shanghai", hours=OFFICE, country="CN", years=[2092, 2093]
    )
    own = DayFile({date(2093, 6, 30): Day(DayKind.HOLIDAY, "outing")})

    assert with_own_days(calendar, own).is_provisional(date(2093, 6, 30))


def test_a_complete_year_in_the_file_replaces_the_official_one_and_settles_it() -> None:
    calendar = company_calendar(
        zone="Asia/Shanghai", hours=OFFICE, country="CN", years=[2092, 2093]
    )
    own = DayFile({date(2093, 10, 8): Day(DayKind.HOLIDAY, "国庆节")}, frozenset({2093, 2095}))

    settled = with_own_days(calendar, own)

    assert [day for day in settled.days if day.year == 2093] == [date(2093, 10, 8)]
    assert not settled.is_provisional(date(2093, 6, 30))
    assert not settled.is_provisional(date(2095, 6, 30))
    assert settled.is_provisional(date(2092, 6, 30))
    assert settled.is_provisional(date(2094, 6, 30))
    assert calendar.is_provisional(date(2093, 6, 30))
