"""What an item is called where there is room for a few words."""

from collections.abc import Collection

from evenhand.leads.access import MODELS, readable
from evenhand.leads.models import Lead
from evenhand.people.actor import Actor


def lead_title(lead: Lead) -> str:
    """Person and company, as far as they are known."""
    return " · ".join(part for part in (lead.name, lead.company_name) if part)


def item_titles(actor: Actor, kind: str, ids: Collection[int]) -> dict[int, str]:
    """Titles by id of those items that the actor may see; one query."""
    if kind not in MODELS:
        return {}
    found = readable(actor, kind).filter(pk__in=ids)
    if MODELS[kind] is Lead:
        return {lead.pk: lead_title(lead) for lead in found.only("name", "company_name")}
    return dict(found.values_list("pk", "name"))
