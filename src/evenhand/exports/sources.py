"""What can be exported. The packages that own the rows add themselves when the process starts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import SheetColumn
from evenhand.wording.catalogue import Words


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of a filter within somebody's reach, in the list's order; and the filter, told.

    `told` is for the journal: without what was typed into search, which may be somebody's name.
    """

    rows: QuerySet[Any]
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a file, and how rows become cells: in the same order, one list for a row."""

    columns: Sequence[SheetColumn]
    cells: Callable[[Sequence[Any]], Iterator[Sequence[Out]]]


@dataclass(frozen=True, slots=True)
class Source:
    """A list that can leave as a file.

    `find` reads the filter's address for an actor whose days are those of a zone. `sheet` takes
    the wanted columns, none = all of them. `right` is needed beside reaching the rows.
    """

    page: str
    right: Right
    find: Callable[[Actor, Mapping[str, str], ZoneInfo], Found]
    sheet: Callable[[Actor, Words, ZoneInfo, Sequence[str]], Sheet]


SOURCES: dict[str, Source] = {}


def add_source(source: Source) -> None:
    """Let a list be exported, in this process."""
    SOURCES[source.page] = source


def params_of(query: str) -> dict[str, str]:
    """The parameters of an address as a filter reads them: the last of a name counts."""
    return dict(parse_qsl(query))
