"""What a pool hides of its items until they are claimed.

Masks are laid on the objects that pages and the API show, as in `leads.masking`; administrators of
the pool see everything.
"""

from collections.abc import Iterable
from typing import Any

from evenhand.engine.facts import ItemKind
from evenhand.leads.masking import masked_email, masked_phone, masked_text
from evenhand.pool.access import SeenPool

HIDEABLE = ("name", "phone", "email", "company", "note", "source", "region", "value")
# Where claims are blind, nothing but what it costs tells one item from another.
BLIND = frozenset((*HIDEABLE, "industry", "product", "size"))
_DOTS = "****"
_BY_KIND: dict[str, dict[str, tuple[str, ...]]] = {
    ItemKind.LEAD: {
        "name": ("name", "title"),
        "company": ("company_name",),
        "source": ("source", "campaign"),
        "region": ("region", "region_said"),
        "value": ("budget",),
        "industry": ("industry",),
        "product": ("product", "skill", "language"),
        "size": ("size", "employees"),
    },
    ItemKind.ACCOUNT: {
        "name": ("name",),
        "company": ("name", "domain", "external_id"),
        "region": ("region",),
        "value": ("revenue",),
        "industry": ("industry",),
        "size": ("size", "employees"),
    },
    ItemKind.OPPORTUNITY: {"name": ("name",), "value": ("value",)},
}


def hidden_fields(seen: SeenPool) -> frozenset[str]:
    """What is hidden from whoever looks; everything where claims are blind."""
    if seen.is_administrator:
        return frozenset()
    return BLIND if seen.ready.claim.blind else seen.ready.hidden


def mask_pooled(seen: SeenPool, kind: str, items: Iterable[Any]) -> None:
    """Lay the masks of a pool on its items."""
    hidden = hidden_fields(seen)
    if not hidden:
        return
    for item in items:
        _mask(item, kind, hidden)


def _mask(item: Any, kind: str, hidden: frozenset[str]) -> None:
    for said in sorted(hidden):
        for column in _BY_KIND[kind].get(said, ()):
            value = getattr(item, column)
            setattr(item, column, _DOTS if isinstance(value, str) and value else _blank(value))
    if kind == ItemKind.LEAD:
        if "phone" in hidden:
            item.phone = masked_phone(item.phone)
        if "email" in hidden:
            item.email = masked_email(item.email)
        item.search, item.region_evidence = "", None
        # Fields of the company's own may say again what is hidden elsewhere.
        item.extra = {} if hidden >= frozenset(HIDEABLE) else _masked_texts(item.extra)
    if "company" in hidden and kind != ItemKind.ACCOUNT:
        item.company = item.company_id = None
        item.contact = item.contact_id = None
    # What was written down freely may hold a number in any case.
    item.note = "" if "note" in hidden else masked_text(item.note)


def _blank(value: Any) -> Any:
    return "" if isinstance(value, str) else None


def _masked_texts(extra: dict[str, Any]) -> dict[str, Any]:
    return {k: masked_text(one) if isinstance(one, str) else one for k, one in extra.items()}
