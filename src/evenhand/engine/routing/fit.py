"""How well a rep suits an item, from 0 to a million. Says which items, never how many.

Declared: what the rep's record says he covers, weighed by the policy. Learnt: the expected value
per point by the tables of the policy version, fit = clip(û·value ÷ (κ·p), 0, 1) (algorithms.md a).
Either may count the room left in the load. Without either, fit is 0 for everybody.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from evenhand.engine.conditions import (
    Atom,
    Bindings,
    FieldRef,
    Operator,
    compile_condition,
)
from evenhand.engine.conditions.bindings import reader_of
from evenhand.engine.facts import BUILT_IN_FIELDS, POINT, FieldSchema, Value
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.refusal import refusal
from evenhand.engine.scoring.exact import scaled
from evenhand.engine.scoring.prepared import Prepared
from evenhand.engine.scoring.skill import Skill, SkillTables
from evenhand.engine.values import Count, Percent, Section

FULL_FIT = 1_000_000
ALL_ROOM = 1_000_000

Test = Callable[[Bindings], bool]

MATCHES = ("industry", "product", "skill", "language", "region")


class FitWeights(Section):
    """How much each match counts, and the room left in the load; relative to their sum.

    `level`: that the item is what the rep's level should mostly take (`Level.mostly`).
    """

    industry: Count = 0
    product: Count = 0
    skill: Count = 0
    language: Count = 0
    region: Count = 0
    room: Count = 0
    level: Count | None = None

    @property
    def total(self) -> int:
        """The sum of all weights."""
        return sum(int(getattr(self, name) or 0) for name in (*MATCHES, "room", "level"))

    @model_validator(mode="after")
    def _weighs_something(self) -> "FitWeights":
        if self.total == 0:
            raise refusal(
                "fit.weights_zero", "every weight is 0: give one more than 0, or use mode: none"
            )
        return self


class FitSection(Section):
    """The `fit` section: whether and how it is known who suits an item.

    `room_percent` is the share that the room left in the load has beside learnt skill; declared
    fit has a weight for it.
    """

    mode: Literal["none", "declared", "learnt"] = "none"
    weights: FitWeights | None = None
    tables: SkillTables | None = None
    room_percent: Annotated[Percent, Field(le=90)] = 0
    note: str = ""

    @model_validator(mode="after")
    def _says_how(self) -> "FitSection":
        parts = {
            "weights": ("declared", self.weights is not None),
            "tables": ("learnt", self.tables is not None),
            "room_percent": ("learnt", self.room_percent > 0),
        }
        for part, (mode, is_given) in parts.items():
            if is_given and self.mode != mode:
                raise refusal(
                    "fit.part_unused",
                    "mode {mode} does not read {part}: leave it out or change the mode",
                    mode=self.mode,
                    part=part,
                )
            if not is_given and self.mode == mode and part != "room_percent":
                raise refusal(
                    "fit.part_missing",
                    "mode {mode} needs {part}",
                    mode=self.mode,
                    part=part,
                )
        return self

    @property
    def depends_on_room(self) -> bool:
        """Whether fit changes with the load, so that it must be worked out at every decision."""
        return self.room_percent > 0 or (self.weights is not None and self.weights.room > 0)


@dataclass(frozen=True, slots=True)
class FitResult:
    """Fit in millionths, and how it came about."""

    value: int
    reasons: tuple[Reason, ...]


def fields_fit_reads(section: FitSection) -> frozenset[str]:
    """The paths of the item's and company's fields that fit reads; the rep's come beside them."""
    return _ready(section, BUILT_IN_FIELDS).fields_read


