"""Deals as opportunities, with stage, value, dates and whose they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.imports.kinds.base import Around, Ended, RowRead, refuse_if
from evenhand.imports.kinds.firms import Firms, drop_if_beside, firms_of, is_to_be_done_for
from evenhand.imports.kinds.holding import holder_of, let_go
from evenhand.imports.kinds.leads import lock_external_ids
from evenhand.imports.kinds.money import amount_of, currency_of
from evenhand.imports.models import Becomes, Import, ImportRow, Outcome
from evenhand.imports.refusal import CannotImport
from evenhand.imports.stages import deal_stage
from evenhand.journal.models import Event
from evenhand.journal.operations import record
from evenhand.leads.custody import PastTaking, write_past
from evenhand.leads.intake import FieldProblem
from evenhand.leads.models import (
    VOIDED,
    Activity,
    Lead,
    Opportunity,
    OpportunityStage,
    State,
)
from evenhand.people.actor import Actor
from evenhand.routing.place_in import IMPORTED
from evenhand.sheets.columns.roles import ROLES, Purpose

_OVER = (OpportunityStage.WON, OpportunityStage.LOST)


@dataclass(frozen=True, slots=True)
class DealRead:
    """A deal as the file has it."""

    fields: Mapping[str, Any]  # as the columns of Opportunity
    company: str
    company_id: str
    lead_id: str
    closed_at: datetime | None
    created_at: datetime | None
    owner_id: int | None

    @property
    def is_over(self) -> bool:
        """Whether it is won or lost already."""
        return self.fields["stage"] in _OVER


class Opportunities:
    """See the module."""

    purpose = Purpose.DEALS
    roles = frozenset(ROLES[Purpose.DEALS])
    lenient = frozenset({"note"})
    keeps_own = False

    def read(self, row: RowRead, around: Around) -> DealRead:
        """A row as a deal.

        :raises InvalidIntake: nothing says what it is about, or a field is unusable.
        """
        problems: list[FieldProblem] = []
        company, lead_id = row.text("company", 200, problems), row.text("lead_id", 120)
        product = row.text("product", 200)
        name = row.text("subject", 200, problems) or " · ".join(filter(None, (company, product)))
        name = name or lead_id or row.text("id", 120)
        if not name:
            problems.append(FieldProblem("subject", "", reason("work.needed")))
        closed_at = around.moment(row.values.get("closed_at"))
        stage = _stage(row, around, closed_at)
        currency = currency_of(row, around, problems)
        beside = (product if product not in name else "", row.text("source", 200))
        fields = {
            "external_id": row.text("id", 120, problems),
            "name": name[:200],
            "stage": stage,
            "value": amount_of(row, "value", currency, problems),
            "currency": currency,
            "close_on": None if closed_at is None or stage in _OVER else _day(closed_at, around),
            "note": row.note(*beside),
        }
        refuse_if(problems)
        return DealRead(
            fields,
            company,
            row.text("company_id", 120),
            lead_id,
            closed_at,
            around.moment(row.values.get("created_at")),
            _holder(row, around, is_over=stage in _OVER),
        )

    def write(
        self, row: Import, part: Sequence[tuple[int, DealRead]], *, actor: Actor
    ) -> dict[int, Ended]:
        """Write deals that are new; those that are here already stay as they are."""
        lock_external_ids()
        firms = firms_of(
            row,
            actor,
            ids=(one.company_id for _, one in part),
            names=(one.company for _, one in part),
        )
        leads = leads_by_id(one.lead_id for _, one in part)
        known = _Known(one for _, one in part)
        return {number: _one(row, one, firms, leads, known) for number, one in part}

    def undo(self, row: Import, one: ImportRow, *, actor: Actor) -> None:
        """Take a deal away on which nobody has worked since.

        :raises Refused: somebody has.
        """
        deal = Opportunity.objects.select_for_update().filter(pk=one.made_id or 0).first()
        if deal is None:
            return
        kind = ItemKind.OPPORTUNITY
        events = Event.objects.filter(object_kind="opportunity", object_id=deal.pk)
        if events.exclude(kind="opportunity.imported").exists():
            raise CannotImport(reason("import.worked_on"))
        spoken = Activity.objects.filter(item_kind=kind, item_id=deal.pk)
        if spoken.exists() or is_to_be_done_for(kind, deal.pk):
            raise CannotImport(reason("import.has_what_hangs_on_it"))
        company = deal.company_id
        let_go(kind, deal.pk)
        deal.delete()
        drop_if_beside(row, company)


def leads_by_id(ids: Iterable[str]) -> dict[str, Lead]:
    """Leads by the id that another system gave them; the latest of an id."""
    rows = Lead.objects.filter(external_id__in={one for one in ids if one})
    rows = rows.exclude(close_reason__startswith=VOIDED).order_by("pk")
    return {lead.external_id: lead for lead in rows}


def _stage(row: RowRead, around: Around, closed_at: datetime | None) -> str:
    if status := row.text("status", 200):
        return str(around.row.stages.get(f"status:{status}") or deal_stage(status))
    if "status" not in around.roles and closed_at is not None and closed_at <= timezone.now():
        return OpportunityStage.WON.value  # a file of what was won says only when
    return OpportunityStage.DISCOVERY.value


def _day(moment: datetime, around: Around) -> Any:
    return moment.astimezone(around.zone).date()


def _holder(row: RowRead, around: Around, *, is_over: bool) -> int | None:
    meant = around.owner(row.text("owner", 200))
    if is_over:
        return None if meant is None else meant.rep_id  # who has left as well
    return holder_of(row, around) if around.row.becomes == Becomes.KEEP_OWNER else None


def _one(
    row: Import, one: DealRead, firms: Firms, leads: Mapping[str, Lead], known: "_Known"
) -> Ended:
    lead = leads.get(one.lead_id)
    company = firms.found_or_made(one.company_id, one.company)
    company_id = lead.company_id if company is None and lead is not None else None
    company_id = company.pk if company is not None else company_id
    key = known.key(one, None if lead is None else lead.pk, company_id)
    if (before := known.find(key)) is not None:
        return Ended(Outcome.REPEATED, made_id=before)
    now = timezone.now()
    created = one.created_at or one.closed_at or now
    closed = (one.closed_at or created) if one.is_over else None
    state = State.CLOSED if one.is_over else State.OWNED if one.owner_id else State.UNTENDED
    deal = Opportunity.objects.create(
        **one.fields,
        company_id=company_id,
        lead=lead,
        contact_id=None if lead is None else lead.contact_id,
        line_id=row.line_id,
        state=state,
        owner_id=one.owner_id,
        assigned_at=created if one.owner_id else None,
        created_at=created,
        stage_at=closed or created,
        closed_at=closed,
    )
    known.learn(key, deal.pk)
    if one.owner_id is not None:
        taking = (ItemKind.OPPORTUNITY.value, deal.pk, one.owner_id, IMPORTED)
        by = str(one.fields["stage"]) if closed is not None else ""
        write_past([PastTaking(*taking, created, closed, by)])
    record(
        "opportunity.imported",
        actor=firms.actor,
        object_kind="opportunity",
        object_id=deal.pk,
        data={"import": row.pk, "rep": one.owner_id, "stage": str(one.fields["stage"])},
    )
    return Ended(Outcome.CREATED, made_id=deal.pk)


class _Known:
    """Deals that are here already: by the id of another system and what they are called, or,
    without an id, by what they are called, whose they are about, and when they began."""

    def __init__(self, deals: Iterable[DealRead]) -> None:
        names = {str(one.fields["name"]) for one in deals}
        self.here: dict[tuple[Any, ...], int] = {}
        rows = Opportunity.objects.filter(name__in=names).order_by("-pk")
        columns = ("pk", "external_id", "name", "lead_id", "company_id", "created_at")
        for pk, external, name, lead, company, created in rows.values_list(*columns):
            if external:
                self.here[(external, name)] = pk
            else:
                self.here[(name, lead, company, created)] = pk

    def key(self, one: DealRead, lead_id: int | None, company_id: int | None) -> tuple[Any, ...]:
        """What a deal is known by."""
        name = one.fields["name"]
        if one.fields["external_id"]:
            return (one.fields["external_id"], name)
        return (name, lead_id, company_id, one.created_at or one.closed_at)

    def find(self, key: tuple[Any, ...]) -> int | None:
        """The deal of this key."""
        return self.here.get(key)

    def learn(self, key: tuple[Any, ...], deal_id: int) -> None:
        """Later rows find this one."""
        self.here[key] = deal_id
