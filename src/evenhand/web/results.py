"""What came of leads as a table, on a page and as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from evenhand.leads.queries.results import Result
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.wording.catalogue import Words

COUNTS = ("all", "owned", "contacted", "qualified", "converted", "lost", "won")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row: what it is called, the part of an address that narrows leads to it, the figures."""

    name: str
    query: str  # "" = no list of leads shows exactly these
    result: Result

    @property
    def counts(self) -> list[tuple[str, int, str]]:
        """What is counted, how many, and what narrows the list of leads to them."""
        found, stage = self.result, {"lost": "&stage=lost", "all": ""}
        counts = {"all": found.all, "owned": found.owned, "lost": found.lost, **found.reached}
        return [
            (key, counts[key], self.query and self.query + stage.get(key, f"&reached={key}"))
            for key in COUNTS
        ]


def result_columns(first: str, rows: Iterable[ResultRow], words: Words) -> list[SheetColumn]:
    """The columns of the file; money in a column for each currency."""
    return [
        SheetColumn(first),
        *(SheetColumn(words.text(f"web-results-{one}"), NumberFormat.INTEGER) for one in COUNTS),
        *(
            SheetColumn(f"{words.text('web-results-value')} {currency}", NumberFormat.DECIMAL)
            for currency in _currencies(rows)
        ),
    ]


def result_cells(rows: Iterable[ResultRow]) -> list[list[Out]]:
    """The rows of the file."""
    listed = list(rows)
    currencies = _currencies(listed)
    return [
        [one.name, *(count for _, count, _ in one.counts), *_values(one.result, currencies)]
        for one in listed
    ]


def whole(rows: Iterable[ResultRow]) -> Result:
    """All rows as one."""
    found = Result()
    for one in rows:
        found.add(one.result)
    return found


def _values(found: Result, currencies: list[str]) -> list[Out]:
    return [Decimal(found.values.get(currency, 0)) / 100 for currency in currencies]


def _currencies(rows: Iterable[ResultRow]) -> list[str]:
    return sorted({currency for one in rows for currency in one.result.values})
