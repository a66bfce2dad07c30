"""A rep's and a manager's day, ready to be shown: rows, countdowns, words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from evenhand.leads.queries.deadlines import Ending, ending_for
from evenhand.leads.queries.today import (
    DayLead,
    Given,
    RepDay,
    RepLine,
    Waiting,
    given_to,
    rep_day,
    rep_lines,
    revived_for,
    waiting_leads,
)
from evenhand.people.actor import Actor
from evenhand.people.countdown import Countdown, Counting, countdown
from evenhand.people.presence import Presence, presence_of, presence_within
from evenhand.tasks.queries import due_by
from evenhand.web.tasks.shown import Row, rows_of
from evenhand.web.today.names import titles_of
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.reasons import say

# A manager's table is for those who need a look; the others are one link away.
LINES_SHOWN = 30
AWAY_SHOWN = 30
TASKS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A rep's own day."""

    day: RepDay
    # Leads that wait for their first contact, and what came today beside them; how much time is
    # left, of those that wait.
    due: Sequence[tuple[DayLead, Countdown | None]]
    recent: Sequence[tuple[DayLead, Countdown | None]]
    ending: Sequence["EndingItem"]  # what he loses next
    ending_counts: Sequence[tuple[str, str, int]]  # page, kind, how many; empty = all are shown
    revived: Sequence[tuple[str, str]]  # what came back on its day: page and title
    is_accepting: bool
    away_words: str  # why he receives nothing now; "" = he does


@dataclass(frozen=True, slots=True)
class EndingItem:
    """Something of his over which a clock runs out soon."""

    path: str
    kind: str
    name: str
    firm: str
    grade: str
    clock: str  # which one it is, in words
    left: Countdown | None


def midnight_of(now: datetime, zone: ZoneInfo) -> datetime:
    """When the day began by somebody's clock."""
    local = now.astimezone(ZoneInfo(zone.key))
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def own_day(actor: Actor, words: Words, *, now: datetime, midnight: datetime) -> OwnDay:
    """The day of a rep, with countdowns by his own calendar."""
    day = rep_day(actor, now=now, midnight=midnight)
    here = presence_of(actor.user_id or 0, now)
    counting = Counting(now)
    due = [(lead, _left(here, counting, lead.contact_due_at)) for lead in day.due]
    ending, counts = ending_for(actor, now=now)
    return OwnDay(
        day,
        due,
        [(lead, None) for lead in day.recent],
        [_ending(words, one, here, counting) for one in ending],
        [(f"{_PATHS[kind]}?ends=soon", kind, count) for kind, count in counts.items()],
        revived=_revived(actor, now),
        is_accepting=here is not None and here.is_accepting,
        away_words=_away(words, here) if here is not None else "",
    )


def _left(here: Presence | None, counting: Counting, due_at: datetime | None) -> Countdown | None:
    return None if here is None or due_at is None else counting.until(due_at, here.calendar)


def _revived(actor: Actor, now: datetime) -> list[tuple[str, str]]:
    found = revived_for(actor, now=now)
    titles = titles_of(actor, found)
    return [
        (f"{_PATHS[kind]}/{item_id}", titles[kind, item_id] or str(item_id))
        for kind, item_id in found
        if (kind, item_id) in titles
    ]


def _ending(words: Words, one: Ending, here: Presence | None, counting: Counting) -> EndingItem:
    clock = one.deadline.clock
    item, firm = one.item, getattr(one.item, "company_name", "")
    return EndingItem(
        path=f"{_PATHS[one.kind]}/{item.pk}",
        kind=one.kind,
        name=item.name or firm or str(item.pk),
        firm=firm if item.name else "",
        grade=item.grade,
        clock=words.text(f"clock-name-{message_id(clock)}") if clock else "",
        left=_left(here, counting, one.deadline.due_at),
    )


_PATHS = {"lead": "/leads", "account": "/accounts", "opportunity": "/opportunities"}


@dataclass(frozen=True, slots=True)
class OwnTasks:
    """A rep's to-dos that are late or due today, those due first first."""

    rows: Sequence[Row]
    count: int
    overdue_count: int
    minutes: int  # that they take


def own_tasks(actor: Actor, *, now: datetime, midnight: datetime) -> OwnTasks | None:
    """What of his to-dos is due until the end of the day; None = nothing is."""
    due = due_by(actor, midnight + timedelta(days=1))
    if not due:
        return None
    rows = rows_of(actor, due[:TASKS_SHOWN], now)
    late = sum(1 for one in due if one.due_at is not None and one.due_at < now)
    return OwnTasks(rows, len(due), late, sum(one.minutes for one in due))


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A rep as a manager's table shows him."""

    person: Presence
    line: RepLine
    away_words: str
    overdue: Countdown | None  # of the lead that waits longest


@dataclass(frozen=True, slots=True)
class TeamDay:
    """A manager's day."""

    waiting: Waiting
    given: Given
    by_hand: int
    overdue_count: int
    people_count: int
    away_count: int
    lines: Sequence[TeamLine]
    away: Sequence[TeamLine]


def team_day(actor: Actor, words: Words, *, now: datetime, midnight: datetime) -> TeamDay:
    """The day of everybody within reach, who needs a look first."""
    people = presence_within(actor, now)
    ids = [person.rep_id for person in people]
    by_id = {line.rep_id: line for line in rep_lines(ids, now=now, since=midnight)}
    given, by_hand = given_to(ids, since=midnight)
    lines = [_line(words, person, by_id[person.rep_id], now) for person in people]
    lines.sort(key=lambda one: (-one.line.overdue_count, -one.line.due_count, one.person.rep_id))
    away = [one for one in lines if one.away_words]
    return TeamDay(
        waiting=waiting_leads(actor),
        given=given,
        by_hand=by_hand,
        overdue_count=sum(one.line.overdue_count for one in lines),
        people_count=len(people),
        away_count=len(away),
        lines=[one for one in lines if one.line.due_count or one.line.given.count][:LINES_SHOWN],
        away=away[:AWAY_SHOWN],
    )


def _line(words: Words, person: Presence, line: RepLine, now: datetime) -> TeamLine:
    at = line.most_overdue_at
    overdue = None if at is None else countdown(person.calendar, now, at)
    return TeamLine(person, line, _away(words, person), overdue)


def _away(words: Words, person: Presence) -> str:
    return "" if person.away is None else say(words, person.away)
