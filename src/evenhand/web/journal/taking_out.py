"""The journal as rows of a file, worded as its page words them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.exports.sources import Found, Sheet, Source, add_source
from evenhand.journal.queries import EventFilter, events
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.days import span_of
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.asked import number_of
from evenhand.web.journal.told import tell_events
from evenhand.wording.catalogue import Words

_HEADS = ("type", "kind", "actor", "object", "data")


def start() -> None:
    """Let the journal be exported from now on, in this process."""
    add_source(Source("journal", Right.SEE_JOURNAL, _find, _sheet))


def _find(actor: Actor, params: Mapping[str, str], zone: ZoneInfo) -> Found:
    wanted = event_filter(params, zone.key)
    told = {one.name: getattr(wanted, one.name) for one in fields(wanted)}
    said = {
        name: value if isinstance(value, str | int) else value.isoformat()
        for name, value in told.items()
        if value not in (None, "")
    }
    return Found(events(wanted), said)


def _sheet(actor: Actor, words: Words, zone: ZoneInfo, wanted: Sequence[str]) -> Sheet:
    def cells(rows: Sequence[Any]) -> Iterator[list[Out]]:
        """As the page shows them, and the code of each type for programs."""
        for row, told in zip(rows, tell_events(words, rows, zone), strict=True):
            said = "; ".join(f"{one.label}: {one.value}" for one in told.particulars)
            yield [told.at.astimezone(zone), row.kind, told.what, told.who, told.about, said]

    heads = [SheetColumn(words.text("web-journal-at"), NumberFormat.DATETIME)]
    heads += [SheetColumn(words.text(f"web-journal-{head}")) for head in _HEADS]
    return Sheet(heads, cells)


def event_filter(asked: Mapping[str, str], zone: str) -> EventFilter:
    """The filter that an address asks for; days are days of `zone`."""
    since, until = span_of(asked, zone)
    return EventFilter(
        kind=asked.get("kind", "")[:60],
        actor_id=number_of(asked.get("actor")),
        actor_kind=asked.get("by", "")[:12],
        object_kind=asked.get("object", "")[:20],
        object_id=number_of(asked.get("id")),
        since=since,
        until=until,
    )
