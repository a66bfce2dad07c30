"""The ids, phones and mails of the leads of one sheet, by which two rows are one lead."""

from collections.abc import Iterable, Sequence
from itertools import chain

KINDS = ("id", "phone", "email")

# Of the rows of a batch: ids, phones and mails; None = a row has none.
Marks = Sequence[Sequence[str | None]]


class Offered:
    """All marks that a sheet has brought so far, whatever became of their rows."""

    def __init__(self) -> None:
        self._marks: tuple[set[str | None], ...] = (set(), set(), set())

    def are_new(self, marks: Marks) -> bool:
        """Whether no row of the next batch shares a mark with another, or with any row before."""
        found = True
        for offered, values in zip(self._marks, marks, strict=True):
            before = len(offered)
            offered.update(values)
            offered.discard(None)
            filled = len(values) - values.count(None)
            found = found and len(offered) - before == filled
        return found


class Seen:
    """Remembers the row of each mark of a lead.

    Batches that are new as a whole wait unsorted until somebody asks for a row: of a sheet in
    which nothing repeats, nobody does.
    """

    def __init__(self) -> None:
        self._rows: tuple[dict[str, int], ...] = ({}, {}, {})
        self._waiting: list[tuple[Marks, Sequence[int]]] = []
        self._single_ids: set[str] = set()

    def are_apart(self, ids: Iterable[str | None]) -> bool:
        """Whether none of these ids was given to a row that went alone; it may have been made."""
        return self._single_ids.isdisjoint(ids)

    def first_row(self, kind: str, mark: str) -> int | None:
        """The row of a lead with this mark, if there was one."""
        self._sort_out()
        return self._rows[KINDS.index(kind)].get(mark)

    def add(self, number: int, marks: Sequence[str | None]) -> None:
        """Remember one row: its id, phone and mail."""
        self._sort_out()
        for rows, mark in zip(self._rows, marks, strict=True):
            if mark is not None:
                rows[mark] = number
        if marks[0] is not None:
            self._single_ids.add(marks[0])

    def add_batch(self, numbers: Sequence[int], marks: Marks) -> None:
        """Remember many rows, none of which has a mark of another."""
        self._waiting.append((marks, numbers))

    def all(self, kind: str) -> list[str]:
        """All marks of a kind, in the order of the sheet."""
        place = KINDS.index(kind)
        waiting = chain.from_iterable(marks[place] for marks, _ in self._waiting)
        return [mark for mark in chain(self._rows[place], waiting) if mark is not None]

    def _sort_out(self) -> None:
        for marks, numbers in self._waiting:
            for rows, values in zip(self._rows, marks, strict=True):
                rows.update(zip(values, numbers, strict=True))  # type: ignore[arg-type]
                rows.pop(None, None)  # type: ignore[call-overload]
        self._waiting.clear()
