"""Calendars: hours, official days, own days one by one or as a file, the default."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from evenhand.people.dayfile import UnreadableDays
from evenhand.people.models import Calendar, Rep
from evenhand.people.operations.calendars import (
    create_calendar,
    delete_calendar,
    edit_calendar,
    make_default,
    set_day,
    unset_day,
    upload_days,
)
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.scope import NotAllowed
from evenhand.people.snapshot import people_now
from evenhand.people.worktimes import days_ahead, provisional_years
from evenhand.platform.clock import now
from tests.server.cast import Cast, act_as, cast
from tests.server.people.facts import changed, unchanged

pytestmark = pytest.mark.django_db

WEEK = ["09:00-12:00, 13:30-18:00"] * 5 + ["", ""]


def make(people: Cast, name: str = "中国", **more: Any) -> Calendar:
    """A calendar of China with office hours."""
    values: dict[str, Any] = {"zone": "Asia/Shanghai", "country": "CN", "hours": WEEK}
    return create_calendar(name, **values | more, actor=act_as(people.olga))


def test_the_first_calendar_is_everybodys_and_counts_for_routing() -> None:
    people = cast()

    with changed("calendar.created"):
        made = make(people)

    assert made.is_default
    calendar = people_now(now()).team.calendars[""]
    assert calendar.zone == "Asia/Shanghai"
    assert calendar.hours is not None
    assert len(calendar.hours.on(1)) == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"zone": "Asia/Shangai"}, "zone"),
        ({"country": "XX"}, "country"),
        ({"hours": ["9点"] + [""] * 6}, "hours-0"),
        ({"hours": ["", "09:00-12:00 11:00-15:00"] + [""] * 5}, "hours-1"),
        ({"hours": [""] * 7}, "hours-0"),
    ],
)
def test_a_calendar_that_cannot_be_meant_is_refused(more: dict[str, Any], field: str) -> None:
    people = cast()

    with unchanged(), pytest.raises(CannotEdit) as refusal:
        make(people, **more)

    assert refusal.value.field == field
    assert not Calendar.objects.exists()


def test_an_edit_is_told_and_one_that_changes_nothing_is_not() -> None:
    people = cast()
    made = make(people)
    values: dict[str, Any] = {"zone": "Asia/Shanghai", "country": "CN", "hours": WEEK}

    with unchanged():
        assert not edit_calendar(made.pk, "中国", **values, actor=act_as(people.olga))
    with changed("calendar.edited"):
        assert edit_calendar(
            made.pk,
            "中国",
            **values | {"hours": [*WEEK[:6], "10:00-12:00"]},
            actor=act_as(people.olga),
        )


def test_own_days_win_over_official_ones_and_go_away_again() -> None:
    people = cast()
    made = make(people)
    olga = act_as(people.olga)
    national_day = date(2026, 10, 1)

    with changed("calendar.day_set"):
        set_day(made.pk, national_day, "hours", name="值班", hours="10:00-12:00", actor=olga)

    made.refresh_from_db()
    (seen,) = days_ahead(made, national_day, 1)
    assert (seen.kind, seen.name, seen.hours, seen.is_own) == ("hours", "值班", "10:00-12:00", True)
    with changed("calendar.day_unset"):
        assert unset_day(made.pk, "2026-10-01", actor=olga)
    made.refresh_from_db()
    (seen,) = days_ahead(made, national_day, 1)
    assert (seen.kind, seen.hours, seen.is_own) == ("holiday", "", False)
    with unchanged():
        assert not unset_day(made.pk, "2026-10-01", actor=olga)


def test_the_days_ahead_show_holidays_make_up_days_and_what_is_not_settled() -> None:
    people = cast()
    made = make(people)

    days = {one.on: one for one in days_ahead(made, date(2026, 9, 1), 60)}

    assert days[date(2026, 10, 1)].kind == "holiday"
    make_up = [one for one in days.values() if one.kind == "workday"]
    assert make_up
    assert all(one.hours and one.on.isoweekday() > 5 for one in make_up)
    assert 2099 in provisional_years(made, 2099)


def test_a_file_of_days_is_taken_over_whole_or_not_at_all(tmp_path: Path) -> None:
    people = cast()
    made = make(people)
    good, bad = tmp_path / "days.csv", tmp_path / "bad.csv"
    good.write_text("日期,类型,名称\n2099-01-01,放假,元旦\n2099,全年,\n", encoding="utf-8")
    bad.write_text("日期,类型,名称\n2099-01-02,放假,\n下周,放假,\n", encoding="utf-8")

    with changed("calendar.days_uploaded"):
        assert upload_days(made.pk, good, actor=act_as(people.olga)) == 1
    with unchanged(), pytest.raises(UnreadableDays):
        upload_days(made.pk, bad, actor=act_as(people.olga))

    made.refresh_from_db()
    assert set(made.own_days) == {"2099-01-01", "2099"}
    # The file says that it holds the whole year: nothing about it is provisional any more.
    assert 2099 not in provisional_years(made, 2099)
    assert people_now(now()).team.calendars[""].zone == "Asia/Shanghai"


def test_one_calendar_is_the_default_and_a_used_one_stays() -> None:
    people = cast()
    first, second, third = make(people), make(people, "第二"), make(people, "第三")
    olga = act_as(people.olga)
    Rep.objects.filter(pk=people.ren.pk).update(calendar=third)

    with changed("calendar.made_default"):
        assert make_default(second.pk, actor=olga)
    with unchanged(), pytest.raises(CannotEdit, match="calendar_is_default"):
        delete_calendar(second.pk, actor=olga)
    with unchanged(), pytest.raises(CannotEdit, match="calendar_in_use"):
        delete_calendar(third.pk, actor=olga)
    with changed("calendar.deleted"):
        delete_calendar(first.pk, actor=olga)

    assert list(Calendar.objects.filter(is_default=True)) == [second]
    assert Calendar.objects.count() == 2


def test_a_manager_changes_no_calendar() -> None:
    people = cast()
    made = make(people)

    with unchanged(), pytest.raises(NotAllowed):
        set_day(made.pk, date(2027, 1, 4) + timedelta(days=1), "holiday", actor=act_as(people.hua))
