"""What a process remembers for some minutes: for how long, for whom, and how much of it."""

from datetime import UTC, datetime, timedelta

from evenhand.platform.remembered import Remembered

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
MINUTES = timedelta(minutes=5)


class Asked:
    """Answers by counting how often it was asked."""

    def __init__(self, *, most: int = 9) -> None:
        self.kept: Remembered[int] = Remembered(lasts=MINUTES, most=most)
        self.times = 0

    def answer(self) -> int:
        self.times += 1
        return self.times

    def get(self, question: str, after: timedelta = timedelta(0)) -> int:
        return self.kept.get(question, self.answer, now=NOON + after)


def test_an_answer_lasts_so_long_and_no_longer() -> None:
    asked = Asked()
    just_before = MINUTES - timedelta(microseconds=1)

    assert [asked.get("a", after) for after in (timedelta(0), just_before)] == [1, 1]
    assert asked.get("a", MINUTES) == 2
    assert asked.get("a", MINUTES + just_before) == 2


def test_a_clock_that_was_set_back_makes_nothing_last_longer() -> None:
    asked = Asked()

    assert [asked.get("a"), asked.get("a", -timedelta(hours=1))] == [1, 2]


def test_another_question_gets_its_own_answer() -> None:
    asked = Asked()

    assert [asked.get(question) for question in "abab"] == [1, 2, 1, 2]


def test_the_oldest_answers_make_room() -> None:
    asked = Asked(most=2)

    assert [asked.get(question) for question in "abcbca"] == [1, 2, 3, 2, 3, 4]
    assert asked.get("a", MINUTES) == 5  # an answer that is too old takes no second place
    assert asked.get("c") == 3


def test_what_failed_is_asked_again() -> None:
    kept: Remembered[float] = Remembered(lasts=MINUTES, most=1)

    for divisor, told in ((0, "failed"), (2, "0.5")):
        try:
            assert str(kept.get("a", lambda by=divisor: 1 / by, now=NOON)) == told  # type: ignore[misc]
        except ZeroDivisionError:
            assert told == "failed"


def test_all_of_it_can_be_forgotten() -> None:
    asked = Asked()

    asked.get("a")
    asked.kept.forget()

    assert asked.get("a") == 2
