"""Lists of opportunities with what they add up to, and one opportunity."""

from dataclasses import dataclass

from django.db.models import F, QuerySet, Sum
from django.db.models.expressions import OrderBy

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import item_for, visible
from evenhand.leads.masking import mask_contacts, sees_contact_data
from evenhand.leads.models import Opportunity
from evenhand.leads.queries.deadlines import by_deadline
from evenhand.leads.queries.filters import OpportunityFilter, narrow
from evenhand.leads.queries.paging import Page, page_of
from evenhand.leads.queries.search import search_opportunities
from evenhand.people.actor import Actor

SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "-created": ("-id",),
    "created": ("id",),
    "value": (F("value").asc(nulls_last=True), "-id"),
    "-value": (F("value").desc(nulls_last=True), "-id"),
    "close": (F("close_on").asc(nulls_last=True), "-id"),
    "-close": (F("close_on").desc(nulls_last=True), "-id"),
    "stage_at": ("stage_at", "-id"),
    "-stage_at": ("-stage_at", "-id"),
}


@dataclass(frozen=True, slots=True)
class Totals:
    """What the opportunities of a filter are worth, per currency; None: too many to add up."""

    by_currency: dict[str, int] | None  # minor units


def opportunities_within(actor: Actor, wanted: OpportunityFilter) -> QuerySet[Opportunity]:
    """All opportunities within reach that the filter lets through, without an order."""
    rows = narrow(visible(actor, ItemKind.OPPORTUNITY), wanted, has_place=False)
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.company is not None:
        rows = rows.filter(company_id=wanted.company)
    if wanted.closing_until is not None:
        rows = rows.filter(close_on__lte=wanted.closing_until)
    return search_opportunities(rows, wanted.q)


def opportunity_page(
    actor: Actor,
    wanted: OpportunityFilter,
    *,
    sort: str = "-created",
    number: int = 1,
    size: int = 20,
) -> tuple[Page, Totals]:
    """A page of opportunities, and what all that the filter lets through add up to."""
    rows = opportunities_within(actor, wanted)
    shown = rows.select_related("owner__user__team", "line", "company")
    if wanted.ends and sort == "-created":  # nobody asked for another order
        shown = by_deadline(shown)
    else:
        shown = shown.order_by(*SORTS.get(sort, ("-id",)))
    page = page_of(shown, number=number, size=size)
    if page.count.is_estimate:
        return page, Totals(None)
    sums = rows.order_by("currency").values("currency").annotate(total=Sum("value"))
    return page, Totals({row["currency"]: int(row["total"] or 0) for row in sums})


@dataclass(frozen=True, slots=True)
class OpportunityFacts:
    """An opportunity as its page shows it."""

    opportunity: Opportunity
    sees_contact_data: bool
    is_mine: bool


def opportunity_facts(actor: Actor, opportunity_id: int) -> OpportunityFacts:
    """One opportunity with its company and contact; raises as `item_for`."""
    item_for(actor, ItemKind.OPPORTUNITY, opportunity_id)
    rows = visible(actor, ItemKind.OPPORTUNITY)
    found = rows.select_related("owner__user__team", "line", "company", "contact", "lead")
    opportunity = found.get(pk=opportunity_id)
    sees = sees_contact_data(actor, opportunity)
    if not sees and opportunity.contact is not None:
        mask_contacts([opportunity.contact])
    return OpportunityFacts(opportunity, sees, opportunity.owner_id == actor.user_id)
