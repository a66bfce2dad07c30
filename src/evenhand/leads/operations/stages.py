"""How far the work on a lead is."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.leads.access import items_for, locked_item
from evenhand.leads.models import Lead, Stage, State
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused

# The stages of work; converting and losing are acts of their own.
OPEN_STAGES = (Stage.NEW, Stage.CONTACTED, Stage.QUALIFIED)
MOST_AT_ONCE = 200


class CannotSetStage(Refused):
    """The stage of a lead cannot be set like this."""


def set_stage(lead_id: int, stage: str, *, seen: str = "", actor: Actor) -> Lead:
    """Set the stage of a lead that somebody holds; the same stage again changes nothing.

    `seen` is the stage that the person saw: another one by now refuses.

    :raises CannotSetStage: no such stage, changed meanwhile, nobody holds it, closed.
    :raises NotFound: there is no such lead within reach.
    """
    if stage not in OPEN_STAGES:
        choices = tuple(str(one) for one in OPEN_STAGES)
        raise CannotSetStage(
            reason("work.not_a_choice", value=stage, choices=choices), field="stage"
        )
    with transaction.atomic():
        lead: Lead = locked_item(actor, ItemKind.LEAD, lead_id, Right.WORK)
        check_workable(lead)
        if seen and seen != lead.stage:
            raise CannotSetStage(reason("work.stage_changed"), field="stage")
        if stage == lead.stage:
            return lead
        data = {"from": lead.stage, "to": stage}
        lead.stage, lead.active_at = stage, timezone.now()
        lead.save(update_fields=["stage", "active_at"])
        record("lead.stage_set", actor=actor, object_kind="lead", object_id=lead_id, data=data)
    return lead


def set_stage_of_many(ids: Sequence[int], stage: str, *, actor: Actor) -> int:
    """Set the stage of several leads, all or none; how many.

    :raises CannotSetStage: one of them cannot be set, or too many at once.
    :raises NotFound: one of them is not within reach.
    """
    check_number(ids)
    with transaction.atomic():
        for lead in items_for(actor, ItemKind.LEAD, sorted(ids), Right.WORK):
            set_stage(lead.pk, stage, actor=actor)
    return len(set(ids))


def check_workable(lead: Lead) -> None:
    """Refuse work on a lead that nobody holds or that is over.

    :raises CannotSetStage: it is.
    """
    if lead.state == State.CLOSED:
        raise CannotSetStage(reason("work.closed"))
    if lead.state != State.OWNED:
        raise CannotSetStage(reason("work.nobody_holds"))


def check_number(ids: Sequence[int]) -> None:
    """Refuse an empty or an overlong list of rows.

    :raises CannotSetStage: it is.
    """
    if not ids:
        raise CannotSetStage(reason("work.nothing_chosen"))
    if len(ids) > MOST_AT_ONCE:
        raise CannotSetStage(reason("work.too_many", count=len(ids), limit=MOST_AT_ONCE))
