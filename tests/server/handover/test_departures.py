"""Somebody leaves: one sheet, lines offered and accepted, and what happens at the deadline."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from evenhand.handover.models import Departure, DepartureLine, LineState
from evenhand.handover.operations import departing
from evenhand.handover.operations.by_hand import add_by_hand
from evenhand.handover.operations.departing import settle_departures
from evenhand.handover.operations.departure import (
    answer,
    cancel_departure,
    leave_out,
    offer,
    open_departure,
)
from evenhand.handover.refusals import CannotHandOver
from evenhand.leads.models import Company, Lead
from evenhand.leads.operations.activities import log_activity
from evenhand.ledger.models import Balance
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep
from evenhand.people.scope import NotAllowed
from evenhand.platform.invariants import examine
from evenhand.platform.refusal import NotFound
from evenhand.policies.operations.publish import publish
from evenhand.routing.models import Receipt
from evenhand.routing.operations.give import assign, transfer
from evenhand.routing.take_in import take_in
from evenhand.tasks.making import REP, Wish, make_all
from evenhand.tasks.models import Task
from tests.server.cast import Cast, act_as, cast
from tests.server.handover.test_covers import held
from tests.server.routing.test_acts import loads_are_their_recount
from tests.server.routing.test_take_in import everything_replays, leads
from tests.server.tasks.rules import document

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def people() -> Cast:
    """Ren has six leads, an account and a chat with a customer."""
    found = cast()
    publish("direct", document(), actor=SYSTEM)
    Rep.objects.exclude(pk=found.ren.pk).update(is_accepting=False)
    take_in(leads(6), actor=SYSTEM)
    account = Company.objects.create(name="远大", name_key="yuanda", state="untended")
    assign("account", account.pk, to=found.ren.pk, reason="relationship", actor=act_as(found.alice))
    lead = Lead.objects.exclude(contact=None).order_by("pk")[0]
    log_activity("lead", lead.pk, channel="wechat", outcome="sent", actor=act_as(found.ren))
    make_all([Wish("电话回访", REP, found.ren.pk)], via="hand", actor=act_as(found.alice))
    Rep.objects.update(is_accepting=True)
    return found


def sheet(people: Cast, then: str = "give") -> Departure:
    """Tom begins Ren's sheet."""
    deadline = timezone.now() + 7 * DAY
    return open_departure(
        people.ren.pk, deadline=deadline, at_deadline=then, actor=act_as(people.tom)
    )


def lines(departure: Departure, kind: str = "lead") -> list[int]:
    """The lines of a kind by item."""
    rows = departure.lines.filter(kind=kind).order_by("item_id")
    return list(rows.values_list("pk", flat=True))


def test_a_sheet_lists_everything_and_what_is_accepted_moves_at_once(people: Cast) -> None:
    found, tom, rui = sheet(people), act_as(people.tom), act_as(people.rui)
    assert {one.kind for one in found.lines.all()} == {"lead", "account", "task", "contact"}
    assert not Rep.objects.get(pk=people.ren.pk).is_accepting  # nothing new reaches him
    own = lines(found)

    offer(found.pk, own[:4], to=[people.rui.pk], actor=tom)
    assert Notice.objects.get(user_id=people.rui.pk).params["count"] == 4
    assert answer(found.pk, own[:3], accepts=True, actor=rui) == 3
    assert answer(found.pk, own[3:4], accepts=False, actor=rui) == 1

    assert (held(people.ren), held(people.rui)) == (3, 3)
    states = [one.state for one in found.lines.filter(kind="lead").order_by("item_id")]
    assert states == ["done"] * 3 + ["declined"] + ["open"] * 2
    receipts = Receipt.objects.filter(act="transfer", reason="departure")
    assert {one.rep_id for one in receipts} == {people.rui.pk}
    assert {sum(row.amounts) for row in Balance.objects.all()} == {0}
    loads_are_their_recount()
    assert everything_replays() >= 6


