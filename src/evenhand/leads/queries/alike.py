"""Companies whose names are nearly the same: for a person to judge, never joined without asking.

Candidates share four characters in a row (or a word) of the name, which the index of names finds;
what they have in common beyond is then weighed one by one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from rapidfuzz.fuzz import ratio

from evenhand.leads.keys import company_key, search_term

ALIKE = 84.0  # of 100
_NUMBERS = re.compile(r"[0-9]+")
_RUN = 4  # characters in a row; fewer are in every other name
_SHORTEST = 3  # characters of a key that can be looked for at all
_MOST_RUNS = 16
_MOST_PER_RUN = 60


@dataclass(frozen=True, slots=True)
class Alike:
    """A company that may be the one that was named."""

    id: int
    name: str
    likeness: float  # 0 … 100


def companies_alike(name: str, *, most: int = 5, apart_from: Iterable[int] = ()) -> list[Alike]:
    """The companies whose names are most like this one, those of exactly its key left out."""
    key = company_key(name)
    runs = _runs(key, name)
    if not runs:
        return []
    one = (
        "(SELECT id, name, name_key FROM company"
        " WHERE bigrams(E'\\n' || lower(name)) @> bigrams(%s)"
        " AND (E'\\n' || lower(name)) LIKE %s AND state NOT IN ('merged', 'rejected')"
        f" LIMIT {_MOST_PER_RUN})"
    )
    params = [part for run in runs for part in (run, f"%{_plain(run)}%")]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join([one] * len(runs)), params)
        rows: list[tuple[int, str, str]] = cursor.fetchall()
    left_out = set(apart_from)
    found = [
        Alike(row_id, full, likeness(key, row_key))
        for row_id, full, row_key in rows
        if row_id not in left_out and row_key != key
    ]
    close = [one for one in found if one.likeness >= ALIKE]
    return sorted(close, key=lambda one: (-one.likeness, one.id))[:most]


def likeness(key: str, other: str) -> float:
    """How much two keys of companies have in common; one that begins the other counts as like."""
    ones, others = set(_NUMBERS.findall(key)), set(_NUMBERS.findall(other))
    if ones and others and ones.isdisjoint(others):
        return 0.0  # the second and the twelfth works of a firm
    short, long = sorted((key, other), key=len)
    if len(short) >= _RUN and long.startswith(short):
        return max(ALIKE, ratio(key, other))
    return float(ratio(key, other))


def _runs(key: str, name: str) -> list[str]:
    """Pieces of a name of which one that is alike has at least one."""
    if len(key) < _SHORTEST:
        return []
    if key.isascii():
        return [word for word in search_term(name).split() if len(word) >= _RUN][:_MOST_RUNS]
    if len(key) <= _RUN:
        return [key]
    return [key[start : start + _RUN] for start in range(len(key) - _RUN + 1)][:_MOST_RUNS]


def _plain(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
