"""First contacts of the past as waits, for the limit that they speak for. Nothing here sets it.

Waits are working time by the calendar of whoever held the lead.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from evenhand.engine.calendar.worktime import BeyondHorizon
from evenhand.engine.pool.spans import Span
from evenhand.engine.pool.timer import Proposal, Wait, propose
from evenhand.people.actor import Actor
from evenhand.people.organization import first_contact_minutes
from evenhand.people.scope import Right, demand
from evenhand.people.snapshot import People, read_people
from evenhand.policies.live import NoSuchLine, lock_live
from evenhand.policies.queries import lines

DAYS = 365
MOST = 5_000  # the latest ones
# A lead contacted so many days ago has had time to be won or not.
SETTLED_DAYS = 30

_WAITS = """
SELECT a.rep_id, a.opened_at, a.closed_at, t.at, l.stage, l.closed_at IS NOT NULL,
    EXISTS (SELECT FROM opportunity o WHERE o.lead_id = l.id AND o.stage = 'won')
FROM (
    SELECT a.* FROM assignment a
    WHERE a.item_kind = 'lead' AND a.opened_at >= %s AND a.cause NOT IN ('imported', 'manual')
        AND (%s::bigint IS NULL OR EXISTS (
            SELECT FROM lead l WHERE l.id = a.item_id AND l.line_id = %s))
    ORDER BY a.id DESC LIMIT %s
) a JOIN lead l ON l.id = a.item_id
CROSS JOIN LATERAL (
    SELECT min(t.at) AS at FROM activity t
    WHERE t.item_kind = 'lead' AND t.item_id = a.item_id AND t.direction <> 'none'
        AND t.user_id = a.rep_id AND t.at >= a.opened_at
        AND (a.closed_at IS NULL OR t.at <= a.closed_at)
) t
WHERE l.state NOT IN ('merged', 'rejected')
"""


@dataclass(frozen=True, slots=True)
class Timers:
    """The limits of first contact now, and what the past of a line speaks for (None = nothing)."""

    minutes: int  # the company's, 0 = none
    clocks: tuple[tuple[str, Span], ...]  # by rule
    proposal: Proposal | None
    since: datetime


def first_contact(actor: Actor, line_id: int | None, now: datetime) -> Timers:
    """What the last year says.

    :raises NotAllowed: the actor may not see decisions about others.
    """
    demand(actor, Right.SEE_DECISIONS)
    since = now - timedelta(days=DAYS)
    people = read_people(0, now)
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, [since, line_id, line_id, MOST])
        found = cursor.fetchall()
    waits = [wait for row in found if (wait := _wait(row, people, now)) is not None]
    return Timers(first_contact_minutes(), _clocks(line_id), propose(waits), since)


def _clocks(line_id: int | None) -> tuple[tuple[str, Span], ...]:
    """The clocks of first contact in the live rules of a line."""
    line = next((one for one in lines() if one.pk == line_id), None)
    try:
        with transaction.atomic():
            rules = () if line is None else lock_live(line.key).pools.clocks.rules
    except NoSuchLine:
        rules = ()
    return tuple(
        (rule.rule, clock.after)
        for rule in rules
        for clock in rule.clocks
        if rule.kind == "lead" and rule.is_on and clock.clock == "first_contact"
    )


def _wait(
    row: tuple[int, datetime, datetime | None, datetime | None, str, bool, bool],
    people: People,
    now: datetime,
) -> Wait | None:
    rep, opened, closed, contacted, stage, is_closed, is_sold = row
    calendar = people.calendar_of(rep)
    end = contacted or closed or now
    try:
        seconds = calendar.elapsed(opened, max(opened, end)).total_seconds()
    except BeyondHorizon:
        return None
    if contacted is None:
        return Wait(seconds, False)
    is_won = is_sold or stage == "converted"
    is_settled = is_won or is_closed or now - contacted >= timedelta(days=SETTLED_DAYS)
    return Wait(seconds, True, is_won if is_settled else None)
