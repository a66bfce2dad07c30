"""Read an exported history: one `Holding` per row (and per previous owner), and what was assumed.

Columns are recognized by `evenhand.sheets`. A row without an owner or a time is kept as `Rejected`
with its reason, never dropped in silence; an unreadable cell counts as blank, and is said.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from evenhand.cli.checkup.holding import (
    closing_means_won,
    holdings_of,
    outcome_of,
    settled_name,
    worth_of,
)
from evenhand.cli.checkup.points import Note, value_leads
from evenhand.engine.checkup.holdings import Column, History, Holding
from evenhand.engine.reasons import Reason
from evenhand.sheets.columns.extract import Reader, role_readers
from evenhand.sheets.columns.roles import Purpose
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.reading.rows import Row
from evenhand.sheets.reading.table import Table
from evenhand.sheets.understand import understand
from evenhand.sheets.values.problem import Problem

# Which role of a history sheet answers which question.
COLUMNS: Mapping[str, Column] = {
    "id": Column.LEAD,
    "owner": Column.REP,
    "assigned_at": Column.RECEIVED_AT,
    "created_at": Column.CREATED_AT,
    "grade": Column.GRADE,
    "points": Column.POINTS,
    "score": Column.SCORE,
    "value": Column.VALUE,
    "source": Column.SOURCE,
    "first_response_at": Column.RESPONDED_AT,
    "outcome": Column.OUTCOME,
    "status": Column.OUTCOME,
    "closed_at": Column.DECIDED_AT,
    "phone": Column.PHONE,
    "email": Column.EMAIL,
    "company": Column.COMPANY,
    "previous_owner": Column.PREVIOUS_REP,
}
# What systems write where nobody owns a lead.
_NOBODY = frozenset(
    "公海 未分配 待分配 无 無 系统 系統 unassigned none nobody queue system pool publicpool".split()
)
_TO_THE_DAY = 0.99


class UnreadableHistory(Exception):
    """The history could not be used: `code` and `params` say what is missing."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(f"{code}: {params}")
        self.code = code
        self.params = params


# The rows with their numbers, and about how many there are.
Watch = Callable[[Iterator[tuple[int, Row]], int], Iterator[tuple[int, Row]]]


def _unwatched(rows: Iterator[tuple[int, Row]], count: int) -> Iterator[tuple[int, Row]]:
    del count
    return rows


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not used: its number, the column and value concerned, and why.

    `code` is no-owner, no-time, time or row; the last two have the reader's `why`.
    """

    row: int
    column: str
    value: str
    code: str
    why: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A history as read. `headings` maps each role found to the heading of its column."""

    history: History
    headings: Mapping[str, str]
    notes: tuple[Note, ...]
    sheet_notes: tuple[Reason, ...]
    rejected: tuple[Rejected, ...]
    row_count: int


