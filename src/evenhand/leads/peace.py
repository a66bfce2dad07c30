"""What is known of a customer's peace (客户安宁), read from who held him and who turned to him.

A customer is a person: the leads of one contact are one life. An account, or a lead without a
contact, stands for itself. Routing, the pool and pages ask here; the judgement is the engine's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from evenhand.engine.facts import Bar, ItemKind
from evenhand.engine.pool.peace import Hold, Life, bars_of, why_not_take
from evenhand.engine.pool.section import PeaceSection
from evenhand.engine.reasons import Reason
from evenhand.leads.models import Activity, Assignment, Company, Contact, Direction, Lead, State

Key = tuple[str, int]  # kind and id of an item
# How a hold ends that nobody gave up: the rules passed it on, or the work goes on elsewhere.
_PASSED_ON = frozenset(
    {"reassign", "redeal", "departure", "converted", "merged", "unmerged", "undone"}
)


def refusals(
    takings: Sequence[tuple[str, Any, int]], terms: PeaceSection | None, *, now: datetime
) -> list[Reason | None]:
    """Why each of these items (kind, row, rep) may not go to the rep now; None = it may.

    In the transaction of the act, after the items are locked: whoever gives an item of the same
    customer or company to somebody at the same time waits for this transaction's end.
    """
    items = [(kind, item) for kind, item, _ in takings]
    hold_customers(items)
    lives = lives_of(items)
    return [
        why_not_take(lives[key_of(kind, item)], str(rep_id), terms, now)
        for kind, item, rep_id in takings
    ]


def bars_on(
    items: Sequence[tuple[str, Any]], terms: PeaceSection | None, *, now: datetime
) -> list[tuple[Bar, ...]]:
    """What keeps each of these items (kind, row), which nobody holds, from people.

    To be sure of it the caller holds their customers (`hold_customers`).
    """
    if terms is None:
        items_of_peace = _asked_for_peace(items)
        if not items_of_peace:
            return [()] * len(items)
        return [
            bars_of(Life(left_in_peace_at=items_of_peace.get(key_of(*one))), None, now)
            for one in items
        ]
    lives = lives_of(items)
    return [bars_of(lives[key_of(*one)], terms, now) for one in items]


def _asked_for_peace(items: Sequence[tuple[str, Any]]) -> Mapping[Key, datetime]:
    contacts, companies = _people_of(items)
    left = _left_in_peace(Contact, contacts), _left_in_peace(Company, companies)
    if not any(left):
        return {}
    return {key_of(*one): since for one in items if (since := _since(*one, left)) is not None}


def _people_of(items: Sequence[tuple[str, Any]]) -> tuple[set[int], set[int]]:
    """Contacts and companies of items."""
    contacts = {c for _, item in items if (c := getattr(item, "contact_id", None)) is not None}
    return contacts, {c for one in items if (c := company_id_of(*one)) is not None}


def _since(
    kind: str, item: Any, left: tuple[Mapping[int, datetime], Mapping[int, datetime]]
) -> datetime | None:
    """Since when the customer of an item wants to be left in peace; `left` by contact, company."""
    contact, company = getattr(item, "contact_id", None), company_id_of(kind, item)
    both = left[0].get(contact or 0), left[1].get(company or 0)
    return min((at for at in both if at is not None), default=None)


def hold_customers(items: Iterable[tuple[str, Any]]) -> None:
    """Let acts on the same customers and companies wait until this transaction ends."""
    names = set()
    for kind, item in items:
        if (company := company_id_of(kind, item)) is not None:
            names.add(f"company:{company}")
        if (contact := getattr(item, "contact_id", None)) is not None:
            names.add(f"contact:{contact}")
    if names:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(key) FROM (SELECT hashtextextended(name, 0) AS key"
                " FROM unnest(%s::text[]) AS name ORDER BY 1) AS keys",
                [[f"peace:{name}" for name in sorted(names)]],
            )


def lives_of(items: Sequence[tuple[str, Any]]) -> dict[Key, Life]:
    """What has been done so far with the customers of these items; a fixed number of queries."""
    keys = {key_of(kind, item) for kind, item in items}
    contacts, companies = _people_of(items)
    leads_of = _leads_of(contacts)
    wanted = keys | {(ItemKind.LEAD.value, one) for ids in leads_of.values() for one in ids}
    holds, touches = _holds(wanted), _touches(wanted)
    peaceful = _left_in_peace(Contact, contacts), _left_in_peace(Company, companies)
    held = _held(companies)
    lives = {}
    for kind, item in items:
        key, contact = key_of(kind, item), getattr(item, "contact_id", None)
        company = company_id_of(kind, item)
        own = {key} | {(ItemKind.LEAD.value, one) for one in leads_of.get(contact or 0, ())}
        lives[key] = Life(
            holds=tuple(one for each in sorted(own) for one in holds.get(each, ())),
            contacts=tuple(one for each in sorted(own) for one in touches.get(each, ())),
            left_in_peace_at=_since(kind, item, peaceful),
            held_by=_others(kind, item, held.get(company or 0, ())),
        )
    return lives


def life_of(kind: str, item: Any) -> Life:
    """What has been done so far with the customer of one item."""
    return lives_of([(kind, item)])[key_of(kind, item)]


def key_of(kind: str, item: Any) -> Key:
    """The item's key."""
    return str(kind), int(item.pk)


