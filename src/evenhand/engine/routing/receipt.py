"""Receipts (分配依据): one line of JSON per decision, and the shared rows that lines refer to.

A receipt file replays by itself. It opens with the run (moment, seed, policy version), the policy
document, the team, and books and loads as they stood. Then, in the order of dealing:

- `class`: what was read of all items alike in it, their score, grade, points and rules;
- `field`: for one class under one rule, who could take it with which weight (and by which
  factors: base, ramp, merit, temporary, in hundredths), and who not and why;
- `full`: who was left out for what he carried, with the limit, from here on;
- `decision`: one item: class, field and full by number, outcome, winner, five runners-up, draw;
- `plan`: one plan of a backlog, before the decisions it settles: items with their classes, who
  gets each (number in `reps`, null = left over), objective, solver, digest of its inputs;
- `checkpoint`: books and loads after every 256 decisions (or as `every` of the run says; 0 =
  none), to start from in the middle.

A compact file (over 100,000 items) leaves out what a replay works out again: fields, draws and
runners-up; its checkpoints carry a digest of the items since the last one instead of the draws, so
that no decision can be moved to another item unnoticed.

Lead names, phones and mails never appear; conditions on them are answered in `class`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from evenhand.engine.ledger.book import Book, Standing
from evenhand.engine.ledger.bookings import Posting
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.decision import Cause, Decision, Outcome
from evenhand.engine.routing.planned import BacklogPlan
from evenhand.engine.routing.situation import Prepared
from evenhand.engine.routing.stored import loads_to_json, team_to_json

FORMAT = 1
CHECKPOINT_EVERY = 256
SIMPLE_CAUSES = frozenset({Cause.FAIR_SHARE, Cause.ROTATION})

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def line(kind: str, /, **data: Any) -> str:
    """One line of a receipt file."""
    return _encode({"t": kind, **data})


def reasons_to_json(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons as plain values."""
    return [why.as_json() for why in reasons]


@dataclass(frozen=True, slots=True)
class QuickForm:
    """A quick decision's line but for the item, the place in the book's sequence and the taker."""

    start: str  # between item and sequence
    rest: str  # between sequence and taker
    is_owner: bool


# A quick decision: item, form, who got it, the book's sequence and the taker's place before it.
Taken = tuple[str, QuickForm, str, int, int]


def quick_lines(taken: Iterable[Taken]) -> list[str]:
    """The lines of quick decisions, as `ReceiptWriter.decision` writes them in a compact file."""
    quoted: dict[str, str] = {}
    lines = []
    for item_id, form, rep_id, sequence, before in taken:
        item = f'"{item_id}"' if item_id.isalnum() and item_id.isascii() else _encode(item_id)
        rep = quoted.get(rep_id) or quoted.setdefault(rep_id, _encode(rep_id))
        if form.is_owner:
            rep = f'{rep},"o":{rep}'
        end = f',"b":{before}}}' if before else "}"
        lines.append(f'{{"t":"decision","i":{item}{form.start}{sequence}{form.rest}{rep}{end}')
    return lines


