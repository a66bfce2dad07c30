"""How often somebody may try to get in: failures per account and address, and per address.

A try is taken before it is judged and given back if it was right, so that guesses at the same
moment cannot slip through together. Whoever is refused waits a minute or two, nobody is locked out:
the account's owner at another address is not even slowed down. If the database is away, nobody
gets in.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from evenhand.people.operations.buckets import give_back, take
from evenhand.platform.refusal import TooOften


class TriedTooOften(TooOften):
    """So many failures that the next try has to wait."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures at once, and then one every `period / burst` seconds."""

    key: str
    burst: int
    period: int  # seconds in which the bucket fills


def password_limits(account: str, address: str) -> list[Limit]:
    """For a password: 10 failures a quarter hour per account and address, 100 an hour in all."""
    return [
        Limit(f"login:{_digest(account, address)}", 10, 900),
        Limit(f"login:{address}", 100, 3600),
    ]


def code_limits(user_id: int, address: str) -> list[Limit]:
    """For a code of six digits: a guesser already has the password, so the account counts too."""
    return [
        Limit(f"code:{user_id}:{address}", 10, 900),
        Limit(f"code:{user_id}", 30, 3600),
    ]


def link_limits(account: str, address: str) -> list[Limit]:
    """For asking to be sent a link: 3 an hour per account, 20 per address."""
    return [Limit(f"forgot:{_digest(account)}", 3, 3600), Limit(f"forgot:{address}", 20, 3600)]


@contextmanager
def trying(limits: Sequence[Limit]) -> Iterator[None]:
    """A try within these limits: counts as a failure if the block raises, else not.

    :raises TriedTooOften: a limit is reached; nothing was counted.
    """
    spend(limits)
    yield
    for limit in limits:
        give_back(limit.key, limit.burst)


def spend(limits: Sequence[Limit]) -> None:
    """Count one, whatever comes of it.

    :raises TriedTooOften: a limit is reached; nothing was counted.
    """
    for number, limit in enumerate(limits):
        wait = take(limit.key, limit.burst / limit.period, limit.burst)
        if wait:
            for taken in limits[:number]:
                give_back(taken.key, taken.burst)
            raise TriedTooOften("login.wait", wait)


def _digest(*parts: str) -> str:
    """Mail addresses are nobody's business in a table of counters."""
    return sha256("\n".join(parts).encode()).hexdigest()[:40]
