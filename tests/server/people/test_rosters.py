"""Duty rosters: shifts by a weekly pattern, all or none."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from evenhand.people.models import Duty
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.rosters import (
    Pattern,
    Turn,
    add_shifts,
    clear_shifts,
    delete_shift,
)
from evenhand.people.scope import NotAllowed
from evenhand.people.snapshot import CACHE
from evenhand.platform.clock import now
from evenhand.platform.refusal import NotFound
from tests.server.cast import Cast, act_as, cast
from tests.server.people.facts import changed, facts_of, unchanged

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2027, 3, 1)


def pattern(people: Cast, turn: Turn = Turn.DAILY) -> Pattern:
    """Two weeks, Monday, Wednesday and Saturday night, Ren and Rui in turn."""
    return Pattern(
        roster="夜班",
        rep_ids=(people.ren.pk, people.rui.pk),
        first=MONDAY,
        last=MONDAY + timedelta(days=13),
        weekdays=frozenset({1, 3, 6}),
        hours="22:00-06:00",
        turn=turn,
        zone=ZONE,
    )


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (Turn.DAILY, "ren rui ren rui ren rui"),
        (Turn.WEEKLY, "ren ren ren rui rui rui"),
        (Turn.TOGETHER, "ren rui ren rui ren rui ren rui ren rui ren rui"),
    ],
)
def test_a_pattern_comes_again_every_week(turn: Turn, expected: str) -> None:
    people = cast()

    with changed("roster.shifts_added"):
        count = add_shifts(pattern(people, turn), actor=act_as(people.olga))

    rows = list(Duty.objects.select_related("rep__user").order_by("from_at", "rep_id"))
    assert " ".join(row.rep.user.name.lower() for row in rows) == expected
    assert count == len(rows)
    begin, end = (at.astimezone(ZONE) for at in (rows[0].from_at, rows[0].until_at))
    assert (begin.hour, end.hour, end.date()) == (22, 6, MONDAY + timedelta(days=1))


def test_who_is_on_duty_now_is_seen_by_routing() -> None:
    people = cast()
    today = now().astimezone(ZONE).date()
    single = replace(
        pattern(people, Turn.TOGETHER),
        first=today,
        last=today,
        weekdays=frozenset(range(1, 8)),
        hours="00:00-24:00",
        rep_ids=(people.ren.pk, people.ren.pk),
    )

    assert add_shifts(single, actor=act_as(people.olga)) == 1

    assert facts_of(people.ren.pk).fields["duty"] == ("夜班",)
    with changed("roster.shift_deleted"):
        delete_shift(Duty.objects.get().pk, actor=act_as(people.olga))
    CACHE.forget()
    assert "duty" not in facts_of(people.ren.pk).fields


def test_a_pattern_that_crosses_a_shift_writes_nothing() -> None:
    people = cast()
    add_shifts(pattern(people), actor=act_as(people.olga))
    count = Duty.objects.count()

    with unchanged(), pytest.raises(CannotEdit, match="shift_overlaps"):
        add_shifts(pattern(people, Turn.TOGETHER), actor=act_as(people.olga))

    assert Duty.objects.count() == count


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"roster": " "}, "roster"),
        ({"rep_ids": ()}, "reps"),
        ({"last": MONDAY - timedelta(days=1)}, "last"),
        ({"last": MONDAY + timedelta(days=366)}, "last"),
        ({"weekdays": frozenset()}, "weekdays"),
        ({"hours": "夜里"}, "hours"),
    ],
)
def test_a_pattern_that_cannot_be_meant_is_refused(more: dict[str, object], field: str) -> None:
    people = cast()

    with unchanged(), pytest.raises(CannotEdit) as refusal:
        add_shifts(replace(pattern(people), **more), actor=act_as(people.olga))  # type: ignore[arg-type]

    assert refusal.value.field == field
    assert not Duty.objects.exists()


def test_only_people_in_service_and_within_reach_are_planned() -> None:
    people = cast()

    with unchanged(), pytest.raises(CannotEdit, match="inactive"):
        add_shifts(replace(pattern(people), rep_ids=(people.dan.pk,)), actor=act_as(people.olga))
    with unchanged(), pytest.raises(NotFound):
        add_shifts(replace(pattern(people), rep_ids=(999_999,)), actor=act_as(people.olga))
    with unchanged(), pytest.raises(NotAllowed):
        add_shifts(pattern(people), actor=act_as(people.tom))


def test_a_roster_is_cleared_within_a_span() -> None:
    people = cast()
    add_shifts(pattern(people), actor=act_as(people.olga))
    begin = now().astimezone(ZONE).replace(year=2027, month=3, day=8, hour=0)

    with changed("roster.cleared"):
        assert (
            clear_shifts("夜班", begin, begin + timedelta(days=7), actor=act_as(people.olga)) == 3
        )
    with unchanged():
        assert clear_shifts("无", begin, begin + timedelta(days=7), actor=act_as(people.olga)) == 0

    assert Duty.objects.count() == 3
