"""The time line of an item: contacts, notes, who held it, and what was done with it, merged."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model

from evenhand.journal.models import Event
from evenhand.leads.access import item_for
from evenhand.leads.masking import masked_text, sees_contact_data
from evenhand.leads.models import Activity, Assignment, Held
from evenhand.people.actor import Actor
from evenhand.people.names import user_names
from evenhand.platform.prepared import send
from evenhand.platform.row_objects import asked_rows
from evenhand.platform.rows import array_of, pipelined

M = TypeVar("M", bound=Model)

PAGE = 30
# Assignments tell of assigning and handing back, activities of contacts: their events would repeat.
TOLD_EVENTS = (
    "lead.taken_in", "lead.imported", "lead.repeated", "lead.attached", "lead.edited",
    "lead.company_matched", "lead.stage_set", "lead.lost", "lead.converted", "lead.merged",
    "lead.unmerged", "account.merged", "account.unmerged",
    "account.created", "account.imported", "account.edited", "account.marked_key",
    "opportunity.created", "opportunity.imported",
    "opportunity.edited", "opportunity.stage_set", "opportunity.won", "opportunity.lost",
    "account.lost", "lead.revival_set", "account.revival_set", "lead.revived", "account.revived",
    "lead.left_in_peace", "account.left_in_peace", "opportunity.left_in_peace",
    "person.erased", "lead.accepted", "account.accepted", "opportunity.accepted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: `kind` says which of the others is filled."""

    kind: str  # activity, assigned, ended, event
    at: datetime
    who: str = ""  # the name of who did it or received it; "" = the system
    activity: Activity | None = None
    assignment: Assignment | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A page of entries, newest first."""

    entries: list[Entry]
    number: int
    has_more: bool


# Prepared: to plan five unions takes PostgreSQL ten times as long as to run them.
_MERGED = """
SELECT kind, at, id FROM (
  SELECT 'activity' AS kind, at, id FROM activity WHERE item_kind = %s AND item_id IN ({ids})
  UNION ALL
  SELECT 'assigned', opened_at, id FROM assignment WHERE item_kind = %s AND item_id IN ({ids})
  UNION ALL
  SELECT 'ended', closed_at, id FROM assignment
  WHERE item_kind = %s AND item_id IN ({ids}) AND closed_at IS NOT NULL
  UNION ALL
  SELECT 'event', at, id FROM event
  WHERE object_kind = %s AND object_id IN ({ids}) AND kind = ANY(%s::text[])
) AS entry ORDER BY at DESC, kind, id DESC LIMIT %s OFFSET %s
"""
# What was merged into an item has its past there too.
_WITH_MERGED = {
    kind: f"SELECT %s::bigint UNION ALL SELECT id FROM {table} WHERE merged_into_id = %s::bigint"
    for kind, table in (("lead", "lead"), ("account", "company"))
}


def time_line(actor: Actor, kind: str, item_id: int, *, number: int = 1) -> TimeLine:
    """A page of an item's time line; at most six queries whatever it holds.

    :raises NotFound: there is no such item within reach.
    """
    return lines_of(actor, kind, item_for(actor, kind, item_id), number=number)


def lines_of(actor: Actor, kind: str, item: Held, *, number: int = 1) -> TimeLine:
    """The same of an item that came through the gate."""
    number = max(1, min(number, 1000))
    ids = _WITH_MERGED.get(str(kind), "%s::bigint")
    of_item = [str(kind), *[str(item.pk)] * ids.count("%s")]
    page = [str(PAGE + 1), str((number - 1) * PAGE)]
    found = send(
        _MERGED.replace("{ids}", ids), [*of_item * 4, array_of(TOLD_EVENTS, "text"), *page]
    ).rows()
    entries = _filled(found[:PAGE])
    if not sees_contact_data(actor, item):
        for entry in entries:
            if entry.activity is not None:
                entry.activity.note = masked_text(entry.activity.note)
    return TimeLine(entries, number, len(found) > PAGE)


def _filled(found: list[tuple[str, datetime, int]]) -> list[Entry]:
    ids: dict[str, set[int]] = {"activity": set(), "assignment": set(), "event": set()}
    for kind, _, row_id in found:
        ids["assignment" if kind in ("assigned", "ended") else kind].add(row_id)
    with pipelined():
        asked = (
            _asked(Activity, ids["activity"]),
            _asked(Assignment, ids["assignment"]),
            _asked(Event, ids["event"]),
        )
        activities, assignments, events = _by_id(asked[0]), _by_id(asked[1]), _by_id(asked[2])
    people = {one.user_id or 0 for one in activities.values()}
    people |= {one.rep_id for one in assignments.values()}
    people |= {one.actor_id or 0 for one in events.values() if one.actor_kind == "user"}
    names = user_names(people)
    entries = []
    for kind, at, row_id in found:
        if kind == "activity":
            activity = activities[row_id]
            entry = Entry(kind, at, names.get(activity.user_id or 0, ""), activity)
        elif kind == "event":
            event = events[row_id]
            who = names.get(event.actor_id or 0, "") if event.actor_kind == "user" else ""
            entry = Entry(kind, at, who, event=event)
        else:
            assignment = assignments[row_id]
            entry = Entry(kind, at, names.get(assignment.rep_id, ""), assignment=assignment)
        entries.append(entry)
    return entries


def _asked(model: type[M], ids: set[int]) -> Callable[[], list[M]]:
    if not ids:
        return list
    return asked_rows(model, "id = ANY(%s::bigint[])", [array_of(sorted(ids), "bigint")])


def _by_id(asked: Callable[[], list[M]]) -> dict[int, M]:
    return {row.pk: row for row in asked()}
