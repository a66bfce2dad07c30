"""What can be seen in a document without trying leads: contradictions, and choices to know about.

Points in the parameters are text as people write them ("0.5").
"""

from collections.abc import Iterator

from evenhand.engine.conditions import ALWAYS
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.pool_hints import pool_hints
from evenhand.engine.policy.problem import Gravity, Place, PolicyProblem
from evenhand.engine.policy.reach import Reach, RuleAt, enabled_rules
from evenhand.engine.policy.work_hints import work_hints
from evenhand.engine.reasons import Param, reason
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.section import BestFit, Group, OwnerOf, Person, Pool, Rotation, ToPool
from evenhand.engine.scoring.hundredths import from_hundredths
from evenhand.engine.scoring.section import ScoringSection, Signal
from evenhand.engine.values import from_micro_points

_Found = Iterator[PolicyProblem]

# τ and the band are read against P; beyond this only much evidence of one's own justifies them.
_LARGE_TAU = 10


def hints(document: PolicyDocument, policy: Policy, reach: Reach) -> _Found:
    """Every finding that needs no team."""
    yield from _strategy_hints(document, policy, reach)
    for find in (
        _waiting_hints,
        _unused_parts,
        _group_hints,
        _scoring_hints,
        _level_hints,
        _exploration_hints,
        _duplicates_hints,
        pool_hints,
        work_hints,
    ):
        yield from find(document)
    for look in (_fairness_hints, _capacity_hints):
        yield from look(document, policy)


def _hint(place: Place, code: str, **params: Param) -> PolicyProblem:
    return PolicyProblem(place, reason(code, **params), gravity=Gravity.HINT)


def _warning(place: Place, code: str, **params: Param) -> PolicyProblem:
    return PolicyProblem(place, reason(code, **params), gravity=Gravity.WARNING)


def _points(amount: int) -> str:
    return str(from_micro_points(amount))


# -- strategies ------------------------------------------------------------------------------


def _strategy_hints(document: PolicyDocument, policy: Policy, reach: Reach) -> _Found:
    """Rotation and grabbing treat leads alike; that is unfair where they differ in value."""
    charged = {one.pool for one in document.pools if one.group is not None}
    for at in enabled_rules(document):
        name, target = at.rule.rule, at.rule.to
        place = (*at.place, "to")
        if isinstance(target, BestFit):
            yield _hint(place, "lint.best_fit_ignores_share", rule=name)
            if document.fit.mode == "none":
                yield _warning(place, "lint.best_fit_without_fit", rule=name)
        if isinstance(target, Rotation | Pool):
            least, most = _worth_of(at, document, policy, reach)
            if least < most:
                is_pool = isinstance(target, Pool)
                if isinstance(target, Pool) and target.pool in charged:
                    continue  # a claim costs points: picking pays nothing
                code = "lint.pool_ignores_value" if is_pool else "lint.rotation_ignores_value"
                yield _hint(place, code, rule=name, least=_points(least), most=_points(most))


def _worth_of(
    at: RuleAt, document: PolicyDocument, policy: Policy, reach: Reach
) -> tuple[int, int]:
    """The least and the most that leads of this rule are worth, before adjustments."""
    base = document.points.base
    grades = reach.grades_of(at.rule, policy.grades) or policy.grades
    worth = [base[grade] for grade in grades]
    return min(worth), max(worth)


def _waiting_hints(document: PolicyDocument) -> _Found:
    for at in enabled_rules(document):
        target = at.rule.to
        if isinstance(target, OwnerOf | Person) and target.if_absent == "wait":
            yield _hint((*at.place, "to"), "lint.waits_while_absent", rule=at.rule.rule)
        if isinstance(target, OwnerOf) and target.if_departed == "wait":
            yield _warning((*at.place, "to"), "lint.waits_for_departed", rule=at.rule.rule)


# -- parts that nothing uses -----------------------------------------------------------------


def _unused_parts(document: PolicyDocument) -> _Found:
    rules = enabled_rules(document)
    groups = {getattr(at.rule.to, "group", None) for at in rules}
    for k, group in enumerate(document.groups):
        if group.group not in groups:
            yield _hint(("groups", k), "lint.group_unused", group=group.group)
    pools = {part.pool for at in rules for part in _pools_of(at)} | _pools_of_clocks(document)
    for k, pool in enumerate(document.pools):
        if pool.pool not in pools and pool.takes is None:
            yield _hint(("pools", k), "lint.pool_unused", pool=pool.pool)
    asking = [
        at for at in rules if isinstance(at.rule.to, OwnerOf) and at.rule.to.of == "territory"
    ]
    if document.territories and not asking:
        yield _hint(("territories",), "lint.territories_unused")
    if not document.territories:
        for at in asking:
            yield _warning((*at.place, "to"), "lint.no_territories", rule=at.rule.rule)


def _pools_of(at: RuleAt) -> list[Pool | ToPool]:
    return [part for part in (at.rule.to, at.rule.if_nobody) if isinstance(part, Pool | ToPool)]


def _pools_of_clocks(document: PolicyDocument) -> set[str]:
    """Pools that something comes to by a clock: named there, or holding what it takes away."""
    found: set[str] = set()
    for rule in () if document.clocks is None else document.clocks.rules:
        if rule.to_pool is not None:
            found.add(rule.to_pool)
        elif any("pool" in clock.missed for clock in rule.clocks):
            found |= {one.pool for one in document.pools if rule.kind in (one.holds or ("lead",))}
    return found


# -- groups and levels -----------------------------------------------------------------------


