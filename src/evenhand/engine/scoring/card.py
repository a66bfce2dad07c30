"""The scoring card: signals add up to a score, with what each of them gave.

Signals → bounds of each dimension → bounds of the total. All amounts are integer hundredths of a
score point. The same item at the same `now` always gets the same score.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from evenhand.engine.conditions import (
    Bindings,
    Condition,
    FieldRef,
    atoms_of,
    compile_condition,
    fields_read,
    is_personal,
)
from evenhand.engine.conditions.bindings import reader_of
from evenhand.engine.conditions.operators import EMPTINESS
from evenhand.engine.conditions.values import fold, is_missing
from evenhand.engine.facts import BUILT_IN_FIELDS, Behaviour, FieldSchema
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.scoring.decay import WHOLE, decay_factor
from evenhand.engine.scoring.exact import rounded
from evenhand.engine.scoring.prepared import Prepared
from evenhand.engine.scoring.section import Dimension, ScoringSection, Signal

_DAY_HUNDREDTH = timedelta(days=1) / 100


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """What one dimension's signals came to, before (`raw`) and after its bounds; hundredths."""

    dimension: Dimension
    raw: int
    capped: int


@dataclass(frozen=True, slots=True)
class Score:
    """An item's score in hundredths of a score point, and how it came about.

    `reasons` holds one line per signal in the order of the card (notes of what was left out or
    bounded right behind it), then the bounds that were hit.
    """

    total: int
    dimensions: tuple[DimensionScore, ...]
    reasons: tuple[Reason, ...]

    @property
    def as_number(self) -> int | Decimal:
        """The total as conditions compare it (`lead.score`), exact."""
        whole, rest = divmod(self.total, 100)
        return whole if rest == 0 else Decimal(self.total).scaleb(-2)


_Given = tuple[int, list[Reason]]
_Scorer = Callable[[Bindings, tuple[Behaviour, ...]], _Given]


class Card:
    """A scoring section made ready: compile once, score any number of items."""

    __slots__ = ("_scorers", "fields_read", "section")

    def __init__(self, section: ScoringSection, schema: FieldSchema = BUILT_IN_FIELDS) -> None:
        self.section = section
        self.fields_read = frozenset(
            path for condition in section.conditions for path in fields_read(condition)
        )
        self._scorers = [(signal.dimension, _scorer(signal, schema)) for signal in section.signals]

    def score(self, bindings: Bindings, behaviours: Iterable[Behaviour] = ()) -> Score:
        """The score of the item in `bindings`, which did `behaviours`, at `bindings.now`."""
        done = tuple(behaviours)
        raw = dict.fromkeys(self.section.dimensions, 0)
        reasons: list[Reason] = []
        for dimension, scorer in self._scorers:
            amount, said = scorer(bindings, done)
            raw[dimension] += amount
            reasons += said

        parts = []
        for dimension, bound in self.section.dimensions.items():
            part = DimensionScore(
                dimension, raw[dimension], _bounded(raw[dimension], bound.cap, bound.floor)
            )
            parts.append(part)
            if part.capped != part.raw:
                name = dimension.value
                reasons.append(
                    reason(
                        "score.dimension_bounded", dimension=name, raw=part.raw, amount=part.capped
                    )
                )
        together = sum(part.capped for part in parts)
        total = _bounded(together, self.section.cap, self.section.floor)
        if total != together:
            reasons.append(reason("score.total_bounded", raw=together, amount=total))
        return Score(total, tuple(parts), tuple(reasons))


_ready = Prepared(Card)


def score_item(
    section: ScoringSection,
    bindings: Bindings,
    *,
    behaviours: Iterable[Behaviour] = (),
    schema: FieldSchema = BUILT_IN_FIELDS,
) -> Score:
    """The score of the item in `bindings`, which did `behaviours`, at `bindings.now`."""
    return _ready(section, schema).score(bindings, behaviours)


