"""The filter of a list of to-dos as an address says it."""

from collections.abc import Mapping

from evenhand.platform.days import span_of
from evenhand.tasks.queries import DUES, STATES, TaskFilter

_MOST_DIGITS = 18  # so that every number fits the ids of the database


def task_filter(query: Mapping[str, str], *, zone: str) -> TaskFilter:
    """The filter that these parameters say; what makes no sense narrows nothing."""
    since, until = span_of(query, zone)
    state, due, kind = query.get("state", ""), query.get("due", ""), query.get("kind", "")
    return TaskFilter(
        state=state if state in STATES else "todo",
        owner=_number(query, "owner"),
        team=_number(query, "team"),
        line=_number(query, "line"),
        type=query.get("type", "")[:200],
        due=due if due in DUES else "",
        waiting=query.get("waiting") == "1",
        item_kind=kind[:12],
        item_id=_number(query, "item"),
        company=_number(query, "company"),
        series=_number(query, "series"),
        since=since,
        until=until,
        q=query.get("q", "").strip()[:120],
    )


def _number(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None
