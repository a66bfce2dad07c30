"""Claims of one line settled together, in order of arrival, each judged by itself under the locks.

Locks in the one order: policy, books, reps, items. Two claims of one rep, in whatever processes,
come one after the other, so that no limit is overrun; of two who want one item the first has it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from evenhand.engine.facts import ItemKind
from evenhand.engine.ledger.bookings import Posting as Booked
from evenhand.engine.pool.claiming import may_claim, price_of
from evenhand.engine.pool.peace import Hold
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.edits import Edit, EditAct, edit_lines
from evenhand.leads.access import MODELS
from evenhand.leads.models import PoolStay, State
from evenhand.leads.peace import company_id_of, hold_customers, lives_of
from evenhand.ledger.models import Posting
from evenhand.ledger.postings import NewPosting, posting_of, write_postings
from evenhand.ledger.store import lock_books, write_books
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.scope import RIGHTS, Right
from evenhand.pool.access import SeenPool, is_member, tends
from evenhand.pool.drawing import drawn
from evenhand.pool.judge import Judge, Weighed
from evenhand.pool.tallies import NEW, Before, held_before, tallies
from evenhand.pool.writing import Won, write_claims
from evenhand.routing.desk import CHARGES, new_receipt_ids
from evenhand.routing.world import World, roster_for, world_of

# Advisory lock class: one claim of a rep at a time.
CLAIMER_LOCK = 0x45_56_43
# In the order of the array, which is that of their ids.
LOCK_CLAIMERS = "SELECT count(pg_advisory_xact_lock(%s, rep)) FROM unnest(%s::int[]) AS rep"
GONE = reason("claim.gone")

Key = tuple[str, int]


@dataclass(slots=True)
class Ask:
    """Somebody wants an item; `won` or `refused` is the answer."""

    kind: str
    item_id: int
    actor: Actor
    won: Won | None = None
    refused: Reason | None = None

    @property
    def key(self) -> Key:
        """The item."""
        return self.kind, self.item_id

    @property
    def rep_id(self) -> int:
        """Who claims."""
        assert self.actor.user_id is not None, "only people claim"
        return self.actor.user_id


def lines_of(asks: Iterable[Ask]) -> dict[str, list[Ask]]:
    """Asks by the line in whose pools the items lie; what lies in none is refused at once.

    Without a lock: whoever comes late is told so without standing in line.
    """
    wanted = list(asks)
    where: dict[Key, str] = {}
    for kind in sorted({ask.kind for ask in wanted} & MODELS.keys()):
        ids = {ask.item_id for ask in wanted if ask.kind == kind}
        rows = MODELS[kind]._default_manager.filter(pk__in=ids, state=State.POOLED)
        where |= {(kind, pk): line for pk, line in rows.values_list("pk", "line__key") if line}
    found: dict[str, list[Ask]] = {}
    for ask in wanted:
        if ask.key in where:
            found.setdefault(where[ask.key], []).append(ask)
        else:
            ask.refused = GONE
    return found


def settle_line(line_key: str, asks: Sequence[Ask]) -> None:
    """Answer the asks of one line, in their order, in the caller's transaction.

    :raises NoSuchLine: it has no live policy.
    """
    _Counter(world_of(line_key), asks).run()


@dataclass(frozen=True, slots=True)
class _Pooled:
    """An item under lock, in its pool."""

    item: Any
    stay: PoolStay
    judge: Judge
    weighed: Weighed
    before: Before


class _Counter:
    """The asks of one line at the counter: lock, judge, book, write."""

    def __init__(self, world: World, asks: Sequence[Ask]) -> None:
        self.world = world
        self.asks = asks
        self.live = world.live
        self.won: list[Won] = []
        self.postings: list[NewPosting] = []
        self.kinds = sorted({ask.kind for ask in asks})
        self.judges = {name: Judge(world, one) for name, one in self.live.pools.pools.items()}

    def run(self) -> None:
        """Answer every ask; what is won is written."""
        self._lock()
        items = self._items()
        for ask in self.asks:
            ask.won = None  # the transaction may run a second time
            pooled = items.get(ask.key)
            ask.refused = GONE if pooled is None else self._against(ask, pooled)
            if pooled is not None and ask.refused is None:
                ask.won = self._take(ask, pooled)
                del items[ask.key]
        self.won = [ask.won for ask in self.asks if ask.won is not None]
        if self.won:
            write_postings(self.postings, at=self.world.now)
            write_books(self.kept.values())
            write_claims(self.world, self.won)

    # -- locks -----------------------------------------------------------------------------

    def _lock(self) -> None:
        keys = {key for kind in self.kinds for key in self._keys(kind)}
        self.kept = lock_books(self.live.line_id, keys, grades=self.live.policy.grades)
        self.router = Router(
            self.live.policy,
            self.world.people.team,
            now=self.world.moment,
            seed=self.world.seed,
            books={key: one.book for key, one in self.kept.items()},
            roster=roster_for(self.world),
        )
        self._settle_members()
        reps = sorted({ask.rep_id for ask in self.asks})
        with connection.cursor() as cursor:
            cursor.execute(LOCK_CLAIMERS, [CLAIMER_LOCK, reps])
        self.receipt_ids = new_receipt_ids(len(self.asks))
        # Read after the locks: what others committed while we waited for them counts.
        roles = User.objects.filter(pk__in=reps, is_active=True).values_list("pk", "role")
        self.claimers = {pk for pk, role in roles if Right.CLAIM in RIGHTS.get(role, ())}
        since = next(iter(self.judges.values())).since
        self.counted = tallies(self.live.line_id, reps, since=since)

    def _keys(self, kind: str) -> set[str]:
        """The books that claims of a kind can touch: of their pools, and where a pool names no
        group, of what was booked for the items before."""
        ids = {ask.item_id for ask in self.asks if ask.kind == kind}
        rows = MODELS[kind]._default_manager.filter(pk__in=ids, state=State.POOLED)
        places = dict(rows.values_list("pk", "pool"))
        keys = {
            name: self.judges[name].book_key(kind)
            for name in places.values()
            if name in self.judges
        }
        free = [pk for pk, pool in places.items() if not keys.get(pool)]
        booked = {key for key, _ in self._booked(kind, free).values()}
        return {key for key in keys.values() if key} | booked

    def _booked(self, kind: str, ids: Iterable[int]) -> dict[int, tuple[str, int]]:
        """Book and row in which these items were booked last, by id."""
        rows = Posting.objects.filter(
            item_kind=kind,
            item_id__in=list(ids),
            act__in=CHARGES,
            book__line_id=self.live.line_id,
        ).order_by("pk")
        found = rows.values_list("item_id", "book__key", "row")
        return {pk: (key, row) for pk, key, row in found if pk is not None}

    def _settle_members(self) -> None:
        """Newcomers join and leavers depart before anything is booked, as at a batch."""
        departures = self.router.settle_members()
        for one in self.kept.values():
            one.needs_checkpoint = one.needs_checkpoint or one.has_other_members
        self.postings += [
            posting_of(self.kept[key], one) for key, booked in departures.items() for one in booked
        ]

    def _items(self) -> dict[Key, _Pooled]:
        """The items that still lie in a pool of this line, under lock."""
        found: dict[Key, _Pooled] = {}
        for kind in self.kinds:
            ids = {ask.item_id for ask in self.asks if ask.kind == kind}
            rows: QuerySet[Any] = MODELS[kind]._default_manager.filter(pk__in=ids).order_by("pk")
            if kind != ItemKind.ACCOUNT:
                rows = rows.select_related("company")
            items = {item.pk: item for item in rows.select_for_update(of=("self",))}
            lying = PoolStay.objects.filter(item_kind=kind, item_id__in=ids, left_at=None)
            stays = {one.item_id: one for one in lying}
            before = held_before(kind, ids)
            for pk, item in items.items():
                judge = self.judges.get(item.pool)
                here = item.state == State.POOLED and item.line_id == self.live.line_id
                if judge is None or not here or pk not in stays or kind not in judge.ready.holds:
                    continue
                weighed = judge.weigh(kind, item)
                found[kind, pk] = _Pooled(item, stays[pk], judge, weighed, before.get(pk, NEW))
        customers = [(kind, one.item) for (kind, _), one in found.items()]
        hold_customers(customers)
        self.lives = lives_of(customers)
        self.pooled = dict(found)
        return found

    # -- one ask ---------------------------------------------------------------------------

    def _against(self, ask: Ask, pooled: _Pooled) -> Reason | None:
        """Why somebody may not have an item; None = he may."""
        judge, key = pooled.judge, pooled.judge.book_key(ask.kind)
        if key and key not in self.kept:
            return GONE  # it came into this pool while we waited
        if ask.rep_id not in self.claimers:
            return reason("claim.no_rep")
        is_administrator = tends(ask.actor, judge.ready)
        if not is_member(ask.actor, judge.ready, self.world):
            # Who sees the pool is told why; to others it is as if the item were not there.
            return (judge.kept_away(ask.rep_id) if is_administrator else None) or GONE
        if judge.ready.claim.choose_of and not is_administrator:
            seen = SeenPool(self.world, judge.ready, True, False)
            today = self.counted.in_pool(ask.rep_id, judge.ready.name).today
            if ask.item_id not in (
                *drawn(ask.actor, seen, ask.kind, claimed=today),
                *drawn(ask.actor, seen, ask.kind, claimed=today, with_grace=True),
            ):
                return reason("claim.not_offered")
        book = self.kept[key].book if key else None
        who = judge.claimer(ask.rep_id, self.counted, book)
        terms = judge.terms_of_administrators if is_administrator else judge.terms
        life = self.lives[ask.key]
        item = judge.claimable(pooled.item, pooled.weighed, pooled.before, ask.rep_id, life)
        return may_claim(who, item, terms)

    def _take(self, ask: Ask, pooled: _Pooled) -> Won:
        """Book an item for whoever claims it, and count it."""
        judge, weighed = pooled.judge, pooled.weighed
        item = judge.claimable(pooled.item, weighed, pooled.before, ask.rep_id)
        cost = price_of(item, judge.terms)
        receipt_id = self.receipt_ids.pop(0)
        key, row, weights = self._where(ask, pooled)
        line = self._book(ask, weighed, cost, receipt_id, key, row, weights)
        self.counted.add(ask.rep_id, judge.ready.name, item.points)
        self._disturb(ask, pooled)
        return Won(
            kind=ask.kind,
            item=pooled.item,
            rep_id=ask.rep_id,
            actor=ask.actor,
            stay=pooled.stay,
            pool=judge.ready.name,
            plan=weighed.plan,
            price=cost,
            receipt_id=receipt_id,
            book_id=self.kept[key].id if key else None,
            body=line,
        )

    def _disturb(self, ask: Ask, pooled: _Pooled) -> None:
        """What is won here counts for the customer's other items in the same batch."""
        company = company_id_of(ask.kind, pooled.item)
        contact = getattr(pooled.item, "contact_id", None)
        hold = Hold(str(ask.rep_id), self.world.now)
        for key, other in self.pooled.items():
            if key == ask.key:
                continue
            life = self.lives[key]
            # Possible sales go by their own rules, as in `leads.peace`.
            is_sale = ItemKind.OPPORTUNITY in (ask.kind, key[0])
            if company is not None and not is_sale and company == company_id_of(key[0], other.item):
                life = replace(life, held_by=life.held_by | {str(ask.rep_id)})
            if contact is not None and contact == getattr(other.item, "contact_id", None):
                life = replace(life, holds=(*life.holds, hold))
            self.lives[key] = life

    def _where(self, ask: Ask, pooled: _Pooled) -> tuple[str, int, tuple[tuple[str, int], ...]]:
        """Book, row of the grade, and who is credited: the pool's group by weight.

        Without a group an item that was booked before is booked there at no price, so that what
        its new owner gives back later is this claim and not what he may once have paid for it.
        """
        judge, plan_ = pooled.judge, pooled.weighed.plan
        key = judge.book_key(ask.kind)
        if key:
            group = judge.ready.terms.group or ""
            everybody = roster_for(self.world).weighed(group, plan_)
            weights = tuple((one.rep_id, one.weight.weight) for one in everybody)
            return key, self.kept[key].book.row(plan_.grade), weights
        found = self._booked(ask.kind, [ask.item_id]).get(ask.item_id)
        if found is None or found[0] not in self.kept:
            return "", 0, ()
        return found[0], found[1], ()

    def _book(
        self,
        ask: Ask,
        weighed: Weighed,
        cost: int,
        receipt_id: int,
        key: str,
        row: int,
        weights: tuple[tuple[str, int], ...],
    ) -> str:
        edit = Edit(
            act=EditAct.CLAIM,
            item_id=weighed.facts.id,
            book=key,
            row=row,
            points=cost,
            to_rep=str(ask.rep_id),
            weights=weights,
            actor=ask.actor.caller,
        )
        (line,) = edit_lines(self.router, edit)
        if key:
            kept = self.kept[key]
            kept.needs_checkpoint = True
            self.postings += [
                posting_of(
                    kept,
                    Booked.from_json(one),
                    item_kind=ask.kind,
                    item_id=ask.item_id,
                    receipt_id=receipt_id,
                )
                for one in json.loads(line)["postings"]
            ]
        return line