@dataclass(slots=True)
class _Rows:
    """What is gathered in the one pass over the file."""

    fields: list[dict[str, Any]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    unknown_outcomes: Counter[str] = field(default_factory=Counter)
    filled_times: int = 0


def read_history(
    path: Path,
    *,
    overrides: Iterable[str] = (),
    points: Mapping[str, int] | None = None,
    as_of: datetime | None = None,
    watch: Watch = _unwatched,
) -> Reading:
    """Read a history file. `watch` may look at the rows as they pass, to show progress.

    1. Recognize the columns. 2. Read every row. 3. Value the leads. 4. Build the holdings.

    :raises UnreadableSheet, UnreadableOverride: as `evenhand.sheets`.
    :raises UnreadableHistory: no column names the owner, or none gives a time.
    """
    table = open_table(path)
    found = understand(table, Purpose.HISTORY, said=overrides)
    headings = {role: found.of(role)[0].header for role in found.roles if role in COLUMNS}
    _check_columns(headings, table)

    rows = _Rows()
    passing = table.rows()
    readers = {role: read for role, read in role_readers(found).items() if role in COLUMNS}
    for number, row in watch(iter(passing), table.row_estimate):
        _read_row(number, row, readers, headings, rows)
    for left in passing.left_out:
        if left.is_rejected:
            text = " | ".join(str(cell) for cell in left.cells if cell != "")
            rows.rejected.append(Rejected(left.number, "", text[:200], "row", left.reason))

    outcomes = [outcome_of(values, headings, rows.unknown_outcomes) for values in rows.fields]
    valuation = value_leads(
        [worth_of(v, o) for v, o in zip(rows.fields, outcomes, strict=True)],
        points or {},
        headings,
    )
    holdings = [
        holding
        for number, values, outcome, worth in zip(
            rows.numbers, rows.fields, outcomes, valuation.leads, strict=True
        )
        for holding in holdings_of(number, values, outcome, worth)
    ]
    return Reading(
        history=History(
            holdings=tuple(holdings),
            columns=_columns(headings, valuation.has_grades),
            as_of=as_of or _latest(holdings),
            is_to_the_day=_is_to_the_day(holdings),
        ),
        headings=headings,
        notes=(*valuation.notes, *_notes(headings, rows, is_as_of_given=as_of is not None)),
        sheet_notes=(*table.notes, *found.notes),
        rejected=tuple(sorted(rows.rejected, key=lambda rejected: rejected.row)),
        row_count=len(rows.fields) + len(rows.rejected),
    )


def _check_columns(headings: Mapping[str, str], table: Table) -> None:
    if "owner" not in headings:
        raise UnreadableHistory("no-owner-column", columns=", ".join(table.header))
    if "assigned_at" not in headings and "created_at" not in headings:
        raise UnreadableHistory("no-time-column", columns=", ".join(table.header))


def _read_row(
    number: int,
    row: Sequence[Any],
    readers: Mapping[str, Reader],
    headings: Mapping[str, str],
    rows: _Rows,
) -> None:
    values: dict[str, Any] = {}
    for role, read in readers.items():
        value = read(row)
        if not isinstance(value, Problem):
            values[role] = value
            continue
        if role in ("assigned_at", "created_at") and not values.get("assigned_at"):
            values[f"{role}!"] = value
        if role == "outcome" or role == "status":
            rows.unknown_outcomes[value.value] += 1
        else:
            rows.problems[value.column or headings[role]] += 1
            rows.examples.setdefault(value.column or headings[role], value.value)
    owner = values.get("owner")
    if not owner or settled_name(str(owner)).replace(" ", "").casefold() in _NOBODY:
        rows.rejected.append(Rejected(number, headings["owner"], str(owner or ""), "no-owner"))
        return
    received = values.get("assigned_at") or values.get("created_at")
    if received is None:
        wrong = values.get("assigned_at!") or values.get("created_at!")
        if isinstance(wrong, Problem):
            column = wrong.column
            rows.rejected.append(Rejected(number, column, wrong.value, "time", wrong.reason))
        else:
            column = headings.get("assigned_at") or headings["created_at"]
            rows.rejected.append(Rejected(number, column, "", "no-time"))
        return
    rows.filled_times += "assigned_at" in headings and values.get("assigned_at") is None
    values["owner"] = settled_name(str(owner))
    rows.numbers.append(number)
    rows.fields.append(values)


def _latest(holdings: Sequence[Holding]) -> datetime:
    times = [
        at
        for holding in holdings
        for at in (holding.received_at, holding.responded_at, holding.decided_at)
        if at is not None
    ]
    return max(times, default=datetime(1970, 1, 1, tzinfo=UTC))


def _is_to_the_day(holdings: Sequence[Holding]) -> bool:
    times = [h.received_at for h in holdings] + [
        h.responded_at for h in holdings if h.responded_at is not None
    ]
    at_midnight = sum(at.timetz().replace(tzinfo=None) == time() for at in times)
    return bool(times) and at_midnight >= _TO_THE_DAY * len(times)


def _columns(headings: Mapping[str, str], has_grades: bool) -> frozenset[Column]:
    found = {COLUMNS[role] for role in headings}
    if has_grades:
        found.add(Column.GRADE)
    if closing_means_won(headings):
        found.add(Column.OUTCOME)
    return frozenset(found)


def _notes(headings: Mapping[str, str], rows: _Rows, *, is_as_of_given: bool) -> Iterator[Note]:
    if "assigned_at" in headings:
        yield Note("received-assigned", (("column", headings["assigned_at"]),))
        if rows.filled_times:
            yield Note("received-filled", (("count", rows.filled_times),))
    else:
        yield Note("received-created", (("column", headings["created_at"]),))
    yield Note("received-rule")
    yield Note("as-of-given" if is_as_of_given else "as-of-file")
    if "outcome" not in headings and "status" in headings:
        yield Note("outcome-status", (("column", headings["status"]),))
    elif closing_means_won(headings):
        yield Note("outcome-closed", (("column", headings["closed_at"]),))
    if rows.unknown_outcomes:
        some = ", ".join(value for value, _ in rows.unknown_outcomes.most_common(5))
        count = rows.unknown_outcomes.total()
        yield Note("outcome-unknown", (("values", some), ("count", count)))
    for column, count in sorted(rows.problems.items()):
        example = rows.examples[column]
        yield Note("cells", (("column", column), ("count", count), ("example", example)))
