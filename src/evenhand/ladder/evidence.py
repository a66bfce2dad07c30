"""What speaks for the next level: leads converted against what was expected of those very leads.

The chance of a lead is what the company converts of its line and grade, so that whoever got the
harder leads is not measured by the easier ones. Only leads that somebody has had for MATURE days
count, whatever became of them: the young ones could only count if they went quickly. Taken
away for no reason of his own (transfers, merges, voids) counts for nobody.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import connection

from evenhand.engine.workload.graduation import MILLION, Record
from evenhand.people.clocks import company_zone, whole_days
from evenhand.people.models import Leave

MATURE = timedelta(days=30)
BEHIND = timedelta(days=365)  # what is older says little of somebody today
# So many leads at the line's average are added to each grade's own.
_SHRINK = 20
_APART = ["void", "transfer", "merged", "unmerged", "departure", "undone", "erased"]


def records(since: Mapping[int, date], now: datetime) -> dict[int, Record]:
    """Outcomes and expectations of each since the day that he came to his level; one query."""
    zone = company_zone()
    starts = {rep: whole_days(day, day, zone)[0] for rep, day in since.items()}
    reps = sorted(starts)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.rep_id, l.line_id, l.grade, coalesce(a.opened_at >= s.since, false),
                count(*), count(*) FILTER (WHERE a.closed_by = 'converted')
            FROM assignment AS a JOIN lead AS l ON l.id = a.item_id
            LEFT JOIN unnest(%s::bigint[], %s::timestamptz[]) AS s(rep, since) ON s.rep = a.rep_id
            WHERE a.item_kind = 'lead' AND a.opened_at >= %s AND a.opened_at < %s
                AND a.closed_by <> ALL(%s)
            GROUP BY 1, 2, 3, 4
            """,
            [reps, [starts[rep] for rep in reps], now - BEHIND, now - MATURE, _APART],
        )
        rows = cursor.fetchall()
    chances = _chances(rows)
    found = dict.fromkeys(reps, (0, 0))
    for rep, line, grade, is_since, count, won in rows:
        if is_since:
            outcomes, expected = found[rep]
            found[rep] = (outcomes + won, expected + count * chances[line, grade])
    return {rep: Record(outcomes, expected) for rep, (outcomes, expected) in found.items()}


def _chances(rows: list[tuple[int, int, str, bool, int, int]]) -> dict[tuple[int, str], int]:
    """What is converted of each line and grade, in millionths, drawn to the line's average."""
    by_grade: dict[tuple[int, str], list[int]] = {}
    by_line: dict[int, list[int]] = {}
    for _, line, grade, _, count, won in rows:
        for sums in (by_grade.setdefault((line, grade), [0, 0]), by_line.setdefault(line, [0, 0])):
            sums[0] += count
            sums[1] += won
    found = {}
    for (line, grade), (count, won) in by_grade.items():
        of_line, won_of_line = by_line[line]
        drawn = _SHRINK * MILLION * won_of_line // of_line
        found[line, grade] = (MILLION * won + drawn) // (count + _SHRINK)
    return found


def practice(joined: Mapping[int, date], now: datetime) -> dict[int, tuple[int, int]]:
    """Of newcomers: leads converted so far, and whole days of leave since joining; two queries."""
    reps = sorted(joined)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rep_id, count(*) FROM assignment WHERE rep_id = ANY(%s)"
            " AND item_kind = 'lead' AND closed_by = 'converted' GROUP BY rep_id",
            [reps],
        )
        won = dict(cursor.fetchall())
    zone = company_zone()
    spans: dict[int, list[tuple[datetime, datetime]]] = {}
    for leave in Leave.objects.filter(rep__in=reps, canceled_at=None).order_by("from_at"):
        start = max(leave.from_at, whole_days(joined[leave.rep_id], joined[leave.rep_id], zone)[0])
        end = min(leave.until_at, now)
        if start < end:
            spans.setdefault(leave.rep_id, []).append((start, end))
    return {rep: (won.get(rep, 0), _days(spans.get(rep, []))) for rep in reps}


def _days(spans: list[tuple[datetime, datetime]]) -> int:
    """Whole days that the spans cover together; they are in the order of their beginnings."""
    covered, reached = timedelta(0), None
    for start, end in spans:
        start = start if reached is None else max(start, reached)
        if start < end:
            covered += end - start
            reached = end
    return covered.days
