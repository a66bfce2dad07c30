"""Postings in words, as they touched one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.fairness.moves import GIVING
from evenhand.fairness.own import Line
from evenhand.fairness.postings import Entry
from evenhand.routing.asked import Told
from evenhand.web.templatetags.decisions import ITEM_PATHS
from evenhand.wording.catalogue import Words


@dataclass(frozen=True, slots=True)
class Row:
    """A posting as the page shows it; `item` "" = not within the reader's reach."""

    line: Line
    what: str
    item: str
    path: str
    told: Told | None

    @property
    def entry(self) -> Entry:
        """The posting."""
        return self.line.entry


def what_of(act: str, *, is_taker: bool) -> str:
    """The message about a posting: an item he took, one that a colleague took, another act."""
    if act in GIVING:
        return f"web-share-{'took' if is_taker else 'shared'}-{act}"
    return f"web-share-act-{act}"


def rows_of(
    lines: Sequence[Line],
    user_id: int,
    items: Mapping[tuple[str, int], Any],
    told: Mapping[int, Told],
    words: Words,
) -> list[Row]:
    """Postings with their words, and their items by name where they are in reach."""
    rows = []
    for line in lines:
        entry = line.entry
        item = items.get((entry.item_kind, entry.item_id or 0))
        name = getattr(item, "name", "") or getattr(item, "company_name", "")
        path = f"{ITEM_PATHS[entry.item_kind]}/{entry.item_id}" if item is not None else ""
        what = words.text(what_of(entry.act, is_taker=entry.taker_id == user_id))
        if item is not None and not name:
            name = words.text(f"item-kind-{entry.item_kind}")
        rows.append(Row(line, what, name, path, told.get(entry.receipt_id or 0)))
    return rows
