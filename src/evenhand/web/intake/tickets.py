"""What a form carries with it, signed: when it was opened, and a number of its own.

A ticket too young was filled in by a program, one too old lay open overnight. Its number makes a
button that is pressed twice one lead.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from django.core import signing

FEWEST_SECONDS = 3
MOST_SECONDS = 24 * 3600
_SALT = "intake.ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    """An unspoiled ticket; `age` in seconds."""

    number: str
    age: float

    @property
    def is_too_young(self) -> bool:
        """Whether nobody types so quickly."""
        return self.age < FEWEST_SECONDS


def new_ticket(form: str, *, now: float) -> str:
    """A ticket for a form, as text; `now` in seconds since 1970."""
    return signing.dumps([form, secrets.token_urlsafe(12), int(now)], salt=_SALT)


def read_ticket(text: str, form: str, *, now: float) -> Ticket | None:
    """The ticket of this form; None = forged, of another form, or too old."""
    try:
        plain = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    if not isinstance(plain, list) or len(plain) != 3 or plain[0] != form:
        return None
    age = now - plain[2]
    return Ticket(str(plain[1]), age) if age <= MOST_SECONDS else None


def key_of(ticket: Ticket, digest: str) -> str:
    """The idempotency key: the same page with the same content is one lead."""
    return f"{ticket.number}:{digest[:16]}"


def digest_of(values: dict[str, str]) -> str:
    """What somebody typed, as a digest."""
    return sha256(repr(sorted(values.items())).encode()).hexdigest()