def fit_of(
    section: FitSection,
    bindings: Bindings,
    *,
    rep_id: str,
    points: int,
    room: int = ALL_ROOM,
    schema: FieldSchema = BUILT_IN_FIELDS,
    is_meant: bool = False,
) -> FitResult:
    """How well the rep in `bindings` suits the item there, which costs `points` micro-points.

    `room` is how much of the rep's capacity is free, in millionths; no limit = all of it.
    `is_meant`: the item is what the rep's level should mostly take.
    """
    ready = _ready(section, schema)
    base, reasons = ready.base_with_reasons(bindings, rep_id, points, is_meant=is_meant)
    value = ready.with_room(base, room)
    if section.depends_on_room:
        reasons.append(reason("fit.room", room=_clipped(room), fit=value))
    return FitResult(value, tuple(reasons))


def fits_of(
    section: FitSection,
    seen: Iterable[tuple[str, Bindings]],
    *,
    points: int,
    rooms: Iterable[int] | None = None,
    schema: FieldSchema = BUILT_IN_FIELDS,
    meant: Sequence[bool] | None = None,
) -> tuple[int, ...]:
    """The fit of many reps for one item; `seen` pairs each id with the bindings beside that rep.

    `meant` says of each whether the item is what his level should mostly take; None = of nobody.
    """
    bases = fit_bases(section, seen, points=points, schema=schema)
    if meant is not None:
        extra = _ready(section, schema).for_meant
        bases = tuple(base + extra * is_so for base, is_so in zip(bases, meant, strict=True))
    return fits_with_room(section, bases, rooms)


def fit_bases(
    section: FitSection,
    seen: Iterable[tuple[str, Bindings]],
    *,
    points: int,
    schema: FieldSchema = BUILT_IN_FIELDS,
) -> tuple[int, ...]:
    """The part of many reps' fit that no load changes: keep it while item and reps are the same."""
    ready = _ready(section, schema)
    return ready.bases(tuple(seen), points)


def fits_with_room(
    section: FitSection, bases: Iterable[int], rooms: Iterable[int] | None = None
) -> tuple[int, ...]:
    """Fit from what `fit_bases` gave and the room that each rep has now; None = all of it."""
    ready = _ready(section, BUILT_IN_FIELDS)
    if rooms is None:
        return tuple(ready.with_room(base, ALL_ROOM) for base in bases)
    return tuple(ready.with_room(base, room) for base, room in zip(bases, rooms, strict=True))


