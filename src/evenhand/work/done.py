"""What kinds of work people did in a week: how much below their level, and what they finished.

The level of a lead or an opportunity is that which should mostly take it (主攻), of a to-do that
which its type asks for. What has no level counts on neither side.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from evenhand.engine.facts import POINT, ItemKind
from evenhand.engine.workload.bands import below_level
from evenhand.engine.workload.capacity import MINUTES_PER_POINT
from evenhand.engine.workload.kinds import WorkKind
from evenhand.leads.models import Lead, Opportunity
from evenhand.people.snapshot import people_now
from evenhand.platform.clock import now
from evenhand.policies.live import LivePolicy, live_now
from evenhand.routing.desk import facts_of
from evenhand.routing.seen import seen
from evenhand.work.handled import Contacts
from evenhand.work.sections import Sections

TASK = "task"  # a type of to-dos is its "stage"
_MODELS: Mapping[str, Any] = {"lead": Lead, "opportunity": Opportunity}
_AT_ONCE = 500
Week = tuple[int, date]  # a rep and a Monday


@dataclass(slots=True)
class Finished:
    """Work of one kind that ended in a week: how often, minutes taken and expected, and its time
    from start to end in hundredths of days."""

    count: int = 0
    minutes: int = 0
    expected_minutes: int = 0
    hundredth_days: int = 0

    def add(self, minutes: int, expected_minutes: int, hundredth_days: int) -> None:
        """One more."""
        self.count += 1
        self.minutes += minutes
        self.expected_minutes += expected_minutes
        self.hundredth_days += hundredth_days


@dataclass(slots=True)
class Done:
    """One week of a rep; `below_minutes` of the `leveled_minutes` went to lower levels' work."""

    below_minutes: int = 0
    leveled_minutes: int = 0
    finished: dict[WorkKind, Finished] = field(default_factory=dict)

    def of(self, kind: WorkKind) -> Finished:
        """What ended of a kind, to be added to."""
        return self.finished.setdefault(kind, Finished())


def done_between(
    levels: Mapping[int, str],
    since: datetime,
    until: datetime,
    zone: ZoneInfo,
    sections: Sections,
) -> dict[Week, Done]:
    """The weeks of reps, each with his level; half a dozen queries, and one per 500 items."""
    found: dict[Week, Done] = {}
    asked = {"reps": sorted(levels), "since": since, "until": until, "zone": zone.key}
    lines = _Lines()
    minutes: dict[Week, dict[tuple[int, int], int]] = {}
    for week, line_id, rank, took in (
        *_items_by_rank(asked, lines, sections),
        *_tasks_by_rank(asked, lines),
    ):
        own = minutes.setdefault(week, {})
        own[line_id, rank] = own.get((line_id, rank), 0) + took
    for week, of_lines in minutes.items():
        done = found.setdefault(week, Done())
        for line_id in {line for line, _ in of_lines}:
            own_rank = lines.rank_of(line_id, levels[week[0]])
            if own_rank is None:
                continue
            by_rank = {at: took for (line, at), took in of_lines.items() if line == line_id}
            below = below_level(by_rank, own_rank)
            done.below_minutes += below.below_minutes
            done.leveled_minutes += below.minutes
    for week, kind, figures in (*_finished_items(asked, sections), *_finished_tasks(asked)):
        found.setdefault(week, Done()).of(kind).add(*figures)
    return found


class _Lines:
    """The live rules of lines, each asked for once."""

    def __init__(self) -> None:
        self.team = people_now(now()).team
        self._known: dict[int, LivePolicy | None] = {}

    def live(self, line_id: int) -> LivePolicy | None:
        """The rules of a line; None without any."""
        if line_id not in self._known:
            self._known[line_id] = live_now(line_id)
        return self._known[line_id]

    def rank_of(self, line_id: int, level: str) -> int | None:
        """Where a level stands on the ladder of a line; None where it does not."""
        live = self.live(line_id)
        ready = None if live is None else live.policy.ladder.get(level)
        return None if ready is None else ready.rank

    def has_own_work(self, line_id: int | None) -> bool:
        """Whether any level of a line says what it should mostly take."""
        live = None if line_id is None else self.live(line_id)
        return live is not None and any(one.mostly for one in live.policy.ladder.values())


# -- minutes by level ------------------------------------------------------------------------------

