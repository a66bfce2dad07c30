"""Books under lock: rows to the engine's `Book` and back.

The caller holds a transaction. Books are locked in id order before anything of them is read; each
is written once per batch. What a checkpoint and the postings after it tell is enough to bring a
book back to any moment between two acts by hand.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection

from evenhand.engine.ledger.book import Book
from evenhand.platform.prepared import send
from evenhand.platform.rows import array_of, pipelined

CHECKPOINT_EVERY = 256

_COLUMNS = (
    "id, key, by_grade, grades, members, guests, ever, last, sequence, last_before,"
    " largest_points, largest_slack, shift, arrears, postings, checked_at, needs_checkpoint"
)


@dataclass(slots=True)
class Kept:
    """A book under lock, as it was read and as it is becoming."""

    id: int
    key: str
    book: Book
    postings: int
    checked_at: int
    needs_checkpoint: bool
    first: int  # number of the first posting that will be added
    was_members: tuple[str, ...]
    was_grades: tuple[str, ...]
    was_balance: Any
    added: int = 0
    stored_rows: set[int] = field(default_factory=set)

    def next_number(self) -> int:
        """The number of one more posting."""
        self.added += 1
        return self.postings + self.added

    @property
    def has_other_members(self) -> bool:
        """Whether somebody joined or left since the book was read."""
        return self.was_members != tuple(self.book.members) or self.was_grades != self.book.grades


class Unmade(Exception):
    """Some books are not there: to be made, and asked for anew, before anything else is locked."""


def lock_books(line_id: int, keys: Iterable[str], *, grades: Sequence[str]) -> dict[str, Kept]:
    """Lock the books of these keys, making those that are not there yet, and read them."""
    wanted = sorted(set(keys))
    try:
        with pipelined():
            return ask_books(line_id, wanted)()
    except Unmade:
        make_books(line_id, wanted, grades=grades)
    with pipelined():
        return ask_books(line_id, wanted)()


def ask_books(line_id: int, keys: Iterable[str]) -> Callable[[], dict[str, Kept]]:
    """Lock books and read them, to be called for the answer.

    Inside `pipelined` the question is on its way, and what is locked after is asked before the
    answer is read: hence the answer makes no books. It raises `Unmade` where some are not there.
    """
    wanted = sorted(set(keys))
    if not wanted:
        return dict
    asked = _ask(LOCK_BOOKS, line_id, wanted)

    def answer() -> dict[str, Kept]:
        found = asked()
        if missing := [one for one in wanted if one not in found]:
            raise Unmade(*missing)
        return found

    return answer


def read_books(line_id: int, keys: Iterable[str]) -> dict[str, Book]:
    """The books of these keys as they stand, without a lock and without making any: for looking."""
    with pipelined():
        found = _ask(_BOOKS, line_id, sorted(set(keys)))()
    return {key: kept.book for key, kept in found.items()}


_WHICH = "line_id = %s::bigint AND key = ANY(%s::text[])"
_BOOKS = f"SELECT {_COLUMNS} FROM book WHERE {_WHICH} ORDER BY id"
LOCK_BOOKS = f"{_BOOKS} FOR UPDATE"
_BALANCES = f"""
SELECT book_id, row, amounts FROM balance
WHERE book_id = ANY(ARRAY(SELECT id FROM book WHERE {_WHICH}))
"""


def _ask(sql: str, line_id: int, keys: Sequence[str]) -> Callable[[], dict[str, Kept]]:
    values = [str(line_id), array_of(keys, "text")]
    books = send(sql, values)
    # A statement of its own: it sees what others committed while we waited for the lock.
    balances = send(_BALANCES, values)

    def answer() -> dict[str, Kept]:
        rows = books.rows()
        amounts: dict[int, dict[int, list[int]]] = {}
        for book_id, row, own in balances.rows():
            amounts.setdefault(book_id, {})[row] = own
        return {row[1]: _kept(row, amounts.get(row[0], {})) for row in rows}

    return answer


def make_books(line_id: int, keys: Iterable[str], *, grades: Sequence[str]) -> None:
    """Make books of these keys, empty; those that are there stay as they are."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO book"
            " (line_id, key, by_grade, grades, members, guests, ever, last, arrears)"
            " VALUES (%s, %s, %s, %s, '{}', '{}', '{}', '{}', '{}')"
            " ON CONFLICT (line_id, key) DO NOTHING",
            [
                (line_id, key, not key.endswith("|count") and tuple(grades) != ("",), list(names))
                for key in keys
                for names in [("",) if key.endswith("|count") else tuple(grades)]
            ],
        )