class _Fit:
    """A fit section made ready.

    Fit is (base + room's weight × room) ÷ total: everything but the room is in the base, in
    millionths times weight, and is divided once.
    """

    __slots__ = (
        "_learnt",
        "_matches",
        "_room_weight",
        "_total",
        "fields_read",
        "for_meant",
        "section",
    )

    def __init__(self, section: FitSection, schema: FieldSchema) -> None:
        self.section = section
        self._matches: list[tuple[str, int, Test]] = []
        self._learnt: _Learnt | None = None
        self._room_weight, self._total = section.room_percent, 100
        self.for_meant = 0  # what the base gains where the item is what the level is for
        self.fields_read: frozenset[str] = frozenset()
        if section.weights is not None:
            self._room_weight, self._total = section.weights.room, section.weights.total
            self._matches = _matches(section.weights, schema)
            self.for_meant = FULL_FIT * (section.weights.level or 0)
            self.fields_read = frozenset(f"lead.{name}" for name, _, _ in self._matches)
        elif section.tables is not None:
            self._learnt = _Learnt(section.tables)
            self.fields_read = self._learnt.skill.fields_read

    def base(self, bindings: Bindings, rep_id: str, points: int) -> int:
        """Fit without the room, times the weight it has."""
        if self._learnt is not None:
            (fit,) = self._learnt.fits(bindings, [rep_id], points)
            return fit * (self._total - self._room_weight)
        return FULL_FIT * sum(weight for _, weight, holds in self._matches if holds(bindings))

    def bases(self, seen: tuple[tuple[str, Bindings], ...], points: int) -> tuple[int, ...]:
        """`base` of many reps for one item: what the item is worth is looked up once."""
        if self._learnt is None or not seen:
            return tuple(self.base(bindings, rep_id, points) for rep_id, bindings in seen)
        share = self._total - self._room_weight
        fits = self._learnt.fits(seen[0][1], [rep_id for rep_id, _ in seen], points)
        return tuple(fit * share for fit in fits)

    def with_room(self, base: int, room: int) -> int:
        """Fit in millionths."""
        return (base + self._room_weight * _clipped(room)) // self._total

    def base_with_reasons(
        self, bindings: Bindings, rep_id: str, points: int, *, is_meant: bool
    ) -> tuple[int, list[Reason]]:
        """`base`, and how it came about."""
        base = self.base(bindings, rep_id, points) + self.for_meant * is_meant
        if self._learnt is not None:
            return base, self._learnt.reasons(bindings, rep_id, points)
        if self.section.weights is None:
            return base, [reason("fit.not_in_use")]
        met = {name: holds(bindings) for name, _, holds in self._matches}
        if self.for_meant:
            met["level"] = is_meant
        matched = tuple(name for name, is_met in met.items() if is_met)
        unmatched = tuple(name for name, is_met in met.items() if not is_met)
        said = reason("fit.declared", matched=matched, unmatched=unmatched, fit=base // self._total)
        return base, [said]


class _Learnt:
    """Skill tables as fit: û·value ÷ (κ·p), clipped to 0 … 1."""

    __slots__ = ("_readers", "skill")

    def __init__(self, tables: SkillTables) -> None:
        self.skill = Skill(tables)
        self._readers = {
            path: reader_of(FieldRef.of(path)) for path in sorted(self.skill.fields_read)
        }

    def fits(self, bindings: Bindings, rep_ids: Sequence[str], points: int) -> list[int]:
        """The fit of each rep in millionths, rounded down; the bindings need no rep."""
        value = self._value(bindings)
        chances = self.skill.chances(self._keys(bindings), rep_ids)
        return [self._fit(chance, value, points) for chance in chances]

    def reasons(self, bindings: Bindings, rep_id: str, points: int) -> list[Reason]:
        """Every figure that went into it; and what the tables know nothing of."""
        keys, value = self._keys(bindings), self._value(bindings)
        chance = self.skill.chances(keys, (rep_id,))[0]
        found = [
            reason(
                "fit.learnt",
                chance=chance,
                value=value,
                points=points,
                kappa=self.skill.tables.kappa,
                fit=self._fit(chance, value, points),
            )
        ]
        if rep_id not in self.skill.tables.reps:
            found.append(reason("fit.rep_without_history", rep=rep_id))
        unknown = self.skill.unknown_segments(keys)
        if unknown:
            found.append(reason("fit.segment_without_history", fields=unknown))
        return found

    def _keys(self, bindings: Bindings) -> tuple[str, ...]:
        return self.skill.keys(lambda path: self._readers[path](bindings))

    def _value(self, bindings: Bindings) -> int:
        tables = self.skill.tables
        given: Value = None
        if tables.value_field is not None:
            given = self._readers[tables.value_field](bindings)
        amount = scaled(given, 6)
        return tables.default_value if amount is None else max(0, amount)

    def _fit(self, chance: int, value: int, points: int) -> int:
        # An item that costs nothing has no value per point: it is taken as one of one point.
        price = points if points > 0 else POINT
        return min(FULL_FIT, chance * value * FULL_FIT // (self.skill.tables.kappa * price))


_ready = Prepared(_Fit)


def _matches(weights: FitWeights, schema: FieldSchema) -> list[tuple[str, int, Test]]:
    """`rep.industry contains lead.industry` and so on, of the weights that are not 0.

    The language of conditions decides what a match is, as in rules; a region matches if it lies
    within one that the rep covers. An item or a rep that says nothing matches nothing.
    """
    found = []
    for name in MATCHES:
        weight = getattr(weights, name)
        if weight > 0:
            match = Atom(FieldRef("rep", name), Operator.CONTAINS, FieldRef("lead", name))
            found.append((name, weight, compile_condition(match, schema)))
    return found


def _clipped(room: int) -> int:
    return max(0, min(ALL_ROOM, room))