def test_several_receivers_share_evenly_and_the_sheet_closes_when_all_is_settled(
    people: Cast,
) -> None:
    hua = act_as(people.alice)
    found = open_departure(people.ren.pk, deadline=timezone.now() + DAY, actor=hua)
    both = [people.rui.pk, people.carl.pk]
    chosen = [*lines(found), *lines(found, "account"), *lines(found, "task")]
    offer(found.pk, chosen, to=both, actor=hua)
    shares = {who: found.lines.filter(receiver_id=who).count() for who in both}
    assert set(shares.values()) <= {3, 4, 5} and sum(shares.values()) == 8

    for user in (people.rui, people.carl):
        mine = found.lines.filter(receiver_id=user.pk).values_list("pk", flat=True)
        answer(found.pk, list(mine), accepts=True, actor=act_as(user))
    found.refresh_from_db()
    assert found.state == "open"  # the chat waits for a word
    leave_out(found.pk, lines(found, "contact"), actor=hua)
    found.refresh_from_db()
    assert found.state == "done" and held(people.ren) == 0
    assert Task.objects.get().owner_id in both
    assert Notice.objects.filter(user_id=people.alice.pk, kind="departure_finished").exists()
    with connection.cursor() as cursor:
        assert examine(cursor) == []


def test_at_the_deadline_the_rest_goes_to_whom_it_is_offered_or_by_the_rules(people: Cast) -> None:
    found, tom = sheet(people), act_as(people.tom)
    own = lines(found)
    offer(found.pk, own[:2], to=[people.rui.pk], actor=tom)
    assert settle_departures(timezone.now()) == 0 and held(people.ren) == 6

    # What reached him since stands on it too; what he gave away does not.
    extra = Lead.objects.create(name="新", state="queued", line=Lead.objects.all()[0].line)
    assign("lead", extra.pk, to=people.ren.pk, reason="waiting", actor=act_as(people.alice))
    later = found.deadline + timedelta(minutes=1)
    settle_departures(later)

    assert held(people.ren) == 0
    counts = [found.lines.filter(kind="lead", state=one).count() for one in ("done", "dealt")]
    assert counts == [2, 5]
    assert Task.objects.get().state == "offered"  # to-dos go to the market
    chat = found.lines.get(kind="contact")
    assert chat.state == LineState.OPEN  # nobody can be made to take up a chat
    told = Notice.objects.filter(user_id=people.tom.pk, kind="departure_overdue")
    settle_departures(later)
    assert told.count() == 1
    loads_are_their_recount()


def test_what_is_in_another_system_waits_for_whoever_did_it_there(people: Cast) -> None:
    found, tom, rui = sheet(people), act_as(people.tom), act_as(people.rui)
    line = add_by_hand(found.pk, " 企业微信  客户 ", count=40, actor=act_as(people.ren))
    assert (line.title, line.item_id) == ("企业微信 客户", 1)
    assert add_by_hand(found.pk, "报备", actor=tom).item_id == 2
    for title, count, who, error in (
        ("报备", None, tom, CannotHandOver),
        (" ", None, tom, CannotHandOver),
        ("长" * 121, None, tom, CannotHandOver),
        ("网盘", 0, tom, CannotHandOver),
        ("网盘", None, rui, NotFound),
        ("网盘", None, act_as(people.carl), NotFound),
    ):
        with pytest.raises(error):
            add_by_hand(found.pk, title, count=count, actor=who)
    offer(found.pk, [line.pk], to=[people.rui.pk], actor=tom)

    # Neither the look at what he holds nor the deadline settles it.
    settle_departures(found.deadline + timedelta(minutes=1))
    states = dict(found.lines.filter(kind="by_hand").values_list("title", "state"))
    assert states == {"企业微信 客户": LineState.OFFERED, "报备": LineState.OPEN}

    answer(found.pk, [line.pk], accepts=True, actor=rui)
    rest = found.lines.exclude(kind="lead").filter(state=LineState.OPEN)
    leave_out(found.pk, list(rest.values_list("pk", flat=True)), actor=tom)
    found.refresh_from_db()
    assert found.state == "done"
    with pytest.raises(CannotHandOver):
        add_by_hand(found.pk, "网盘", actor=tom)
    with connection.cursor() as cursor:
        assert examine(cursor) == []


