"""One item under lock for an act by hand, with the books it was booked in.

Locks are taken in the one order: policy, books, item. What is read before the locks (line, books)
is only where to look; the item is read again under its own lock.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from evenhand.engine.facts import Item, ItemKind
from evenhand.engine.ledger.bookings import Act, CannotBook
from evenhand.engine.ledger.bookings import Posting as Booked
from evenhand.engine.reasons import reason
from evenhand.engine.routing.contests import books_of
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.edits import Edit, EditAct, book_edit
from evenhand.engine.routing.plan import plan
from evenhand.engine.routing.reading import Reading
from evenhand.engine.routing.situation import Prepared
from evenhand.leads.access import MODELS
from evenhand.leads.arrivals import Owner
from evenhand.leads.models import Held
from evenhand.ledger.models import Posting
from evenhand.ledger.postings import NewPosting, posting_of, write_postings
from evenhand.ledger.store import Kept, lock_books, write_books
from evenhand.people.actor import Actor
from evenhand.platform.prepared import send
from evenhand.platform.refusal import Refused
from evenhand.platform.row_objects import rows_where, the_row
from evenhand.policies.live import LivePolicy, NoSuchLine
from evenhand.routing.facts import (
    account_item,
    known_company,
    opportunity_item,
    stored_lead_item,
)
from evenhand.routing.world import World, roster_for, world_of

_LOCK = "FOR UPDATE"
CHARGES = (Act.DEALT.value, Act.CHARGED.value, Act.CLAIMED.value)


class CannotAct(Refused):
    """The act does not fit the item as it is now; somebody else may have been first."""


@dataclass(slots=True)
class Desk:
    """An item under lock."""

    kind: ItemKind
    item: Any  # the row, read under its lock
    facts: Item
    world: World
    router: Router
    prepared: Prepared
    kept: dict[str, Kept]
    booked: tuple[Posting, ...]  # everything of this item, oldest first
    postings: list[NewPosting] = field(default_factory=list)

    @property
    def live(self) -> LivePolicy:
        """The policy under which this happens."""
        return self.world.live

    @property
    def now(self) -> datetime:
        """The moment of the act."""
        return self.world.now

    @property
    def last_charge(self) -> Posting | None:
        """What the present owner paid, if anything was booked for the item."""
        return next((one for one in reversed(self.booked) if one.act in CHARGES), None)

    def find_rep(self, rep_id: int) -> Any:
        """The engine's facts of a rep, or None."""
        return self.world.people.team.find(str(rep_id))

    def book(
        self, act: EditAct, *, to: int | None, rate_percent: int, actor: Actor, receipt_id: int
    ) -> str:
        """Book an act in the ledger, if the item was or can be booked; returns its line."""
        return self.book_edit(self._edit(act, to, rate_percent, actor), receipt_id=receipt_id)

    def book_edit(self, edit: Edit, *, receipt_id: int) -> str:
        """Book an act whose particulars the caller knows; as `book`."""
        try:
            line, booked = book_edit(self.router, edit)
        except CannotBook as error:
            raise CannotAct(reason(error.code, **error.params)) from error
        if edit.book:
            kept = self.kept[edit.book]
            kept.needs_checkpoint = True
            self.postings += [
                posting_of(
                    kept,
                    one,
                    item_kind=self.kind.value,
                    item_id=self.item.pk,
                    receipt_id=receipt_id,
                )
                for one in booked
            ]
        return line

    def _edit(self, act: EditAct, to: int | None, rate_percent: int, actor: Actor) -> Edit:
        book, row, weights = self.where_booked()
        originals = [one for one in self.booked if self.key_of(one.book_id) == book]
        return Edit(
            act=act,
            item_id=self.facts.id,
            book=book,
            row=row,
            points=self.points,
            from_rep="" if self.item.owner_id is None else str(self.item.owner_id),
            to_rep="" if to is None else str(to),
            rate_percent=rate_percent,
            originals=tuple(booked_of(one, self.facts.id) for one in originals),
            weights=weights,
            actor=actor.caller,
        )

    @property
    def points(self) -> int:
        """What the item costs whoever takes it now, in micro-points."""
        last = self.last_charge
        return self.prepared.plan.points if last is None else last.points

    def where_booked(self) -> tuple[str, int, tuple[tuple[str, int], ...]]:
        """Book, grade row and who shares: as it was booked, else as the rules would book it."""
        last = self.last_charge
        if last is not None and last.shares is not None:
            return self.key_of(last.book_id), last.row, self.weights_of(last)
        for ready in self.prepared.plan.rules:
            if ready.group is None:
                continue
            step = self.router.step(self.prepared, ready)
            if step.by_count or not step.field.candidates:
                continue
            row = step.book.row(self.prepared.plan.grade)
            weights = tuple((one.rep_id, one.weight.weight) for one in step.field.candidates)
            return step.book_key, row, weights
        return "", 0, ()

    def weights_of(self, booked: Posting) -> tuple[tuple[str, int], ...]:
        """Who shared what was booked, of those who are members still."""
        if booked.shares is None:
            return ()
        has = self.kept[self.key_of(booked.book_id)].book.has
        pairs = zip(booked.shares.members, booked.shares.amounts, strict=True)
        return tuple((str(who), a) for who, a in pairs if a > 0 and has(str(who)))

    def key_of(self, book_id: int) -> str:
        """The key of a book that is locked here."""
        return next(key for key, kept in self.kept.items() if kept.id == book_id)

    def write(self) -> None:
        """Write postings and books."""
        write_postings(self.postings, at=self.now)
        write_books(self.kept.values())


