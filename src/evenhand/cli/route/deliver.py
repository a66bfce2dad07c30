"""What a run writes: assignments, receipts, rejected and repeated rows, policy, team and state."""

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from evenhand.cli.route.phrases import Phrases
from evenhand.cli.route.planning import plan_rows
from evenhand.cli.route.quick import Dealt, Lane, QuickRows
from evenhand.cli.route.run import Rejected, Repeated, Result, Routed, Run
from evenhand.engine.facts import POINT
from evenhand.engine.policy.yaml_view import to_yaml
from evenhand.engine.routing.decision import Cause, Decision, Outcome
from evenhand.engine.routing.planned import BacklogPlan
from evenhand.engine.routing.receipt import quick_lines
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
    plans: list[BacklogPlan] = field(default_factory=list)


class Delivery:
    """Writes the files of one run while its rows are decided."""

    def __init__(
        self, run: Run, folder: Path, words: Words, names: dict[str, str], *, is_compact: bool
    ) -> None:
        self.run = run
        self.folder = folder
        self.words = words
        self.phrases = Phrases(words, names)
        self.names = names
        self.is_compact = is_compact
        self.done = Delivered(folder)
        self.quick = QuickRows(run, self._tell)
        # Of rows that go quickly, as CSV: our columns about the taker, and about the class.
        assigned = self.phrases.outcome(Outcome.ASSIGNED)
        self._shown = {
            rep_id: as_lines([(assigned, name, rep_id)])[0] for rep_id, name in names.items()
        }
        self._told: dict[int, str] = {}
        self._header = [
            *(words.text(f"route-column-{name}") for name in COLUMNS),
            *run.sheet.table.header,
        ]

    def write(self, on_row: Callable[[int], None], *, is_plan: bool = False) -> Delivered:
        """Decide and write every row; `on_row` hears how many rows were done since last time.

        With `is_plan`, all rows are read first and the backlog is dealt as plans.
        """
        with ExitStack() as stack:
            assignments = stack.enter_context(
                CsvWriter(self.folder / "assignments.csv", self._header)
            )
            receipts = stack.enter_context(
                (self.folder / "receipts.jsonl").open("w", encoding="utf-8", newline="\n")
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
                if self.is_compact:
                    lines = self._quick_batch(batch, assignments)
                else:
                    lines = self._batch(batch, assignments)
                receipts.write("\n".join([*lines, ""]) if lines else "")
                on_row(len(batch.rows))
            self.done.rejected += self.run.left_out(rows)
        self.quick.count()
        self.done.names += ["assignments.csv", "receipts.jsonl"]
        self._write_rest()
        return self.done

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

    def _quick_batch(self, batch: Batch, assignments: CsvWriter) -> list[str]:
        """The same for a batch of a large file, whose own cells are taken as they stand."""
        dealt = self.quick.deal(batch)
        texts = quick_lines(taken for _, _, taken in dealt.quick)
        sheet = as_lines(batch.rows, batch.lines)
        cells = self._quick_cells(batch, dealt, sheet)
        lines: list[str] = []
        rows: list[str] = []
        at = 0
        for told in dealt.others:
            lines += texts[at : told.before]
            rows += cells[at : told.before]
            at = told.before
            if told.receipts:
                lines.append(told.receipts)
            if told.cells:
                rows.append(f"{told.cells},{sheet[told.index]}")
        lines += texts[at:]
        rows += cells[at:]
        assignments.write_lines(rows)
        return lines

    def _quick_cells(self, batch: Batch, dealt: Dealt, sheet: Sequence[str]) -> list[str]:
        shown, told_of, numbers = self._shown, self._told, batch.numbers
        rows = []
        for index, lane, (item_id, _, rep_id, _, _) in dealt.quick:
            told = told_of.get(lane.prepared.number) or self._tell_of(lane, rep_id)
            item = item_id if item_id.isalnum() else as_lines([(item_id,)])[0]
            rows.append(f"{numbers[index]},{shown[rep_id]},{told},{item},{sheet[index]}")
        return rows

    def _tell(self, result: Result) -> tuple[str, str]:
        """Receipts and our columns, as CSV, of a row of a large file that went carefully."""
        if not isinstance(result, Routed):
            self._put_aside(result)
            return "", ""
        lines = self.run.writer.decision(result.decision, result.prepared)
        self.quick.open_lane(result)
        return "\n".join(lines), as_lines([self._own(result)])[0]

    def _keep(self, result: Routed) -> Sequence[Out]:
        self.done.kept.append(result)
        return self._row(result)

    def _put_aside(self, result: Result) -> None:
        if isinstance(result, Rejected):
            self.done.rejected.append(result)
        elif isinstance(result, Repeated):
            self.done.repeated.append(result)

    def _tell_of(self, lane: Lane, rep_id: str) -> str:
        """Our columns of a class whose rows go quickly, between owner and item, as CSV."""
        prepared = lane.prepared
        ready = prepared.plan.rules[0]
        decision = Decision(
            "",
            Outcome.ASSIGNED,
            rule=ready.rule.rule,
            cause=Cause.FAIR_SHARE if ready.group else Cause.OWNER,
            rep_id=rep_id,
        )
        own = self._own(Routed(0, (), "", prepared, decision))
        told = as_lines([own[COLUMNS.index("why") : COLUMNS.index("item")]])[0]
        self._told[prepared.number] = told
        return told

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
