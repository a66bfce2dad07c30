"""A book as it stood at a posting: the latest checkpoint before it, and what was posted since."""

from typing import Any

from django.db.models import Q

from evenhand.engine.ledger.book import Book
from evenhand.engine.ledger.bookings import Act
from evenhand.ledger.models import Checkpoint, Posting


class CannotRecall(Exception):
    """No checkpoint reaches back so far."""


def book_before(book_id: int, number: int, *, batch_id: int) -> Book:
    """The book just before its posting `number`, as a batch found it.

    Between two checkpoints of a book nothing but dealing and charging happens: whatever else is
    done to it asks for a new checkpoint.

    :raises CannotRecall: nothing was kept of that time.
    """
    # Of two before the same posting the later one counts, up to this batch: one that booked nothing
    # here may have let members in, and the next one kept the book with them.
    kept_by_then = Q(batch_id=None) | Q(batch_id__lte=batch_id)
    checkpoint = (
        Checkpoint.objects.filter(kept_by_then, book_id=book_id, number__lte=number)
        .order_by("-number", "-pk")
        .first()
    )
    if checkpoint is None:
        raise CannotRecall(f"book {book_id}, posting {number}: no checkpoint before it")
    book = Book.from_json(checkpoint.state)
    postings = (
        Posting.objects.filter(book_id=book_id, number__gte=checkpoint.number, number__lt=number)
        .select_related("shares")
        .order_by("number")
    )
    for posting in postings:
        _repeat(book, posting)
    return book


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
