"""What a rep has before him today, and what a manager looks at first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Min, Q, Sum

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import reach_in_sql, visible
from evenhand.leads.models import Assignment, Lead, Load, State
from evenhand.people.actor import Actor
from evenhand.platform.prepared import Sent, send
from evenhand.platform.rows import array_of, pipelined

DUE_SHOWN = 50
RECENT_SHOWN = 12
_LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Given:
    """How much was handed to somebody in a time: items, and their points in micro-points."""

    count: int
    points: int


class DayLead(NamedTuple):
    """What a line of a day shows of a lead."""

    id: int
    name: str
    company_name: str
    grade: str
    product: str
    region: str
    source: str
    phone: str
    stage: str
    assigned_at: datetime | None
    contact_due_at: datetime | None
    receipt_id: int | None


@dataclass(frozen=True, slots=True)
class RepDay:
    """A rep's day: who waits for a first contact, the most pressing first, and what came today."""

    due: list[DayLead]
    due_count: int
    overdue_count: int
    recent: list[DayLead]
    given: Given
    open_count: int  # leads only, as his list of leads counts them


def rep_day(actor: Actor, *, now: datetime, midnight: datetime) -> RepDay:
    """The day of a rep; four statements, whatever he holds. `midnight` is that of his clock."""
    reach, values = reach_in_sql(actor, "lead")
    mine = f"{reach} AND lead.owner_id = %s AND lead.state = '{State.OWNED}'"
    who = str(actor.user_id or 0)
    whose = [*values, who]
    with pipelined():
        pressing = send(f"{_SHOWN} FROM lead WHERE {mine} {_MOST_PRESSING}", whose)
        counted = send(_COUNTED.format(mine=mine), [*whose, now, *whose])
        given = _ask_given([actor.user_id or 0], since=midnight)
        due = _leads(pressing)
        shown = array_of([lead.id for lead in due], "bigint")
        came = f"{_SHOWN} {_CAME_TODAY} WHERE {mine} {_NEWEST}"
        recent = _leads(send(came, [who, midnight, shown, *whose]))
        ((count, waiting, late),) = counted.rows()
    return RepDay(
        due=due,
        due_count=waiting,
        overdue_count=late,
        recent=recent,
        given=_given(given)[0],
        open_count=count,
    )


def _leads(sent: Sent) -> list[DayLead]:
    return [DayLead(*row) for row in sent.rows()]


_SHOWN = f"SELECT {', '.join(f'lead.{name}' for name in DayLead._fields)}"
# Each half is counted in an index.
_COUNTED = """
SELECT (SELECT count(*) FROM lead WHERE {mine}), count(*),
    count(*) FILTER (WHERE contact_due_at < %s)
FROM lead WHERE {mine} AND contact_due_at IS NOT NULL
"""
_MOST_PRESSING = f"""
AND lead.contact_due_at IS NOT NULL ORDER BY lead.contact_due_at, lead.id LIMIT {DUE_SHOWN}
"""
# By what he was given since then: a few, where his leads are hundreds. Cut off before the leads are
# looked up, else a plan for any day would read all of them.
_CAME_TODAY = f"""
FROM (
    SELECT item_id, opened_at FROM assignment
    WHERE rep_id = %s AND opened_at >= %s AND closed_at IS NULL AND item_kind = '{ItemKind.LEAD}'
    AND item_id <> ALL(%s::bigint[]) ORDER BY opened_at DESC, item_id DESC LIMIT {RECENT_SHOWN}
) AS a JOIN lead ON lead.id = a.item_id
"""
_NEWEST = "ORDER BY a.opened_at DESC, lead.id DESC"


def given_to(reps: Collection[int], *, since: datetime) -> tuple[Given, int]:
    """What these people were given since then, and how many of it by hand; one query."""
    return _given(_ask_given(reps, since=since))


def _ask_given(reps: Collection[int], *, since: datetime) -> Sent:
    # One plan suits any one person, and none any number of them.
    whose, value = "= ANY(%s::bigint[])", array_of(sorted(reps), "bigint")
    if len(reps) == 1:
        whose, value = "= %s", str(*reps)
    return send(_GIVEN.format(whose=whose), [value, since])


def _given(sent: Sent) -> tuple[Given, int]:
    ((count, points, by_hand),) = sent.rows()
    return Given(count, int(points or 0)), by_hand


_GIVEN = """
SELECT count(*), sum(points), count(*) FILTER (WHERE cause = 'manual') FROM assignment
WHERE rep_id {whose} AND opened_at >= %s
"""


def revived_for(actor: Actor, *, now: datetime) -> list[tuple[str, int]]:
    """What came back to somebody lately and nobody has touched since: kind and id; one query."""
    return send(_REVIVED, [str(actor.user_id or 0), now - _LATELY]).rows()


_REVIVED = f"""
SELECT item_kind, item_id FROM assignment AS a
WHERE rep_id = %s AND cause = 'revived' AND closed_at IS NULL AND opened_at >= %s AND NOT EXISTS (
    SELECT FROM activity AS t
    WHERE t.item_kind = a.item_kind AND t.item_id = a.item_id AND t.at >= a.opened_at
) ORDER BY opened_at DESC, id DESC LIMIT {RECENT_SHOWN}
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Unassigned leads within reach."""

    count: int
    oldest_at: datetime | None


def waiting_leads(actor: Actor) -> Waiting:
    """How many leads nobody holds, and since when; one query."""
    told = (
        visible(actor, ItemKind.LEAD)
        .filter(state=State.QUEUED)
        .aggregate(count=Count("pk"), oldest=Min("queued_at"))
    )
    return Waiting(told["count"], told["oldest"])


@dataclass(frozen=True, slots=True)
class RepLine:
    """One rep in a manager's table."""

    rep_id: int
    given: Given
    open_count: int
    due_count: int
    overdue_count: int
    most_overdue_at: datetime | None


def rep_lines(reps: Collection[int], *, now: datetime, since: datetime) -> list[RepLine]:
    """What each of these people was given since then, carries and has overdue; three queries."""
    ids = sorted(reps)
    given = {
        row["rep_id"]: Given(row["count"], int(row["points"] or 0))
        for row in Assignment.objects.filter(rep_id__in=ids, opened_at__gte=since)
        .values("rep_id")
        .annotate(count=Count("pk"), points=Sum("points"))
    }
    loads = dict(Load.objects.filter(pk__in=ids).values_list("pk", "open_count"))
    due = {
        row["owner_id"]: row
        for row in Lead.objects.filter(
            owner_id__in=ids, state=State.OWNED, contact_due_at__isnull=False
        )
        .values("owner_id")
        .annotate(
            all=Count("pk"),
            over=Count("pk", filter=Q(contact_due_at__lt=now)),
            first=Min("contact_due_at", filter=Q(contact_due_at__lt=now)),
        )
    }
    none = Given(0, 0)
    return [
        RepLine(
            rep_id,
            given.get(rep_id, none),
            loads.get(rep_id, 0),
            due[rep_id]["all"] if rep_id in due else 0,
            due[rep_id]["over"] if rep_id in due else 0,
            due[rep_id]["first"] if rep_id in due else None,
        )
        for rep_id in ids
    ]