def _group_hints(document: PolicyDocument) -> _Found:
    for k, group in enumerate(document.groups):
        if group.members:
            count = len(group.members)
            place = ("groups", k, "members")
            yield _hint(place, "lint.members_by_name", group=group.group, count=count)
        if _is_weightless(group):
            place = ("groups", k, "weights")
            yield PolicyProblem(place, reason("lint.group_weightless", group=group.group))


def _is_weightless(group: Group) -> bool:
    """Whether the weights of the policy are 0 for everybody, so that nothing could be dealt."""
    for weight in group.weights:
        if weight.percent > 0:
            return False
        if weight.when == ALWAYS:
            return True
    return False


def _level_hints(document: PolicyDocument) -> _Found:
    if document.levels and document.levels[-1].stretch is not None:
        level = document.levels[-1].level
        place = ("levels", len(document.levels) - 1, "stretch")
        yield _hint(place, "lint.stretch_nowhere", level=level)
    if document.levels and document.levels[-1].graduation is not None:
        place = ("levels", len(document.levels) - 1, "graduation")
        yield _hint(place, "lint.graduation_nowhere", level=document.levels[-1].level)
    weights = document.fit.weights
    if weights is None or not weights.level:
        for k, one in enumerate(document.levels):
            if one.mostly is not None:
                yield _hint(("levels", k, "mostly"), "lint.mostly_unread", level=one.level)


# -- scores ----------------------------------------------------------------------------------


def _scoring_hints(document: PolicyDocument) -> _Found:
    """Grades that no lead can earn, however many signals it has."""
    if document.scoring is None or document.grades.source == "field_only":
        return
    reachable = _most_score(document.scoring)
    for k, step in enumerate(document.grades.thresholds):
        if step.from_score is not None and step.from_score > reachable:
            yield _warning(
                ("grades", "thresholds", k, "from_score"),
                "lint.grade_out_of_reach",
                grade=step.grade,
                from_score=str(from_hundredths(step.from_score)),
                reachable=str(from_hundredths(reachable)),
            )


def _most_score(scoring: ScoringSection) -> int:
    """The most that the card can give, in hundredths."""
    total = 0
    for dimension, bound in scoring.dimensions.items():
        given = [_most_given(signal) for signal in scoring.signals if signal.dimension == dimension]
        total += bound.cap if None in given else min(bound.cap, sum(filter(None, given)))
    return total if scoring.cap is None else min(total, scoring.cap)


def _most_given(signal: Signal) -> int | None:
    """The most that one signal gives; None = no bound of its own."""
    if signal.points < 0:
        return 0
    if signal.behavior is None:
        return signal.points
    bounds = [] if signal.cap is None else [signal.cap]
    if signal.max_count is not None:
        bounds.append(signal.points * signal.max_count)
    return min(bounds, default=None)


# -- fairness, exploration, capacity ---------------------------------------------------------


def _fairness_hints(document: PolicyDocument, policy: Policy) -> _Found:
    tau, band, largest = policy.tau, policy.band, policy.largest_points
    place: Place = ("fairness",)
    if document.fit.mode == "none" and tau > 0:
        yield _hint(place, "lint.tau_unused", tau=_points(tau), band=_points(band))
    if document.fit.mode != "none" and tau == 0:
        yield _hint(place, "lint.fit_unused")
    if band < tau:
        yield _hint(place, "lint.band_below_tau", band=_points(band), tau=_points(tau))
    if band > tau:
        yield _hint(place, "lint.band_above_tau", band=_points(band), tau=_points(tau))
    if document.fit.mode != "none" and tau > largest:
        is_large = tau > _LARGE_TAU * largest or document.fit.mode != "learnt"
        if is_large:
            yield _hint(place, "lint.tau_high", tau=_points(tau), largest=_points(largest))


def _duplicates_hints(document: PolicyDocument) -> _Found:
    """Dealing the same person anew lets two people call him."""
    section = document.duplicates
    if section is None:
        return
    places: list[tuple[Place, str]] = [(("duplicates",), "")]
    places += [(("duplicates", "by_source", k), s.source) for k, s in enumerate(section.by_source)]
    for place, source in places:
        own = section if not source else section.by_source[int(place[-1])]
        if own.same_person == "new":
            yield _hint((*place, "same_person"), "lint.same_person_dealt_anew", source=source)


def _exploration_hints(document: PolicyDocument) -> _Found:
    rate = document.exploration.rate_millionths
    if rate:
        # Millionths as a percentage, exact: 50,000 is 5 %.
        whole, rest = divmod(rate, 10_000)
        percent = f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
        yield _hint(("exploration", "rate_millionths"), "lint.exploration_on", percent=percent)


def _capacity_hints(document: PolicyDocument, policy: Policy) -> _Found:
    capacity, largest = document.capacity, policy.largest_points
    limits: list[tuple[Place, int | None, int | None]] = [
        (("capacity",), capacity.open_items, capacity.open_points)
    ]
    for k, own in enumerate(capacity.by_level):
        limits.append((("capacity", "by_level", k), own.open_items, own.open_points))
    for k, cap in enumerate(capacity.windows):
        limits.append((("capacity", "windows", k), cap.items, cap.points))
    for place, items, points in limits:
        if items == 0:
            yield _warning(place, "lint.capacity_zero")
        if points is not None and points < largest:
            params = {"limit": _points(points), "largest": _points(largest)}
            yield _warning(place, "lint.capacity_below_lead", **params)
        is_derived = document.workload is not None and document.workload.caps == "kept"
        if items is not None and is_derived and place[-1] == "capacity":
            yield _hint((*place, "open_items"), "lint.caps_replace_limit", limit=str(items))
