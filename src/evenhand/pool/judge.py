"""One pool at one moment: what its items are worth and cost, and whether somebody may claim them.

The page that offers and the act that claims ask the same judge.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from evenhand.engine.calendar.worktime import zone_named
from evenhand.engine.facts import Item, ItemKind
from evenhand.engine.ledger.book import Book
from evenhand.engine.pool.claiming import Claimable, Claimer, Terms, midnight
from evenhand.engine.pool.peace import Life, why_not_take
from evenhand.engine.pool.terms import ReadyPool
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.contests import book_key
from evenhand.engine.routing.eligible import Roster
from evenhand.engine.routing.plan import Plan, plan
from evenhand.engine.routing.reading import Reading
from evenhand.leads.models import Held
from evenhand.pool.tallies import Before, Tallies
from evenhand.routing.desk import facts_of
from evenhand.routing.seen import seen
from evenhand.routing.world import World, roster_for

# Being away for these keeps somebody from claiming; hours and his own switch do not.
_KEPT_BY = frozenset({"availability.on_leave", "availability.inactive"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """An item with what the rules say of it."""

    row: Held
    facts: Item
    plan: Plan


@dataclass(frozen=True)
class Judge:
    """Judges claims from one pool."""

    world: World
    ready: ReadyPool

    @cached_property
    def terms(self) -> Terms:
        """The terms for members."""
        return self._terms(is_exempt=False)

    @cached_property
    def terms_of_administrators(self) -> Terms:
        """The terms for whoever looks after the pool."""
        return self._terms(is_exempt=True)

    @cached_property
    def roster(self) -> Roster:
        """Who could take what at this moment."""
        return roster_for(self.world)

    @cached_property
    def _plans(self) -> dict[Reading, Plan]:
        """What was worked out of readings so far: equal ones are worth the same."""
        return {}

    def _terms(self, *, is_exempt: bool) -> Terms:
        return Terms(
            now=self.world.now,
            zone=zone_named(self.world.people.team.company_calendar.zone),
            claim=self.ready.claim,
            price=self.ready.price,
            holding=self.world.live.pools.holding,
            is_exempt=is_exempt,
        )

    def book_key(self, kind: str) -> str:
        """The book that claims use; "" = the pool names no group."""
        group = self.ready.terms.group
        if group is None:
            return ""
        if kind not in self._book_keys:
            self._book_keys[kind] = book_key(self.world.live.policy, group, ItemKind(kind))
        return self._book_keys[kind]

    @cached_property
    def _book_keys(self) -> dict[str, str]:
        return {}

    @property
    def least_owed(self) -> int:
        """The floor of the balance, in micro-points."""
        policy = self.world.live.policy
        least = policy.parts.fairness.claim_least_owed
        return -policy.largest_points if least is None else -least

    def weigh(self, kind: str, item: Held) -> Weighed:
        """What an item is worth by the rules as they are: it is priced anew at every claim."""
        policy, roster = self.world.live.policy, self.roster
        facts = facts_of(ItemKind(kind), item, self.world.live)
        clock = self.world.people.team.company_calendar
        reading = policy.read(facts, now=roster.now, clock=clock)
        known = self._plans.get(reading)
        if known is None:
            known = self._plans[reading] = plan(reading, policy, now=roster.now, clock=clock)
        return Weighed(item, facts, known)

    def claimable(
        self,
        item: Any,
        weighed: Weighed,
        before: Before,
        rep_id: int | None,
        life: Life | None = None,
    ) -> Claimable:
        """An item as claiming sees it; `rep_id` is who would claim it, `life` the customer's."""
        return Claimable(
            entered_at=item.pooled_at,
            points=weighed.plan.points,
            former_owners=before.owners,
            given_up_at=None if rep_id is None else before.until.get(rep_id),
            misfit=None if rep_id is None else self.unfit(weighed, rep_id, life),
        )

    def unfit(self, weighed: Weighed, rep_id: int, life: Life | None) -> Reason | None:
        """What speaks against an item for this rep: it is nothing for him, or the customer is to
        be left in peace; None = nothing."""
        return self.misfit(weighed, rep_id) or self._peace(life, rep_id)

    @property
    def suits_everybody(self) -> bool:
        """Whether no item can be unfit for whoever may claim here."""
        live = self.world.live
        return not live.policy.ladder and self.ready.claim.fits is None and live.pools.peace is None

    def claimer(self, rep_id: int, counted: Tallies, book: Book | None) -> Claimer:
        """Somebody who claims, with what was counted of him; without a book none is used."""
        owed = 0
        if book is not None and book.has(str(rep_id)):
            owed = int(book.owed[book.position(str(rep_id))])
        return Claimer(
            in_pool=counted.in_pool(rep_id, self.ready.name),
            in_all=counted.in_all(rep_id),
            owed=owed,
            least_owed=None if book is None else self.least_owed,
        )

    def misfit(self, weighed: Weighed, rep_id: int) -> Reason | None:
        """What speaks against an item for this rep, whatever was counted; None = nothing."""
        why = self.kept_away(rep_id)
        if why is not None:
            return why
        roster = self.roster
        position = roster.position[str(rep_id)]
        level = self._level(weighed, position)
        if level is not None or self.ready.claim.fits is None:
            return level
        # These conditions read the whole item, not only what the rules of dealing read.
        item = seen(
            self.world.live,
            self.world.people.team,
            weighed.row,
            weighed.facts,
            now=self.world.now,
        )
        fits = self.ready.fits(roster.seen_by(item, position))
        return None if fits else reason("claim.does_not_fit")

    def _peace(self, life: Life | None, rep_id: int) -> Reason | None:
        """What the customer's peace says of a further owner."""
        if life is None:
            return None
        now = self.world.now.astimezone(self.terms.zone)
        return why_not_take(life, str(rep_id), self.world.live.pools.peace, now)

    def kept_away(self, rep_id: int) -> Reason | None:
        """Why somebody claims nothing here at all: no rep in service, on leave; None = he may."""
        roster = self.roster
        position = roster.position.get(str(rep_id))
        if position is None or not roster.team.reps[position].is_active:
            return reason("claim.no_rep")
        if not self.ready.is_claimed_from:
            return reason("claim.assign_only")
        away = roster.away[position]
        return away if away is not None and away.code in _KEPT_BY else None

    def _level(self, weighed: Weighed, position: int) -> Reason | None:
        """What the rules say of his level: the same as when items are dealt, but for stretches."""
        rep = self.roster.team.reps[position]
        ladder = self.world.live.policy.ladder
        if not ladder or not rep.level:
            return None
        own = ladder.get(rep.level)
        if own is None:
            return reason("level.unknown", level=rep.level)
        if own.takes(weighed.plan.bindings):
            return None
        takers = tuple(name for name, one in ladder.items() if one.takes(weighed.plan.bindings))
        return reason("level.does_not_take", level=rep.level, takers=takers)

    @property
    def since(self) -> datetime:
        """When the company's day began: from then on claims of the day count."""
        return midnight(self.world.now, self.terms.zone)
