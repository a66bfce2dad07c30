"""Keeping the days of books: adding new postings to them, and counting all of them again.

Postings of a book are numbered without gaps under its lock, so whoever has read up to a number has
read everything up to it.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.db import connection, transaction

from evenhand.fairness.models import BookDay, Counted
from evenhand.fairness.moves import Move, Portion, moves_of
from evenhand.ledger.models import Book
from evenhand.people.clocks import company_zone
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.rows import array_of

# Postings read at a time: a first count of a long history works in portions.
MOST_AT_ONCE = 50_000


def count_all() -> int:
    """Add what was posted since to the days of all books; returns how many postings."""
    zone = company_zone().key
    return sum(_count_up(book_id, zone) for book_id in _behind(zone))


def count_again(book_id: int) -> int:
    """Throw the days of a book away and count every posting anew; returns how many postings."""
    zone = company_zone().key
    with transaction.atomic():
        _forget(_locked(book_id, zone), zone)
    return _count_up(book_id, zone)


def recount() -> int:
    """Count all books anew; returns how many postings there are."""
    return sum(count_again(book_id) for book_id in Book.objects.values_list("pk", flat=True))


def _behind(zone: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.id FROM book AS b LEFT JOIN fairness_counted AS c ON c.book_id = b.id"
            " WHERE b.postings > coalesce(c.number, 0) OR c.zone <> %s ORDER BY b.id",
            [zone],
        )
        return [row[0] for row in cursor.fetchall()]


def _count_up(book_id: int, zone: str) -> int:
    total = 0
    while added := _count_portion(book_id, zone):
        total += added
    return total


def _count_portion(book_id: int, zone: str) -> int:
    with transaction.atomic():
        counted = _locked(book_id, zone)
        if counted.zone != zone:
            _forget(counted, zone)
        last = Book.objects.values_list("postings", flat=True).get(pk=book_id)
        upto = min(last, counted.number + MOST_AT_ONCE)
        if upto <= counted.number:
            return 0
        portion = Portion(book_id, counted.number, upto)
        _add(book_id, moves_of([portion], zone=zone))
        crashpoint("fairness.added")
        added = upto - counted.number
        counted.number = upto
        counted.save(update_fields=["number"])
    return added


def _locked(book_id: int, zone: str) -> Counted:
    Counted.objects.bulk_create([Counted(book_id=book_id, zone=zone)], ignore_conflicts=True)
    return Counted.objects.select_for_update().get(pk=book_id)


def _forget(counted: Counted, zone: str) -> None:
    BookDay.objects.filter(book_id=counted.pk).delete()
    counted.number, counted.zone = 0, zone
    counted.save(update_fields=["number", "zone"])


def _add(book_id: int, moves: Sequence[Move]) -> None:
    known = {
        (one.day, one.row): one
        for one in BookDay.objects.filter(book_id=book_id, day__in={one.day for one in moves})
    }
    for (day, row), group in groupby(moves, key=lambda one: (one.day, one.row)):
        _write(book_id, day, row, list(group), known.get((day, row)))


def _write(book_id: int, day: date, row: int, moves: Sequence[Move], known: BookDay | None) -> None:
    sums = {} if known is None else {who: tuple(rest) for who, *rest in _rows(known)}
    for one in moves:
        was = sums.get(one.member, (0, 0, 0, 0))
        more = (one.due, one.received, one.corrected, one.items)
        sums[one.member] = tuple(a + b for a, b in zip(was, more, strict=True))
    members = sorted(sums)
    columns = list(zip(*(sums[who] for who in members), strict=True))
    first = min(one.first for one in moves)
    last = max(one.last for one in moves)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fairness_day (book_id, day, row, members, due, received, corrected,"
            " counts, first, last) VALUES (%s, %s, %s, %s::bigint[], %s::bigint[], %s::bigint[],"
            " %s::bigint[], %s::bigint[], %s, %s) ON CONFLICT (book_id, day, row) DO UPDATE SET"
            " members = excluded.members, due = excluded.due, received = excluded.received,"
            " corrected = excluded.corrected, counts = excluded.counts,"
            " first = least(fairness_day.first, excluded.first),"
            " last = greatest(fairness_day.last, excluded.last)",
            [
                book_id,
                day,
                row,
                array_of(members, "bigint"),
                *(array_of(column, "bigint") for column in columns),
                first,
                last,
            ],
        )


def _rows(day: BookDay) -> list[tuple[int, ...]]:
    columns = (day.members, day.due, day.received, day.corrected, day.counts)
    return list(zip(*columns, strict=True))