def open_desk(kind: ItemKind, item_id: int, *, now: datetime | None = None) -> Desk:
    """Lock an item and the books that an act on it can touch. In the caller's transaction.

    :raises NoSuchLine: its line has no live policy.
    """
    model = MODELS[kind]
    along = ("line",) if kind is ItemKind.ACCOUNT else ("line", "company")
    seen: Held = the_row(model, f"{model._meta.db_table}.id = %s", [str(item_id)], along=along)
    world = world_of(seen.line.key if seen.line is not None else "", now)

    def lock() -> Any:
        return the_row(model, f"id = %s {_LOCK}", [str(item_id)])

    return desk_in(world, kind, item_id, facts_of(kind, seen, world.live), lock=lock)


def desk_in(
    world: World, kind: ItemKind, item_id: int, facts: Item, *, lock: Callable[[], Any]
) -> Desk:
    """The same in a world that stands already; `lock` locks the item's row and reads it again."""
    live = world.live
    roster = roster_for(world)
    clock = world.people.team.company_calendar
    reading = live.policy.read(facts, now=roster.now, clock=clock)
    # The books of earlier charges are always among those locked, whatever the rules say today.
    asked = [kind.value, str(item_id), str(live.line_id)]
    keys = _keys_of(world, reading) | {key for (key,) in send(_BOOKED_IN, asked).rows()}
    kept = lock_books(live.line_id, keys, grades=live.policy.grades)
    # Read under the locks: whoever held them until now may have booked this very item.
    booked = tuple(rows_where(Posting, _BOOKED, asked, along=("shares", "book")))
    if later := {one.book.key for one in booked} - kept.keys():
        kept |= lock_books(live.line_id, later, grades=live.policy.grades)
    router = Router(
        live.policy,
        world.people.team,
        now=world.moment,
        seed=world.seed,
        books={key: one.book for key, one in kept.items()},
        roster=roster,
    )
    postings = _settled(router, kept)
    item = lock()
    prepared = router.prepare(reading, router.draw(facts.id, facts.round))
    return Desk(kind, item, facts, world, router, prepared, kept, booked, postings)


_OF_ITEM = "posting.item_kind = %s AND posting.item_id = %s AND book.line_id = %s"
_BOOKED_IN = (
    f"SELECT DISTINCT book.key FROM posting JOIN book ON book.id = posting.book_id WHERE {_OF_ITEM}"
)
_BOOKED = f"{_OF_ITEM} ORDER BY posting.id"


def _keys_of(world: World, reading: Reading) -> set[str]:
    """The books that the rules of today could book an item in."""
    policy, clock = world.live.policy, world.people.team.company_calendar
    return books_of(policy, plan(reading, policy, now=roster_for(world).now, clock=clock))


