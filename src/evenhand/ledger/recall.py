"""Books as they stood at a posting: the latest checkpoint before it, and what was posted since."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Q

from evenhand.engine.ledger.book import Book
from evenhand.engine.ledger.bookings import Act
from evenhand.ledger.models import Checkpoint, Posting


class CannotRecall(Exception):
    """No checkpoint reaches back so far."""


def books_before(numbers: Mapping[int, int], *, batch_id: int) -> dict[int, Book]:
    """Each book just before its posting of this number, as a batch found them; by its id.

    Between two checkpoints of a book nothing but dealing and charging happens: whatever else is
    done to it asks for a new checkpoint.

    :raises CannotRecall: nothing was kept of that time.
    """
    kept = _checkpoints(numbers, batch_id)
    missing = next((book for book in numbers if book not in kept), None)
    if missing is not None:
        raise CannotRecall(f"book {missing}, posting {numbers[missing]}: no checkpoint before it")
    found = {book: Book.from_json(one.state) for book, one in kept.items()}
    for posting in _since(kept, numbers):
        _repeat(found[posting.book_id], posting)
    return found


# Of two before the same posting the later one counts, up to this batch: one that booked nothing
# here may have let members in, and the next one kept the book with them.
_LATEST = """
SELECT c.id FROM unnest(%s::bigint[], %s::bigint[]) AS w(book_id, number)
CROSS JOIN LATERAL (
    SELECT id FROM checkpoint AS c
    WHERE c.book_id = w.book_id AND c.number <= w.number
        AND (c.batch_id IS NULL OR c.batch_id <= %s)
    ORDER BY c.number DESC, c.id DESC LIMIT 1
) AS c
"""


def _checkpoints(numbers: Mapping[int, int], batch_id: int) -> dict[int, Checkpoint]:
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [list(numbers), list(numbers.values()), batch_id])
        ids = [row[0] for row in cursor.fetchall()]
    return {one.book_id: one for one in Checkpoint.objects.filter(pk__in=ids)}


def _since(kept: Mapping[int, Checkpoint], numbers: Mapping[int, int]) -> Iterable[Posting]:
    """What was posted after each checkpoint, in the order of each book."""
    spans = Q()
    for book, one in kept.items():
        if one.number < numbers[book]:
            spans |= Q(book_id=book, number__gte=one.number, number__lt=numbers[book])
    if not spans:
        return ()
    return Posting.objects.filter(spans).select_related("shares").order_by("book_id", "number")


def _repeat(book: Book, posting: Posting) -> None:
    assert posting.shares is not None, "only dealing and charging stand between checkpoints"
    taker = str(posting.taker_id)
    gained = 0
    for member, amount in zip(posting.shares.members, posting.shares.amounts, strict=True):
        _move(book, posting.row, str(member), amount)
        if str(member) == taker:
            gained = amount
    _move(book, posting.row, taker, -posting.points)
    book.sequence = posting.sequence
    book.last_before = posting.last_before
    book.last[book.position(taker)] = posting.sequence
    book.largest_points = max(book.largest_points, posting.points)
    if posting.act == Act.CHARGED:
        book.shift += posting.points - gained


def _move(book: Book, row: int, member: str, amount: int) -> None:
    position: Any = book.position(member)
    book.balance[row, position] += amount
    book.owed[position] += amount
