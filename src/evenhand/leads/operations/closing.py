"""The work on a lead is over without a sale: its owner has room again."""

from collections.abc import Sequence

from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.live import hint
from evenhand.journal.operations import record
from evenhand.leads.access import items_for, locked_item
from evenhand.leads.custody import close_item
from evenhand.leads.models import Lead, Stage
from evenhand.leads.operations.stages import check_number, check_workable
from evenhand.leads.work import LOSSES
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction


class CannotClose(Refused):
    """A lead cannot be closed like this."""


def lose_lead(lead_id: int, *, why: str, actor: Actor) -> None:
    """Close a lead as lost, for a reason from LOSSES.

    :raises CannotClose: no such reason.
    :raises CannotSetStage: nobody holds it, or it is closed.
    :raises NotFound: there is no such lead within reach.
    """
    _check_loss(why)
    in_transaction(lambda: _lose(lead_id, why, actor))


def lose_leads(ids: Sequence[int], *, why: str, actor: Actor) -> int:
    """Close several leads as lost, all or none; how many. Raises as `lose_lead`."""
    _check_loss(why)
    check_number(ids)

    def all_of_them() -> None:
        for lead in items_for(actor, ItemKind.LEAD, sorted(ids), Right.WORK):
            _lose(lead.pk, why, actor)

    in_transaction(all_of_them)
    return len(set(ids))


def _lose(lead_id: int, why: str, actor: Actor) -> None:
    lead: Lead = locked_item(actor, ItemKind.LEAD, lead_id, Right.WORK)
    check_workable(lead)
    now = timezone.now()
    data = {"reason": why, "stage": lead.stage}
    lead.lost_stage, lead.stage = lead.stage, Stage.LOST
    lead.close_reason, lead.closed_at = why, now
    lead.save(update_fields=["lost_stage", "stage", "close_reason", "closed_at"])
    close_item(ItemKind.LEAD, lead_id, by="lost", at=now)
    record("lead.lost", actor=actor, object_kind="lead", object_id=lead_id, data=data)
    hint({"inbox": [lead.owner_id] if lead.owner_id else []})


def _check_loss(why: str) -> None:
    if why not in LOSSES:
        raise CannotClose(reason("work.not_a_choice", value=why, choices=LOSSES), field="why")
