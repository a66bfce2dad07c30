"""Which pairs are worth comparing: records that share something rare enough.

Comparing everybody with everybody would take 10¹² comparisons at a million records. Two records of
one person nearly always share at least one whole field or a rare word of one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from evenhand.engine.matching.agreement import Kind
from evenhand.engine.matching.evidence import Field, Record

MOST_IN_BLOCK = 60
_SHORTEST_WORD = 3
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


def keys_of(record: Record, fields: Sequence[Field], *, with_words: bool = True) -> Iterator[str]:
    """Under which keys a record is found: whole values, and the words of texts."""
    for one in fields:
        value = record.get(one.name, "")
        if not value:
            continue
        yield f"{one.name}={value}"
        if with_words and one.kind is Kind.TEXT:
            for word in _words(value) - {value}:
                yield f"{one.name}~{word}"


def _words(text: str) -> set[str]:
    """The words of a text; of Chinese, which has no spaces, three characters each."""
    found = {word for word in text.split() if len(word) >= _SHORTEST_WORD}
    for run in _CHINESE.findall(text):
        found.update(run[start : start + 3] for start in range(len(run) - 2))
    return found


def pairs_between(
    left: Sequence[Record],
    right: Sequence[Record],
    fields: Sequence[Field],
    *,
    with_words: bool = True,
) -> set[tuple[int, int]]:
    """Pairs of two lists that share a key which few records have, as positions in them."""
    found: set[tuple[int, int]] = set()
    lefts, rights = (_blocks(one, fields, with_words) for one in (left, right))
    for key, ones in lefts.items():
        others = rights.get(key, ())
        if others and len(ones) * len(others) <= MOST_IN_BLOCK**2:
            found.update((a, b) for a in ones for b in others)
    return found


def pairs_within(
    records: Sequence[Record], fields: Sequence[Field], *, with_words: bool = True
) -> set[tuple[int, int]]:
    """Pairs within one list, the smaller position first."""
    found: set[tuple[int, int]] = set()
    for ones in _blocks(records, fields, with_words).values():
        if 1 < len(ones) <= MOST_IN_BLOCK:
            found.update((a, b) for i, a in enumerate(ones) for b in ones[i + 1 :])
    return found


def _blocks(
    records: Iterable[Record], fields: Sequence[Field], with_words: bool
) -> dict[str, list[int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for key in keys_of(record, fields, with_words=with_words):
            blocks[key].append(number)
    return blocks
