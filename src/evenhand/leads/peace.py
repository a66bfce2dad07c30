"""What is known of a customer's peace (客户安宁), read from who held him and who turned to him.

A customer is a person: the leads of one contact are one life. An account, or a lead without a
contact, stands for itself. Routing, the pool and pages ask here; the judgement is the engine's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from evenhand.engine.facts import Bar, ItemKind
from evenhand.engine.pool.peace import Hold, Life, bars_of, why_not_take
from evenhand.engine.pool.section import PeaceSection
from evenhand.engine.reasons import Reason
from evenhand.leads.models import Direction, State
from evenhand.platform.prepared import Sent, send
from evenhand.platform.rows import array_of, pipelined

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
    lives = lives_for_taking(items, terms)
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
    lives = lives_for_taking(items, terms)
    return [bars_of(lives[key_of(*one)], terms, now) for one in items]


def hold_customers(items: Iterable[tuple[str, Any]]) -> None:
    """Let acts on the same customers and companies wait until this transaction ends."""
    names = set()
    for kind, item in items:
        if (company := company_id_of(kind, item)) is not None:
            names.add(f"company:{company}")
        if (contact := getattr(item, "contact_id", None)) is not None:
            names.add(f"contact:{contact}")
    if names:
        held = [f"peace:{name}" for name in sorted(names)]
        send(_HOLD, [array_of(held, "text")])


_HOLD = """
SELECT pg_advisory_xact_lock(key) FROM (SELECT hashtextextended(name, 0) AS key
    FROM unnest(%s::text[]) AS name ORDER BY 1) AS keys
"""


def lives_of(items: Sequence[tuple[str, Any]]) -> dict[Key, Life]:
    """What has been done so far with the customers of these items; a fixed number of queries."""
    with pipelined():
        return _Asked(items, holds=True, touches=True, others=True).lives()


def lives_for_taking(
    items: Sequence[tuple[str, Any]], terms: PeaceSection | None
) -> dict[Key, Life]:
    """The same with no more in it than `why_not_take` asks for under these terms."""
    holds = terms is not None and (terms.owners is not None or terms.quiet is not None)
    others = terms is not None and terms.one_owner_per_company
    with pipelined():
        return _Asked(items, holds=holds, touches=False, others=others).lives()


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


class _Asked:
    """What is asked about customers, on its way."""

    def __init__(
        self, items: Sequence[tuple[str, Any]], *, holds: bool, touches: bool, others: bool
    ) -> None:
        self._items = items
        keys = sorted({key_of(kind, item) for kind, item in items})
        contacts = sorted(
            {c for _, item in items if (c := getattr(item, "contact_id", None)) is not None}
        )
        firms = sorted({c for k, item in items if (c := company_id_of(k, item)) is not None})
        people, companies = array_of(contacts, "bigint"), array_of(firms, "bigint")
        own = [
            array_of([kind for kind, _ in keys], "text"),
            array_of([pk for _, pk in keys], "bigint"),
            people,
        ]
        asks_leads = contacts and (holds or touches)
        self._leads = send(_LEADS, [people]) if asks_leads else None
        self._holds = send(_HOLDS, own) if holds else None
        self._touches = send(_TOUCHES, own) if touches else None
        self._contacts = send(_IN_PEACE["contact"], [people, people]) if contacts else None
        self._firms = send(_IN_PEACE["company"], [companies, companies]) if firms else None
        self._held = send(_HELD, [companies, companies]) if others and firms else None
        self._wanted = set(contacts), set(firms)
        sent = (self._leads, self._holds, self._touches, self._contacts, self._firms, self._held)
        self._asks = any(one is not None for one in sent)

    def lives(self) -> dict[Key, Life]:
        """The answers, by item."""
        if not self._asks:
            return {key_of(kind, item): Life() for kind, item in self._items}
        leads: dict[int, list[int]] = defaultdict(list)
        for contact, lead in _rows(self._leads):
            leads[contact].append(lead)
        holds: dict[Key, list[Hold]] = defaultdict(list)
        for kind, item_id, rep, opened, closed, by in _rows(self._holds):
            holds[kind, item_id].append(Hold(str(rep), opened, closed, by in _PASSED_ON))
        touches: dict[Key, list[datetime]] = defaultdict(list)
        for kind, item_id, at in _rows(self._touches):
            touches[kind, item_id].append(at)
        contacts = _since(self._contacts, self._wanted[0])
        firms = _since(self._firms, self._wanted[1])
        held: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        for firm, kind, item_id, rep in _rows(self._held):
            held[firm].append((kind, item_id, rep))
        found = {}
        for kind, item in self._items:
            key, contact = key_of(kind, item), getattr(item, "contact_id", None) or 0
            firm = company_id_of(kind, item) or 0
            own = sorted({key} | {(ItemKind.LEAD.value, one) for one in leads.get(contact, ())})
            since = [at for at in (contacts.get(contact), firms.get(firm)) if at]
            found[key] = Life(
                holds=tuple(one for each in own for one in holds.get(each, ())),
                contacts=tuple(one for each in own for one in touches.get(each, ())),
                left_in_peace_at=min(since, default=None),
                held_by=_others(kind, item, held.get(firm, ())),
            )
        return found


# Those asked about, and the leads of their contacts.
_OWN = """
(SELECT * FROM unnest(%s::text[], %s::bigint[]) AS asked(kind, id)
    UNION SELECT 'lead', id FROM lead WHERE contact_id = ANY(%s::bigint[])) AS own
"""
_LEADS = "SELECT contact_id, id FROM lead WHERE contact_id = ANY(%s::bigint[])"
_HOLDS = f"""
SELECT a.item_kind, a.item_id, a.rep_id, a.opened_at, a.closed_at, a.closed_by FROM {_OWN}
JOIN assignment a ON a.item_kind = own.kind AND a.item_id = own.id ORDER BY a.id
"""
# When we turned to the customer, or talked: what only he did disturbs nobody.
_TOUCHES = f"""
SELECT a.item_kind, a.item_id, a.at FROM {_OWN}
JOIN activity a ON a.item_kind = own.kind AND a.item_id = own.id
WHERE a.direction IN ('{Direction.OUT.value}', '{Direction.BOTH.value}') ORDER BY a.at
"""
# Since when they want to be left in peace; what was merged into them wanted it, too.
_IN_PEACE = {
    table: f"""
SELECT id, merged_into_id, leave_in_peace_at FROM {table}
WHERE (id = ANY(%s::bigint[]) OR merged_into_id = ANY(%s::bigint[]))
    AND leave_in_peace_at IS NOT NULL
"""
    for table in ("contact", "company")
}
# Who looks after the accounts and open leads of companies.
_HELD = """
SELECT id, 'account', id, owner_id FROM company
WHERE id = ANY(%s::bigint[]) AND state = 'owned' AND owner_id IS NOT NULL
UNION ALL SELECT company_id, 'lead', id, owner_id FROM lead
WHERE company_id = ANY(%s::bigint[]) AND state = 'owned' AND owner_id IS NOT NULL
"""


def _rows(sent: Sent | None) -> list[Any]:
    return [] if sent is None else sent.rows()


def _since(sent: Sent | None, ids: set[int]) -> Mapping[int, datetime]:
    found: dict[int, datetime] = {}
    for pk, into, at in _rows(sent):
        for one in ids & {pk, into}:
            found[one] = min(at, found.get(one, at))
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
