"""What a run writes: assignments, receipts, rejected and repeated rows, policy, team and state."""

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from evenhand.cli.route.clerk import ASSIGNMENTS, RECEIPTS, Clerk, Desk
from evenhand.cli.route.helper import RemoteClerk
from evenhand.cli.route.phrases import Phrases
from evenhand.cli.route.planning import Compared, plan_rows
from evenhand.cli.route.quick import QuickRows
from evenhand.cli.route.run import Rejected, Repeated, Result, Routed, Run
from evenhand.engine.facts import POINT
from evenhand.engine.policy.yaml_view import to_yaml
from evenhand.engine.routing.decision import Cause, Decision, Outcome
from evenhand.engine.routing.stored import team_to_json
from evenhand.sheets.reading.rows import Batch
from evenhand.sheets.writing.csv_file import CsvWriter, as_lines
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn, WorkbookWriter
from evenhand.wording.catalogue import Words

# Our columns, before those of the leads sheet; the ones that are numbers in a workbook.
COLUMNS = (
    "row",
    "outcome",
    "owner",
    "owner-id",
    "why",
    "rule",
    "grade",
    "points",
    "mentor",
    "item",
)
_FORMATS = {"row": NumberFormat.INTEGER, "points": NumberFormat.DECIMAL}
_WIDTHS = {"why": 46, "outcome": 12, "owner": 12}


@dataclass
class Delivered:
    """What was written; `kept` holds the rows of assignments while a report is still to be made."""

    folder: Path
    names: list[str] = field(default_factory=list)
    kept: list[Routed] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)
    plans: list[Compared] = field(default_factory=list)


