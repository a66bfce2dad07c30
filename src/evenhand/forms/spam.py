"""What makes something that was sent suspect, without asking anybody else. Suspect, not lost."""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from evenhand.engine.reasons import Reason, reason

WORK_BITS = 14  # leading zero bits: a tenth of a second for a browser, a cost for a program
SECONDS_WITHOUT_WORK = 15  # who has no script takes his time
SAME_TEXT = 2  # so often the same text within a day, and the next is suspect
LONG_TEXT = 20  # characters: shorter ones repeat by chance
_LINK = re.compile(r"(?:https?://|www\.|\[url)", re.IGNORECASE)


def is_worked(ticket: str, nonce: str) -> bool:
    """Whether somebody's browser did the sum that belongs to a ticket."""
    if not nonce.isascii() or not nonce.isdigit() or len(nonce) > 12:
        return False
    digest = sha256(f"{ticket}:{nonce}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - WORK_BITS) == 0


def suspicions(
    values: Mapping[str, str],
    *,
    trapped: bool,
    blocked: Iterable[str],
    most_links: int,
    same_before: int,
) -> Iterator[Reason]:
    """Why this may be spam; `same_before` is how often the same text came within a day."""
    text = "\n".join(values.values())
    if trapped:
        yield reason("form.spam_trap")
    links = len(_LINK.findall(text))
    if links > most_links:
        yield reason("form.spam_links", count=links, limit=most_links)
    folded = text.casefold()
    for word in blocked:
        if word.casefold() in folded:
            yield reason("form.spam_word", word=word)
            break
    if same_before >= SAME_TEXT:
        yield reason("form.spam_repeated", count=same_before + 1)
