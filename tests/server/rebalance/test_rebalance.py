"""A rebalance is proposed, looked at, edited, approved, booked as transfers, and undone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from evenhand.leads.models import Assignment, Lead
from evenhand.leads.operations.activities import log_activity
from evenhand.ledger.models import Balance
from evenhand.notify.models import Notice
from evenhand.people.models import Leave
from evenhand.people.scope import NotAllowed
from evenhand.platform.invariants import examine
from evenhand.platform.refusal import NotFound
from evenhand.pool.models import Pause
from evenhand.rebalance.models import Rebalance, RebalanceMove
from evenhand.rebalance.operations.approve import approve, go_on, undo
from evenhand.rebalance.operations.propose import drop, edit_move, propose
from evenhand.rebalance.queries import load_lines
from evenhand.rebalance.refusals import CannotRebalance
from evenhand.routing.models import Receipt
from evenhand.routing.operations.acts import overrides_today
from evenhand.routing.operations.give import transfer
from tests.server.builders import person
from tests.server.cast import Cast, act_as
from tests.server.rebalance.uneven import caps, held, uneven
from tests.server.routing.test_acts import loads_are_their_recount
from tests.server.routing.test_take_in import everything_replays

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    """Ren has twelve leads and may have eight; Rui and Carl have none."""
    return uneven()


def refused(act: Any, code: str) -> None:
    """It is refused for this reason, and nothing moves."""
    before = list(Assignment.objects.order_by("pk").values_list("pk", "closed_at"))
    states = list(Rebalance.objects.order_by("pk").values_list("state", flat=True))
    with pytest.raises(CannotRebalance) as error:
        act()
    assert error.value.why.code == code
    assert before == list(Assignment.objects.order_by("pk").values_list("pk", "closed_at"))
    assert states == list(Rebalance.objects.order_by("pk").values_list("state", flat=True))


def test_the_fewest_moves_are_booked_and_can_be_undone_within_a_day(people: Cast) -> None:
    tom, own = act_as(people.tom), Lead.objects.order_by("pk")
    for lead in own[:5]:  # in conversation: dear, so that they stay
        log_activity("lead", lead.pk, channel="call", outcome="reached", actor=act_as(people.ren))
    assignment = Assignment.objects.get(item_kind="lead", item_id=own[6].pk)
    later = timezone.now() + timedelta(days=3)
    Pause.objects.create(kind="lock", assignment=assignment, from_at=timezone.now(), until_at=later)

    found = propose(people.shanghai.pk, actor=tom)
    moves = list(found.moves.all())
    assert moves and {one.cost for one in moves} == {1}
    assert {(one.from_rep_id, one.to_rep_id) for one in moves} == {(people.ren.pk, people.rui.pk)}
    assert own[6].pk not in {one.item_id for one in moves}  # locked
    ren = next(one for one in load_lines(found) if one.rep_id == people.ren.pk)
    assert ren.before > ren.cap >= ren.after
    smallest = min(one.load for one in moves)
    assert ren.after + smallest > ren.cap  # one move less would not do
    assert held(people.ren) == 12  # a proposal moves nothing

    approve(found.pk, actor=tom)
    refused(lambda: approve(found.pk, actor=tom), "rebalance.not_open")
    go_on(found.pk)
    go_on(found.pk)  # again changes nothing
    assert (held(people.ren), held(people.rui)) == (12 - len(moves), len(moves))
    receipts = Receipt.objects.filter(act="transfer", reason="rebalance")
    assert receipts.count() == len(moves) and overrides_today(tom) == 0
    for user in (people.ren, people.rui):  # each is told once
        assert Notice.objects.filter(user_id=user.pk, params__count=len(moves)).count() == 1
    loads_are_their_recount()
    assert {sum(row.amounts) for row in Balance.objects.all()} == {0}

    # What has moved on since stays; the rest goes back.
    gone = moves[0]
    transfer(
        "lead", gone.item_id, to=people.carl.pk, reason="expertise", actor=act_as(people.alice)
    )
    undo(found.pk, actor=tom)
    go_on(found.pk)
    assert (held(people.ren), held(people.rui), held(people.carl)) == (11, 0, 1)
    gone.refresh_from_db()
    assert gone.state == "kept" and gone.why["code"] == "rebalance.owner_changed"
    assert everything_replays() >= 12
    loads_are_their_recount()
    with connection.cursor() as cursor:
        assert examine(cursor) == []


def test_what_changed_since_is_named_and_can_be_left_out(people: Cast) -> None:
    tom = act_as(people.tom)
    found = propose(people.shanghai.pk, actor=tom)
    first, second = found.moves.order_by("pk")[:2]
    count = found.moves.count()
    log_activity("lead", first.item_id, channel="call", outcome="reached", actor=act_as(people.ren))
    transfer(
        "lead", second.item_id, to=people.carl.pk, reason="expertise", actor=act_as(people.alice)
    )
    refused(lambda: approve(found.pk, actor=tom), "rebalance.stale")

    approve(found.pk, leaving_out=True, actor=tom)
    go_on(found.pk)
    whys = {one.item_id: one.why["code"] for one in RebalanceMove.objects.filter(state="refused")}
    assert whys == {
        first.item_id: "rebalance.changed",
        second.item_id: "rebalance.owner_changed",
    }
    assert held(people.rui) == count - 2
    Rebalance.objects.update(finished_at=timezone.now() - timedelta(days=2))
    refused(lambda: undo(found.pk, actor=tom), "rebalance.too_late")


def test_a_move_is_edited_within_the_rules_and_the_caps(people: Cast) -> None:
    everybody = act_as(people.olga)
    caps(people, rui=2)
    found = propose(actor=everybody)
    assert {one.to_rep_id for one in found.moves.all()} >= {people.carl.pk}
    move = found.moves.filter(to_rep_id=people.carl.pk).order_by("pk")[0]
    full = found.moves.filter(to_rep_id=people.rui.pk).count()
    if full:
        refused(
            lambda: edit_move(found.pk, move.pk, to=people.rui.pk, actor=everybody),
            "rebalance.over_cap",
        )
    refused(
        lambda: edit_move(found.pk, move.pk, to=people.ren.pk, actor=everybody),
        "rebalance.not_eligible",
    )
    edit_move(found.pk, move.pk, to=None, actor=everybody)
    count = found.moves.filter(state="proposed").count()
    ren = next(one for one in load_lines(found) if one.rep_id == people.ren.pk)
    assert ren.is_over  # what is left out is seen at once
    # Who goes on leave after the proposal receives nothing.
    now = timezone.now()
    approve(found.pk, actor=everybody)
    Leave.objects.create(
        rep_id=people.carl.pk, from_at=now - timedelta(hours=1), until_at=now + timedelta(days=1)
    )
    go_on(found.pk)
    made = found.moves.filter(state="done").count()
    assert made == found.moves.filter(to_rep_id=people.rui.pk, state="done").count()
    assert made + found.moves.filter(state="refused").count() == count


def test_who_may_not_is_refused(people: Cast) -> None:
    for who in (people.ren, people.ada):
        with pytest.raises(NotAllowed):
            propose(actor=act_as(who))
    with pytest.raises(NotFound):
        propose(people.south.pk, actor=act_as(people.tom))
    assert not Rebalance.objects.exists()

    tom = act_as(people.tom)
    found = propose(people.shanghai.pk, actor=tom)
    stranger = act_as(person("Mei", "manager", "team", people.south))
    for act in (approve, undo, drop):
        with pytest.raises(NotFound):
            act(found.pk, actor=stranger)
        with pytest.raises(NotAllowed):
            act(found.pk, actor=act_as(people.ada))
    refused(lambda: undo(found.pk, actor=tom), "rebalance.not_done")
    again = propose(people.shanghai.pk, actor=tom)  # in place of the first
    found.refresh_from_db()
    assert (found.state, again.state) == ("dropped", "proposed")
    drop(again.pk, actor=tom)
    refused(lambda: approve(again.pk, actor=tom), "rebalance.not_open")
    assert held(people.ren) == 12