def hold_books(kind: ItemKind, ids: Iterable[int]) -> None:
    """Lock the books of several items at once, for an act that locks their rows afterwards.

    Books stand before items: whoever held an item and then waited for its book would stand in the
    way of everybody who comes in the usual order.
    """
    rows = MODELS[kind]._default_manager.filter(pk__in=list(ids), line__isnull=False)
    for line_key in sorted(set(rows.values_list("line__key", flat=True))):
        try:
            world = world_of(line_key)
        except NoSuchLine:
            continue  # nothing is booked where nothing is live
        hold_books_in(world, kind, rows.filter(line__key=line_key).values_list("pk", flat=True))


def hold_books_in(world: World, kind: ItemKind, ids: Iterable[int]) -> None:
    """The same for items that are of one line, or are about to be."""
    live, clock = world.live, world.people.team.company_calendar
    wanted = list(ids)
    booked = Posting.objects.filter(
        item_kind=kind.value, item_id__in=wanted, book__line_id=live.line_id
    )
    keys = set(booked.values_list("book__key", flat=True))
    rows: Any = MODELS[kind]._default_manager.filter(pk__in=wanted)
    for item in rows if kind is ItemKind.ACCOUNT else rows.select_related("company"):
        facts = facts_of(kind, item, live)
        keys |= _keys_of(world, live.policy.read(facts, now=roster_for(world).now, clock=clock))
    lock_books(live.line_id, keys, grades=live.policy.grades)


def _settled(router: Router, kept: dict[str, Kept]) -> list[NewPosting]:
    """Newcomers join and leavers depart before anything is booked by hand, as at a batch."""
    departures = router.settle_members()
    for one in kept.values():
        # What an act by hand does is told by no dealing: a replay starts after it.
        one.needs_checkpoint = one.needs_checkpoint or one.has_other_members
    return [posting_of(kept[key], one) for key, booked in departures.items() for one in booked]


def facts_of(
    kind: ItemKind, item: Any, live: LivePolicy, *, company_owner: Owner | None = None
) -> Item:
    """A stored item as the engine sees it.

    `company_owner` looks after a lead's company, where its row names nobody.
    """
    if kind is ItemKind.ACCOUNT:
        facts = account_item(item)
    elif kind is ItemKind.OPPORTUNITY:
        facts = opportunity_item(item)
    else:
        company = None if item.company is None else known_company(item.company)
        if company is not None and company.owner_id is None and company_owner is not None:
            company = replace(company, owner_id=company_owner.rep_id, owner_by=company_owner.by)
        facts = stored_lead_item(item, company, live.policy.schema)
    return facts


def booked_of(posting: Posting, item: str) -> Booked:
    """A stored posting as the engine booked it."""
    credited: tuple[tuple[str, int], ...] = ()
    if posting.shares is not None:
        pairs = zip(posting.shares.members, posting.shares.amounts, strict=True)
        credited = tuple((str(who), amount) for who, amount in pairs)
    taker = "" if posting.taker_id is None else str(posting.taker_id)
    if posting.moves is not None:
        moves = {str(who): amount for who, amount in posting.moves}
    else:
        moves = {who: amount for who, amount in credited if amount}
        moves[taker] = moves.get(taker, 0) - posting.points
    return Booked(
        act=Act(posting.act),
        row=posting.row,
        moves=tuple(sorted((who, amount) for who, amount in moves.items() if amount)),
        item_id=item,
        taker=taker,
        points=posting.points,
        credited=credited,
        sequence=posting.sequence,
        last_before=posting.last_before,
    )


def refuse(code: str, **params: Any) -> CannotAct:
    """A refusal of an act, in words."""
    return CannotAct(reason(code, **params))


def new_receipt_id() -> int:
    """The id of a receipt about to be written."""
    return new_receipt_ids(1)[0]


def new_receipt_ids(count: int) -> list[int]:
    """The ids of so many receipts about to be written."""
    rows = send(_NEW_RECEIPTS, [str(count)]).rows()
    return [number for (number,) in rows]


_NEW_RECEIPTS = "SELECT nextval('receipt_id_seq') FROM generate_series(1, %s::int)"