def _bounded(amount: int, cap: int | None, floor: int | None) -> int:
    if cap is not None and amount > cap:
        return cap
    return floor if floor is not None and amount < floor else amount


def _scorer(signal: Signal, schema: FieldSchema) -> _Scorer:
    if signal.when is not None:
        return _condition_scorer(signal, signal.when, schema)
    assert signal.behavior is not None  # the section's validator saw to it
    return _behavior_scorer(signal, signal.behavior)


def _condition_scorer(signal: Signal, when: Condition, schema: FieldSchema) -> _Scorer:
    holds = compile_condition(when, schema)
    needed = [(ref.path, reader_of(ref)) for ref in _needed_fields(when, schema)]
    dimension = signal.dimension.value
    held = reason("score.held", signal=signal.id, dimension=dimension, amount=signal.points)
    not_held = reason("score.not_held", signal=signal.id, dimension=dimension)

    def scorer(bindings: Bindings, behaviours: tuple[Behaviour, ...]) -> _Given:
        if holds(bindings):
            return signal.points, [held]
        missing = tuple(path for path, read in needed if is_missing(read(bindings)))
        if not missing:
            return 0, [not_held]
        return 0, [reason("score.missing", signal=signal.id, dimension=dimension, fields=missing)]

    return scorer


def _needed_fields(condition: Condition, schema: FieldSchema) -> tuple[FieldRef, ...]:
    """The fields without which the condition says nothing, each once, in the order of writing.

    Not those only asked whether they are empty. Not personal ones either: after an erasure they
    are gone, and the reasons must replay all the same.
    """
    found = [
        ref
        for atom in atoms_of(condition)
        if atom.operator not in EMPTINESS and not is_personal(atom, schema)
        for ref in atom.fields
    ]
    return tuple({ref.path: ref for ref in found}.values())


def _behavior_scorer(signal: Signal, behavior: str) -> _Scorer:
    wanted, dimension = fold(behavior), signal.dimension.value
    half_life = None if signal.half_life_days is None else signal.half_life_days * _DAY_HUNDREDTH
    absent = reason(
        "score.behavior_absent", signal=signal.id, dimension=dimension, behavior=behavior
    )

    def scorer(bindings: Bindings, behaviours: tuple[Behaviour, ...]) -> _Given:
        mine = [done for done in behaviours if done.count > 0 and fold(done.kind) == wanted]
        past = [done for done in mine if done.at <= bindings.now]
        notes = []
        future_count = sum(done.count for done in mine if done.at > bindings.now)
        if future_count:
            notes.append(reason("score.future_ignored", signal=signal.id, count=future_count))
        if not past:
            return 0, [absent, *notes]

        count = sum(done.count for done in past)
        counted = count if signal.max_count is None else min(count, signal.max_count)
        if counted < count:
            notes.append(
                reason("score.count_limited", signal=signal.id, count=count, counted=counted)
            )
        raw = rounded(signal.points * _weight(past, bindings.now, counted, half_life), WHOLE)
        amount = raw if signal.cap is None else max(-signal.cap, min(signal.cap, raw))
        if amount != raw:
            notes.append(reason("score.signal_bounded", signal=signal.id, raw=raw, amount=amount))
        given = reason(
            "score.behavior",
            signal=signal.id,
            dimension=dimension,
            behavior=behavior,
            counted=counted,
            amount=amount,
        )
        return amount, [given, *notes]

    return scorer


def _weight(
    past: Sequence[Behaviour], now: datetime, counted: int, half_life: timedelta | None
) -> int:
    """The decayed number of occurrences in millionths; the newest `counted` ones count."""
    weight = 0
    for done in sorted(past, key=lambda done: done.at, reverse=True):
        taken = min(done.count, counted)
        counted -= taken
        weight += taken * (WHOLE if half_life is None else decay_factor(now - done.at, half_life))
        if not counted:
            break
    return weight