class Delivery:
    """Writes the files of one run while its rows are decided."""

    def __init__(
        self,
        run: Run,
        folder: Path,
        words: Words,
        names: dict[str, str],
        *,
        is_compact: bool,
        processes: int = 1,
    ) -> None:
        """`processes`: a large file is read and written by a second one, if two are allowed."""
        self.run = run
        self.folder = folder
        self.words = words
        self.phrases = Phrases(words, names)
        self.names = names
        self.is_compact = is_compact
        self.done = Delivered(folder)
        self.processes = processes
        self._header = [
            *(words.text(f"route-column-{name}") for name in COLUMNS),
            *run.sheet.table.header,
        ]

    def write(self, on_row: Callable[[int], None], *, is_plan: bool = False) -> Delivered:
        """Decide and write every row; `on_row` hears how many rows were done since last time.

        With `is_plan`, all rows are read first and the backlog is dealt as plans.
        """
        if self.is_compact:
            self._write_long(on_row)
        else:
            self._write_short(on_row, is_plan=is_plan)
        self.done.names += [ASSIGNMENTS, RECEIPTS]
        self._write_rest()
        return self.done

    def _write_long(self, on_row: Callable[[int], None]) -> None:
        desk = self._desk()
        with RemoteClerk(desk) if self.processes > 1 else Clerk(desk) as clerk:
            quick = QuickRows(self.run, self._tell, self._cells_of)
            while (sheaf := clerk.sheaf()) is not None:
                clerk.put(quick.deal(sheaf))
                on_row(len(sheaf.numbers))
            # So that the receipts vouch for the last items too.
            last = self.run.writer.checkpoint()
            self.done.rejected += self.run.left_out(clerk.finish(last))
            quick.count()

    def _desk(self) -> Desk:
        run = self.run
        assigned = self.phrases.outcome(Outcome.ASSIGNED)
        return Desk(
            folder=self.folder,
            table=run.sheet.table,
            columns=run.sheet.columns,
            columns_read=run.reader.columns_read,
            asks_for_firms=run.asks_for_owner,
            header=self._header,
            opening=run.opening(),
            takers={
                rep_id: as_lines([(assigned, name, rep_id)])[0]
                for rep_id, name in self.names.items()
            },
        )

    def _write_short(self, on_row: Callable[[int], None], *, is_plan: bool) -> None:
        with ExitStack() as stack:
            assignments = stack.enter_context(CsvWriter(self.folder / ASSIGNMENTS, self._header))
            receipts = stack.enter_context(
                (self.folder / RECEIPTS).open("w", encoding="utf-8", newline="\n")
            )
            receipts.write("\n".join([*self.run.opening(), ""]))
            rows = self.run.sheet.table.rows()
            if is_plan:
                planned = plan_rows(self.run, rows, on_row)
                receipts.write("".join(f"{line}\n" for line in planned.lines))
                assignments.write_rows(self._keep(result) for result in planned.decided())
                for result in planned.results:
                    self._put_aside(result)
                self.done.plans = planned.plans
            for batch in () if is_plan else rows.batches():
                lines = self._batch(batch, assignments)
                receipts.write("\n".join([*lines, ""]) if lines else "")
                on_row(len(batch.rows))
            self.done.rejected += self.run.left_out(rows.left_out)

    def _batch(self, batch: Batch, assignments: CsvWriter) -> list[str]:
        """Decide the rows of a batch and write their assignments; returns lines of receipts."""
        rows: list[Sequence[Out]] = []
        lines: list[str] = []
        for result in self.run.rows_of(batch):
            if isinstance(result, Routed):
                lines += self.run.writer.decision(result.decision, result.prepared)
                rows.append(self._keep(result))
            else:
                self._put_aside(result)
        assignments.write_rows(rows)
        return lines

    def _tell(self, result: Result) -> tuple[str, str]:
        """Receipts and our columns, as CSV, of a row of a large file that went carefully."""
        if not isinstance(result, Routed):
            self._put_aside(result)
            return "", ""
        lines = self.run.writer.decision(result.decision, result.prepared)
        return "\n".join(lines), as_lines([self._own(result)])[0]

    def _keep(self, result: Routed) -> Sequence[Out]:
        self.done.kept.append(result)
        return self._row(result)

    def _put_aside(self, result: Result) -> None:
        if isinstance(result, Rejected):
            self.done.rejected.append(result)
        elif isinstance(result, Repeated):
            self.done.repeated.append(result)

    def _cells_of(self, result: Routed) -> str:
        """Our columns about rows that go quickly as this one did carefully, as CSV."""
        ready = result.prepared.plan.rules[0]
        decision = Decision(
            "",
            Outcome.ASSIGNED,
            rule=ready.rule.rule,
            cause=Cause.FAIR_SHARE if ready.group else Cause.OWNER,
            rep_id=result.decision.rep_id,
        )
        own = self._own(replace(result, decision=decision))
        return as_lines([own[COLUMNS.index("why") : COLUMNS.index("item")]])[0]

    def _row(self, result: Routed) -> Sequence[Out]:
        return (*self._own(result), *result.row)

    def _own(self, result: Routed) -> Sequence[Out]:
        """Our columns."""
        decision, plan = result.decision, result.prepared.plan
        rep = decision.rep_id or ""
        return (
            str(result.number),
            self.phrases.outcome(decision.outcome),
            self.names.get(rep, rep),
            rep,
            self.phrases.why(decision),
            decision.rule,
            plan.grade,
            points_cell(plan.points),
            self.names.get(decision.mentor_id or "", ""),
            result.item_id,
        )

    def _write_rest(self) -> None:
        if not self.is_compact:
            self._write_workbook()
        if self.done.rejected:
            self._write_rejected()
        if self.done.repeated:
            self._write_repeated()
        (self.folder / "policy.yaml").write_text(to_yaml(self.run.document), "utf-8")
        team = json.dumps(team_to_json(self.run.router.team), ensure_ascii=False, indent=1)
        (self.folder / "team.json").write_text(team + "\n", "utf-8")
        self.done.names += ["policy.yaml", "team.json"]

    def _write_workbook(self) -> None:
        columns = [
            SheetColumn(
                title,
                _FORMATS.get(name, NumberFormat.TEXT),
                _WIDTHS.get(name),
            )
            for name, title in zip(
                [*COLUMNS, *self.run.sheet.table.header], self._header, strict=True
            )
        ]
        with WorkbookWriter(self.folder / "assignments.xlsx") as book:
            book.write_sheet(
                self.words.text("route-sheet-assignments"),
                columns,
                (self._typed(self._row(result)) for result in self.done.kept),
            )
        self.done.names.append("assignments.xlsx")

    def _typed(self, row: Sequence[Out]) -> Sequence[Out]:
        """Row number and points as numbers, for a workbook."""
        cells = list(row)
        cells[0] = int(str(cells[0]))
        points = COLUMNS.index("points")
        cells[points] = Decimal(str(cells[points]))
        return cells

    def _write_rejected(self) -> None:
        text = self.words.text
        header = [
            text("route-column-row"),
            text("route-column-column"),
            text("route-column-value"),
            text("route-column-reason"),
            *self.run.sheet.table.header,
        ]
        with CsvWriter(self.folder / "rejected.csv", header) as writer:
            for rejected in self.done.rejected:
                for cell in rejected.cells:
                    why = self.phrases.reason(cell.why)
                    writer.write_row((str(cell.row), cell.column, cell.value, why, *rejected.row))
        self.done.names.append("rejected.csv")

    def _write_repeated(self) -> None:
        header = [
            self.words.text("route-column-row"),
            self.words.text("route-column-item"),
            self.words.text("route-column-reason"),
            *self.run.sheet.table.header,
        ]
        with CsvWriter(self.folder / "duplicates.csv", header) as writer:
            writer.write_rows(
                (str(one.number), one.item_id, self.phrases.reason(one.why), *one.row)
                for one in self.done.repeated
            )
        self.done.names.append("duplicates.csv")


def points_cell(micro_points: int) -> str:
    """Points as a plain number for a sheet: 3, 0.5."""
    whole, rest = divmod(micro_points, POINT)
    return str(whole) if rest == 0 else f"{whole}.{rest:06d}".rstrip("0")


KEPT_FROM_RUN_TO_RUN = frozenset({"receipts.jsonl", "state.json"})
OUTPUTS = (
    "assignments.csv",
    "assignments.xlsx",
    "report.html",
    "rejected.csv",
    "duplicates.csv",
    "policy.yaml",
    "team.json",
)
