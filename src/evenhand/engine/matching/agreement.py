"""How well two values of a field agree, in a few levels that can be counted.

A missing value is no evidence, neither for nor against. Values are compared as they come: the
caller has normalized what can be (phones, dates, legal forms of firms).
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

# Levels, from nothing in common to the same.
DIFFERENT, DISTANT, CLOSE, SAME = range(4)
LEVELS = (DIFFERENT, DISTANT, CLOSE, SAME)

_CLOSE_WORD, _DISTANT_WORD = 0.92, 0.83  # Jaro-Winkler
_CLOSE_TEXT, _DISTANT_TEXT = 86.0, 70.0  # of 100
_SIGNS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"\d+")


class Kind(StrEnum):
    """What a field holds, which says how its values go wrong."""

    WORD = "word"  # a given name, a place: spelling
    TEXT = "text"  # a firm, an address: spelling, order, words left out
    CODE = "code"  # a phone, a number, a date: single signs


def agreement(kind: Kind, one: str, other: str) -> int | None:
    """The level at which two values agree; None where one of them is missing."""
    if not one or not other:
        return None
    if one == other:
        return SAME
    return _COMPARE[kind](one, other)


def _words(one: str, other: str) -> int:
    likeness = JaroWinkler.similarity(one, other)
    if likeness >= _CLOSE_WORD:
        return CLOSE
    # A letter too many, or two the wrong way round, in a short name.
    if min(len(one), len(other)) > 3 and DamerauLevenshtein.distance(one, other) == 1:
        return CLOSE
    return DISTANT if likeness >= _DISTANT_WORD else DIFFERENT


def _texts(one: str, other: str) -> int:
    first, second = _SIGNS.sub(" ", one).strip(), _SIGNS.sub(" ", other).strip()
    if first == second:
        return SAME
    likeness = token_sort_ratio(first, second)
    # One holds all words of the other: "art's deli" and "art's delicatessen, hollywood".
    if likeness < _CLOSE_TEXT and min(len(first), len(second)) > 3:
        likeness = max(likeness, 0.95 * token_set_ratio(first, second))
    if likeness >= _CLOSE_TEXT and not _numbers_differ(first, second):
        return CLOSE
    return DISTANT if likeness >= _DISTANT_TEXT else DIFFERENT


def _numbers_differ(one: str, other: str) -> bool:
    """Whether both name numbers, and none in common: two houses of one street."""
    ones, others = set(_NUMBERS.findall(one)), set(_NUMBERS.findall(other))
    return bool(ones and others and ones.isdisjoint(others))


def _codes(one: str, other: str) -> int:
    distance = DamerauLevenshtein.distance(one, other, score_cutoff=2)
    if distance == 1:
        return CLOSE
    is_shuffled = len(one) == len(other) and sorted(one) == sorted(other)
    return DISTANT if distance == 2 or is_shuffled else DIFFERENT


_COMPARE: Mapping[Kind, Callable[[str, str], int]] = {
    Kind.WORD: _words,
    Kind.TEXT: _texts,
    Kind.CODE: _codes,
}
