"""What all acts by hand share: limits, the receipt, the event, telling those concerned."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from evenhand.engine.calendar.worktime import zone_named
from evenhand.engine.facts import ItemKind
from evenhand.engine.pool.peace import why_not_move
from evenhand.engine.reasons import reason
from evenhand.journal.live import hint
from evenhand.journal.operations import record
from evenhand.leads.access import item_for
from evenhand.leads.models import Held, PoolStay, State
from evenhand.leads.peace import hold_customers, life_of, refusals
from evenhand.notify.letters import Told
from evenhand.notify.operations import tell_many
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day, company_zone, whole_days
from evenhand.people.models import Rep, Role, Team
from evenhand.people.scope import Right, sees_everybody
from evenhand.platform.prepared import send
from evenhand.platform.refusal import Refused
from evenhand.platform.row_objects import row_where
from evenhand.routing.act_reasons import OTHER, REASONS
from evenhand.routing.desk import CannotAct, Desk, refuse
from evenhand.routing.models import Receipt
from evenhand.routing.world import contact_due

OVERRIDES = ("assign", "transfer")
# Reasons of moves that a person approved as a whole.
BY_PLAN = ("rebalance", "rebalance_undone", "departure")


class ReasonMissing(Refused):
    """An act by hand needs a reason from its list, and a note where that is "other"."""


def check_reason(act: str, why: str, note: str) -> None:
    """Refuse a reason that is not on the act's list.

    :raises ReasonMissing: it is not, or "other" comes without a note.
    """
    if why not in REASONS[act]:
        raise ReasonMissing(reason("act.reason_unknown"), field="reason")
    if why == OTHER and not note.strip():
        raise ReasonMissing(reason("act.note_missing"), field="note")


def overrides_today(actor: Actor, now: datetime | None = None) -> int:
    """How many items this person assigned or transferred by hand since the company's midnight."""
    midnight = midnight_of_company(now or timezone.now())
    rows = Receipt.objects.filter(actor_id=actor.user_id, act__in=OVERRIDES, at__gte=midnight)
    # Giving out to-dos is a manager's daily work, and no exception to the rules; what moves by a
    # plan that was worked out for a whole team is none, either.
    return rows.exclude(item_kind=ItemKind.TASK.value).exclude(reason__in=BY_PLAN).count()


def midnight_of_company(at: datetime) -> datetime:
    """When the company's day of this moment began, by the clock of the public count."""
    day = company_day(at)
    return whole_days(day, day, company_zone())[0]


def check_limit(actor: Actor) -> None:
    """Managers have a limit of acts by hand a day; the count is public.

    :raises CannotAct: it is reached.
    """
    if actor.role != Role.MANAGER:
        return
    ((limit,),) = send("SELECT overrides_per_day FROM organization WHERE id = 1").rows()
    if limit is not None and overrides_today(actor) >= limit:
        raise refuse("act.limit_reached", limit=limit)


def check_target(desk: Desk, actor: Actor, rep_id: int) -> Any:
    """Whom somebody may give an item to: people at work, within his own reach.

    :raises CannotAct: it is somebody else, or somebody who left.
    """
    rep = desk.find_rep(rep_id)
    row = row_where(Rep, "rep.user_id = %s", [str(rep_id)], along=("user",))
    within = sees_everybody(actor) or (row is not None and row.user.team_id in actor.teams)
    if rep is None or row is None or not within:
        raise refuse("act.nobody_there", rep=str(rep_id))
    if not rep.is_active:
        raise refuse("edit.person_left", name=rep.name)
    return rep


def check_peace(desk: Desk, rep_id: int) -> None:
    """Refuse to give an item to somebody where the customer's peace forbids it.

    What somebody holds may go on to another within the limits, also if nobody may contact him.

    :raises CannotAct: it does; the reason says from when it is possible.
    """
    kind, item, terms = desk.kind.value, desk.item, desk.live.pools.peace
    now = desk.now.astimezone(zone_named(desk.world.people.team.company_calendar.zone))
    if item.state == State.OWNED:
        hold_customers([(kind, item)])
        why = why_not_move(life_of(kind, item), str(rep_id), terms, now)
    else:
        (why,) = refusals([(kind, item, rep_id)], terms, now=now)
    if why is not None:
        raise CannotAct(why)


