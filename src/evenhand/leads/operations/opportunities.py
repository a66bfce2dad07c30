"""Opportunities: from a lead or an account to won or lost, with a value in minor units."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.leads.access import item_for, locked_item
from evenhand.leads.custody import close_item
from evenhand.leads.intake import FieldProblem, InvalidIntake
from evenhand.leads.models import Opportunity, OpportunityStage, State
from evenhand.leads.money import NotAnAmount, minor_units
from evenhand.leads.operations.editing import Editing, apply_edit
from evenhand.leads.operations.holding import give_to
from evenhand.leads.work import LOSSES
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.people.organization import CURRENCIES
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction

OPEN_STAGES = (
    OpportunityStage.DISCOVERY,
    OpportunityStage.PROPOSAL,
    OpportunityStage.NEGOTIATION,
)
OPPORTUNITY_EDITING = Editing(
    texts={"name": 200, "note": 4000, "currency": 3, "value": 40},
    dates=frozenset({"close_on"}),
    required=frozenset({"name"}),
)


class CannotKeepOpportunity(Refused):
    """An opportunity cannot be opened or changed like this."""


def create_opportunity(
    company_id: int, values: Mapping[str, Any], *, actor: Actor, contact_id: int | None = None
) -> Opportunity:
    """Open an opportunity at an account; its owner is who enters it, else the account's.

    :raises InvalidIntake: a field is unusable.
    :raises CannotKeepOpportunity: nobody would hold it.
    :raises NotFound: there is no such account within reach.
    """
    fields = read_opportunity(values)

    def create() -> Opportunity:
        company = item_for(actor, ItemKind.ACCOUNT, company_id, Right.WORK)
        held_by = company.owner_id if company.state == State.OWNED else None
        owner = actor.user_id if actor.is_rep else held_by
        if owner is None or not _stays(owner):
            raise CannotKeepOpportunity(reason("work.nobody_holds"))
        return open_opportunity(
            {**fields, "company_id": company_id, "contact_id": contact_id},
            owner_id=owner,
            line_id=company.line_id,
            cause="created",
            actor=actor,
        )

    return in_transaction(create)


def _stays(rep_id: int) -> bool:
    """Whether somebody is in service, and is so until the transaction ends."""
    rows = Rep.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=rep_id, is_active=True).values_list("pk").first() is not None


def open_opportunity(
    fields: Mapping[str, Any], *, owner_id: int, line_id: int | None, cause: str, actor: Actor
) -> Opportunity:
    """Write a new opportunity that somebody holds, inside the caller's transaction."""
    now = timezone.now()
    opportunity = Opportunity.objects.create(
        **fields,
        line_id=line_id,
        stage=OpportunityStage.DISCOVERY,
        state=State.UNTENDED,
        created_at=now,
        stage_at=now,
    )
    give_to(ItemKind.OPPORTUNITY, opportunity, owner_id, cause=cause, at=now)
    _told("created", opportunity.pk, actor, {"lead": fields.get("lead_id")})
    return opportunity


def read_opportunity(values: Mapping[str, Any], *, partial: bool = False) -> dict[str, Any]:
    """The fields of an opportunity as they are kept; the value comes in units of its currency.

    :raises InvalidIntake: one of them is unusable.
    """
    fields = OPPORTUNITY_EDITING.read(values, partial=partial)
    currency = fields.get("currency", "")
    if ("currency" in fields or not partial) and currency not in CURRENCIES:
        why = reason("work.not_a_choice", value=currency, choices=CURRENCIES)
        raise InvalidIntake((FieldProblem("currency", currency, why),))
    if "value" in fields:
        text = fields["value"]
        try:
            fields["value"] = minor_units(text, currency) if text else None
        except NotAnAmount:
            raise InvalidIntake(
                (FieldProblem("value", text, reason("intake.not_a_number")),)
            ) from None
    return fields


