"""The same item decided anew, with some of the facts about one person changed.

What is said to have made a difference is tried out here before it is said. Whatever is not
changed stays as it was at the moment of the decision; the router asked is left untouched.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evenhand.engine.conditions import Bindings
from evenhand.engine.facts import FULL_WEIGHT, POINT, Adjustment, Load, Rep, Value
from evenhand.engine.ledger.book import Book
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.availability import why_unavailable
from evenhand.engine.routing.capacity import window_start
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Decision
from evenhand.engine.routing.policy import Policy, ReadyRule
from evenhand.engine.routing.section import OwnerOf
from evenhand.engine.routing.situation import Prepared
from evenhand.engine.routing.team import Team


class Trial:
    """One item and one person, as they stood, and what is tried. Mutable: `apply` adds up."""

    def __init__(self, router: Router, prepared: Prepared, decision: Decision, rep_id: str) -> None:
        self._router = router
        self._reading = prepared.plan.reading
        self._item_id, self._round = decision.item_id, decision.round
        self._owner = decision.owner
        self._is_owner_unknown = _is_owner_unknown(router.policy, prepared, decision)
        self._loads = router.loads.as_loads([rep.id for rep in router.team.reps])
        self.rep = next(rep for rep in router.team.reps if rep.id == rep_id)
        self._is_there = False  # neither on leave nor outside working time
        self._admitted: set[int] = set()  # rules whose condition on people he meets
        self._dropped: set[str] = set()
        self._groups: set[str] = set()
        self._owed: list[tuple[int, int]] = []  # (rule, micro-points more)
        self._fits: dict[int, int] = {}  # rule → millionths

    @property
    def load(self) -> Load:
        """What he carries."""
        return self._loads[self.rep.id]

    def decide(self) -> Decision:
        """What becomes of the item."""
        router, prepared = self.before()
        return router.route_prepared(self._item_id, prepared, round_=self._round, owner=self._owner)

    def before(self) -> tuple[Router, Prepared]:
        """A router as it would have stood just before, and the item prepared by it."""
        old = self._router
        reps = [self.rep if rep.id == self.rep.id else rep for rep in old.team.reps]
        router = Router(
            old.policy,
            Team.of(reps, old.team.calendars),
            now=old.now,
            seed=old.seed,
            books={key: Book.from_json(book.as_json()) for key, book in old.books.items()},
            loads=self._loads,
        )
        roster, position = router.roster, router.roster.position[self.rep.id]
        if self._is_there:
            section = router.policy.parts.availability
            there = section.model_copy(update={"leave": "ignore", "working_hours": "ignore"})
            calendar = router.team.calendar_of(self.rep)
            roster.away[position] = why_unavailable(self.rep, there, calendar, router.now)
        for group in self._groups:
            roster.members[group] = tuple(sorted({*roster.members[group], position}))
        router.settle_members()
        prepared = router.prepare(self._reading, router.draw(self._item_id, self._round))
        rules = (self._as_tried(ready) for ready in prepared.plan.rules)
        kept = tuple(ready for ready in rules if ready.rule.rule not in self._dropped)
        prepared.plan = replace(prepared.plan, rules=kept)
        self._book(router, prepared)
        return router, prepared

    def _as_tried(self, ready: ReadyRule) -> ReadyRule:
        if ready.position not in self._admitted:
            return ready
        his_id, admits = self.rep.id, ready.admits

        def with_him(bindings: Bindings) -> bool:
            return (bindings.rep or {}).get("id") == his_id or admits(bindings)

        return replace(ready, admits=with_him)

    def _book(self, router: Router, prepared: Prepared) -> None:
        """Owe him more, and let him suit the item better, where that is tried."""
        rules = {ready.position: ready for ready in prepared.plan.rules}
        for rule, amount in self._owed:
            if rule in rules:
                step = router.step(prepared, rules[rule])
                book = step.book
                at = book.position(self.rep.id)
                book.balance[0 if step.by_count else book.row(prepared.plan.grade), at] += amount
                book.owed[at] += amount
        for rule, fit in self._fits.items():
            if rule in rules:
                step = router.step(prepared, rules[rule])
                fits = zip(step.field.candidates, step.fits, strict=True)
                step.fits = tuple(fit if one.rep_id == self.rep.id else own for one, own in fits)

    # -- what can be tried -------------------------------------------------------------------

    def apply(self, change: Reason, ready: ReadyRule | None) -> None:
        """Change the facts as a `change.*` or `condition.remedy` asks, under this rule.

        :raises CannotTry: nothing in the facts answers to it.
        """
        told: dict[str, Any] = dict(change.params)
        match change.code:
            case "change.active":
                self.rep = replace(self.rep, is_active=True)
            case "change.switched_on":
                self.rep = replace(self.rep, is_accepting=True)
            case "change.after" | "change.back_from_leave":
                self._is_there = True
            case "change.level":
                self.rep = replace(self.rep, level=told["levels"][0])
            case "change.mentor":
                self.rep = replace(self.rep, mentor_id=self._somebody_else())
            case "change.weight":
                self.rep = _with_weight(self.rep)
            case "change.field":
                self._say(told["field"].removeprefix("rep."), told["wanted"])
            case "change.in_group":
                self._groups.add(told["group"])
            case "change.without_rule":
                if self._is_owner_unknown:
                    raise CannotTry("company.owner")
                self._dropped.add(told["rule"])
            case "condition.remedy" | "condition.remedy_masked":
                self._meet(told, ready)
            case _:
                self._weigh(change.code, told, ready)

    def _weigh(self, code: str, told: Mapping[str, Any], ready: ReadyRule | None) -> None:
        """Changes of what he is owed, suits and carries."""
        match code:
            case "change.more_owed" if ready is not None:
                self._owed.append((ready.position, told["points"]))
            case "change.more_turns_owed" if ready is not None:
                self._owed.append((ready.position, told["turns"] * POINT))
            case "change.higher_fit" if ready is not None:
                self._fits[ready.position] = told["fit"]
            case "change.fewer_open_items":
                self._carry(open_count=self.load.open_count - told["count"])
            case "change.fewer_open_points":
                self._carry(open_points=self.load.open_points - told["points"])
            case "change.fewer_in_window":
                self._receive_less(told["cap"], items=told["count"])
            case "change.fewer_points_in_window":
                self._receive_less(told["cap"], points=told["points"])
            case _:
                raise CannotTry(code)

    def _carry(self, **more: Any) -> None:
        self._loads[self.rep.id] = replace(self.load, **more)

    def _receive_less(self, cap_name: str, *, items: int = 0, points: int = 0) -> None:
        """So many items, or points, less within a window; the newest go first."""
        windows = self._router.policy.parts.capacity.windows
        cap = next(one for one in windows if one.cap == cap_name)
        start = window_start(cap, self._router.now, self._router.roster.zone)
        kept = []
        for at, amount in reversed(self.load.received):
            if at >= start and items:
                items -= 1
                continue
            less = min(points, amount) if at >= start else 0
            points -= less
            kept.append((at, amount - less))
        self._carry(received=tuple(reversed(kept)))

    def _say(self, name: str, value: Value) -> None:
        """Let him cover this too."""
        covered = self.rep.fields.get(name)
        so_far = covered if isinstance(covered, tuple) else () if covered is None else (covered,)
        more = value if isinstance(value, tuple) else (value,)
        self.rep = replace(self.rep, fields={**self.rep.fields, name: (*so_far, *more)})

    def _meet(self, told: Mapping[str, Any], ready: ReadyRule | None) -> None:
        """Let him meet a rule's condition: by his own field if that is simple, else as given."""
        root, _, name = told["field"].partition(".")
        is_plain = root == "rep" and not told["is_negated"] and told.get("wanted") is not None
        if is_plain and told["operator"] == "=" and name in ("team", "level"):
            self.rep = replace(self.rep, **{name: told["wanted"]})
        elif is_plain and told["operator"] == "contains":
            self._say(name, told["wanted"])
        elif ready is not None:
            self._admitted.add(ready.position)
        else:
            raise CannotTry(told["field"])

    def _somebody_else(self) -> str:
        for rep in self._router.team.reps:
            if rep.is_active and rep.id != self.rep.id:
                return rep.id
        raise CannotTry("mentor")


