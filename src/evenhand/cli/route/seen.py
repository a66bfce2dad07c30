"""The ids, phones and mails of the leads of one sheet, by which two rows are one lead."""

from collections.abc import Sequence
from itertools import chain

KINDS = ("id", "phone", "email")

# Of the rows of a batch: ids, phones and mails; None = a row has none.
Marks = Sequence[Sequence[str | None]]


class Seen:
    """Remembers the row of each mark.

    Of a large sheet in which nothing repeats, only sets are kept: a batch that is new to them
    needs no look at single rows. Rows are sorted out when somebody asks for one.
    """

    def __init__(self) -> None:
        self._rows: tuple[dict[str, int], ...] = ({}, {}, {})
        # All marks that `are_new` was asked about or that were added, also of rows rejected later.
        self._offered: tuple[set[str | None], ...] = (set(), set(), set())
        self._waiting: list[tuple[Marks, Sequence[int]]] = []

    def are_new(self, marks: Marks) -> bool:
        """Whether no row of a batch shares a mark with another, or with any row before."""
        found = True
        for offered, values in zip(self._offered, marks, strict=True):
            before = len(offered)
            offered.update(values)
            offered.discard(None)
            filled = len(values) - values.count(None)
            found = found and len(offered) - before == filled
        return found

    def first_row(self, kind: str, mark: str) -> int | None:
        """The row of a lead with this mark, if there was one."""
        self._sort_out()
        return self._rows[KINDS.index(kind)].get(mark)

    def add(self, number: int, marks: Sequence[str | None]) -> None:
        """Remember one row: its id, phone and mail."""
        self._sort_out()
        for rows, offered, mark in zip(self._rows, self._offered, marks, strict=True):
            if mark is not None:
                rows[mark] = number
                offered.add(mark)

    def add_batch(self, numbers: Sequence[int], marks: Marks) -> None:
        """Remember rows that `are_new` was asked about."""
        self._waiting.append((marks, numbers))

    def all(self, kind: str) -> list[str]:
        """All marks of a kind, in the order of the sheet."""
        place = KINDS.index(kind)
        waiting = chain.from_iterable(marks[place] for marks, _ in self._waiting)
        found = dict.fromkeys(chain(self._rows[place], waiting))
        found.pop(None, None)
        return list(found)  # type: ignore[arg-type]

    def _sort_out(self) -> None:
        for marks, numbers in self._waiting:
            for rows, values in zip(self._rows, marks, strict=True):
                rows.update(zip(values, numbers, strict=True))  # type: ignore[arg-type]
                rows.pop(None, None)  # type: ignore[call-overload]
        self._waiting.clear()