def edit_opportunity(
    opportunity_id: int, values: Mapping[str, Any], *, seen: Mapping[str, Any], actor: Actor
) -> Opportunity:
    """Change fields of an opportunity; a value comes with its currency.

    :raises InvalidIntake: a field is unusable.
    :raises ChangedMeanwhile: somebody else changed one of them.
    :raises NotFound: there is no such opportunity within reach.
    """
    wanted = read_opportunity(values, partial=True)
    with transaction.atomic():
        opportunity = locked_item(actor, ItemKind.OPPORTUNITY, opportunity_id, Right.WORK)
        changed = apply_edit(opportunity, wanted, seen=_seen(seen))
        if changed:
            opportunity.save(update_fields=changed)
            _told("edited", opportunity_id, actor, {"fields": sorted(changed)})
    found: Opportunity = opportunity
    return found


def set_opportunity_stage(opportunity_id: int, stage: str, *, actor: Actor) -> None:
    """Move an open opportunity to another open stage; the same one changes nothing.

    :raises CannotKeepOpportunity: no such stage, or it is closed.
    :raises NotFound: there is no such opportunity within reach.
    """
    if stage not in OPEN_STAGES:
        choices = tuple(str(one) for one in OPEN_STAGES)
        raise CannotKeepOpportunity(
            reason("work.not_a_choice", value=stage, choices=choices), field="stage"
        )
    with transaction.atomic():
        opportunity = _open_one(opportunity_id, actor)
        if stage == opportunity.stage:
            return
        data = {"from": opportunity.stage, "to": stage}
        opportunity.stage, opportunity.stage_at = stage, timezone.now()
        opportunity.save(update_fields=["stage", "stage_at"])
        _told("stage_set", opportunity_id, actor, data)


def win_opportunity(opportunity_id: int, *, actor: Actor) -> None:
    """Close an opportunity as won: its owner has room again.

    :raises CannotKeepOpportunity: it has no value yet, or is closed.
    :raises NotFound: there is no such opportunity within reach.
    """
    in_transaction(lambda: _end(opportunity_id, OpportunityStage.WON, "", actor))


def lose_opportunity(opportunity_id: int, *, why: str, actor: Actor) -> None:
    """Close an opportunity as lost, for a reason from LOSSES.

    :raises CannotKeepOpportunity: no such reason, or it is closed.
    :raises NotFound: there is no such opportunity within reach.
    """
    if why not in LOSSES:
        raise CannotKeepOpportunity(
            reason("work.not_a_choice", value=why, choices=LOSSES), field="why"
        )
    in_transaction(lambda: _end(opportunity_id, OpportunityStage.LOST, why, actor))


def _end(opportunity_id: int, stage: OpportunityStage, why: str, actor: Actor) -> None:
    opportunity = _open_one(opportunity_id, actor)
    if stage == OpportunityStage.WON and opportunity.value is None:
        raise CannotKeepOpportunity(reason("work.value_needed"), field="value")
    now = timezone.now()
    data = {"from": opportunity.stage, "reason": why} if why else {"from": opportunity.stage}
    opportunity.stage, opportunity.stage_at, opportunity.closed_at = stage, now, now
    opportunity.save(update_fields=["stage", "stage_at", "closed_at"])
    close_item(ItemKind.OPPORTUNITY, opportunity_id, by=stage.value, at=now)
    _told(stage.value, opportunity_id, actor, data)


def _open_one(opportunity_id: int, actor: Actor) -> Opportunity:
    found: Opportunity = locked_item(actor, ItemKind.OPPORTUNITY, opportunity_id, Right.WORK)
    if found.stage not in OPEN_STAGES:
        raise CannotKeepOpportunity(reason("work.closed"))
    return found


def _seen(values: Mapping[str, Any]) -> dict[str, Any]:
    fields = OPPORTUNITY_EDITING.seen(values)
    if "value" in fields:
        try:
            text = fields.pop("value")
            fields["value"] = minor_units(text, fields.get("currency", "")) if text else None
        except NotAnAmount:
            pass
    return fields


def _told(what: str, opportunity_id: int, actor: Actor, data: Mapping[str, Any]) -> None:
    record(
        f"opportunity.{what}",
        actor=actor,
        object_kind="opportunity",
        object_id=opportunity_id,
        data=data,
    )
