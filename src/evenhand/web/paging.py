"""Which page of a list the address asks for, and which pages stand below it to go to.

The rows themselves come from `leads.queries.paging.page_of`, whatever table they are of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from evenhand.leads.queries.paging import DEEPEST, SIZES, Count, Page, page_of
from evenhand.web.asked import number_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A page number and size that make sense, whatever stood in the address."""

    number: int
    size: int


def asked_page(query: Mapping[str, str], *, size: int = SIZES[0]) -> Asked:
    """`page` and `size` of an address; `size` is what stands without one."""
    wanted = number_of(query.get("size"))
    size = wanted if wanted in SIZES else size
    return Asked(max(1, min(number_of(query.get("page")) or 0, DEEPEST // size)), size)


def asked_rows(rows: QuerySet[Any], query: Mapping[str, str], *, size: int = SIZES[0]) -> Page:
    """The page of these rows that an address asks for."""
    asked = asked_page(query, size=size)
    return page_of(rows, number=asked.number, size=asked.size)


def cut(rows: Sequence[Any], query: Mapping[str, str], *, size: int) -> Page:
    """The page that an address asks for of rows that are all at hand."""
    asked = asked_page(query, size=size)
    start = (asked.number - 1) * asked.size
    end = start + asked.size
    count = Count(len(rows), False)
    return Page(list(rows[start:end]), asked.number, asked.size, count, end < len(rows))


def page_numbers(page: Page) -> list[int | None]:
    """Page numbers to offer; None is a gap: 1 … 4 5 6 … 20."""
    last = last_page(page)
    near = {1, last, page.number - 1, page.number, page.number + 1}
    offered: list[int | None] = []
    for number in sorted(n for n in near if 1 <= n <= last):
        before = offered[-1] if offered else None
        if before is not None and number - before > 1:
            offered.append(None)
        offered.append(number)
    return offered


def last_page(page: Page) -> int:
    """The last page that can be opened: what lies deeper is reached by a narrower filter."""
    return max(1, page.number, -(-min(page.count.number, DEEPEST) // page.size))