def company_id_of(kind: str, item: Any) -> int | None:
    """The company that an item is, or belongs to."""
    found = item.pk if kind == ItemKind.ACCOUNT else item.company_id
    return None if found is None else int(found)


def _leads_of(contacts: set[int]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    if contacts:
        for contact, lead in Lead.objects.filter(contact_id__in=contacts).values_list(
            "contact_id", "pk"
        ):
            found[contact].append(lead)
    return found


def _of_items(keys: set[Key]) -> Q:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, item_id in sorted(keys):
        by_kind[kind].append(item_id)
    wanted = Q(pk__in=())
    for kind, ids in by_kind.items():
        wanted |= Q(item_kind=kind, item_id__in=ids)
    return wanted


def _holds(keys: set[Key]) -> Mapping[Key, list[Hold]]:
    found: dict[Key, list[Hold]] = defaultdict(list)
    rows = Assignment.objects.filter(_of_items(keys)).order_by("pk")
    for kind, item_id, rep, opened, closed, by in rows.values_list(
        "item_kind", "item_id", "rep_id", "opened_at", "closed_at", "closed_by"
    ):
        found[kind, item_id].append(Hold(str(rep), opened, closed, by in _PASSED_ON))
    return found


def _touches(keys: set[Key]) -> Mapping[Key, list[datetime]]:
    """When we turned to the customer, or talked: what only he did disturbs nobody."""
    found: dict[Key, list[datetime]] = defaultdict(list)
    rows = Activity.objects.filter(
        _of_items(keys), direction__in=(Direction.OUT, Direction.BOTH)
    ).order_by("at")
    for kind, item_id, at in rows.values_list("item_kind", "item_id", "at"):
        found[kind, item_id].append(at)
    return found


def _left_in_peace(model: Any, ids: set[int]) -> Mapping[int, datetime]:
    """Since when they want to be left in peace; what was merged into them wanted it, too."""
    found: dict[int, datetime] = {}
    if not ids:
        return found
    rows = model.objects.filter(
        Q(pk__in=ids) | Q(merged_into_id__in=ids), leave_in_peace_at__isnull=False
    )
    for pk, into, at in rows.values_list("pk", "merged_into_id", "leave_in_peace_at"):
        for one in ids & {pk, into}:
            found[one] = min(at, found.get(one, at))
    return found


def _held(companies: set[int]) -> Mapping[int, list[tuple[str, int, int]]]:
    """Who looks after the accounts and open leads of companies: kind, id, rep."""
    found: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    if not companies:
        return found
    owned = {"state": State.OWNED, "owner__isnull": False}
    accounts = Company.objects.filter(pk__in=companies, **owned)
    for pk, rep in accounts.values_list("pk", "owner_id"):
        found[pk].append((ItemKind.ACCOUNT.value, pk, rep))
    leads = Lead.objects.filter(company_id__in=companies, **owned)
    for company, pk, rep in leads.values_list("company_id", "pk", "owner_id"):
        found[company].append((ItemKind.LEAD.value, pk, rep))
    return found


def _others(kind: str, item: Any, held: Iterable[tuple[str, int, int]]) -> frozenset[str]:
    """Who else looks after the company: of an item that changes hands, its owner does not count.

    Possible sales go by their own rules: a specialist may have one at somebody else's account.
    """
    if kind == ItemKind.OPPORTUNITY:
        return frozenset()
    own = key_of(kind, item)
    present = item.owner_id if item.state == State.OWNED else None
    return frozenset(str(rep) for of, pk, rep in held if (of, pk) != own and rep != present)
