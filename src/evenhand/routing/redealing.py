"""What live rules would change about leads that were dealt before: looked at, nothing written.

Only leads that the rules themselves gave to somebody, under an earlier version, and that nobody
has contacted. Decided one after another by the engine, as the act does it.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from evenhand.engine.facts import OWN, Item, ItemKind
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Cause
from evenhand.engine.routing.edits import Edit, EditAct
from evenhand.engine.simulate.again import Again
from evenhand.leads.arrivals import Owner, owners_of
from evenhand.leads.models import Assignment, Lead, Stage, State
from evenhand.leads.peace import bars_on
from evenhand.ledger.models import Posting
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.policies.models import Line, PolicyVersion
from evenhand.routing.desk import CHARGES, booked_of, facts_of
from evenhand.routing.handed_back import gave_back
from evenhand.routing.standing import router_for
from evenhand.routing.world import World, world_of

# By the rules, and not by somebody's hand.
BY_RULES = tuple(one.value for one in Cause if one is not Cause.MANUAL)
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Move:
    """A lead that would change hands."""

    lead_id: int
    from_rep: int
    to_rep: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying the live version to leads that are dealt already would change."""

    version: int  # its id
    looked_at: int
    more: int  # leads beyond MOST, which were not looked at
    moves: tuple[Move, ...]

    @property
    def people(self) -> int:
        """How many people gain or lose something."""
        return len({one for move in self.moves for one in (move.from_rep, move.to_rep)})

    def by_rep(self) -> list[tuple[int, int, int]]:
        """Person, how many he gains, how many he loses; who changes most first."""
        gains = Counter(one.to_rep for one in self.moves)
        losses = Counter(one.from_rep for one in self.moves)
        rows = [(who, gains[who], losses[who]) for who in {*gains, *losses}]
        return sorted(rows, key=lambda row: (-(row[1] + row[2]), row[0]))


def untouched(line: Line, before: datetime) -> QuerySet[Lead]:
    """Leads of a line that the rules gave to somebody before a moment and nobody contacted."""
    held = Assignment.objects.filter(
        item_kind=ItemKind.LEAD.value, item_id=OuterRef("pk"), closed_at=None, cause__in=BY_RULES
    )
    rows = Lead.objects.filter(
        line=line,
        state=State.OWNED,
        stage=Stage.NEW,
        contacted_at=None,
        assigned_at__lt=before,
    )
    return rows.filter(Exists(held))


def preview(line: Line, *, actor: Actor) -> Preview:
    """What applying the live rules of a line to its untouched leads would change.

    :raises NotAllowed: the actor may not edit rules.
    :raises NoSuchLine: nothing is live there.
    """
    demand(actor, Right.EDIT_POLICY)
    with transaction.atomic():
        world = world_of(line.key)
        version = PolicyVersion.objects.get(pk=world.live.version_id)
        rows = untouched(line, version.published_at or world.now).select_related("company")
        found = list(rows.order_by("pk")[: MOST + 1])
        more = max(0, rows.count() - MOST) if len(found) > MOST else 0
        moves = _moves(world, found[:MOST])
    return Preview(version.pk, min(len(found), MOST), more, tuple(moves))


def _moves(world: World, rows: Sequence[Lead]) -> list[Move]:
    booked = _booked(world, [row.pk for row in rows])
    items = {row.pk: facts_of(ItemKind.LEAD, row, world.live) for row in rows}
    keys = {one.book.key for postings in booked.values() for one in postings}
    router = router_for(world, items.values(), keys=keys)
    again = Again(router)
    owners = _Owners(world, rows)
    handed = gave_back(ItemKind.LEAD, items)
    customers = [(ItemKind.LEAD.value, row) for row in rows]
    peace = bars_on(customers, world.live.pools.peace, now=router.roster.now)
    moves = []
    for row, bars in zip(rows, peace, strict=True):
        item = owners.beside(row, items[row.pk])
        item = replace(item, gave_back=handed.get(row.pk, ()), bars=bars)
        rep_id = again.ask(item, _edit(row, item, booked.get(row.pk, ()), router))
        if rep_id is not None:
            assert row.owner_id is not None, "only what somebody holds is looked at"
            owners.moved(row, int(rep_id))
            moves.append(Move(row.pk, row.owner_id, int(rep_id)))
    return moves


class _Owners:
    """Who looks after companies while leads change hands: this lead itself left aside."""

    def __init__(self, world: World, rows: Sequence[Lead]) -> None:
        self.held: dict[int, dict[int, int]] = {}
        self.is_asked = world.live.policy.reads_company_owner
        companies = {row.company_id for row in rows if row.company_id is not None}
        self.beyond = owners_of(rows, beyond=True) if self.is_asked and companies else {}
        if self.is_asked and companies:
            leads = Lead.objects.filter(company_id__in=companies, state=State.OWNED)
            for company, lead, owner in leads.values_list("company_id", "pk", "owner_id"):
                self.held.setdefault(company, {})[lead] = owner

    def beside(self, row: Lead, item: Item) -> Item:
        """The item with whoever looks after its company by another lead of it."""
        if not self.is_asked or item.company is None or item.company.owner_id is not None:
            return item
        others = {
            k: who for k, who in self.held.get(row.company_id or 0, {}).items() if k != row.pk
        }
        owner = Owner(others[max(others)], OWN) if others else self.beyond.get(row.pk)
        if owner is None:
            return item
        owned = replace(item.company, owner_id=str(owner.rep_id), owner_by=owner.by)
        return replace(item, company=owned)

    def moved(self, row: Lead, rep_id: int) -> None:
        """It is somebody else's now."""
        if row.company_id is not None:
            self.held.setdefault(row.company_id, {})[row.pk] = rep_id


def _booked(world: World, ids: Collection[int]) -> Mapping[int, list[Posting]]:
    found: dict[int, list[Posting]] = {}
    rows = Posting.objects.filter(
        item_kind=ItemKind.LEAD.value, item_id__in=ids, book__line_id=world.live.line_id
    )
    for row in rows.select_related("shares", "book").order_by("pk"):
        found.setdefault(int(row.item_id or 0), []).append(row)
    return found


def _edit(row: Lead, item: Item, booked: Sequence[Posting], router: Router) -> Edit:
    """Giving a lead back, as `Desk.book` makes it."""
    last = next((one for one in reversed(booked) if one.act in CHARGES), None)
    key = "" if last is None else last.book.key
    weights: tuple[tuple[str, int], ...] = ()
    if last is not None and last.shares is not None:
        pairs = zip(last.shares.members, last.shares.amounts, strict=True)
        has = router.books[key].has
        weights = tuple((str(who), it) for who, it in pairs if it > 0 and has(str(who)))
    return Edit(
        act=EditAct.RETURN,
        item_id=item.id,
        book=key,
        row=0 if last is None else last.row,
        points=row.points if last is None else last.points,
        from_rep=str(row.owner_id),
        originals=tuple(booked_of(one, item.id) for one in booked if one.book.key == key),
        weights=weights,
    )
