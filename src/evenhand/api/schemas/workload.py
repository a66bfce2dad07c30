"""Load (负荷): how much everybody carries and can carry, caps by hand, the weekly word."""

from datetime import date, datetime
from fractions import Fraction
from typing import Annotated

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Day, Id, OneOf, Text200
from evenhand.api.schemas.shared import MICRO
from evenhand.work.models import Answer, WeeklyWord, Word
from evenhand.work.operations.words import LONGEST_NOTE
from evenhand.work.queries import Load


class KindOut(Schema):
    """What ended of one kind of work; percents of what was expected, null = no yardstick."""

    task: str = Field(description="api-doc-load-kind")
    stage: str
    count: int
    handling_percent: int | None = Field(description="api-doc-load-handling")
    cycle_percent: int | None = Field(description="api-doc-load-cycle")


class LoadOut(Schema):
    """How it stands with one rep; points are workload points, never lead points."""

    rep_id: int
    name: str
    team: str
    band: str = Field(description="api-doc-load-band")
    utilization: int | None = Field(description="api-doc-load-utilization")
    signs: list[str] = Field(description="api-doc-load-signs")
    points: float
    most_points: float
    open_items: int
    most_items: int
    most_by: str = Field(description="api-doc-load-most-by")
    room: int = Field(description="api-doc-load-room")
    word: str | None
    answer: str | None
    below_level_minutes: int = Field(description="api-doc-load-below")
    leveled_minutes: int
    is_too_simple: bool
    handling_percent: int | None = Field(description="api-doc-load-handling")
    cycle_percent: int | None = Field(description="api-doc-load-cycle")
    finished: list[KindOut]


class LoadsOut(Schema):
    """Everybody at work within reach."""

    items: list[LoadOut]


class LoadListing(Schema):
    """Whose load is wanted."""

    team: Id | None = None


class CapIn(Body):
    """A cap by hand: how many open items, until which day, and why."""

    open_items: Annotated[int, Field(ge=0, le=10_000, strict=True)]
    until_date: Day
    note: Text200


class WordIn(Body):
    """What one says of this week."""

    word: Annotated[str, OneOf(tuple(Word.values))] = Field(description="api-doc-word")


class WordAnswerIn(Body):
    """What is answered to the word of a week."""

    week: Day = Field(description="api-doc-word-week")
    answer: Annotated[str, OneOf(tuple(Answer.values))] = Field(description="api-doc-word-answer")
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""


class WordOut(Schema):
    """What a rep said of one week, and what was answered."""

    rep_id: int
    week: date = Field(description="api-doc-word-week")
    word: str = Field(description="api-doc-word")
    said_at: datetime
    answer: str | None = Field(description="api-doc-word-answer")
    note: str
    answered_by: int | None
    answered_at: datetime | None


class WordsOut(Schema):
    """What a rep said, newest week first."""

    items: list[WordOut]


def word_out(row: WeeklyWord) -> WordOut:
    """A word as programs see it."""
    return WordOut(
        rep_id=row.rep_id,
        week=row.monday,
        word=row.word,
        said_at=row.said_at,
        answer=row.answer or None,
        note=row.note,
        answered_by=row.answered_by_id,
        answered_at=row.answered_at,
    )


def load_out(one: Load) -> LoadOut:
    """A rep's load as programs see it."""
    said, taken = one.word, one.taken
    return LoadOut(
        rep_id=one.rep_id,
        name=one.name,
        team=one.team,
        band=one.band.value,
        utilization=one.utilization,
        signs=[sign.kind.value for sign in one.signs if sign.holds],
        points=one.carried.points / MICRO,
        most_points=one.cap_points / MICRO,
        open_items=one.carried.items,
        most_items=one.cap_items,
        most_by=one.explained.holds,
        room=one.room,
        word=None if said is None else said.word,
        answer=None if said is None else said.answer or None,
        below_level_minutes=one.below.below_minutes,
        leveled_minutes=one.below.minutes,
        is_too_simple=one.is_too_simple,
        handling_percent=None if taken is None else _whole(taken.handling_percent),
        cycle_percent=None if taken is None else _whole(taken.cycle_percent),
        finished=[
            KindOut(
                task=kind.kind.task,
                stage=kind.kind.stage,
                count=kind.count,
                handling_percent=_whole(kind.handling_percent),
                cycle_percent=_whole(kind.cycle_percent),
            )
            for kind in one.against
            if kind.kind is not None
        ],
    )


def _whole(percent: Fraction | None) -> int | None:
    return None if percent is None else round(percent)