class ReceiptWriter:
    """Turns decisions into lines; knows which shared rows were written already."""

    def __init__(
        self, router: Router, *, is_compact: bool = False, every: int = CHECKPOINT_EVERY
    ) -> None:
        self.router = router
        self.is_compact = is_compact
        self.every = every  # decisions from one checkpoint to the next; 0 = none
        self.count = 0
        self._classes: dict[int, int] = {}  # id(prepared) is not stable; its number is
        self._fields: set[int] = set()
        self._full: dict[tuple[Any, ...], int] = {}
        self._items: list[str] = []  # decided since the last checkpoint

    def opening(self, policy_document: Mapping[str, Any], engine: str) -> list[str]:
        """The lines that make the file replay by itself; call before the first decision."""
        router = self.router
        return [
            line(
                "run",
                format=FORMAT,
                engine=engine,
                now=router.now.isoformat(),
                seed=router.seed,
                policy=router.policy.label,
                reads=list(router.policy.paths_read),
                asks=[atom.text for atom in router.policy.personal],
                compact=self.is_compact,
                **({} if self.every == CHECKPOINT_EVERY else {"every": self.every}),
            ),
            line("policy", document=policy_document),
            line("team", **team_to_json(router.team)),
            self._state("start"),
        ]

    def departures(self, postings: Mapping[str, list[Posting]]) -> list[str]:
        """What was spread when people left, by book."""
        return [
            line("departed", book=key, postings=[posting.as_json() for posting in posted])
            for key, posted in sorted(postings.items())
        ]

    def decision(self, decision: Decision, prepared: Prepared) -> list[str]:
        """The lines of one decision: shared rows not written yet, the decision, a checkpoint."""
        lines = self._shared(decision, prepared)
        lines.append(self._decision(decision, prepared))
        self._items.append(decision.item_id)
        self.count += 1
        if self._is_due:
            lines += self.checkpoint()
        return lines

    def checkpoint(self) -> list[str]:
        """Books and loads as they stand; the last line of a compact file, to vouch for its end."""
        if not self._items:
            return []
        digest = sha256("\n".join(self._items).encode("utf-8", "surrogatepass")).hexdigest()
        self._items.clear()
        return [self._state("checkpoint", **({"items": digest} if self.is_compact else {}))]

    def plan(self, plan: BacklogPlan) -> list[str]:
        """The lines of a plan that is about to be dealt: classes not written yet, then itself."""
        lines = []
        for _, prepared in plan.items:
            if prepared.number not in self._classes:
                lines += self._shared_class(prepared)
        items = [item_id for item_id, _ in plan.items]
        classes = [self._classes[prepared.number] for _, prepared in plan.items]
        lines.append(line("plan", items=items, c=classes, **plan.as_json()))
        return lines

    def quick_decision(
        self,
        item_id: str,
        prepared: Prepared,
        step: GroupStep,
        rep_id: str,
        owner_rule: str | None = None,
    ) -> list[str]:
        """The lines of a `QuickWay.take` or, with the owner rule's name, of a `QuickWay.give`.

        In a compact file only; they are the same as `decision` writes.
        """
        lines = [] if prepared.number in self._classes else self._shared_class(prepared)
        form, book = self.quick_form(prepared, step, owner_rule), step.book
        taken = (item_id, form, rep_id, book.sequence, book.last_before)
        lines += quick_lines([taken])
        due = self.count_quick(item_id)
        return [*lines, due] if due else lines

    def quick_form(
        self, prepared: Prepared, step: GroupStep, owner_rule: str | None = None
    ) -> QuickForm:
        """What is alike in the lines of quick decisions of one class, which is written already."""
        assert self.is_compact, "a full receipt names draw and runners-up"
        start = f',"c":{self._classes[prepared.number]},"f":{step.number},"s":'
        if owner_rule is None:
            return QuickForm(start, f',"rule":{_encode(step.ready.rule.rule)},"rep":', False)
        rest = f',"outcome":"assigned","rule":{_encode(owner_rule)},"cause":"owner","rep":'
        return QuickForm(start, rest, True)

    def count_quick(self, item_id: str) -> str:
        """Count a quick decision, whose line `quick_lines` gives; returns a checkpoint, if due."""
        self._items.append(item_id)
        self.count += 1
        return self.checkpoint()[0] if self._is_due else ""

    @property
    def _is_due(self) -> bool:
        return self.every > 0 and self.count % self.every == 0

    def _shared_class(self, prepared: Prepared) -> list[str]:
        self._classes[prepared.number] = len(self._classes)
        return [self._class(prepared)]

    def _state(self, kind: str, **more: str) -> str:
        router = self.router
        return line(
            kind,
            after=self.count,
            books={key: book.as_json() for key, book in sorted(router.books.items())},
            # Where nothing limits what people carry, no decision reads it.
            loads=loads_to_json(router.loads.as_loads([rep.id for rep in router.team.reps]))
            if kind == "start" or router.loads.has_limits
            else {},
            **more,
        )

    def _shared(self, decision: Decision, prepared: Prepared) -> list[str]:
        lines = []
        if prepared.number not in self._classes:
            lines += self._shared_class(prepared)
        if not self.is_compact:
            for step in prepared.steps.values():
                if step.number not in self._fields:
                    self._fields.add(step.number)
                    lines.append(self._field(step))
        if decision.full and decision.full not in self._full:
            self._full[decision.full] = len(self._full)
            lines.append(
                line(
                    "full",
                    n=self._full[decision.full],
                    who=[[rep_id, why.as_json()] for rep_id, why in decision.full],
                )
            )
        return lines

    def _class(self, prepared: Prepared) -> str:
        plan = prepared.plan
        data: dict[str, Any] = {
            "n": self._classes[prepared.number],
            "reading": plan.reading.as_json(),
            "grade": plan.grade,
            "points": plan.points,
            "worth": reasons_to_json((*plan.grading.reasons, *plan.worth.reasons)),
            "rules": [ready.rule.rule for ready in plan.rules],
        }
        if plan.score is not None:
            data["score"] = plan.score.total
            data["scored"] = reasons_to_json(plan.score.reasons)
        if prepared.stretched:
            data["stretched"] = sorted(prepared.stretched)
        return line("class", **data)

    def _field(self, step: GroupStep) -> str:
        """The line of a step's field; what does not change with its number is encoded once."""
        known = step.field.encoded.get((step.book_key, step.fits))
        if known is None:
            whole = self._encode_field(step)
            known = whole[len(_field_start(step.number)) :]
            step.field.encoded[step.book_key, step.fits] = known
        return _field_start(step.number) + known

    def _encode_field(self, step: GroupStep) -> str:
        factors = [
            [c.rep_id, c.weight.base, c.weight.ramp, c.weight.merit, c.weight.adjustment]
            for c in step.field.candidates
            if not c.weight.is_plain
        ]
        return line(
            "field",
            n=step.number,
            rule=step.ready.rule.rule,
            book=step.book_key,
            may=[
                [c.rep_id, c.weight.weight, fit, *([c.mentor_id] if c.mentor_id else [])]
                for c, fit in zip(step.field.candidates, step.fits, strict=True)
            ],
            may_not=_by_reason(step),
            **({"factors": factors} if factors else {}),
        )

    def _decision(self, decision: Decision, prepared: Prepared) -> str:
        number = self._classes[prepared.number]
        data: dict[str, Any] = {"i": decision.item_id, "c": number}
        if decision.step >= 0:
            data |= {"f": decision.step, "s": decision.sequence}
        is_simple = decision.outcome is Outcome.ASSIGNED and decision.cause in SIMPLE_CAUSES
        if is_simple:
            data |= {"rule": decision.rule, "rep": decision.rep_id}
        else:
            data |= {"outcome": decision.outcome.value, "rule": decision.rule}
            if decision.cause is not None:
                data |= {"cause": decision.cause.value, "rep": decision.rep_id}
            if decision.where:
                data["where"] = decision.where
        if decision.posting is not None:
            data["posting"] = decision.posting.as_json()
        if decision.owner:
            data["o"] = decision.owner
        if decision.last_before:
            data["b"] = decision.last_before
        if decision.round:
            data["round"] = decision.round
        if decision.tried:
            data["tried"] = [[one.rule, one.why.as_json()] for one in decision.tried]
        if decision.full:
            data["full"] = self._full[decision.full]
        if decision.mentor_id:
            data["mentor"] = decision.mentor_id
        if decision.exploration is not None:
            chance = decision.exploration.propensity
            data["random"] = decision.exploration.was_random
            data["propensity"] = [chance.numerator, chance.denominator]
        if not self.is_compact:
            data["draw"] = self.router.draw(decision.item_id, decision.round)().hex()
            if decision.places:
                data["in_band"] = decision.in_band
                data["places"] = [_place(place) for place in decision.places]
        return line("decision", **data)


def _field_start(number: int) -> str:
    return f'{{"t":"field","n":{number}'


def _place(place: Standing) -> list[Any]:
    """Member, balance before, share, grade balance, fit bonus, score, inside the band."""
    return [
        place.member,
        place.owed_before,
        place.share,
        place.grade_owed,
        place.bonus,
        place.score,
        place.is_in_band,
    ]


def _by_reason(step: GroupStep) -> list[list[Any]]:
    """Who may not, grouped by reason: one reason often holds for many."""
    found: dict[Reason, list[str]] = {}
    for exclusion in step.field.excluded:
        found.setdefault(exclusion.why, []).append(exclusion.rep_id)
    return [[why.as_json(), names] for why, names in found.items()]


def books_from_json(data: Mapping[str, Any]) -> dict[str, Book]:
    """The books of a `start` or `checkpoint` line."""
    return {key: Book.from_json(book) for key, book in data.items()}
