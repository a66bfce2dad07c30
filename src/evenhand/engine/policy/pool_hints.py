"""What pools and clocks of a document do that its author may not have meant.

`pool_hints` needs the document alone; `pool_people` looks at who there is.
"""

from collections.abc import Iterator
from datetime import timedelta

from evenhand.engine.conditions import ALWAYS
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.problem import Gravity, Place, PolicyProblem
from evenhand.engine.pool.section import Clock, ClockRule
from evenhand.engine.pool.terms import PoolRules
from evenhand.engine.reasons import Param, reason
from evenhand.engine.routing.eligible import Roster

_Found = Iterator[PolicyProblem]
_DAY = timedelta(days=1)


def _hint(place: Place, code: str, **params: Param) -> PolicyProblem:
    return PolicyProblem(place, reason(code, **params), gravity=Gravity.HINT)


def _warning(place: Place, code: str, **params: Param) -> PolicyProblem:
    return PolicyProblem(place, reason(code, **params), gravity=Gravity.WARNING)


def pool_hints(document: PolicyDocument) -> _Found:
    """Pools that are free to grab, clocks with nowhere to go, ends that are never reached."""
    for k, pool in enumerate(document.pools):
        if pool.mode != "assign_only" and pool.group is None:
            yield _hint(("pools", k), "lint.pool_costs_nothing", pool=pool.pool)
        elif pool.mode == "assign_only" and not pool.administrators:
            yield _hint(("pools", k), "lint.pool_without_administrator", pool=pool.pool)
    rules = () if document.clocks is None else document.clocks.rules
    covered: dict[str, str] = {}
    for k, rule in enumerate(rules):
        place: Place = ("clocks", "rules", k)
        if rule.kind in covered:
            yield _warning(place, "lint.clocks_unreachable", rule=rule.rule, by=covered[rule.kind])
        elif rule.when == ALWAYS and rule.who == ALWAYS:
            covered[rule.kind] = rule.rule
        if not rule.is_on:
            yield _hint(place, "lint.clocks_off", rule=rule.rule)
        if _pools(rule) and rule.to_pool is None and not _taker(document, rule.kind):
            yield _warning(place, "lint.clocks_without_pool", rule=rule.rule)
        for n, clock in enumerate(rule.clocks):
            yield from _clock_hints((*place, "clocks", n), rule, clock)


def _pools(rule: ClockRule) -> bool:
    return any("pool" in clock.missed for clock in rule.clocks)


def _taker(document: PolicyDocument, kind: str) -> bool:
    return any(kind in (pool.holds or ("lead",)) for pool in document.pools)


def _clock_hints(place: Place, rule: ClockRule, clock: Clock) -> _Found:
    if clock.at_most is not None and clock.at_most <= clock.after:
        yield _warning(
            (*place, "at_most"), "lint.clock_end_too_early", rule=rule.rule, clock=clock.clock
        )
    for k, one in enumerate(clock.warn):
        if one.left.lasting(_DAY) >= clock.after.lasting(_DAY):
            yield _warning(
                (*place, "warn", k),
                "lint.clock_warns_at_start",
                rule=rule.rule,
                clock=clock.clock,
                left=str(one.left),
            )
    if not clock.missed:
        yield _hint(
            (*place, "missed"), "lint.clock_does_nothing", rule=rule.rule, clock=clock.clock
        )


def pool_people(document: PolicyDocument, roster: Roster) -> _Found:
    """Pools that nobody may claim from, claimers without a share, strangers as administrators."""
    team = roster.team
    rules = PoolRules(document, roster.policy.schema)
    for k, pool in enumerate(rules.pools.values()):
        strangers = tuple(sorted(one for one in pool.administrators if team.find(one) is None))
        if strangers:
            place: Place = ("pools", k, "administrators")
            yield _hint(place, "lint.pool_strangers", pool=pool.name, names=strangers)
        if not pool.is_claimed_from:
            continue
        claimers = [
            position
            for position, rep in enumerate(team.reps)
            if rep.is_active and pool.admits(roster.seen_by(roster.blank, position))
        ]
        if not claimers:
            yield _warning(("pools", k, "who"), "lint.pool_nobody_claims", pool=pool.name)
        group = pool.terms.group
        outside = len(set(claimers) - set(roster.members.get(group or "", claimers)))
        if outside:
            yield _warning(
                ("pools", k, "group"),
                "lint.pool_outside_group",
                pool=pool.name,
                group=group or "",
                people=outside,
            )
