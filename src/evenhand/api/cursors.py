"""Paging for programs: an opaque cursor says where to read on, as quick at any depth."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core import signing
from django.db.models import QuerySet

from evenhand.api.errors import INVALID, ApiError
from evenhand.api.problems import Problem

MOST_ROWS = 200
FEWEST_ROWS = 1
USUAL_ROWS = 50

Row = TypeVar("Row")


def read_cursor(text: str, *, of: str) -> list[Any]:
    """Where to read on in the list `of`; [] = from the start.

    :raises ApiError: the cursor is not one that this list gave out.
    """
    if not text:
        return []
    try:
        found = signing.loads(text, salt=f"cursor:{of}")
    except signing.BadSignature:
        found = None
    if not isinstance(found, list):
        bad = Problem("cursor", text[:80], "bad_cursor", "api-field-bad-cursor")
        raise ApiError(INVALID, [bad])
    return found


def write_cursor(position: Sequence[Any], *, of: str) -> str:
    """The cursor of a position."""
    return signing.dumps(list(position), salt=f"cursor:{of}")


def page(
    rows: Sequence[Row], limit: int, position: Callable[[Row], Sequence[Any]], *, of: str
) -> tuple[Sequence[Row], str | None]:
    """The rows to show of `limit` + 1 that were read, and the cursor of the next page, if any."""
    if len(rows) <= limit:
        return rows, None
    shown = rows[:limit]
    return shown, write_cursor(position(shown[-1]), of=of)


def newest_first(
    rows: QuerySet[Any], *, cursor: str, limit: int, of: str
) -> tuple[Sequence[Any], str | None]:
    """A page of rows, newest first by id."""
    after = read_cursor(cursor, of=of)
    if after:
        rows = rows.filter(pk__lt=after[0])
    found = list(rows.order_by("-pk")[: limit + 1])
    return page(found, limit, lambda row: [row.pk], of=of)