_TOUCHED = """
SELECT user_id, date_trunc('week', at AT TIME ZONE %(zone)s)::date, item_kind, item_id, channel,
    count(*) FILTER (WHERE seconds IS NULL AND NOT (channel = 'call' AND direction = 'out')),
    count(*) FILTER (WHERE seconds IS NULL AND channel = 'call' AND direction = 'out'),
    count(seconds), coalesce(sum(least(ceil(seconds / 60.0), 720)), 0)
FROM activity
WHERE user_id = ANY(%(reps)s) AND at >= %(since)s AND at < %(until)s AND channel <> 'system'
    AND item_kind IN ('lead', 'opportunity')
    AND NOT EXISTS (
        SELECT FROM task
        WHERE activity_id = activity.id AND state = 'done' AND handled_minutes IS NOT NULL
    )
GROUP BY 1, 2, 3, 4, 5
"""


def _items_by_rank(
    asked: Mapping[str, Any], lines: _Lines, sections: Sections
) -> Iterator[tuple[Week, int, int, int]]:
    """Minutes on items whose level is known: week, line, rank, minutes."""
    rows = _asked(_TOUCHED, asked)
    items = {(row[2], row[3]) for row in rows}
    ranks = {(kind, pk): at for kind in _MODELS for pk, at in _ranks(kind, items, lines)}
    for rep, monday, kind, pk, channel, count, unanswered, measured, taken in rows:
        if (kind, pk) in ranks:
            line_id, rank = ranks[kind, pk]
            contacts = Contacts(channel, count, unanswered, measured, int(taken))
            yield (rep, monday), line_id, rank, contacts.minutes(sections.of(line_id))


