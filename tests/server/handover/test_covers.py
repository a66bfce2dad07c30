"""Leave with a substitute: what moves, what stays, what comes back, and who may say so."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from evenhand.handover.holdings import Holding
from evenhand.handover.models import Cover, CoverMove, CoverState
from evenhand.handover.operations import covering
from evenhand.handover.operations.cover import Class, agree_cover, drop_cover, plan_cover
from evenhand.handover.operations.covering import cover_due
from evenhand.handover.refusals import CannotHandOver
from evenhand.journal.models import Event
from evenhand.leads.models import Lead
from evenhand.leads.operations.activities import log_activity
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Leave, Rep, User
from evenhand.people.operations.leave import cancel_leave
from evenhand.people.scope import NotAllowed
from evenhand.platform.invariants import examine
from evenhand.platform.refusal import NotFound
from evenhand.policies.operations.publish import publish
from evenhand.routing.operations.give import transfer
from evenhand.routing.take_in import take_in
from evenhand.tasks.making import REP, Wish, make_all
from evenhand.tasks.models import Task
from tests.server.builders import person
from tests.server.cast import Cast, act_as, cast
from tests.server.routing.test_acts import loads_are_their_recount
from tests.server.routing.test_take_in import everything_replays, leads
from tests.server.tasks.rules import document

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def people() -> Cast:
    """Ren has four leads; Rui, Carl and the others none."""
    found = cast()
    publish("direct", document(), actor=SYSTEM)
    Rep.objects.exclude(pk=found.ren.pk).update(is_accepting=False)
    take_in(leads(4), actor=SYSTEM)
    assert held(found.ren) == 4
    return found


def held(user: User) -> int:
    """How many leads somebody has."""
    return Lead.objects.filter(owner_id=user.pk, state="owned").count()


def away(user: User, **span: Any) -> Leave:
    """Somebody is on leave since an hour, for two days."""
    now = timezone.now()
    values = {"from_at": now - HOUR, "until_at": now + 2 * DAY} | span
    return Leave.objects.create(rep_id=user.pk, **values)


def test_the_work_goes_to_the_substitute_and_comes_back_bit_by_bit(people: Cast) -> None:
    leave, tom, now = away(people.ren), act_as(people.tom), timezone.now()
    first = Lead.objects.filter(owner_id=people.ren.pk).order_by("pk")[0]
    log_activity("lead", first.pk, channel="call", outcome="reached", actor=act_as(people.ren))
    wish = Wish("电话回访", REP, people.ren.pk)  # due in a day: it cannot wait until he is back
    (task,) = make_all([wish], via="hand", actor=act_as(people.alice))
    classes = [Class(touch="live"), Class(substitute=people.rui.pk)]

    plan_cover(leave.pk, classes, back_per_day=2, actor=tom)
    assert cover_due(now) == 4
    assert cover_due(now) == 0  # again changes nothing

    # What he is in conversation about stays; each move is a transfer with its receipt.
    assert (held(people.ren), held(people.rui)) == (1, 3)
    assert Notice.objects.get(user_id=people.rui.pk, kind="cover_begun").params["count"] == 4
    assert Task.objects.get(pk=task.id).owner_id == people.rui.pk
    loads_are_their_recount()

    after = leave.until_at + HOUR
    assert cover_due(after) == 2
    assert cover_due(after + HOUR) == 0  # two a day, no more
    assert Cover.objects.get().state == CoverState.BEGUN
    assert cover_due(after + DAY + HOUR) == 2
    assert Task.objects.get(pk=task.id).owner_id == people.ren.pk
    assert (held(people.ren), held(people.rui)) == (4, 0)
    cover = Cover.objects.get()
    assert cover.state == CoverState.ENDED and cover.ended_at is not None
    with connection.cursor() as cursor:
        assert examine(cursor) == []
        # The doctor can fail: a move that no receipt tells of, an ended plan that forgot one.
        CoverMove.objects.update(state="moved", receipt_id=None)
        assert len(examine(cursor)) == 2
        CoverMove.objects.all().delete()
    loads_are_their_recount()
    assert everything_replays() >= 4


def test_nobody_drops_or_changes_a_plan_while_it_moves_things(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What had moved by then would never come back."""
    leave, tom, now = away(people.ren), act_as(people.tom), timezone.now()
    plan_cover(leave.pk, [Class(substitute=people.rui.pk)], actor=tom)
    tried = []

    def meanwhile(place: str) -> None:
        if place == "cover.between_moves":
            with pytest.raises(CannotHandOver):
                drop_cover(leave.pk, actor=tom)
            with pytest.raises(CannotHandOver):
                plan_cover(leave.pk, [Class(substitute=people.carl.pk)], actor=tom)
            tried.append(place)

    monkeypatch.setattr(covering, "crashpoint", meanwhile)
    assert cover_due(now) == 4 and len(tried) == 4
    monkeypatch.undo()

    cover = Cover.objects.get()
    assert (cover.state, cover.begun_at) == (CoverState.BEGUN, now)
    assert Event.objects.filter(kind="cover.begun").count() == 1
    assert cover_due(leave.until_at + HOUR) == 4
    assert held(people.ren) == 4