def reach(actor: Actor, kind: ItemKind, item_id: int, right: Right) -> Any:
    """The item, through the gate; see `leads.access.item_for`."""
    return item_for(actor, kind, item_id, right)


def check_own(item: Held, name: str, actor: Actor) -> None:
    """Refuse whoever does not hold an item himself; `name` is what the refusal calls it.

    :raises CannotAct: he does not.
    """
    if item.state != State.OWNED or item.owner_id != actor.user_id:
        raise refuse("act.not_yours", item=name)


def write_receipt(
    desk: Desk,
    receipt_id: int,
    *,
    act: str,
    rep_id: int | None,
    why: str,
    note: str,
    body: str,
    actor: Actor,
) -> None:
    """The receipt of an act by hand: who, what, why, and what it did in the ledger."""
    last = desk.last_charge
    Receipt.objects.create(
        id=receipt_id,
        line_id=desk.live.line_id,
        item_kind=desk.kind.value,
        item_id=desk.item.pk,
        round=desk.item.round,
        at=desk.now,
        outcome="assigned" if rep_id is not None else act,
        cause="manual",
        rep_id=rep_id,
        from_rep_id=desk.item.owner_id,
        book_id=None if last is None else last.book_id,
        grade=desk.prepared.plan.grade,
        points=desk.points,
        actor_id=actor.user_id,
        act=act,
        reason=why,
        note=note[:500],
        body=body,
    )


def tell_all(
    desk: Desk, kind: str, *, actor: Actor, data: dict[str, Any], into_inboxes: bool = True
) -> None:
    """Write the event and wake the pages of those concerned."""
    of_item = {"object_kind": desk.kind.value, "object_id": desk.item.pk}
    record(kind, actor=actor, data=data, at=desk.now, **of_item)
    people = {data.get("rep"), data.get("from")} - {None}
    topics = {"inbox": sorted(int(one) for one in people if one is not None), "decisions": []}
    if kind.endswith(".pooled") or desk.item.state == State.POOLED:
        topics["pool"] = []
    hint(topics)
    if into_inboxes:
        _put_into_inboxes(desk, kind.rpartition(".")[2], actor=actor, data=data)


def tell_stay(desk: Desk, *, left_by: str, taken_by: int | None = None) -> None:
    """Note how the stay in a pool ended that the item has just left; the trigger cannot know."""
    left = PoolStay.objects.filter(
        item_kind=desk.kind.value, item_id=desk.item.pk, left_at__isnull=False
    )
    last = left.order_by("-pk").values("pk")[:1]
    PoolStay.objects.filter(pk__in=last).update(left_by=left_by, taken_by_id=taken_by)


def _put_into_inboxes(desk: Desk, act: str, *, actor: Actor, data: dict[str, Any]) -> None:
    """Tell whoever gained or lost an item by somebody else's hand; of a return, the manager."""
    to, was = data.get("rep"), data.get("from")
    notices = {
        to: "transferred_to_you" if act == "transferred" else "given_to_you",
        was: {"voided": "voided", "pooled": "recycled"}.get(act, "transferred_away"),
    }
    if act == "handed_back" or data.get("how") == "return":
        team = Team.objects.filter(members=was or 0).only("manager_id").first()
        notices = {team.manager_id if team is not None else None: "returned"}
    tell_many(
        [
            Told(
                user_id,
                notice,
                params={"by": actor.user_id},
                object_kind=desk.kind.value,
                object_id=desk.item.pk,
                needed_by=due_at(desk, user_id) if user_id == to else None,
            )
            for user_id, notice in notices.items()
            if user_id is not None and user_id != actor.user_id
        ]
    )


def due_at(desk: Desk, rep_id: int) -> datetime | None:
    """By when the first contact of a lead is due with its new owner."""
    return contact_due(desk.world, rep_id) if desk.kind is ItemKind.LEAD else None
