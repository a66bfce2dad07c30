"""The facts of a decision, changed as `change.*` reasons ask, and the item decided anew.

Written without looking at `engine.routing.trial`: the test holds the two against each other.
"""

from dataclasses import replace
from typing import Any

from evenhand.engine.facts import POINT, Item, Load, Rep
from evenhand.engine.ledger.book import Book
from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.capacity import window_start
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Decision
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.team import Team

# Chance, a better fit, and conditions that no single field of his turns.
BEYOND_FACTS = frozenset({"change.other_draw", "change.higher_fit", "condition.remedy_masked"})


class ChangedFacts:
    """What a router knew just before an item, and what has been changed of it for one person."""

    def __init__(self, router: Router, rules: dict[str, Any], item: Item, rep_id: str) -> None:
        self.before = router
        self.rules = rules
        self.item = item
        self.reps: dict[str, Rep] = {rep.id: rep for rep in router.team.reps}
        self.loads: dict[str, Load] = router.loads.as_loads(list(self.reps))
        self.rep_id = rep_id
        self.more_owed = 0

    @property
    def rep(self) -> Rep:
        """The person, as changed so far."""
        return self.reps[self.rep_id]

    def change(self, why: Reason) -> bool:
        """Change the facts; False = no single fact answers to it."""
        told: dict[str, Any] = dict(why.params)
        match why.code:
            case "change.active":
                self._rep(is_active=True)
            case "change.switched_on":
                self._rep(is_accepting=True)
            case "change.after" | "change.back_from_leave":
                self._rep(leaves=())
            case "change.level":
                self._rep(level=told["levels"][0])
            case "change.mentor":
                others = (rep for rep in self.reps.values() if rep.is_active and rep != self.rep)
                self._rep(mentor_id=next(others).id)
            case "change.weight":
                self._rep(weight=100, weights={})
            case "change.field":
                self._covers(told["field"].removeprefix("rep."), told["wanted"])
            case "change.more_owed":
                self.more_owed += told["points"]
            case "change.more_turns_owed":
                self.more_owed += told["turns"] * POINT
            case "change.in_group":
                self._edit("groups", "group", told["group"], self._with_him)
            case "change.without_rule":
                self._edit(
                    "rules", "rule", told["rule"], lambda rule: {**rule, "is_enabled": False}
                )
            case "condition.remedy":
                return self._remedy(told)
            case code if code in BEYOND_FACTS:
                return False
            case _:
                self._less(why.code, told)
        return True

    def _with_him(self, group: dict[str, Any]) -> dict[str, Any]:
        return {**group, "members": [*group.get("members", []), self.rep_id]}

    def _edit(self, section: str, key: str, name: str, edit: Any) -> None:
        parts = [edit(part) if part[key] == name else part for part in self.rules[section]]
        self.rules = {**self.rules, section: parts}

    def _rep(self, **more: Any) -> None:
        self.reps[self.rep_id] = replace(self.rep, **more)

    def _covers(self, name: str, value: Any) -> None:
        covered = self.rep.fields.get(name) or ()
        assert isinstance(covered, tuple)
        self._rep(fields={**self.rep.fields, name: (*covered, value)})

    def _remedy(self, told: dict[str, Any]) -> bool:
        if told["is_negated"] or told["wanted"] is None:
            return False
        match told["field"], told["operator"]:
            case "rep.team", "=":
                self._rep(team=told["wanted"])
            case "rep.product", "contains":
                self._covers("product", told["wanted"])
            case _:
                return False
        return True

    def _less(self, code: str, told: dict[str, Any]) -> None:
        load = self.loads[self.rep_id]
        match code:
            case "change.fewer_open_items":
                load = replace(load, open_count=load.open_count - told["count"])
            case "change.fewer_open_points":
                load = replace(load, open_points=load.open_points - told["points"])
            case _:
                load = replace(load, received=self._received_less(load, told))
        self.loads[self.rep_id] = load

    def _received_less(self, load: Load, told: dict[str, Any]) -> Any:
        caps = self.before.policy.parts.capacity.windows
        cap = next(one for one in caps if one.cap == told["cap"])
        start = window_start(cap, self.before.now, self.before.roster.zone)
        inside = [one for one in load.received if one[0] >= start]
        outside = [one for one in load.received if one[0] < start]
        if "count" in told:
            return (*outside, *inside[: len(inside) - told["count"]])
        left, kept = told["points"], []
        for at, points in inside:
            kept.append((at, points - min(points, left)))
            left -= min(points, left)
        return (*outside, *kept)

    def _router(self) -> Router:
        policy = Policy(policy_from_plain(self.rules))
        # A changed document has another digest, and with it another draw; chance stays the same.
        policy.label = self.before.policy.label
        books = {key: Book.from_json(book.as_json()) for key, book in self.before.books.items()}
        router = Router(
            policy,
            Team.of(self.reps.values(), self.before.team.calendars),
            now=self.before.now,
            seed=self.before.seed,
            books=books,
            loads=self.loads,
        )
        router.settle_members()
        return router

    def decide(self) -> Decision:
        """The item decided with the facts as they are now."""
        router = self._router()
        if self.more_owed:
            settled = self._router().route(self.item).rule
            policy = router.policy
            reading = policy.read(self.item, now=router.now, clock=router.clock)
            prepared = router.prepare(reading, router.draw(self.item.id, self.item.round))
            ready = next(one for one in prepared.plan.rules if one.rule.rule == settled)
            step = router.step(prepared, ready)
            at = step.book.position(self.rep_id)
            row = 0 if step.by_count else step.book.row(prepared.plan.grade)
            step.book.balance[row, at] += self.more_owed
            step.book.owed[at] += self.more_owed
        return router.route(self.item)
