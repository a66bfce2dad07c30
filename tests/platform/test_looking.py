"""One page is one look: what `once` keeps, for how long, and where it keeps nothing."""

import pytest

from evenhand.platform.looking import is_looking, looking, once


def test_inside_a_look_a_question_is_asked_once_and_each_by_itself() -> None:
    asked: list[str] = []

    with looking():
        answers = [once(name, lambda name=name: asked.append(name) or len(asked)) for name in "aba"]  # type: ignore[misc,func-returns-value]
        assert is_looking()

    assert (answers, asked) == ([1, 2, 1], ["a", "b"])


def test_nothing_is_kept_from_one_look_to_the_next_nor_outside_of_one() -> None:
    answers = iter(range(9))

    with looking():
        first = once("a", lambda: next(answers))
    outside = [once("a", lambda: next(answers)) for _ in range(2)]
    with pytest.raises(ZeroDivisionError), looking():
        once("a", lambda: 1 // 0)
    with looking():
        second = once("a", lambda: next(answers))

    assert (first, outside, second, is_looking()) == (0, [1, 2], 3, False)


def test_nothing_is_an_answer_too() -> None:
    asked: list[None] = []

    with looking():
        for _ in range(2):
            assert once("a", lambda: asked.append(None)) is None  # type: ignore[func-returns-value]

    assert len(asked) == 1
