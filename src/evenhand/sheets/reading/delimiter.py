"""Find the delimiter of a CSV file: the one that cuts most rows into the same number of cells."""

import csv
import io
from collections import Counter

CANDIDATES = ",\t;|"
_ROWS = 200
_DECLARED = "sep="  # a first line that some programs write for themselves: sep=;


def declared_delimiter(text: str) -> str | None:
    """The delimiter of a first line `sep=;`, if there is one."""
    first = text.split("\n", 1)[0].strip().lower()
    if first.startswith(_DECLARED) and len(first) == len(_DECLARED) + 1:
        return first[-1]
    return None


def detect_delimiter(text: str) -> str:
    """The delimiter of a text's first rows; a comma where there is none at all."""
    return max(CANDIDATES, key=lambda mark: (_evenness(text, mark), -CANDIDATES.index(mark)))


def _evenness(text: str, mark: str) -> tuple[int, int]:
    """How many of ten rows have the usual number of cells (at least two), and that number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    widths: Counter[int] = Counter()
    try:
        for row, _ in zip(reader, range(_ROWS), strict=False):
            if row:
                widths[len(row)] += 1
    except csv.Error:
        return 0, 0  # a cell of more than a megabyte: not this one
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 0, 0
    usual = max(several, key=lambda width: (several[width], width))
    return 10 * several[usual] // sum(widths.values()), usual
