"""Contacts that a program recorded: telephone systems, work phones, conversations.

The evidence that later rules ask for. Where it comes from a person's word, `activities` logs it.
"""

from datetime import datetime, timedelta

from django.db import transaction

from evenhand.journal.live import hint
from evenhand.journal.operations import record
from evenhand.leads.access import MODELS
from evenhand.leads.models import Activity, Direction, Lead, Stage, State
from evenhand.leads.operations.activities import company_of
from evenhand.leads.relationships import strengthen
from evenhand.leads.work import contacted
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.scope import Right, demand

# Clocks differ, and many systems tell whole seconds or minutes only.
_CLOCKS_DIFFER = timedelta(minutes=1)


def log_record(
    kind: str,
    item_id: int,
    *,
    user_id: int | None,
    contact_id: int | None,
    channel: str,
    direction: str,
    outcome: str,
    evidence: str,
    seconds: int | None,
    at: datetime,
    note: str,
    entry_key: str,
    actor: Actor,
) -> Activity:
    """Log what a program recorded on an item; the same `entry_key` again changes nothing.

    It ends the countdown to the first contact if whoever holds the item turned to the customer or
    spoke with him, and not before it was given to him. A call of the customer that nobody answered
    is noted and ends nothing.

    :raises NotAllowed: the actor may not log contacts.
    """
    demand(actor, Right.WORK)
    with transaction.atomic():
        rows = MODELS[kind]._default_manager.select_for_update(no_key=True)
        item = rows.get(pk=item_id)
        before = Activity.objects.filter(entry_key=entry_key).first()
        if before is not None:
            return before
        is_two_way = contacted(channel, outcome).is_two_way
        activity = Activity.objects.create(
            item_kind=kind,
            item_id=item_id,
            company_id=company_of(item),
            contact_id=contact_id,
            user_id=user_id,
            at=at,
            channel=channel,
            direction=Direction.BOTH if is_two_way else direction,
            outcome=outcome,
            evidence=evidence,
            seconds=seconds,
            note=note,
            entry_key=entry_key,
        )
        is_contact = is_two_way or direction == Direction.OUT
        if isinstance(item, Lead):
            _touch(item, user_id, at, is_contact=is_contact, is_two_way=is_two_way)
        if is_contact and contact_id is not None and Rep.objects.filter(pk=user_id).exists():
            assert user_id is not None, "a rep was found"
            strengthen(user_id, contact_id, channel=channel, direction=activity.direction, now=at)
        data = {"activity": activity.pk, "channel": channel, "outcome": outcome}
        record(f"{kind}.logged", actor=actor, object_kind=kind, object_id=item_id, data=data)
        if item.owner_id is not None:
            hint({"inbox": [item.owner_id]})
    return activity


def _touch(
    lead: Lead, user_id: int | None, at: datetime, *, is_contact: bool, is_two_way: bool
) -> None:
    lead.active_at = max(at, lead.active_at or at)
    changed = ["active_at"]
    is_owners = user_id is not None and user_id == lead.owner_id and lead.state == State.OWNED
    since = lead.assigned_at or at
    if is_contact and is_owners and at >= since - _CLOCKS_DIFFER:
        if lead.contacted_at is None:
            lead.contacted_at, lead.contact_due_at = max(at, since), None
            changed += ["contacted_at", "contact_due_at"]
        if is_two_way and lead.stage == Stage.NEW:
            lead.stage = Stage.CONTACTED
            changed.append("stage")
    lead.save(update_fields=changed)
