"""Claims of one line settled together, in order of arrival, each judged by itself under the locks.

Locks in the one order: policy, books, reps, items. Two claims of one rep, in whatever processes,
come one after the other, so that no limit is overrun; of two who want one item the first has it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from evenhand.engine.facts import ItemKind
from evenhand.engine.pool.claiming import may_claim, price_of
from evenhand.engine.pool.peace import Hold
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.edits import Edit, EditAct, book_edit
from evenhand.engine.routing.plan import Plan
from evenhand.leads.peace import company_id_of
from evenhand.ledger.models import Posting
from evenhand.ledger.postings import NewPosting, posting_of, write_postings
from evenhand.ledger.store import ask_books, make_books, write_books
from evenhand.people.actor import Actor
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.rows import pipelined
from evenhand.pool.access import SeenPool, is_member, tends
from evenhand.pool.asks import GONE, Ask, Key
from evenhand.pool.drawing import drawn
from evenhand.pool.judge import Judge, Weighed
from evenhand.pool.locked import Pooled, lock_and_read
from evenhand.pool.writing import Won, finish_claims, write_claims
from evenhand.routing.desk import CHARGES
from evenhand.routing.world import World, roster_for, world_of

# A batch is written in so many parts, none smaller than the least.
_PARTS, _LEAST_PART = 3, 8


class _Granted(NamedTuple):
    """An item that somebody may have: what it is worth, and what he pays."""

    weighed: Weighed
    price: int  # micro-points


def settle_line(line_key: str, asks: Sequence[Ask], *, makes_books: bool = False) -> None:
    """Answer the asks of one line, in their order, in the caller's transaction.

    `makes_books`: those that nobody booked in before are made first, which is seldom needed.

    :raises NoSuchLine: it has no live policy.
    :raises Unmade: a book is not there. By then reps and items are locked, who wait for books
        elsewhere: let everything go, and settle anew with `makes_books`.
    """
    _Counter(world_of(line_key), asks).run(makes_books=makes_books)


class _Counter:
    """The asks of one line at the counter: lock, judge, book, write."""

    def __init__(self, world: World, asks: Sequence[Ask]) -> None:
        self.world = world
        self.asks = asks
        self.live = world.live
        self.postings: list[NewPosting] = []
        self.judges = {name: Judge(world, one) for name, one in self.live.pools.pools.items()}
        # By group and plan, which its judge keeps: equal readings have one.
        self._weights: dict[tuple[str, int], tuple[tuple[str, int], ...]] = {}
        self._standing: dict[tuple[Actor, str], tuple[bool, bool]] = {}

    def run(self, *, makes_books: bool) -> None:
        """Answer every ask; what is won is written."""
        for ask in self.asks:
            ask.won, ask.refused = None, GONE  # the transaction may run a second time
        if not self.judges:
            return
        self._lock(makes_books=makes_books)
        items = dict(self.locked.items)
        won: list[Won] = []
        # Part by part, so that the database writes while the next are judged.
        size = max(_LEAST_PART, -(-len(self.asks) // _PARTS))
        with pipelined():
            for start in range(0, len(self.asks), size):
                part = [
                    one
                    for ask in self.asks[start : start + size]
                    if (one := self._answer(ask, items)) is not None
                ]
                if part:
                    write_postings(self.postings, at=self.world.now)
                    write_claims(self.world, part)
                    crashpoint("claim.part_written")
                    self.postings = []
                won += part
            if won:
                write_books(self.kept.values())
                crashpoint("claim.booked")
                finish_claims(won)

    # -- locks -----------------------------------------------------------------------------

    def _lock(self, *, makes_books: bool) -> None:
        keys = self._keys()
        if makes_books:
            make_books(self.live.line_id, keys, grades=self.live.policy.grades)
        with pipelined():
            books = ask_books(self.live.line_id, keys)
            locked = lock_and_read(self.world, self.asks, self.judges)
            self.kept = books()
            self.locked = locked()
        self.router = Router(
            self.live.policy,
            self.world.people.team,
            now=self.world.moment,
            seed=self.world.seed,
            books={key: one.book for key, one in self.kept.items()},
            roster=roster_for(self.world),
        )
        self._settle_members()
        # What a pool without a group booked before, now that nobody changes it.
        self.booked = self._booked(
            key for key, one in self.locked.items.items() if not one.judge.book_key(key[0])
        )
        self._customers: dict[tuple[str, int], list[Key]] = defaultdict(list)
        for key, one in self.locked.items.items():
            for customer in _customers_of(key[0], one.item):
                self._customers[customer].append(key)

    def _keys(self) -> set[str]:
        """The books that these claims can touch: of the pools, and where a pool names no group, of
        what was booked for the items before."""
        keys, free = set(), []
        for ask in self.asks:
            judge = self.judges.get(ask.pool)
            if judge is not None and (key := judge.book_key(ask.kind)):
                keys.add(key)
            elif judge is not None:
                free.append(ask.key)
        return keys | {key for key, _ in self._booked(free).values()}

    def _booked(self, items: Iterable[Key]) -> dict[Key, tuple[str, int]]:
        """Book and row in which these items were booked last."""
        by_kind: dict[str, list[int]] = defaultdict(list)
        for kind, item_id in items:
            by_kind[kind].append(item_id)
        found: dict[Key, tuple[str, int]] = {}
        for kind, ids in by_kind.items():
            rows = Posting.objects.filter(
                item_kind=kind,
                item_id__in=ids,
                act__in=CHARGES,
                book__line_id=self.live.line_id,
            ).order_by("pk")
            for pk, key, row in rows.values_list("item_id", "book__key", "row"):
                found[kind, pk or 0] = key, row
        return found

    def _settle_members(self) -> None:
        """Newcomers join and leavers depart before anything is booked, as at a batch."""
        departures = self.router.settle_members()
        for one in self.kept.values():
            one.needs_checkpoint = one.needs_checkpoint or one.has_other_members
        self.postings += [
            posting_of(self.kept[key], one) for key, booked in departures.items() for one in booked
        ]

    # -- one ask ---------------------------------------------------------------------------

    def _answer(self, ask: Ask, items: dict[Key, Pooled]) -> Won | None:
        """Answer one, and take what he wins out of the items that are left."""
        ask.refused = None
        pooled = items.get(ask.key)
        found = GONE if pooled is None else self._judge(ask, pooled)
        if pooled is None or isinstance(found, Reason):
            ask.refused = found if isinstance(found, Reason) else GONE
            return None
        ask.won = self._take(ask, pooled, found)
        del items[ask.key]
        return ask.won

    def _judge(self, ask: Ask, pooled: Pooled) -> Reason | _Granted:
        """Why somebody may not have an item, or what it is to him."""
        judge, key = pooled.judge, pooled.judge.book_key(ask.kind)
        if key and key not in self.kept:
            return GONE  # it came into this pool while we waited
        if ask.rep_id not in self.locked.claimers:
            return reason("claim.no_rep")
        is_administrator, belongs = self._stands(ask.actor, judge)
        if not belongs:
            # Who sees the pool is told why; to others it is as if the item were not there.
            return (judge.kept_away(ask.rep_id) if is_administrator else None) or GONE
        if not is_administrator and not self._is_offered(ask, judge):
            return reason("claim.not_offered")
        who = judge.claimer(ask.rep_id, self.locked.counted, self.kept[key].book if key else None)
        terms = judge.terms_of_administrators if is_administrator else judge.terms
        weighed = judge.weigh(ask.kind, pooled.item)
        life = self.locked.lives[ask.key]
        item = judge.claimable(pooled.item, weighed, pooled.before, ask.rep_id, life)
        return may_claim(who, item, terms) or _Granted(weighed, price_of(item, judge.terms))

    def _stands(self, actor: Actor, judge: Judge) -> tuple[bool, bool]:
        """Whether somebody looks after the pool, and whether he claims from it."""
        known = self._standing.get((actor, judge.ready.name))
        if known is None:
            known = tends(actor, judge.ready), is_member(actor, judge.ready, self.world)
            self._standing[actor, judge.ready.name] = known
        return known

    def _is_offered(self, ask: Ask, judge: Judge) -> bool:
        """Where the pool shows a few at a time, whether the item is among them.

        Or was a moment ago: before others came, or before his balance passed the floor. Whether he
        can pay is asked after.
        """
        if not judge.ready.claim.choose_of:
            return True
        seen = SeenPool(self.world, judge.ready, True, False)
        today = self.locked.counted.in_pool(ask.rep_id, judge.ready.name).today
        return any(
            ask.item_id
            in drawn(
                ask.actor, seen, ask.kind, claimed=today, can_pay=can_pay, with_grace=with_grace
            )
            for can_pay in (True, False)
            for with_grace in (False, True)
        )

    def _take(self, ask: Ask, pooled: Pooled, item: _Granted) -> Won:
        """Book an item for whoever claims it, and count it."""
        judge, plan_ = pooled.judge, item.weighed.plan
        receipt_id = self.locked.receipt_ids.pop(0)
        key, row, weights = self._where(ask, judge, plan_)
        edit = Edit(
            act=EditAct.CLAIM,
            item_id=item.weighed.facts.id,
            book=key,
            row=row,
            points=item.price,
            to_rep=str(ask.rep_id),
            weights=weights,
            actor=ask.actor.caller,
        )
        line = self._book(edit, ask, receipt_id)
        self.locked.counted.add(ask.rep_id, judge.ready.name, plan_.points)
        self._disturb(ask, pooled)
        return Won(
            kind=ask.kind,
            item=pooled.item,
            rep_id=ask.rep_id,
            actor=ask.actor,
            stay_id=pooled.stay_id,
            pool=judge.ready.name,
            plan=plan_,
            price=item.price,
            receipt_id=receipt_id,
            book_id=self.kept[key].id if key else None,
            body=line,
        )

    def _disturb(self, ask: Ask, pooled: Pooled) -> None:
        """What is won here counts for the customer's other items in the same batch."""
        lives = self.locked.lives
        for of in _customers_of(ask.kind, pooled.item):
            for key in self._customers[of]:
                # Possible sales go by their own rules, as in `leads.peace`.
                is_sale = ItemKind.OPPORTUNITY in (ask.kind, key[0])
                if key == ask.key or (of[0] == "company" and is_sale):
                    continue
                life = lives[key]
                if of[0] == "company":
                    lives[key] = replace(life, held_by=life.held_by | {str(ask.rep_id)})
                else:
                    hold = Hold(str(ask.rep_id), self.world.now)
                    lives[key] = replace(life, holds=(*life.holds, hold))

    def _where(
        self, ask: Ask, judge: Judge, plan_: Plan
    ) -> tuple[str, int, tuple[tuple[str, int], ...]]:
        """Book, row of the grade, and who is credited: the pool's group by weight.

        Without a group an item that was booked before is booked there at no price, so that what
        its new owner gives back later is this claim and not what he may once have paid for it.
        """
        key = judge.book_key(ask.kind)
        if key:
            group = judge.ready.terms.group or ""
            return key, self.kept[key].book.row(plan_.grade), self._weights_in(group, plan_)
        found = self.booked.get(ask.key)
        if found is None or found[0] not in self.kept:
            return "", 0, ()
        return found[0], found[1], ()

    def _weights_in(self, group: str, plan_: Plan) -> tuple[tuple[str, int], ...]:
        """Who is credited, by weight: the same for all items of one plan."""
        known = self._weights.get((group, id(plan_)))
        if known is None:
            everybody = roster_for(self.world).weighed(group, plan_)
            known = tuple((one.rep_id, one.weight.weight) for one in everybody)
            self._weights[group, id(plan_)] = known
        return known

    def _book(self, edit: Edit, ask: Ask, receipt_id: int) -> str:
        line, booked = book_edit(self.router, edit)
        if edit.book:
            kept = self.kept[edit.book]
            kept.needs_checkpoint = True
            self.postings += [
                posting_of(
                    kept, one, item_kind=ask.kind, item_id=ask.item_id, receipt_id=receipt_id
                )
                for one in booked
            ]
        return line


def _customers_of(kind: str, item: Any) -> list[tuple[str, int]]:
    """The company and the contact that an item belongs to."""
    company, contact = company_id_of(kind, item), getattr(item, "contact_id", None)
    found = [] if company is None else [("company", company)]
    return found if contact is None else [*found, ("contact", contact)]
