"""The work on a lead or an account is over without a sale: its owner has room again.

Lost (未成) need not be forever: a revival date brings it back (`pool.operations.reviving`).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.live import hint
from evenhand.journal.operations import record
from evenhand.leads.access import items_for, locked_item
from evenhand.leads.custody import close_item
from evenhand.leads.models import Company, Lead, Stage, State
from evenhand.leads.operations.stages import check_number, check_workable
from evenhand.leads.work import LOSSES
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction

LATEST_REVIVAL = timedelta(days=3 * 366)


class CannotClose(Refused):
    """A lead or an account cannot be closed like this."""


def lose_lead(lead_id: int, *, why: str, revive_on: date | None = None, actor: Actor) -> None:
    """Close a lead as lost, for a reason from LOSSES; on `revive_on` it comes back.

    :raises CannotClose: no such reason, or no such day to come back.
    :raises CannotSetStage: nobody holds it, or it is closed.
    :raises NotFound: there is no such lead within reach.
    """
    _check_loss(why)
    check_revival(revive_on)
    in_transaction(lambda: _lose(lead_id, why, revive_on, actor))


def lose_account(company_id: int, *, why: str, revive_on: date | None = None, actor: Actor) -> None:
    """Give an account up as lost, for a reason from LOSSES; on `revive_on` it comes back.

    :raises CannotClose: no such reason, no such day, or nobody looks after it.
    :raises NotFound: there is no such account within reach.
    """
    _check_loss(why)
    check_revival(revive_on)
    in_transaction(lambda: _lose_account(company_id, why, revive_on, actor))


def set_revival(kind: str, item_id: int, on: date | None, *, actor: Actor) -> None:
    """Change the day on which a lost lead or account comes back; None = never.

    :raises CannotClose: it is not lost, or there is no such day.
    :raises NotFound: there is no such item within reach.
    """
    check_revival(on)

    def work() -> None:
        item = locked_item(actor, kind, item_id, Right.WORK)
        if not is_lost(kind, item):
            raise CannotClose(reason("work.not_lost"))
        if item.revive_on == on:
            return
        item.revive_on = on
        item.save(update_fields=["revive_on"])
        what = f"{kind}.revival_set"
        data = _with_day({}, on)
        record(what, actor=actor, object_kind=kind, object_id=item_id, data=data)

    in_transaction(work)


def is_lost(kind: str, item: Any) -> bool:
    """Whether a lead or an account is closed as lost."""
    if item.state != State.CLOSED:
        return False
    return bool(item.stage == Stage.LOST if kind == ItemKind.LEAD else item.lost_reason)


def check_revival(on: date | None) -> None:
    """Refuse a day to come back that is over, or too far away.

    :raises CannotClose: it is.
    """
    today = company_day(timezone.now())
    if on is not None and not today <= on <= today + LATEST_REVIVAL:
        raise CannotClose(
            reason("work.not_a_revival", limit=LATEST_REVIVAL.days), field="revive_on"
        )


def lose_leads(ids: Sequence[int], *, why: str, actor: Actor) -> int:
    """Close several leads as lost, all or none; how many. Raises as `lose_lead`."""
    _check_loss(why)
    check_number(ids)

    def all_of_them() -> None:
        for lead in items_for(actor, ItemKind.LEAD, sorted(ids), Right.WORK):
            _lose(lead.pk, why, None, actor)

    in_transaction(all_of_them)
    return len(set(ids))


def _lose(lead_id: int, why: str, revive_on: date | None, actor: Actor) -> None:
    lead: Lead = locked_item(actor, ItemKind.LEAD, lead_id, Right.WORK)
    check_workable(lead)
    now = timezone.now()
    data = _with_day({"reason": why, "stage": lead.stage}, revive_on)
    lead.lost_stage, lead.stage = lead.stage, Stage.LOST
    lead.close_reason, lead.closed_at, lead.revive_on = why, now, revive_on
    lead.save(update_fields=["lost_stage", "stage", "close_reason", "closed_at", "revive_on"])
    close_item(ItemKind.LEAD, lead_id, by="lost", at=now)
    record("lead.lost", actor=actor, object_kind="lead", object_id=lead_id, data=data)
    hint({"inbox": [lead.owner_id] if lead.owner_id else []})


def _lose_account(company_id: int, why: str, revive_on: date | None, actor: Actor) -> None:
    company: Company = locked_item(actor, ItemKind.ACCOUNT, company_id, Right.WORK)
    if company.state != State.OWNED:
        raise CannotClose(reason("work.nobody_holds"))
    company.lost_reason, company.revive_on = why, revive_on
    company.save(update_fields=["lost_reason", "revive_on"])
    close_item(ItemKind.ACCOUNT, company_id, by="lost", at=timezone.now())
    data = _with_day({"reason": why}, revive_on)
    record("account.lost", actor=actor, object_kind="account", object_id=company_id, data=data)
    hint({"inbox": [company.owner_id] if company.owner_id else []})


def _with_day(data: dict[str, Any], revive_on: date | None) -> dict[str, Any]:
    return data if revive_on is None else {**data, "revive_on": revive_on.isoformat()}


def _check_loss(why: str) -> None:
    if why not in LOSSES:
        raise CannotClose(reason("work.not_a_choice", value=why, choices=LOSSES), field="why")
