"""Transactions that are run again when the database or a rival asks for it."""

from collections.abc import Callable
from random import uniform
from time import sleep
from typing import TypeVar

from django.db import OperationalError, connection, transaction

from evenhand.platform.prepared import commit_along
from evenhand.platform.rows import pipelined

T = TypeVar("T")

# serialization_failure, deadlock_detected, lock_not_available
_AGAIN = frozenset({"40001", "40P01", "55P03"})
_TRIES = 4
_PAUSE = 0.02  # seconds before the second try; doubles, with jitter


def sqlstate_of(error: BaseException | None) -> str:
    """PostgreSQL's code of an error that Django wrapped, or ""."""
    cause = error.__cause__ if error is not None else None
    return str(getattr(cause, "sqlstate", "") or "")


def in_transaction(
    work: Callable[[], T],
    *,
    again: tuple[type[Exception], ...] = (),
    commits_along: bool = False,
) -> T:
    """Run `work` in a transaction, and again (at most three times) if it lost a race.

    `again` are the caller's own words for that. Inside an outer transaction only a savepoint is
    rolled back: a deadlock there is the outer one's to repeat. `commits_along`: the commit travels
    with what the work sent last.
    """
    is_outermost = not connection.in_atomic_block
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                if not (commits_along and is_outermost):
                    return work()
                with pipelined():
                    found = work()
                    commit_along()
                return found
        except again:
            if attempt == _TRIES - 1:
                raise
        except OperationalError as error:
            if attempt == _TRIES - 1 or not is_outermost or sqlstate_of(error) not in _AGAIN:
                raise
        sleep(_PAUSE * 2**attempt * uniform(0.5, 1.5))
    raise AssertionError("the last try returns or raises")
