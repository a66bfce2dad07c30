"""Matching whole lists: two lists in which nobody comes twice, or one list with itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evenhand.engine.matching.blocking import pairs_between, pairs_within
from evenhand.engine.matching.evidence import Field, Model, Pattern, Record, learn, pattern_of

# Bits of evidence above which two records are taken for one: 99 in 100 (log2 of the odds). Joining
# two people is worse than asking somebody about them.
CERTAIN = 6.63
# Above this it is more likely than not: worth showing to a person.
LIKELY = 0.0

# So many pairs of strangers say how often two persons agree by accident.
_STRANGERS = 40_000
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Two records that may be one, by their positions, with the bits of evidence."""

    left: int
    right: int
    bits: float

    @property
    def is_certain(self) -> bool:
        """Whether they are joined without asking."""
        return self.bits > CERTAIN


def link(
    left: Sequence[Record], right: Sequence[Record], fields: Sequence[Field]
) -> tuple[list[Match], Model]:
    """Who of one list is who of another, each record at most once; the surest first.

    What is likely but not certain is among them, for a person to decide.
    """
    agreed = _compared(left, right, fields, pairs_between(left, right, fields))
    known = pairs_between(left, right, fields, with_words=False)
    model = _learn(left, right, fields, agreed, known, most=min(len(left), len(right)))
    weighed = (Match(a, b, model.weight(left[a], how)) for (a, b), how in agreed.items())
    found: list[Match] = []
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    likely = (one for one in weighed if one.bits > LIKELY)
    for one in sorted(likely, key=lambda one: (-one.bits, one.left, one.right)):
        if one.left not in taken_left and one.right not in taken_right:
            taken_left.add(one.left)
            taken_right.add(one.right)
            found.append(one)
    return found, model


def find_repeats(
    records: Sequence[Record], fields: Sequence[Field]
) -> tuple[list[list[int]], list[Match], Model]:
    """Records of one list that tell of the same: groups that are certain, and likely pairs."""
    agreed = _compared(records, records, fields, pairs_within(records, fields))
    known = pairs_within(records, fields, with_words=False)
    model = _learn(records, records, fields, agreed, known, most=len(records))
    weighed = [Match(a, b, model.weight(records[a], how)) for (a, b), how in agreed.items()]
    groups = _groups((one.left, one.right) for one in weighed if one.is_certain)
    together = {one: number for number, group in enumerate(groups) for one in group}
    likely = [
        one
        for one in weighed
        if one.bits > LIKELY
        and (one.left not in together or together[one.left] != together.get(one.right))
    ]
    return groups, likely, model


def _compared(
    left: Sequence[Record], right: Sequence[Record], fields: Sequence[Field], pairs: Iterable[Pair]
) -> dict[Pair, Pattern]:
    return {(a, b): pattern_of(fields, left[a], right[b]) for a, b in sorted(pairs)}


def _learn(
    left: Sequence[Record],
    right: Sequence[Record],
    fields: Sequence[Field],
    agreed: Mapping[Pair, Pattern],
    known: Iterable[Pair],
    *,
    most: int,
) -> Model:
    return learn(
        fields,
        telling=(agreed[pair] for pair in sorted(known)),
        strangers=(
            pattern_of(fields, left[a], right[b])
            for a, b in _strangers(len(left), len(right))
            if left is not right or a != b
        ),
        compared=agreed.values(),
        records=left if left is right else (*left, *right),
        most=most,
    )


def _strangers(left: int, right: int) -> Iterator[Pair]:
    """Pairs spread over two lists without any order, the same at every call (Knuth's MMIX)."""
    state = 1
    for number in range(_STRANGERS if left and right else 0):
        state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        yield number % left, (state >> 33) % right


def _groups(pairs: Iterable[Pair]) -> list[list[int]]:
    """Whoever is linked, over any number of steps, belongs together."""
    above: dict[int, int] = {}

    def top(one: int) -> int:
        while above.setdefault(one, one) != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for a, b in pairs:
        above[top(a)] = top(b)
    found: dict[int, list[int]] = {}
    for one in sorted(above):
        found.setdefault(top(one), []).append(one)
    return sorted(found.values())
