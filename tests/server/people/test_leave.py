"""Leave for oneself and for others; the accepting switch; who is away."""

from datetime import UTC, datetime, timedelta

import pytest

from evenhand.people.clocks import company_zone, whole_days
from evenhand.people.models import Leave
from evenhand.people.operations.availability import NoRep, set_accepting
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.leave import cancel_leave, enter_leave
from evenhand.people.operations.tokens import actor_for_token, issue_token
from evenhand.people.queries.absences import away_until, leave_within
from evenhand.people.scope import NotAllowed
from evenhand.people.snapshot import people_now
from evenhand.platform.clock import now
from evenhand.platform.refusal import NotFound
from tests.server.cast import Cast, act_as, cast
from tests.server.people.facts import changed, facts_of, unchanged

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def leave(people: Cast, who: str, by: str, begin: timedelta, length: timedelta = DAY) -> Leave:
    """Leave of one of the cast, entered by another, `begin` from now on."""
    from_at = now() + begin
    return enter_leave(
        getattr(people, who).pk,
        from_at=from_at,
        until_at=from_at + length,
        reason_text="年假",
        actor=act_as(getattr(people, by)),
    )


@pytest.mark.parametrize(("who", "by"), [("ren", "ren"), ("ren", "tom"), ("ren", "olga")])
def test_leave_is_entered_by_oneself_a_manager_or_sales_operations(who: str, by: str) -> None:
    people = cast()

    with changed("leave.entered"):
        made = leave(people, who, by, DAY)

    (seen,) = facts_of(people.ren.pk).leaves
    assert (seen.from_at, seen.until_at, seen.reason) == (made.from_at, made.until_at, "年假")


def test_nobody_enters_leave_for_a_colleague_or_out_of_reach() -> None:
    people = cast()

    with unchanged(), pytest.raises(NotAllowed):
        leave(people, "rui", "ren", DAY)
    with unchanged(), pytest.raises(NotFound):
        leave(people, "carl", "tom", DAY)
    with unchanged(), pytest.raises(NotAllowed):
        leave(people, "ren", "ada", DAY)
    assert not Leave.objects.exists()


def test_a_program_enters_no_leave_for_its_owner() -> None:
    people = cast()
    program = actor_for_token(issue_token("bot", ["work"], actor=act_as(people.olga)).secret)
    assert program is not None

    with unchanged(), pytest.raises(NotAllowed):
        set_accepting(False, rep_id=people.ren.pk, actor=program)


@pytest.mark.parametrize(
    ("begin", "length"),
    [(DAY, timedelta(0)), (-3 * DAY, DAY), (DAY, 733 * DAY)],
    ids=["no length", "over", "too long"],
)
def test_leave_that_cannot_be_meant_is_refused(begin: timedelta, length: timedelta) -> None:
    people = cast()

    with unchanged(), pytest.raises(CannotEdit) as refusal:
        leave(people, "ren", "ren", begin, length)

    assert refusal.value.field == "until_at"


def test_overlapping_leave_is_refused_and_names_the_other() -> None:
    people = cast()
    leave(people, "ren", "ren", DAY, 3 * DAY)

    with unchanged(), pytest.raises(CannotEdit) as refusal:
        leave(people, "ren", "tom", 2 * DAY, DAY)

    assert refusal.value.why.code == "people.away_already"
    assert Leave.objects.count() == 1
    leave(people, "ren", "ren", 5 * DAY)


def test_leave_ahead_is_canceled_and_leave_begun_is_ended() -> None:
    people = cast()
    ahead = leave(people, "ren", "ren", 5 * DAY)
    begun = leave(people, "ren", "ren", -DAY, 3 * DAY)

    with changed("leave.canceled"):
        assert cancel_leave(ahead.pk, actor=act_as(people.tom))
    with changed("leave.ended"):
        assert cancel_leave(begun.pk, actor=act_as(people.ren))

    begun.refresh_from_db()
    assert begun.canceled_at is None
    assert begun.until_at <= now()
    with unchanged():
        assert not cancel_leave(begun.pk, actor=act_as(people.ren))
    with unchanged(), pytest.raises(NotAllowed):
        cancel_leave(ahead.pk, actor=act_as(people.rui))


def test_whoever_ends_his_leave_can_be_given_something_in_the_same_second() -> None:
    people = cast()
    begun = leave(people, "ren", "ren", -DAY, 3 * DAY)

    cancel_leave(begun.pk, actor=act_as(people.ren))

    begun.refresh_from_db()
    at = now().replace(microsecond=0)  # as decisions see this instant
    assert begun.until_at <= at
    rep = next(one for one in people_now(at).team.reps if one.id == str(people.ren.pk))
    assert [one.until_at for one in rep.leaves] == [begun.until_at]


def test_whole_days_are_counted_by_the_clock_of_the_calendar() -> None:
    cast()

    begin, end = whole_days(
        datetime(2027, 3, 1).date(), datetime(2027, 3, 2).date(), company_zone()
    )

    assert begin == datetime(2027, 2, 28, 16, tzinfo=UTC)
    assert end == datetime(2027, 3, 2, 16, tzinfo=UTC)


def test_the_switch_is_turned_by_oneself_or_a_manager() -> None:
    people = cast()

    with changed("person.switched_off"):
        assert set_accepting(False, actor=act_as(people.ren))
    assert not facts_of(people.ren.pk).is_accepting
    with unchanged():
        assert not set_accepting(False, actor=act_as(people.ren))
    with changed("person.switched_on"):
        assert set_accepting(True, rep_id=people.ren.pk, actor=act_as(people.tom))
    assert facts_of(people.ren.pk).is_accepting


def test_the_switch_of_others_is_out_of_reach_and_who_receives_nothing_has_none() -> None:
    people = cast()

    with unchanged(), pytest.raises(NotFound):
        set_accepting(False, rep_id=people.carl.pk, actor=act_as(people.tom))
    with unchanged(), pytest.raises(NotAllowed):
        set_accepting(False, rep_id=people.rui.pk, actor=act_as(people.ren))
    with unchanged(), pytest.raises(NoRep):
        set_accepting(False, actor=act_as(people.tom))


def test_a_manager_sees_who_of_his_team_is_away_and_until_when() -> None:
    people = cast()
    mine = leave(people, "ren", "ren", -DAY, 3 * DAY)
    leave(people, "carl", "carl", -DAY, 3 * DAY)

    seen = leave_within(act_as(people.tom), now(), now() + DAY)

    assert [one.pk for one in seen] == [mine.pk]
    assert away_until([people.ren.pk, people.rui.pk], now()) == {people.ren.pk: mine.until_at}