def _ranks(
    kind: str, items: Collection[tuple[str, int]], lines: _Lines
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Items with the line and the highest rank that should mostly take them."""
    wanted = sorted(pk for of, pk in items if of == kind)
    known = dict(_MODELS[kind].objects.filter(pk__in=wanted).values_list("pk", "line_id"))
    wanted = [pk for pk in wanted if lines.has_own_work(known.get(pk))]
    for start in range(0, len(wanted), _AT_ONCE):
        rows = _MODELS[kind].objects.filter(pk__in=wanted[start : start + _AT_ONCE])
        for row in rows.select_related("company"):
            rank = _rank(kind, row, lines)
            if rank is not None:
                yield row.pk, (row.line_id, rank)


def _rank(kind: str, row: Any, lines: _Lines) -> int | None:
    live = lines.live(row.line_id)
    assert live is not None, "only lines with levels are looked at"
    at = row.created_at
    facts = facts_of(ItemKind(kind), row, live)
    bindings = seen(live, lines.team, row, facts, now=at)
    ladder = live.policy.ladder.values()
    met = [one.rank for one in ladder if one.mostly is not None and one.mostly(bindings)]
    return max(met, default=None)


_TASKS = """
SELECT owner_id, date_trunc('week', done_at AT TIME ZONE %(zone)s)::date, line_id, level,
    sum(coalesce(handled_minutes, CASE WHEN activity_id IS NULL THEN minutes ELSE 0 END))
FROM task
WHERE state = 'done' AND level <> '' AND owner_id = ANY(%(reps)s)
    AND done_at >= %(since)s AND done_at < %(until)s
GROUP BY 1, 2, 3, 4
"""


def _tasks_by_rank(asked: Mapping[str, Any], lines: _Lines) -> Iterator[tuple[Week, int, int, int]]:
    for rep, monday, line_id, level, minutes in _asked(_TASKS, asked):
        rank = lines.rank_of(line_id, level)
        if rank is not None and minutes:
            yield (rep, monday), line_id, rank, int(minutes)


# -- what ended, against what was expected ---------------------------------------------------------

_FINISHED_TASKS = """
SELECT owner_id, date_trunc('week', done_at AT TIME ZONE %(zone)s)::date, type,
    handled_minutes, minutes,
    greatest(0, round(extract(epoch FROM done_at - greatest(starts_at, assigned_at)) / 864))::int
FROM task
WHERE state = 'done' AND handled_minutes > 0 AND owner_id = ANY(%(reps)s)
    AND done_at >= %(since)s AND done_at < %(until)s AND quantity_done <= quantity
"""


def _finished_tasks(asked: Mapping[str, Any]) -> Iterator[tuple[Week, WorkKind, Sequence[int]]]:
    """To-dos with logged minutes, against the minutes that were expected of each."""
    for rep, monday, type_, minutes, expected, days in _asked(_FINISHED_TASKS, asked):
        yield (rep, monday), WorkKind(TASK, type_), (minutes, expected, days or 0)


# Whoever held it when it was converted, won or lost, with what he himself did for it.
_ENDED = """
SELECT held.rep_id, date_trunc('week', held.closed_at AT TIME ZONE %(zone)s)::date, held.item_kind,
    held.item_id, line_id, reached,
    round(extract(epoch FROM held.closed_at - held.opened_at) / 864)::int
FROM assignment AS held JOIN (
    SELECT 'lead' AS kind, id, line_id, closed_at,
        CASE WHEN stage = 'converted' THEN 'qualified' ELSE lost_stage END AS reached
    FROM lead WHERE closed_at >= %(since)s AND closed_at < %(until)s
    UNION ALL
    SELECT 'opportunity', id, line_id, closed_at, 'negotiation'
    FROM opportunity WHERE closed_at >= %(since)s AND closed_at < %(until)s AND stage = 'won'
) AS ended ON ended.kind = held.item_kind AND ended.id = held.item_id
WHERE held.rep_id = ANY(%(reps)s) AND held.closed_at >= %(since)s AND held.closed_at < %(until)s
    AND abs(extract(epoch FROM held.closed_at - ended.closed_at)) < 1
"""
_SPENT = """
SELECT a.user_id, a.item_kind, a.item_id, a.channel,
    count(*) FILTER (WHERE a.seconds IS NULL AND NOT (a.channel = 'call' AND a.direction = 'out')),
    count(*) FILTER (WHERE a.seconds IS NULL AND a.channel = 'call' AND a.direction = 'out'),
    count(a.seconds), coalesce(sum(least(ceil(a.seconds / 60.0), 720)), 0)
FROM activity AS a
JOIN unnest(%(who)s::bigint[], %(kinds)s::text[], %(items)s::bigint[]) AS held (rep, kind, item)
    ON a.user_id = held.rep AND a.item_kind = held.kind AND a.item_id = held.item
WHERE a.channel <> 'system' GROUP BY 1, 2, 3, 4
"""


def _finished_items(
    asked: Mapping[str, Any], sections: Sections
) -> Iterator[tuple[Week, WorkKind, Sequence[int]]]:
    """Leads and opportunities that ended, by how far they came; those nobody worked on are none."""
    rows = _asked(_ENDED, asked)
    lines = {(rep, kind, pk): line_id for rep, _, kind, pk, line_id, _, _ in rows}
    spent = _spent(lines, sections)
    for rep, monday, kind, pk, line_id, reached, days in rows:
        expected = sections.of(line_id).points_of(kind, reached) * MINUTES_PER_POINT // POINT
        minutes = spent.get((rep, kind, pk), 0)
        if expected and minutes:
            yield (rep, monday), WorkKind(kind, reached), (minutes, expected, days)


def _spent(
    lines: Mapping[tuple[int, str, int], int | None], sections: Sections
) -> Counter[tuple[int, str, int]]:
    """Minutes that each rep spent on each of these items, from its first day on."""
    found: Counter[tuple[int, str, int]] = Counter()
    if not lines:
        return found
    who, kinds, items = zip(*lines, strict=True)
    rows = _asked(_SPENT, {"who": list(who), "kinds": list(kinds), "items": list(items)})
    for rep, kind, pk, channel, count, unanswered, measured, taken in rows:
        contacts = Contacts(channel, count, unanswered, measured, int(taken))
        found[rep, kind, pk] += contacts.minutes(sections.of(lines[rep, kind, pk]))
    return found


def _asked(query: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


# -- as it is kept ---------------------------------------------------------------------------------


def kept(done: Done) -> list[list[str | int]]:
    """What ended, as plain values: task, stage, count, minutes, expected, hundredths of days."""
    return [
        [kind.task, kind.stage, one.count, one.minutes, one.expected_minutes, one.hundredth_days]
        for kind, one in sorted(done.finished.items())
    ]


def summed(weeks: Iterable[Sequence[Sequence[Any]]]) -> dict[WorkKind, Finished]:
    """What ended in several weeks together."""
    found: dict[WorkKind, Finished] = {}
    for week in weeks:
        for task, stage, count, minutes, expected, days in week:
            one = found.setdefault(WorkKind(task, stage), Finished())
            one.count += count
            one.minutes += minutes
            one.expected_minutes += expected
            one.hundredth_days += days
    return found
