"""Several texts in one cell: "华东、华南", "a; b", "a,b", "a|b", one per line."""

import re

from evenhand.sheets.values.problem import Problem
from evenhand.sheets.values.text import EDGES, Cell, parse_text

_STRONG = re.compile(r"[、;；|｜\r\n]+")
_WEAK = re.compile(r"[,，]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,}")


def parse_list(cell: Cell) -> tuple[str, ...] | Problem | None:
    """The parts in order, trimmed, without repeats.

    Commas part only where no stronger mark does ("Smith, John; Doe, Jane"), and a slash only
    between Chinese words ("英语/日语", but "C/C++" stays whole).
    """
    text = parse_text(cell)
    if not isinstance(text, str):
        return text
    return tuple(dict.fromkeys(part for part in map(_trimmed, _split(text)) if part)) or None


def has_list_mark(text: str) -> bool:
    """Whether a text looks like several: one of the strong marks stands between words.

    Line breaks are no sign of it: addresses and remarks have them too.
    """
    return any(mark in text.strip("、;；|｜ ") for mark in "、;；|｜")


def _split(text: str) -> list[str]:
    if _STRONG.search(text):
        return _STRONG.split(text)
    if _WEAK.search(text):
        return _WEAK.split(text)
    if "/" in text and all(_CHINESE.fullmatch(part.strip()) for part in text.split("/")):
        return text.split("/")
    return [text]


def _trimmed(part: str) -> str:
    return part.strip(EDGES)
