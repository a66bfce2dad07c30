"""Tables and cards as values: what stands in them, not how it looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Cell(NamedTuple):
    """One cell: its text, a second line in small, and a tone that colors it.

    Tones: `good`, `above`, `below`, `soft` or none.
    """

    text: str
    under: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `words` says which columns are words (the others are figures), from 0.

    `is_tall` gives a long one a height of its own to scroll in; printed, it stands whole.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: frozenset[int] = frozenset({0})
    remark: str = ""
    is_tall: bool = False

    @classmethod
    def of(
        cls,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell | str]],
        *,
        words: Sequence[int] = (0,),
        remark: str = "",
    ) -> "Table":
        """A table from rows of cells, or of texts that are nothing but text."""
        whole = tuple(
            tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows
        )
        return cls(tuple(heads), whole, frozenset(words), remark, is_tall=len(rows) > TALL_ROWS)


TALL_ROWS = 24


@dataclass(frozen=True, slots=True)
class Card:
    """One headline figure: large value, and what to compare it with."""

    label: str
    value: str
    note: str = ""
    tone: str = ""
