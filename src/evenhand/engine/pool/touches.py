"""Signs of fake follow-up (疑似无效跟进): bursts, copied notes, touches just before the deadline.

A sign is a question to ask, not a verdict: whoever enters the day's calls in the evening makes a
burst as well. Only what people logged on their own word is looked at; what programs recorded has
happened. (reference: behaviours 9, "G13")
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from evenhand.engine.pool.section import SignTerms

_DAY = timedelta(days=1)
SignKind = Literal["burst", "copies", "deadline"]


@dataclass(frozen=True, slots=True)
class Logged:
    """A contact or a note as somebody logged it by hand."""

    id: int
    user_id: int
    item: tuple[str, int]  # kind and id
    at: datetime
    note: str = ""
    is_two_way: bool = False
    due_at: datetime | None = None  # when the first clock over the item would have run out


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is a sign: so many items, in so short a time."""

    burst_items: int = 8
    burst_within: timedelta = timedelta(minutes=10)
    copied_items: int = 5
    copied_letters: int = 6  # shorter notes (未接, 再联系) are the same by nature
    deadline_items: int = 3
    deadline_within: timedelta = timedelta(hours=1)

    @classmethod
    def of(cls, terms: SignTerms | None) -> "Limits":
        """As a policy says; None = the usual ones."""
        if terms is None:
            return USUAL
        return cls(
            burst_items=terms.burst_items,
            burst_within=terms.burst_within.lasting(_DAY),
            copied_items=terms.copied_items,
            copied_letters=terms.copied_letters,
            deadline_items=terms.deadline_items,
            deadline_within=terms.deadline_within.lasting(_DAY),
        )

    @property
    def burst_minutes(self) -> int:
        """Within how many minutes many items are a burst."""
        return int(self.burst_within.total_seconds() // 60)

    @property
    def deadline_minutes(self) -> int:
        """How many minutes before its end a clock is about to run out."""
        return int(self.deadline_within.total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands out in what one person logged, and from which entries it was taken."""

    kind: SignKind
    user_id: int
    entries: tuple[Logged, ...]  # oldest first
    limits: Limits = Limits()

    @property
    def items(self) -> tuple[tuple[str, int], ...]:
        """The items concerned, each once, in the order in which they were touched."""
        return tuple(dict.fromkeys(one.item for one in self.entries))

    @property
    def from_at(self) -> datetime:
        """When the first of the entries was logged."""
        return self.entries[0].at

    @property
    def until_at(self) -> datetime:
        """When the last of the entries was logged."""
        return self.entries[-1].at


USUAL = Limits()


def signs(logged: Sequence[Logged], limits: Limits = USUAL) -> list[Sign]:
    """The signs in what people logged, the latest first."""
    by_user: dict[int, list[Logged]] = defaultdict(list)
    for one in sorted(logged, key=lambda one: (one.at, one.id)):
        by_user[one.user_id].append(one)
    found = [
        sign
        for entries in by_user.values()
        for ways in (_bursts, _copies, _at_deadlines)
        for sign in ways(entries, limits)
    ]
    return sorted(found, key=lambda sign: (sign.until_at, sign.user_id, sign.kind), reverse=True)


def _bursts(entries: Sequence[Logged], limits: Limits) -> Iterator[Sign]:
    """Many items within minutes: each stretch once, as long as it lasts."""
    first = 0
    while first < len(entries):
        last = first
        while (
            last + 1 < len(entries)
            and entries[last + 1].at - entries[first].at <= limits.burst_within
        ):
            last += 1
        if _items(entries[first : last + 1]) < limits.burst_items:
            first += 1
            continue
        # It goes on for as long as the pace does.
        pace = limits.burst_within / limits.burst_items
        while last + 1 < len(entries) and entries[last + 1].at - entries[last].at <= pace:
            last += 1
        yield Sign("burst", entries[first].user_id, tuple(entries[first : last + 1]), limits)
        first = last + 1


def _copies(entries: Sequence[Logged], limits: Limits) -> Iterator[Sign]:
    """The same words on many items."""
    by_words: dict[str, list[Logged]] = defaultdict(list)
    for one in entries:
        words = plain_words(one.note)
        if len(words) >= limits.copied_letters:
            by_words[words].append(one)
    for same in by_words.values():
        if _items(same) >= limits.copied_items:
            yield Sign("copies", same[0].user_id, tuple(same), limits)


def _at_deadlines(entries: Sequence[Logged], limits: Limits) -> Iterator[Sign]:
    """One-sided touches shortly before a clock ran out, again and again."""
    late = [
        one
        for one in entries
        if not one.is_two_way
        and one.due_at is not None
        and timedelta(0) <= one.due_at - one.at <= limits.deadline_within
    ]
    if _items(late) >= limits.deadline_items:
        yield Sign("deadline", late[0].user_id, tuple(late), limits)


def plain_words(note: str) -> str:
    """A note without what copies are dressed up with: spaces, marks, width, case."""
    folded = unicodedata.normalize("NFKC", note).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _items(entries: Sequence[Logged]) -> int:
    return len({one.item for one in entries})
