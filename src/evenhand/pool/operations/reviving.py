"""What was lost comes back on its day: to whoever had it, else into a pool, else to be dealt.

Nobody pays again: the owner was charged when he received it, and a loss gives nothing back.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.live import hint
from evenhand.journal.operations import record
from evenhand.leads.custody import Place, Taking, add_loads, open_assignments, place_items
from evenhand.leads.models import Company, Lead, PoolStay, Stage, State
from evenhand.leads.operations.closing import is_lost
from evenhand.notify.operations import tell
from evenhand.people.actor import SYSTEM
from evenhand.people.clocks import company_day
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction
from evenhand.routing.desk import Desk, open_desk
from evenhand.routing.operations.acts import due_at
from evenhand.routing.operations.pooling import destination_of, pool_item

log = logging.getLogger(__name__)

CAUSE = "revived"
_AT_ONCE = 500
_MODELS: Mapping[ItemKind, Any] = {ItemKind.LEAD: Lead, ItemKind.ACCOUNT: Company}


def revive_due(now: datetime) -> int:
    """Bring back what is due by the company's day, the longest overdue first; how many.

    Who asked to be left in peace is not brought back before that is lifted.
    """
    today, done = company_day(now), 0
    for kind, item_id in _due(today):
        try:
            done += in_transaction(partial(_revive, kind, item_id, now))
        except Refused as refused:
            # Tomorrow it may be possible; it must not stand in the way of the others.
            log.warning("%s %s does not come back today: %s", kind.value, item_id, refused)
            _MODELS[kind].objects.filter(pk=item_id).update(revive_on=today + timedelta(days=1))
    return done


def _due(today: date) -> Iterator[tuple[ItemKind, int]]:
    due = {"state": State.CLOSED, "revive_on__lte": today}
    leads = (
        Lead.objects.filter(**due, stage=Stage.LOST)
        .exclude(contact__leave_in_peace_at__isnull=False)
        .exclude(company__leave_in_peace_at__isnull=False)
    )
    accounts = Company.objects.filter(**due, leave_in_peace_at=None).exclude(lost_reason="")
    for kind, rows in ((ItemKind.LEAD, leads), (ItemKind.ACCOUNT, accounts)):
        for item_id in rows.order_by("revive_on", "pk").values_list("pk", flat=True)[:_AT_ONCE]:
            yield kind, item_id


def _revive(kind: ItemKind, item_id: int, now: datetime) -> int:
    """Bring one item back; 0 if meanwhile it is not due or not lost any more."""
    desk = open_desk(kind, item_id, now=now)
    on = desk.item.revive_on
    if on is None or on > company_day(now) or not is_lost(kind, desk.item):
        return 0
    was, why = desk.item.owner_id, _why(desk)
    _reopen(desk)
    crashpoint("revive.reopened")
    rep = None if was is None else desk.find_rep(was)
    data = {"reason": why}
    if rep is not None and rep.is_active:
        _to_owner(desk, was)
        data["rep"] = was
    elif pool := destination_of(desk):
        pool_item(desk, pool=pool, how="lost", why=why, refund_percent=0, actor=SYSTEM)
        PoolStay.objects.filter(item_kind=kind.value, item_id=item_id, left_at=None).update(
            from_rep_id=was
        )
        data["pool"] = pool
    else:
        why_queued = json.dumps(reason("unassigned.released").as_json())
        place_items(kind.value, [_place(desk, State.QUEUED, None, why_queued)], at=now)
    record(
        f"{kind.value}.revived", actor=SYSTEM, object_kind=kind.value, object_id=item_id, data=data
    )
    return 1


def _why(desk: Desk) -> str:
    is_lead = desk.kind is ItemKind.LEAD
    return str(desk.item.close_reason if is_lead else desk.item.lost_reason)


def _reopen(desk: Desk) -> None:
    """The work is where it was when it was lost, and waits for a first contact anew."""
    item = desk.item
    if desk.kind is ItemKind.LEAD:
        item.stage, item.lost_stage = item.lost_stage or Stage.CONTACTED, ""
        item.close_reason, item.closed_at, item.contacted_at = "", None, None
        fields = ["stage", "lost_stage", "close_reason", "closed_at", "contacted_at"]
    else:
        item.lost_reason = ""
        fields = ["lost_reason"]
    item.revive_on = None
    item.save(update_fields=[*fields, "revive_on"])


def _to_owner(desk: Desk, rep_id: int) -> None:
    item, kind = desk.item, desk.kind.value
    taking = Taking(kind, item.pk, rep_id, CAUSE, item.points, item.receipt_id)
    open_assignments([taking], at=desk.now)
    place_items(kind, [_place(desk, State.OWNED, rep_id, None)], at=desk.now)
    add_loads({rep_id: (1, item.points)})
    tell(rep_id, "revived", object_kind=kind, object_id=item.pk, needed_by=due_at(desk, rep_id))
    hint({"inbox": [rep_id]})


def _place(desk: Desk, state: State, rep_id: int | None, why: str | None) -> Place:
    item = desk.item
    return Place(
        item_id=item.pk,
        state=state,
        owner_id=rep_id,
        pool="",
        grade=item.grade,
        score=item.score,
        points=item.points,
        round=item.round,
        why=why,
        receipt_id=item.receipt_id,
        contact_due_at=None if rep_id is None else due_at(desk, rep_id),
        line_id=desk.live.line_id,
    )
