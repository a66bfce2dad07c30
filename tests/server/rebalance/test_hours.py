"""Receivers' leave and hours: who is soon away takes nothing, and moves wait for the day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Calendar, Leave
from evenhand.people.operations.revision import people_changed
from evenhand.policies.operations.publish import publish
from evenhand.rebalance.models import Rebalance
from evenhand.rebalance.operations.approve import approve, go_on, may_undo, undo
from evenhand.rebalance.operations.propose import edit_move, propose
from tests.server.api.caller import caller
from tests.server.cast import Cast, act_as
from tests.server.rebalance.uneven import held, uneven
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def people() -> Cast:
    """Ren has twelve leads and may have eight; Rui and Carl have none."""
    return uneven()


def changed() -> None:
    with transaction.atomic():
        people_changed()


def works(*, today: bool) -> datetime:
    """The company works all day, or not before tomorrow at nine; when that is."""
    begins = datetime.now(ZONE).replace(hour=9, minute=0, second=0, microsecond=0)
    begins += timedelta(days=1)
    hours = [""] * 7
    hours[begins.weekday()] = "09:00-18:00"
    Calendar.objects.update(hours=["00:00-24:00"] * 7 if today else hours)
    changed()
    return begins


def test_who_is_on_leave_from_tomorrow_is_no_receiver_and_gives_all_the_same(people: Cast) -> None:
    everybody = act_as(people.olga)
    works(today=True)
    before = propose(actor=everybody)
    takers = {one.to_rep_id for one in before.moves.all()}
    assert {who for one in before.moves.all() for who in one.receivers} == {
        people.rui.pk,
        people.carl.pk,
    }

    tomorrow = timezone.now() + timedelta(hours=20)
    for user in (people.rui, people.ren):
        Leave.objects.create(
            rep_id=user.pk, from_at=tomorrow, until_at=tomorrow + timedelta(days=5)
        )
    changed()
    found = propose(actor=everybody)

    assert people.rui.pk in takers  # a control: he would have been one
    assert {one.to_rep_id for one in found.moves.all()} == {people.carl.pk}
    assert {one.from_rep_id for one in found.moves.all()} == {people.ren.pk}
    assert all(one.receivers == [people.carl.pk] for one in found.moves.all())
    # What was proposed before he asked for his leave cannot be approved any more.
    Rebalance.objects.filter(pk=before.pk).update(state="proposed")
    approve(before.pk, leaving_out=True, actor=everybody)
    whys = before.moves.filter(to_rep=people.rui.pk).values_list("state", "why__code")
    assert set(whys) == {("refused", "rebalance.not_eligible")}


def test_at_night_it_is_proposed_and_each_move_waits_for_its_receivers_day(people: Cast) -> None:
    publish("direct", policy(availability={"working_hours": "exclude"}), actor=SYSTEM)
    everybody, opens = act_as(people.olga), works(today=False)

    found = propose(actor=everybody)
    moves = list(found.moves.order_by("pk"))
    assert moves
    assert {one.why["opens_at"] for one in moves} == {opens.isoformat()}
    told = caller(people.olga).get(f"/rebalances/{found.pk}/moves").json()["items"]
    assert {one["reason"]["code"] for one in told} <= {
        "calendar.outside_hours", "calendar.day_off",
    }  # fmt: skip
    other = next(iter(set(moves[0].receivers) - {moves[0].to_rep_id}))
    assert edit_move(found.pk, moves[0].pk, to=other, actor=everybody).why is not None

    approve(found.pk, actor=everybody)
    go_on(found.pk)
    go_on(found.pk)
    assert (held(people.ren), Notice.objects.filter(kind="rebalanced_away").count()) == (12, 0)
    assert set(found.moves.values_list("state", flat=True)) == {"proposed"}
    later = ProcrastinateJob.objects.filter(args__rebalance_id=found.pk, scheduled_at=opens)
    assert later.exists()
    # The one that waits holds nobody up.
    locks = ProcrastinateJob.objects.filter(args__rebalance_id=found.pk, scheduled_at=None)
    assert not set(later.values_list("lock", flat=True)) & set(locks.values_list("lock", flat=True))

    works(today=True)
    go_on(found.pk)
    found.refresh_from_db()
    assert found.state == "done" and held(people.ren) == 12 - len(moves)
    assert set(found.moves.values_list("state", "why")) == {("done", None)}
    assert Notice.objects.filter(user_id=people.ren.pk, kind="rebalanced_away").count() == 1
    assert may_undo(found)


def test_what_waits_for_the_day_can_be_taken_back_before_it_comes(people: Cast) -> None:
    publish("direct", policy(availability={"working_hours": "exclude"}), actor=SYSTEM)
    everybody = act_as(people.olga)
    works(today=False)
    found = propose(actor=everybody)
    approve(found.pk, actor=everybody)
    go_on(found.pk)

    undo(found.pk, actor=everybody)
    works(today=True)
    go_on(found.pk)

    found.refresh_from_db()
    assert found.state == "undone" and held(people.ren) == 12
    assert set(found.moves.values_list("state", flat=True)) == {"out"}
    assert not may_undo(found)


def test_where_the_rules_do_not_mind_the_hour_nothing_waits(people: Cast) -> None:
    everybody = act_as(people.olga)
    works(today=False)
    found = propose(actor=everybody)
    assert set(found.moves.values_list("why", flat=True)) == {None}

    approve(found.pk, actor=everybody)
    go_on(found.pk)

    found.refresh_from_db()
    assert found.state == "done" and held(people.ren) < 12