def _kept(row: tuple[Any, ...], amounts: Mapping[int, list[int]]) -> Kept:
    (book_id, key, by_grade, grades, members, guests, ever, last, sequence, last_before) = row[:10]
    (largest_points, largest_slack, shift, arrears, postings, checked_at, needs) = row[10:]
    book = Book(grades, [str(one) for one in members], by_grade=by_grade)
    # Grades may be kept together now and have been apart before: their rows stay.
    book.grades = tuple(grades)
    size = len(book.members)
    book.balance = np.zeros((len(grades), size), np.int64)
    for index, values in amounts.items():
        book.balance[index] = values
    book.owed = book.balance.sum(axis=0)
    book.last = np.array(last, np.int64).reshape(size)
    book.sequence, book.last_before = sequence, last_before
    book.ever = {str(one) for one in ever}
    book.guests = {str(one) for one in guests}
    book.largest_points, book.largest_slack, book.shift = largest_points, largest_slack, shift
    known = json.loads(arrears) if isinstance(arrears, str) else arrears
    book.arrears = {str(who): int(amount) for who, amount in known.items()}
    return Kept(
        id=book_id,
        key=key,
        book=book,
        postings=postings,
        checked_at=checked_at,
        needs_checkpoint=needs,
        first=postings + 1,
        was_members=tuple(book.members),
        was_grades=book.grades,
        was_balance=book.balance.copy(),
        stored_rows=set(amounts),
    )


def checkpoint_due(kept: Iterable[Kept], *, batch_id: int, always: bool = False) -> None:
    """Write a checkpoint of every book that is due, as it stands before this batch."""
    rows = []
    for one in kept:
        if always or one.needs_checkpoint or one.first - one.checked_at >= CHECKPOINT_EVERY:
            rows.append((one.id, one.first, batch_id, json.dumps(one.book.as_json())))
            one.checked_at, one.needs_checkpoint = one.first, False
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO checkpoint (book_id, number, batch_id, state) VALUES (%s, %s, %s, %s)",
                rows,
            )


def write_books(kept: Iterable[Kept]) -> None:
    """Write what changed: each book once, each touched grade once."""
    members, new = [], []
    books: list[tuple[Any, ...]] = []
    balances: list[tuple[str, str, str]] = []
    for one in kept:
        book = one.book
        if one.has_other_members:
            one.needs_checkpoint = True
            members.append(
                (
                    book.by_grade,
                    list(book.grades),
                    [int(who) for who in book.members],
                    sorted(int(who) for who in book.guests),
                    sorted(int(who) for who in book.ever),
                    one.id,
                )
            )
        books.append(
            (
                array_of(book.last.tolist(), "bigint"),
                str(book.sequence),
                str(book.last_before),
                str(book.largest_points),
                str(book.largest_slack),
                str(book.shift),
                json.dumps(book.arrears),
                str(one.postings + one.added),
                str(one.checked_at),
                one.needs_checkpoint,
                str(one.id),
            )
        )
        for index in range(len(book.grades)):
            values = book.balance[index]
            if index not in one.stored_rows:
                new.append((one.id, index, array_of(values.tolist(), "bigint")))
            elif one.has_other_members or not np.array_equal(values, one.was_balance[index]):
                balances.append((array_of(values.tolist(), "bigint"), str(one.id), str(index)))
    with pipelined():
        with connection.cursor() as cursor:
            if members:
                cursor.executemany(_SET_MEMBERS, members)
            if new:
                cursor.executemany(_NEW_BALANCE, new)
        for row in books:
            send(_SET_BOOK, row)
        for row in balances:
            send(_SET_BALANCE, row)


_SET_MEMBERS = (
    "UPDATE book SET by_grade = %s, grades = %s, members = %s, guests = %s, ever = %s WHERE id = %s"
)
_SET_BOOK = (
    "UPDATE book SET last = %s::bigint[], sequence = %s, last_before = %s, largest_points = %s,"
    " largest_slack = %s, shift = %s, arrears = %s, postings = %s, checked_at = %s,"
    " needs_checkpoint = %s WHERE id = %s"
)
_SET_BALANCE = "UPDATE balance SET amounts = %s::bigint[] WHERE book_id = %s AND row = %s"
_NEW_BALANCE = "INSERT INTO balance (book_id, row, amounts) VALUES (%s, %s, %s::bigint[])"
