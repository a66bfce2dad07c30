"""What a heading says: the role that people mean by this name."""

from dataclasses import dataclass
from functools import cache

from evenhand.sheets.columns.heading import Heading, heading
from evenhand.sheets.columns.roles import ROLES, Purpose
from evenhand.sheets.columns.synonyms import OTHERS, PREFIXES, SUFFIXES, SYNONYMS, TAILS, WRAPS

EXACT, DRESSED, TAIL = 100, 90, 70  # percent of confidence


@dataclass(frozen=True, slots=True)
class Match:
    """A heading taken for a role; a lower rank is the better name among several."""

    role: str
    part: str
    confidence: int
    rank: int


def match_name(header: str, purpose: Purpose) -> Match | None:
    """The role that a heading names, or None.

    In order: the very name; the name in other dress (客户手机, phone required); a long heading that
    ends in an unmistakable word.
    """
    head = heading(header)
    table = _table(purpose)
    for plain in (head.plain, head.bare):
        if plain in table:
            return _match(table[plain], EXACT)
    for plain in _undressed(head):
        if plain in table:
            return _match(table[plain], DRESSED)
    if (inner := _undotted(header)) and (match := match_name(inner, purpose)) is not None:
        return Match(match.role, match.part, min(match.confidence, DRESSED), match.rank)
    return _match_tail(head, purpose)


def is_known_name(header: str) -> bool:
    """Whether a heading is a settled name for any kind of sheet: how a header row is known."""
    head = heading(header)
    return any(head.plain in _table(purpose) or head.bare in _table(purpose) for purpose in Purpose)


def _undotted(header: str) -> str:
    """The last name of a nested value, where what is around it says nothing: properties.email."""
    around, dot, name = header.rpartition(".")
    if not dot or " " in header:
        return ""
    wraps = around.rpartition(".")[2].casefold() in WRAPS
    return name if wraps or not name.isascii() else ""


def _match_tail(head: Heading, purpose: Purpose) -> Match | None:
    if head.bare.startswith(OTHERS):
        return None
    for tail, role in TAILS.items():
        if role in ROLES[purpose] and head.bare.endswith(tail):
            return Match(role, "", TAIL, len(TAILS))
    return None


def _undressed(head: Heading) -> list[str]:
    found = []
    for plain in (head.plain, head.bare):
        cores = {plain} | {plain.removesuffix(suffix) for suffix in SUFFIXES}
        cores |= {core.removeprefix(prefix) for core in cores for prefix in PREFIXES}
        found += sorted(core for core in cores if core != plain)
    return found


def _match(entry: tuple[str, int], confidence: int) -> Match:
    role, _, part = entry[0].partition(".")
    return Match(role, part, confidence, entry[1])


@cache
def _table(purpose: Purpose) -> dict[str, tuple[str, int]]:
    """Plain name → (slot, rank within the slot)."""
    return {
        name: (slot, rank)
        for slot, names in SYNONYMS[purpose].items()
        for rank, name in enumerate(names)
    }
