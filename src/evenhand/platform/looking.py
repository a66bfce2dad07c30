"""What a page that only looks reads once, however many of its parts ask for it.

Inside `looking` the first answer to a question holds until the block ends: one page is one look.
Nothing outlives the block, and outside of one, where things are written, every question is asked.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def looking() -> Iterator[None]:
    """Nothing is written inside that a question of `once` is about."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def is_looking() -> bool:
    """Whether this is inside of `looking`."""
    return _answers.get() is not None


def once(question: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question; inside `looking` that which was given first."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    found: T = answers[question]
    return found


def answer(question: Hashable, found: Any) -> None:
    """Give the answer to a question that may be asked later: it came along with another one's.

    Only inside of `looking`, and the first answer stands.
    """
    answers = _answers.get()
    assert answers is not None, "outside of a look every question is asked"
    answers.setdefault(question, found)
