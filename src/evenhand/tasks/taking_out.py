"""To-dos as rows of a file: exactly what the filter of the list shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.exports.sources import Found, Sheet, Source, add_source
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.clock import now
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.tasks.asked import task_filter
from evenhand.tasks.models import Task
from evenhand.tasks.queries import SORTS, TaskFilter, tasks_within, titles_of
from evenhand.wording.catalogue import Words

PAGE = "tasks"
_MICRO = Decimal(1_000_000)
_N, _T = NumberFormat.INTEGER, NumberFormat.DATETIME
_COLUMNS: Mapping[str, NumberFormat] = {
    "id": _N,
    "title": NumberFormat.TEXT,
    "type": NumberFormat.TEXT,
    "difficulty": NumberFormat.TEXT,
    "state": NumberFormat.TEXT,
    "owner": NumberFormat.TEXT,
    "about": NumberFormat.TEXT,
    "due-at": _T,
    "minutes": _N,
    "points": NumberFormat.DECIMAL,
    "quantity": _N,
    "quantity-done": _N,
    "done-at": _T,
    "took": _N,
    "result": NumberFormat.TEXT,
    "link": NumberFormat.TEXT,
    "line": NumberFormat.TEXT,
    "created": _T,
}


def start() -> None:
    """Let to-dos be exported from now on, in this process."""
    add_source(Source(PAGE, Right.EXPORT, _find, _sheet))


def _find(actor: Actor, params: Mapping[str, str], zone: ZoneInfo) -> Found:
    wanted = task_filter(params, zone=zone.key)
    local = now().astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = tasks_within(actor, wanted, midnight=midnight).select_related("owner__user", "line")
    return Found(rows.order_by(*SORTS.get(params.get("sort", ""), SORTS["due"])), _told(wanted))


def _told(wanted: TaskFilter) -> Mapping[str, Any]:
    """The filter for the journal: what was typed into search may be somebody's name."""
    told: dict[str, Any] = {}
    for one in fields(wanted):
        value = getattr(wanted, one.name)
        if one.name == "q":
            told["searched"] = bool(value)
        elif value not in (None, "", False):
            told[one.name] = value if isinstance(value, str | int) else value.isoformat()
    return told


def _sheet(actor: Actor, words: Words, zone: ZoneInfo, wanted: Sequence[str]) -> Sheet:
    def cells(rows: Sequence[Task]) -> Iterator[Sequence[Out]]:
        titles = titles_of(actor, rows)
        for row in rows:
            yield _cells(row, titles.get((row.item_kind, row.item_id or 0), ""), words, zone)

    heads = [SheetColumn(words.text(f"task-column-{key}"), look) for key, look in _COLUMNS.items()]
    return Sheet(heads, cells)


def _cells(row: Task, about: str, words: Words, zone: ZoneInfo) -> list[Out]:
    due_at, done_at = (
        None if one is None else one.astimezone(zone) for one in (row.due_at, row.done_at)
    )
    return [
        *(row.pk, row.title, row.type, words.text(f"task-difficulty-{row.difficulty}")),
        words.text(f"web-tasks-state-{row.state}"),
        "" if row.owner is None else row.owner.user.name,
        *(about, due_at, row.minutes, row.points / _MICRO, row.quantity, row.quantity_done),
        *(done_at, row.handled_minutes, row.result, row.result_link),
        *(row.line.name, row.created_at.astimezone(zone)),
    ]
