"""What an item is called where there is room for a few words."""

from collections.abc import Collection

from evenhand.leads.access import MODELS, readable_in_sql
from evenhand.leads.models import Lead
from evenhand.people.actor import Actor
from evenhand.platform.prepared import send
from evenhand.platform.rows import array_of


def lead_title(lead: Lead) -> str:
    """Person and company, as far as they are known."""
    return " · ".join(part for part in (lead.name, lead.company_name) if part)


def item_titles(actor: Actor, kind: str, ids: Collection[int]) -> dict[int, str]:
    """Titles by id of those items that the actor may see; one query."""
    if kind not in MODELS or not ids:
        return {}
    table = MODELS[kind]._meta.db_table
    reach, values = readable_in_sql(actor, kind, table)
    name = _LEAD_TITLE if MODELS[kind] is Lead else "name"
    asked = f"SELECT id, {name} FROM {table} WHERE id = ANY(%s::bigint[]) AND {reach}"
    return dict(send(asked, [array_of(sorted(ids), "bigint"), *values]).rows())


# As `lead_title`.
_LEAD_TITLE = "concat_ws(' · ', nullif(name, ''), nullif(company_name, ''))"
