"""The tables in our Markdown files, as rows of text."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]

# A vertical bar inside `code` or written \| belongs to the cell.
_CELL = re.compile(r"((?:`[^`]*`|\\\||[^|`])*)\|")


def read_tables(page: Path) -> list[list[dict[str, str]]]:
    """Every table of a page: one dictionary per row, by the words of the table's head."""
    tables: list[list[dict[str, str]]] = []
    head: list[str] | None = None
    for line in page.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            head = None
            continue
        cells = [cell.strip() for cell in _CELL.findall(line[1:])]
        if head is None:
            head = cells
            tables.append([])
        elif not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            tables[-1].append(dict(zip(head, cells, strict=True)))
    return tables


def code(cell: str) -> str:
    """What stands between the backquotes of a cell, or the cell itself."""
    return cell.strip("`")
