"""How much an agreement weighs: the model of Fellegi and Sunter (1969), learnt without labels.

Each field's level of agreement is evidence of log2(m/u) bits: m is how often records of the same
person agree so, u how often those of two persons do. u is counted on pairs drawn at random, which
are nearly all of two persons; m and the share of true pairs are estimated by expectation
maximization over the pairs that blocking proposes (Winkler 1988). Rare values weigh more: that two
records share 司马 says more than that they share 王.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

from evenhand.engine.matching.agreement import DIFFERENT, LEVELS, SAME, Kind, agreement

Record = Mapping[str, str]
Pattern = tuple[int | None, ...]

_ROUNDS = 40
_LEAST = 0.5  # pairs added to every level: what was never seen is rare, not impossible
# How records of one person usually agree; where the estimation begins, and what it is held to
# with the weight of ten times the true pairs: pairs that share a street and a town, of which there
# may be many more, would otherwise pass for true ones.
_USUAL_M = (0.04, 0.06, 0.15, 0.75)
_HELD = 10.0
_FIRST_SHARE, _LEAST_SHARE = 0.01, 1e-7


@dataclass(frozen=True, slots=True)
class Field:
    """A field to compare; `rare` = its values tell people apart by how seldom they are."""

    name: str
    kind: Kind
    rare: bool = True


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt: by field and level the bits of evidence, and the bits to begin with."""

    fields: tuple[Field, ...]
    bits: tuple[tuple[float, ...], ...]
    prior: float  # bits; negative: most pairs that are compared are two persons
    seldom: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def weight(self, one: Record, pattern: Pattern) -> float:
        """The bits of evidence that two records, which agree like this, are one.

        Above 0 it is more likely than not. `one` is either of them: where a value is the same, how
        rare it is counts.
        """
        total = self.prior
        for number, level in enumerate(pattern):
            if level is None:
                continue
            total += self.bits[number][level]
            if level == SAME:
                name = self.fields[number].name
                total += self.seldom.get(name, {}).get(one.get(name, ""), 0.0)
        return total


def pattern_of(fields: Sequence[Field], one: Record, other: Record) -> Pattern:
    """The levels of agreement of two records, field by field."""
    return tuple(agreement(f.kind, one.get(f.name, ""), other.get(f.name, "")) for f in fields)


def learn(
    fields: Sequence[Field],
    *,
    telling: Iterable[Pattern],
    strangers: Iterable[Pattern],
    compared: Iterable[Pattern],
    records: Iterable[Record],
    most: int,
) -> Model:
    """Learn a model without being told who is who.

    `telling` pairs share a whole value: many of them are true, and they say how true pairs agree.
    `strangers` are drawn at random. `compared` are all pairs that will be weighed: how many of them
    are true is where every weighing begins; at most `most` can be. `records` are all that there
    are: their values are counted, to tell rare ones from common ones.
    """
    chosen = tuple(fields)
    u = _shares(strangers, len(chosen))
    m = _estimate(Counter(telling), u, most)
    share = _share_of_true(Counter(compared), m, u, most)
    bits = tuple(
        tuple(log2(m[number][level] / u[number][level]) for level in LEVELS)
        for number in range(len(chosen))
    )
    return Model(chosen, _orderly(bits), log2(share / (1 - share)), _seldom(chosen, records))


def _shares(patterns: Iterable[Pattern], count: int) -> list[list[float]]:
    """How often each level occurs in each field, where both values are there."""
    found = [[_LEAST] * len(LEVELS) for _ in range(count)]
    for pattern in patterns:
        for number, level in enumerate(pattern):
            if level is not None:
                found[number][level] += 1
    return [[value / sum(levels) for value in levels] for levels in found]


Shares = list[list[float]]


def _estimate(patterns: Mapping[Pattern, int], u: Shares, most: int) -> Shares:
    """m by field and level."""
    whole, highest = _most_of(patterns, most)
    m = [list(_USUAL_M) for _ in u]
    share = min(_FIRST_SHARE, highest)
    for _ in range(_ROUNDS):
        found = [[0.0] * len(LEVELS) for _ in u]
        true_pairs = 0.0
        for pattern, often in patterns.items():
            expected = often * _chance(pattern, m, u, share)
            true_pairs += expected
            for number, level in enumerate(pattern):
                if level is not None:
                    found[number][level] += expected
        m = [_held(levels) for levels in found]
        share = min(max(true_pairs / whole, _LEAST_SHARE), highest)
    return m


def _share_of_true(patterns: Mapping[Pattern, int], m: Shares, u: Shares, most: int) -> float:
    """Which part of these pairs is true, by what is known of true and other pairs."""
    whole, highest = _most_of(patterns, most)
    share = min(_FIRST_SHARE, highest)
    for _ in range(_ROUNDS):
        true_pairs = sum(
            often * _chance(pattern, m, u, share) for pattern, often in patterns.items()
        )
        share = min(max(true_pairs / whole, _LEAST_SHARE), highest)
    return share


def _most_of(patterns: Mapping[Pattern, int], most: int) -> tuple[int, float]:
    """How many pairs there are, and the largest part of them that can be true."""
    whole = max(sum(patterns.values()), 1)
    return whole, min(0.5, max(most, 1) / whole)


def _chance(pattern: Pattern, m: Shares, u: Shares, share: float) -> float:
    odds = share / (1 - share)
    for number, level in enumerate(pattern):
        if level is not None:
            odds *= m[number][level] / u[number][level]
    return odds / (1 + odds)


def _held(levels: list[float]) -> list[float]:
    weight = max(_HELD * sum(levels), 10.0)
    added = [seen + weight * usual for seen, usual in zip(levels, _USUAL_M, strict=True)]
    return [value / sum(added) for value in added]


def _orderly(bits: tuple[tuple[float, ...], ...]) -> tuple[tuple[float, ...], ...]:
    """A closer agreement never weighs less than a looser one: few pairs can say so by accident."""
    found = []
    for levels in bits:
        rising = [levels[DIFFERENT]]
        for level in LEVELS[1:]:
            rising.append(max(levels[level], rising[-1]))
        found.append(tuple(rising))
    return tuple(found)


def _seldom(fields: Sequence[Field], records: Iterable[Record]) -> dict[str, dict[str, float]]:
    """By field and value: the bits that it says more (or less) than the field's usual value."""
    kept = list(records)
    found: dict[str, dict[str, float]] = {}
    for one in fields:
        if not one.rare:
            continue
        counts = Counter(record[one.name] for record in kept if record.get(one.name))
        whole = sum(counts.values())
        if not whole:
            continue
        usual = sum(count * count for count in counts.values()) / whole  # of a pair that agrees
        # Half of it: how often a value is written is known only roughly.
        found[one.name] = {
            value: 0.5 * log2(usual / count) for value, count in counts.items() if count
        }
    return found
