"""What a rep receives: level, weights, fields, capacity, mentor; temporary adjustments."""

from datetime import date, timedelta

import pytest

from evenhand.people.clocks import company_day
from evenhand.people.models import Adjustment, Rep
from evenhand.people.operations.adjustments import adjust, cancel_adjustment
from evenhand.people.operations.calendars import create_calendar
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.reps import RepIn, edit_rep, rep_data, start_receiving
from evenhand.people.scope import NotAllowed
from evenhand.platform.clock import now
from tests.server.cast import act_as, cast
from tests.server.people.facts import changed, facts_of, last_event, unchanged

pytestmark = pytest.mark.django_db


def test_everything_about_a_rep_reaches_routing() -> None:
    people = cast()
    olga = act_as(people.olga)
    hours = ["09:00-18:00"] * 5 + ["", ""]
    calendar = create_calendar(
        "德国", zone="Europe/Berlin", country="DE-BW", hours=hours, actor=olga
    )
    new = RepIn(
        level="P3",
        weight=80,
        weights={"A": 120, "lead:B": 50, "task": 0},
        regions=("上海市", "上海市", " 江苏省 "),
        industries=("机械",),
        skills=("英语谈判",),
        languages=("en",),
        capacity=30,
        joined_on=date(2025, 3, 1),
        mentor_id=people.rui.pk,
        calendar_id=calendar.pk,
    )

    with changed("rep.edited"):
        edit_rep(people.ren.pk, new, actor=olga)

    facts = facts_of(people.ren.pk)
    assert (facts.level, facts.weight, facts.capacity) == ("P3", 80, 30)
    assert facts.weights == {"A": 120, "lead:B": 50, "task": 0}
    assert facts.fields["region"] == ("上海市", "江苏省")
    assert (facts.mentor_id, facts.calendar) == (str(people.rui.pk), str(calendar.pk))
    assert last_event().data["weight"] == [100, 80]
    assert Rep.objects.get(pk=people.ren.pk).level_since == company_day(now())


def test_saving_what_stands_already_changes_nothing() -> None:
    people = cast()

    with unchanged():
        data = rep_data(Rep.objects.get(pk=people.ren.pk))
        assert edit_rep(people.ren.pk, data, actor=act_as(people.olga)) == ()


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (RepIn(weight=-1), "weight"),
        (RepIn(weight=1001), "weight"),
        (RepIn(weights={"A": 1001}), "weights"),
        (RepIn(weights={"car:A": 50}), "weights"),
        (RepIn(weights={"lead:": 50}), "weights"),
        (RepIn(capacity=-1), "capacity"),
        (RepIn(mentor_id=999_999), "mentor"),
        (RepIn(calendar_id=999_999), "calendar"),
        (RepIn(skills=("x" * 61,)), "skills"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_changes(new: RepIn, field: str) -> None:
    people = cast()

    with unchanged(), pytest.raises(CannotEdit) as refusal:
        edit_rep(people.ren.pk, new, actor=act_as(people.olga))

    assert refusal.value.field == field
    assert rep_data(Rep.objects.get(pk=people.ren.pk)) == RepIn()


def test_nobody_is_his_own_mentor_and_a_manager_sets_no_weights() -> None:
    people = cast()

    with unchanged(), pytest.raises(CannotEdit, match="mentor_himself"):
        edit_rep(people.ren.pk, RepIn(mentor_id=people.ren.pk), actor=act_as(people.olga))
    with unchanged(), pytest.raises(NotAllowed):
        edit_rep(people.ren.pk, RepIn(weight=200), actor=act_as(people.tom))


def test_a_manager_can_begin_to_receive_items() -> None:
    people = cast()

    with changed("rep.started"):
        assert start_receiving(people.tom.pk, actor=act_as(people.olga))

    assert facts_of(people.tom.pk).is_active
    with unchanged():
        assert not start_receiving(people.tom.pk, actor=act_as(people.olga))
    with unchanged(), pytest.raises(CannotEdit):
        start_receiving(people.dan.pk, actor=act_as(people.olga))


def test_an_adjustment_names_who_made_it_and_ends_by_itself_or_by_hand() -> None:
    people = cast()
    days = {"from_date": company_day(now()), "until_date": company_day(now()) + timedelta(days=6)}

    with changed("rep.adjusted"):
        made = adjust(people.ren.pk, factor=50, note="展会", actor=act_as(people.olga), **days)

    (seen,) = facts_of(people.ren.pk).adjustments
    assert (seen.factor, seen.note, made.made_by) == (50, "展会", people.olga)
    with changed("rep.adjustment_canceled"):
        assert cancel_adjustment(made.pk, actor=act_as(people.olga))
    assert facts_of(people.ren.pk).adjustments == ()
    with unchanged():
        assert not cancel_adjustment(made.pk, actor=act_as(people.olga))


@pytest.mark.parametrize(
    ("factor", "first", "last", "note", "field"),
    [
        (401, 0, 5, "x", "factor"),
        (50, 5, 0, "x", "until_date"),
        (50, 0, 366, "x", "until_date"),
        (50, -9, -2, "x", "until_date"),
        (50, 0, 5, "  ", "note"),
    ],
)
def test_an_adjustment_without_end_or_reason_is_refused(
    factor: int, first: int, last: int, note: str, field: str
) -> None:
    people = cast()

    with unchanged(), pytest.raises(CannotEdit) as refusal:
        adjust(
            people.ren.pk,
            factor=factor,
            from_date=company_day(now()) + timedelta(days=first),
            until_date=company_day(now()) + timedelta(days=last),
            note=note,
            actor=act_as(people.olga),
        )

    assert refusal.value.field == field
    assert not Adjustment.objects.exists()
