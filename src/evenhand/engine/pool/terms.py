"""The pool sections of a document made ready: conditions compiled, names looked up."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from evenhand.engine.conditions import ALWAYS, Bindings, Condition, compile_condition
from evenhand.engine.facts import FieldSchema
from evenhand.engine.pool.section import (
    ClaimTerms,
    ClockRule,
    ClocksSection,
    HoldingSection,
    PeaceSection,
    PoolTerms,
    PriceTerms,
)

Test = Callable[[Bindings], bool]
_HIDDEN = ("phone", "email")
_FREE = PriceTerms(start_percent=0)
_USUAL_PRICE = PriceTerms()
_NO_LIMITS = ClaimTerms()


class PoolParts(Protocol):
    """The parts of a policy document that are read here."""

    @property
    def pools(self) -> tuple[PoolTerms, ...]: ...
    @property
    def holding(self) -> HoldingSection | None: ...
    @property
    def clocks(self) -> ClocksSection | None: ...
    @property
    def peace(self) -> PeaceSection | None: ...


@dataclass(frozen=True, slots=True)
class ReadyPool:
    """A pool with what its entry leaves out filled in."""

    terms: PoolTerms
    position: int  # in the document
    admits: Test  # of a rep, with or without an item
    takes: Test  # of an item
    fits: Test  # an item to a rep who would claim it

    @property
    def name(self) -> str:
        """Its name, which is its key within the line."""
        return self.terms.pool

    @property
    def holds(self) -> tuple[str, ...]:
        """The kinds of items it holds."""
        return self.terms.holds or ("lead",)

    @property
    def administrators(self) -> frozenset[str]:
        """Ids of those who look after it."""
        return frozenset(self.terms.administrators or ())

    @property
    def is_claimed_from(self) -> bool:
        """Whether members claim; else administrators assign."""
        return self.terms.mode != "assign_only"

    @property
    def hidden(self) -> frozenset[str]:
        """Fields that are masked until an item is claimed."""
        return frozenset(_HIDDEN if self.terms.hidden is None else self.terms.hidden)

    @property
    def claim(self) -> ClaimTerms:
        """The terms of claiming."""
        return self.terms.claim or _NO_LIMITS

    @property
    def price(self) -> PriceTerms:
        """What a claim costs; nothing where the pool names no group."""
        if self.terms.group is None:
            return _FREE
        return self.terms.price or _USUAL_PRICE


@dataclass(frozen=True, slots=True)
class ReadyClocks:
    """A rule of the clocks, compiled."""

    rule: ClockRule
    applies: Test  # to an item
    admits: Test  # its owner


class PoolRules:
    """All about pools, clocks and peace that one document says. Immutable; one per version."""

    def __init__(self, parts: PoolParts, schema: FieldSchema) -> None:
        self.pools = {
            one.pool: ReadyPool(
                one,
                position,
                admits=compile_condition(ALWAYS if one.who is None else one.who, schema),
                takes=compile_condition(ALWAYS if one.takes is None else one.takes, schema),
                fits=compile_condition(
                    ALWAYS if one.claim is None or one.claim.fits is None else one.claim.fits,
                    schema,
                ),
            )
            for position, one in enumerate(parts.pools)
        }
        self.holding = parts.holding or HoldingSection()
        self.clocks = parts.clocks or ClocksSection()
        self.peace = parts.peace
        self._rules = tuple(
            ReadyClocks(
                one, compile_condition(one.when, schema), compile_condition(one.who, schema)
            )
            for one in self.clocks.rules
        )

    @cached_property
    def counts_days(self) -> bool:
        """Whether anything asks how many somebody claimed today."""
        claims = [one.claim for one in self.pools.values()]
        limits = [self.holding.per_day, *(one.per_day for one in claims)]
        return any(one is not None for one in limits) or any(one.choose_of for one in claims)

    @cached_property
    def counts_held(self) -> bool:
        """Whether anything asks how much somebody holds of what he claimed."""
        limits = [self.holding.items, self.holding.points]
        for one in self.pools.values():
            limits += [one.claim.holding_items, one.claim.holding_points]
        return any(one is not None for one in limits)

    def destination(self, kind: str, item: Bindings, *, wanted: str | None = None) -> str:
        """The pool that an item given up comes to: the wanted one if it is there, else the first
        that takes it; "" = none does."""
        if wanted is not None and wanted in self.pools:
            return wanted
        return next(
            (one.name for one in self.pools.values() if kind in one.holds and one.takes(item)), ""
        )

    def clocks_for(self, kind: str, both: Bindings) -> ClockRule | None:
        """The rule whose clocks an item beside its owner has: the first that matches, on or off."""
        return next(
            (
                one.rule
                for one in self._rules
                if one.rule.kind == kind and one.applies(both) and one.admits(both)
            ),
            None,
        )

    def open_to(self, rep: Bindings, rep_id: str) -> tuple[ReadyPool, ...]:
        """The pools that somebody sees: those whose condition he meets or that he looks after."""
        return tuple(
            one for one in self.pools.values() if rep_id in one.administrators or one.admits(rep)
        )


def conditions_in(parts: PoolParts) -> Iterator[tuple[tuple[str | int, ...], Condition, str]]:
    """Every condition of these sections: its place, itself, and what it is asked of."""
    for k, pool in enumerate(parts.pools):
        if pool.who is not None:
            yield ("pools", k, "who"), pool.who, "person"
        if pool.takes is not None:
            yield ("pools", k, "takes"), pool.takes, "item"
        if pool.claim is not None and pool.claim.fits is not None:
            yield ("pools", k, "claim", "fits"), pool.claim.fits, "both"
    rules: Iterable[ClockRule] = () if parts.clocks is None else parts.clocks.rules
    for k, rule in enumerate(rules):
        yield ("clocks", "rules", k, "when"), rule.when, "item"
        yield ("clocks", "rules", k, "who"), rule.who, "both"
