"""Rows of items as the engine's facts, and the ids under which receipts speak of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from evenhand.engine.facts import OWN, FieldSchema, FieldType, Item, ItemKind, Value
from evenhand.engine.facts import Company as CompanyFacts
from evenhand.leads.models import Company, Lead, Opportunity, State

_LETTERS = {
    ItemKind.LEAD: "L",
    ItemKind.ACCOUNT: "C",
    ItemKind.OPPORTUNITY: "O",
    ItemKind.TASK: "T",
}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}

LEAD_TEXTS = (
    "name",
    "title",
    "phone",
    "email",
    "region",
    "industry",
    "product",
    "source",
    "campaign",
    "size",
    "language",
    "skill",
    "note",
)


def item_key(kind: ItemKind, item_id: int) -> str:
    """The id of an item in receipts and draws: L17, C4, O9, T3."""
    return f"{_LETTERS[kind]}{item_id}"


def parse_item_key(key: str) -> tuple[ItemKind, int]:
    """The inverse of `item_key`."""
    return _KINDS[key[0]], int(key[1:])


@dataclass(frozen=True, slots=True)
class Known:
    """What routing needs of a company, whether it is a row already or about to become one."""

    id: int
    name: str
    region: str = ""
    industry: str = ""
    size: str = ""
    employees: int | None = None
    revenue: int | None = None
    is_key_account: bool = False
    owner_id: int | None = None
    owner_by: str = OWN


def has_own_owner(item: Item) -> bool:
    """Whether somebody looks after the item's company itself, not only after one above it."""
    company = item.company
    return company is not None and company.owner_id is not None and company.owner_by == OWN


def with_owner(item: Item, owners: Mapping[int, int]) -> Item:
    """The item with the owner that its company got meanwhile (company id → rep id).

    Who looked after the company itself before stays it.
    """
    company = item.company
    if company is None or int(company.id) not in owners or has_own_owner(item):
        return item
    owned = replace(company, owner_id=str(owners[int(company.id)]), owner_by=OWN)
    return replace(item, company=owned)


def known_company(row: Company) -> Known:
    """A company's row as routing knows it; `revenue` in whole units. Whoever gave it up looks after
    it no more, though its row names him still."""
    return Known(
        id=row.pk,
        name=row.name,
        region=row.region,
        industry=row.industry,
        size=row.size,
        employees=row.employees,
        revenue=None if row.revenue is None else row.revenue // 100,
        is_key_account=row.is_key_account,
        owner_id=row.owner_id if row.state == State.OWNED else None,
    )


def company_facts(company: Known | None) -> CompanyFacts | None:
    """A company as conditions see it."""
    if company is None:
        return None
    values: dict[str, Value] = {
        "name": company.name,
        "region": company.region or None,
        "industry": company.industry or None,
        "size": company.size or None,
        "employees": company.employees,
        "revenue": company.revenue,
        "is_key_account": company.is_key_account,
    }
    owner = None if company.owner_id is None else str(company.owner_id)
    return CompanyFacts(
        str(company.id), {k: v for k, v in values.items() if v is not None}, owner, company.owner_by
    )


def lead_item(
    lead_id: int,
    texts: Mapping[str, Any],
    *,
    company: Known | None,
    created_at: datetime,
    extra: Mapping[str, Any],
    schema: FieldSchema,
    round_: int = 0,
) -> Item:
    """A lead as the engine sees it. `texts` are its columns by name; "" and None = not said."""
    fields: dict[str, Value] = {name: texts[name] for name in LEAD_TEXTS if texts.get(name)}
    for name in ("budget", "employees"):
        if texts.get(name) is not None:
            fields[name] = texts[name]
    if texts.get("given_grade"):
        fields["grade"] = texts["given_grade"]
    if texts.get("collected_by_id"):
        fields["collected_by"] = str(texts["collected_by_id"])
    fields["created_at"] = created_at
    for name, value in extra.items():
        read = _own_value(schema, name, value)
        if read is not None:
            fields[name] = read
    return Item(
        id=item_key(ItemKind.LEAD, lead_id),
        fields=fields,
        kind=ItemKind.LEAD,
        company=company_facts(company),
        round=round_,
    )


def stored_lead_item(lead: Lead, company: Known | None, schema: FieldSchema) -> Item:
    """A lead's row as the engine sees it."""
    texts = {name: getattr(lead, name) for name in LEAD_TEXTS}
    texts |= {
        "budget": lead.budget,
        "employees": lead.employees,
        "given_grade": lead.given_grade,
        "collected_by_id": lead.collected_by_id,
    }
    return lead_item(
        lead.pk,
        texts,
        company=company,
        created_at=lead.created_at,
        extra=lead.extra,
        schema=schema,
        round_=lead.round,
    )


def account_item(company: Company) -> Item:
    """A company to be dealt as an account; who owned it before does not bind."""
    known = known_company(company)
    fields: dict[str, Value] = {"created_at": company.created_at, "name": company.name}
    for name in ("region", "industry", "size"):
        if value := getattr(company, name):
            fields[name] = value
    if company.employees is not None:
        fields["employees"] = company.employees
    return Item(
        id=item_key(ItemKind.ACCOUNT, company.pk),
        fields=fields,
        kind=ItemKind.ACCOUNT,
        company=company_facts(known),
        round=company.round,
    )


def opportunity_item(opportunity: Opportunity) -> Item:
    """An opportunity to be dealt; its value in whole units of money."""
    company = None if opportunity.company is None else known_company(opportunity.company)
    fields: dict[str, Value] = {"created_at": opportunity.created_at, "name": opportunity.name}
    if opportunity.value is not None:
        fields["value"] = Decimal(opportunity.value) / 100
    if company is not None:
        for name in ("region", "industry", "size"):
            if value := getattr(company, name):
                fields[name] = value
    return Item(
        id=item_key(ItemKind.OPPORTUNITY, opportunity.pk),
        fields=fields,
        kind=ItemKind.OPPORTUNITY,
        company=company_facts(company),
        round=opportunity.round,
    )


def _own_value(schema: FieldSchema, name: str, value: Any) -> Value:
    """A field of the company's own, as the type its policy declares; unusable = not said."""
    spec = schema.get(f"lead.{name}")
    if spec is None or value is None:
        return None
    if spec.type is FieldType.NUMBER:
        try:
            return Decimal(str(value)) if not isinstance(value, bool) else None
        except InvalidOperation:
            return None
    if spec.type is FieldType.BOOLEAN:
        return value if isinstance(value, bool) else None
    if spec.type in (FieldType.LIST, FieldType.REGIONS):
        return tuple(str(value).split(",")) if value != "" else None
    if spec.type in (FieldType.TEXT, FieldType.REGION):
        return str(value) or None
    return None