def test_a_sheet_that_is_canceled_while_the_job_goes_through_others_stays_so(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    tom = act_as(people.tom)
    make_all([Wish("电话回访", REP, people.rui.pk)], via="hand", actor=act_as(people.alice))
    first = sheet(people)
    later = open_departure(people.rui.pk, deadline=timezone.now() + 7 * DAY, actor=tom)
    assert later.lines.filter(state=LineState.OPEN).exists() and first.pk < later.pk

    def meanwhile(place: str) -> None:
        if place == "departure.between_lines" and later.state == "open":
            later.state = cancel_departure(later.pk, actor=tom).state

    monkeypatch.setattr(departing, "crashpoint", meanwhile)
    settle_departures(timezone.now() + 8 * DAY)

    assert Departure.objects.get(pk=later.pk).state == "canceled"
    assert set(later.lines.values_list("state", flat=True)) == {LineState.GONE}


def test_what_reached_him_since_or_came_back_to_him_keeps_his_sheet_open(people: Cast) -> None:
    tom, rui = act_as(people.tom), act_as(people.rui)
    departure = sheet(people)
    own = lines(departure, "lead")
    others = list(departure.lines.exclude(kind="lead").values_list("pk", "kind"))
    offer(departure.pk, [*own, *(pk for pk, _ in others)], to=[people.rui.pk], actor=tom)
    answer(departure.pk, [pk for pk, _ in others], accepts=True, actor=rui)
    answer(departure.pk, own[1:], accepts=True, actor=rui)
    back = DepartureLine.objects.get(pk=own[1])
    transfer("lead", back.item_id, to=people.ren.pk, reason="overload", actor=act_as(people.alice))

    answer(departure.pk, own[:1], accepts=True, actor=rui)

    departure.refresh_from_db()
    back.refresh_from_db()
    assert (departure.state, back.state, back.receiver_id) == ("open", LineState.OPEN, None)

    fresh = Company.objects.create(name="新来", name_key="xinlai", state="untended")
    offer(departure.pk, [back.pk], to=[people.rui.pk], actor=tom)
    assign("account", fresh.pk, to=people.ren.pk, reason="relationship", actor=act_as(people.alice))
    answer(departure.pk, [back.pk], accepts=True, actor=rui)

    departure.refresh_from_db()
    assert departure.state == "open"
    assert departure.lines.get(kind="account", item_id=fresh.pk).state == LineState.OPEN


def test_who_may_not_is_refused_and_nothing_changes(people: Cast) -> None:
    deadline = timezone.now() + DAY
    for who in (people.ren, people.rui, people.ada):
        with pytest.raises(NotAllowed):
            open_departure(people.ren.pk, deadline=deadline, actor=act_as(who))
    with pytest.raises(NotAllowed):
        open_departure(people.tom.pk, deadline=deadline, actor=act_as(people.tom))
    with pytest.raises(NotFound):  # another branch
        open_departure(people.carl.pk, deadline=deadline, actor=act_as(people.tom))
    for late in (timezone.now() - DAY, timezone.now() + 200 * DAY):
        with pytest.raises(CannotHandOver):
            open_departure(people.ren.pk, deadline=late, actor=act_as(people.tom))
    assert not Departure.objects.exists()

    found, tom = sheet(people, "ask"), act_as(people.tom)
    own = lines(found)
    for to, code in (
        ([people.ren.pk], "handover.himself"),
        ([people.carl.pk], "handover.nobody_there"),
        ([], "handover.nobody_chosen"),
    ):
        with pytest.raises(CannotHandOver) as refused:
            offer(found.pk, own, to=to, actor=tom)
        assert refused.value.why.code == code
    with pytest.raises(CannotHandOver):  # a lead needs somebody
        leave_out(found.pk, own[:1], actor=tom)
    offer(found.pk, own[:1], to=[people.rui.pk], actor=tom)
    for who, which in ((people.carl, own[:1]), (people.rui, own[1:2]), (people.ren, own[:1])):
        with pytest.raises(NotFound):
            answer(found.pk, which, accepts=True, actor=act_as(who))
    with pytest.raises(CannotHandOver):
        sheet(people)
    settle_departures(found.deadline + DAY)  # "ask": nothing moves
    assert held(people.ren) == 6 and DepartureLine.objects.filter(state="done").count() == 0

    cancel_departure(found.pk, actor=tom)
    assert Rep.objects.get(pk=people.ren.pk).is_accepting
    with pytest.raises(CannotHandOver):
        offer(found.pk, own[:1], to=[people.rui.pk], actor=tom)
