"""Histories for the tests: small ones written out, and larger ones dealt by lot or by favor."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from evenhand.engine.checkup.holdings import Column, History, Holding, Outcome
from evenhand.engine.checkup.resampling import uniforms
from evenhand.engine.facts import POINT

START = datetime(2025, 1, 6, 9, tzinfo=UTC)
GRADES = {"A": 8, "B": 5, "C": 3, "D": 1}
EVERY_COLUMN = frozenset(Column)


def day(number: float) -> datetime:
    """This many days after the start."""
    return START + timedelta(days=number)


def holding(
    rep: str,
    at: float = 0,
    *,
    lead: str = "",
    grade: str = "C",
    row: int = 0,
    answered: float | None = None,
    won: float | None = None,
    lost: float | None = None,
    source: str = "",
    people: tuple[str, ...] = (),
    company: str = "",
) -> Holding:
    """One holding; times are days after the start, and `answered` days after receipt."""
    decided = won if won is not None else lost
    outcome = Outcome.OPEN
    if decided is not None:
        outcome = Outcome.WON if won is not None else Outcome.LOST
    return Holding(
        row=row or int(at * 1000) + 2,
        lead_id=lead or f"{rep}@{at}",
        rep_id=rep,
        received_at=day(at),
        points=GRADES[grade] * POINT,
        grade=grade,
        source=source,
        responded_at=None if answered is None else day(at + answered),
        outcome=outcome,
        decided_at=None if decided is None else day(decided),
        people=people,
        company=company,
    )


def history(
    holdings: Iterable[Holding],
    *,
    columns: frozenset[Column] = EVERY_COLUMN,
    as_of: float = 400,
    is_to_the_day: bool = False,
) -> History:
    """A history of these holdings."""
    return History(
        holdings=tuple(holdings), columns=columns, as_of=day(as_of), is_to_the_day=is_to_the_day
    )


def dealt(
    count: int,
    choose: Callable[[str, float], str],
    *,
    seed: str = "deal",
    grades: Sequence[str] = ("A", "B", "C", "C", "D", "D", "D"),
    sources: Sequence[str] = ("web", "fair"),
    days: float = 360,
    won_rate: Callable[[str, str], float] = lambda rep, grade: 0.2,
) -> list[Holding]:
    """`count` leads over a year; `choose` gets the grade and a uniform number, and names the rep.

    Every lead is answered after up to two days and decided after ten.
    """
    chance = uniforms(seed, "history")
    found = []
    for number in range(count):
        at = days * number / count
        grade = grades[int(next(chance) * len(grades))]
        source = sources[int(next(chance) * len(sources))]
        rep = choose(grade, next(chance))
        answered = 2 * next(chance)
        is_won = next(chance) < won_rate(rep, grade)
        found.append(
            holding(
                rep,
                at,
                lead=f"L{number:05d}",
                row=number + 2,
                grade=grade,
                source=source,
                answered=answered,
                won=at + 10 if is_won else None,
                lost=None if is_won else at + 10,
            )
        )
    return found


def by_lot(reps: Sequence[str]) -> Callable[[str, float], str]:
    """Every rep equally likely, whatever the grade."""
    return lambda grade, u: reps[int(u * len(reps))]


def seeds(count: int) -> Iterator[str]:
    """Names of seeds for repeated trials."""
    return (f"trial {number}" for number in range(count))


TEAM = ("Hua", "Ren", "Rui", "Tom", "Yan")