def _is_owner_unknown(policy: Policy, prepared: Prepared, decision: Decision) -> bool:
    """Whether only rules after the one that settled it ask who looks after the item's company.

    Where that is kept apart from readings, a decision records it once a rule has asked.
    """
    rules = prepared.plan.rules
    settled = next((n for n, one in enumerate(rules) if one.rule.rule == decision.rule), len(rules))
    asking = [n for n, one in enumerate(rules) if _asks_for_owner(one)]
    return policy.owner_is_apart and bool(asking) and asking[0] > settled


def _asks_for_owner(ready: ReadyRule) -> bool:
    return isinstance(ready.rule.to, OwnerOf) and ready.rule.to.of == "company"


class CannotTry(Exception):
    """Nothing in the facts answers to a change."""


def _with_weight(rep: Rep) -> Rep:
    """Somebody with nothing that brings his weight to zero."""

    def whole(amount: int) -> int:
        return amount or FULL_WEIGHT

    kept: tuple[Adjustment, ...] = tuple(one for one in rep.adjustments if one.factor)
    return replace(
        rep,
        weight=whole(rep.weight),
        weights={name: amount for name, amount in rep.weights.items() if amount},
        performance=whole(rep.performance),
        reward=whole(rep.reward),
        adjustments=kept,
    )