def test_a_plan_that_is_dropped_while_its_first_item_moves_moves_nothing(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave, tom = away(people.ren), act_as(people.tom)
    plan_cover(leave.pk, [Class(substitute=people.rui.pk)], actor=tom)

    def meanwhile(place: str) -> None:
        if place == "cover.moved":
            Cover.objects.update(state=CoverState.DROPPED)

    monkeypatch.setattr(covering, "crashpoint", meanwhile)

    assert cover_due(timezone.now()) == 0
    assert (held(people.ren), CoverMove.objects.count()) == (4, 0)
    assert not Event.objects.filter(kind="cover.begun").exists()


def test_a_plan_that_is_changed_while_its_first_item_moves_moves_nothing_the_old_way(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave, alice = away(people.ren), act_as(people.alice)
    plan_cover(leave.pk, [Class(substitute=people.rui.pk)], actor=alice)
    look = covering.holdings_of

    def meanwhile(rep_id: int) -> list[Holding]:
        plan_cover(leave.pk, [Class(substitute=people.carl.pk)], actor=alice)
        return look(rep_id)

    with monkeypatch.context() as patch:
        patch.setattr(covering, "holdings_of", meanwhile)
        assert cover_due(timezone.now()) == 0
    assert (held(people.ren), CoverMove.objects.count()) == (4, 0)
    assert Cover.objects.get().state == CoverState.AGREED

    assert cover_due(timezone.now()) == 4
    assert (held(people.rui), held(people.carl)) == (0, 4)


def test_who_is_back_while_his_items_move_keeps_the_rest_and_gets_the_others_back(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave, tom = away(people.ren), act_as(people.tom)
    plan_cover(leave.pk, [Class(substitute=people.rui.pk)], actor=tom)

    def meanwhile(place: str) -> None:
        if place == "cover.between_moves":
            cancel_leave(leave.pk, actor=tom)

    with monkeypatch.context() as patch:
        patch.setattr(covering, "crashpoint", meanwhile)
        assert cover_due(timezone.now()) == 1
    assert (held(people.ren), held(people.rui)) == (3, 1)
    told = Notice.objects.get(user_id=people.rui.pk, kind="cover_begun")
    assert told.params["count"] == 1
    assert Event.objects.filter(kind="cover.begun").count() == 1

    cover_due(timezone.now())

    assert (held(people.ren), held(people.rui)) == (4, 0)


def test_what_the_substitute_speaks_about_or_lost_meanwhile_is_kept(people: Cast) -> None:
    leave, tom, now = away(people.ren), act_as(people.tom), timezone.now()
    plan_cover(leave.pk, [Class(substitute=people.rui.pk)], comes_back="untouched", actor=tom)
    cover_due(now)
    spoken, given = Lead.objects.filter(owner_id=people.rui.pk).order_by("pk")[:2]
    log_activity("lead", spoken.pk, channel="call", outcome="reached", actor=act_as(people.rui))
    transfer("lead", given.pk, to=people.carl.pk, reason="expertise", actor=act_as(people.alice))

    assert cancel_leave(leave.pk, actor=act_as(people.ren))  # back before the end
    assert cover_due(timezone.now()) == 2

    whys = {row.item_id: row.why for row in CoverMove.objects.filter(state="kept")}
    assert whys[spoken.pk]["code"] == "handover.in_conversation"
    assert whys[given.pk]["code"] == "handover.moved_on"
    assert (held(people.ren), held(people.rui), held(people.carl)) == (2, 1, 1)
    loads_are_their_recount()


def test_a_rep_asks_and_only_his_manager_agrees(people: Cast) -> None:
    leave, ren = away(people.ren), act_as(people.ren)
    plan_cover(leave.pk, [Class(substitute=people.rui.pk)], actor=ren)
    assert Cover.objects.get().state == CoverState.ASKED
    assert Notice.objects.filter(user_id=people.tom.pk, kind="cover_asked").exists()
    assert cover_due(timezone.now()) == 0  # nothing moves before somebody agreed

    for who, refused in ((people.ren, NotAllowed), (people.rui, NotAllowed)):
        with pytest.raises(refused):
            agree_cover(leave.pk, actor=act_as(who))
    for act in (agree_cover, drop_cover):
        with pytest.raises(NotFound):
            act(leave.pk, actor=act_as(people.carl) if act is drop_cover else _far(people))
    assert Cover.objects.get().state == CoverState.ASKED and held(people.ren) == 4

    agree_cover(leave.pk, actor=act_as(people.tom))
    assert cover_due(timezone.now()) == 4
    with pytest.raises(CannotHandOver):  # it has begun
        drop_cover(leave.pk, actor=act_as(people.tom))


def _far(people: Cast) -> Any:
    """A manager of another branch."""
    return act_as(person("Mei", "manager", "team", people.south))


def test_a_substitute_must_be_there_and_a_refused_plan_changes_nothing(people: Cast) -> None:
    leave, tom = away(people.ren), act_as(people.tom)
    away(people.rui)
    for chosen, code in (
        (people.rui.pk, "handover.away_then"),
        (people.ren.pk, "handover.himself"),
        (people.carl.pk, "handover.nobody_there"),  # of another branch
        (people.dan.pk, "edit.person_left"),
        (None, "handover.nobody_chosen"),
    ):
        with pytest.raises(CannotHandOver) as refused:
            plan_cover(leave.pk, [Class(substitute=chosen)], actor=tom)
        assert refused.value.why.code == code
    assert not Cover.objects.exists()

    # Who falls ill after he was named does not get it: it stays, and the sheet says why.
    Leave.objects.filter(rep_id=people.rui.pk).delete()
    plan_cover(leave.pk, [Class(substitute=people.rui.pk)], actor=tom)
    away(people.rui)
    assert cover_due(timezone.now()) == 0
    assert held(people.ren) == 4
    assert {row.why["code"] for row in CoverMove.objects.all()} == {"handover.away_then"}
