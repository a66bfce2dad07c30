"""Transactions that are run again when the database or a rival asks for it."""

from collections.abc import Callable
from functools import wraps
from random import uniform
from time import sleep
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, InternalError, OperationalError, connection, transaction

from evenhand.platform.prepared import commit_along
from evenhand.platform.rows import pipelined

T = TypeVar("T")
Given = ParamSpec("Given")

# serialization_failure, deadlock_detected, lock_not_available; foreign_key_violation: what a row
# refers to was taken away before the transaction ended, and the next try looks for what is there
_AGAIN = frozenset({"40001", "40P01", "55P03", "23503"})
# idle_in_transaction_session_timeout: the machine stood still for so long, and nothing was kept
_STOOD_STILL = "25P03"
_TRIES = 4
_PAUSE = 0.02  # seconds before the second try; doubles, with jitter


def sqlstate_of(error: BaseException | None) -> str:
    """PostgreSQL's code of an error that Django wrapped, or ""."""
    cause = error.__cause__ if error is not None else None
    return str(getattr(cause, "sqlstate", "") or "")


def constraint_of(error: BaseException) -> str:
    """Which constraint of the database was broken, or ""."""
    diag = getattr(error.__cause__, "diag", None)
    return str(getattr(diag, "constraint_name", None) or "")


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
        except (OperationalError, IntegrityError) as error:
            if attempt == _TRIES - 1 or not is_outermost or sqlstate_of(error) not in _AGAIN:
                raise
        except InternalError as error:
            if sqlstate_of(error) != _STOOD_STILL:
                raise
            # The connection is gone, as after a restart: whoever asked is told to come again.
            raise OperationalError(*error.args) from error.__cause__
        sleep(_PAUSE * 2**attempt * uniform(0.5, 1.5))
    raise AssertionError("the last try returns or raises")


def one_transaction(operation: Callable[Given, T]) -> Callable[Given, T]:
    """An operation that is one transaction, run by `in_transaction` whenever it is called."""

    @wraps(operation)
    def run(*given: Given.args, **named: Given.kwargs) -> T:
        return in_transaction(lambda: operation(*given, **named))

    return run
