"""Rows of a large file that need nothing but whose turn it is go quickly; all others carefully."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from evenhand.cli.route.leads import Columns
from evenhand.cli.route.run import Known, Rejected, Result, Routed, Run
from evenhand.cli.route.seen import KINDS
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decide import Prepared
from evenhand.engine.routing.decision import Outcome
from evenhand.engine.routing.quick import QuickWay
from evenhand.engine.routing.receipt import QuickForm, Taken
from evenhand.sheets.reading.rows import Batch, Row


@dataclass(frozen=True, slots=True)
class Lane:
    """A class whose rows go quickly: the step that shares its points, the form of its receipts.

    `counts` says who got how many; all lanes that are alike to the tally share it.
    """

    prepared: Prepared
    step: GroupStep
    form: QuickForm
    counts: defaultdict[str, int]


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be written about a careful row, or a checkpoint that is due (no row: -1)."""

    before: int  # it stands before this one of the quick rows
    index: int  # place in the batch
    receipts: str  # lines, without the last line end
    cells: str = ""  # our columns as CSV; "" = no assignment


@dataclass(frozen=True, slots=True)
class Dealt:
    """What became of a batch: quick rows with place, lane and decision, and what else to write."""

    quick: list[tuple[int, Lane, Taken]] = field(default_factory=list)
    others: list[Told] = field(default_factory=list)


class Sightings:
    """The ids, phones and mails of a batch.

    Where nothing in it is seen twice, its rows need not be asked one by one.
    """

    def __init__(self, run: Run, batch: Batch, columns: Columns) -> None:
        self._seen = run.seen
        self._numbers = batch.numbers
        self._marks = run.reader.identities_of(columns)
        self.ids, self._phones, self._emails = self._marks
        self._is_first_run = run.state.runs == 0
        self.are_new = run.seen.are_new(self._marks) and self._is_first_run
        self._added = 0
        self._skipped: set[int] = set()

    def is_repeated(self, index: int) -> bool:
        """Whether the careful way has to say what of this row was seen before."""
        if self.are_new or not self._is_first_run:
            return not self.are_new
        self.add(index)
        marks = [(kind, values[index]) for kind, values in zip(KINDS, self._marks, strict=True)]
        return any(mark and self._seen.first_row(kind, mark) is not None for kind, mark in marks)

    def known(self, index: int, row: Row) -> Known | None:
        """The lead of a row, if it is new and brings an id."""
        item_id = self.ids[index]
        if not self.are_new or item_id is None:
            return None
        return Known(self._numbers[index], row, item_id, self._phones[index], self._emails[index])

    def skip(self, index: int) -> None:
        """This row is none to be seen."""
        self._skipped.add(index)

    def pass_over(self, index: int) -> None:
        """This row was added already, if it is one to be seen; all before it are added."""
        self._added = index + 1
        if self.ids[index] is None:
            self.are_new = False  # an id was made for it, and any other row may bring the same

    def add(self, end: int) -> None:
        """Add all rows before this one to those seen, but for those skipped."""
        if end == self._added:
            return
        places = range(self._added, end)
        part = slice(self._added, end)
        if self._skipped.isdisjoint(places):
            self._seen.add_batch(self._numbers[part], [marks[part] for marks in self._marks])
        else:
            kept = [place for place in places if place not in self._skipped]
            self._seen.add_batch(
                [self._numbers[place] for place in kept],
                [[marks[place] for place in kept] for marks in self._marks],
            )
        self._added = end


class QuickRows:
    """Goes through the batches of one run; where nobody is to be shown the runners-up."""

    def __init__(self, run: Run, tell: Callable[[Result], tuple[str, str]]) -> None:
        """`tell` gives receipts and cells of a row that went carefully, as `Told` has them."""
        self.run = run
        self.way = QuickWay(run.router)
        self._tell = tell
        # By the cells of a row that can make a difference.
        self._by_turn: dict[Any, Lane] = {}
        self._by_owner: dict[Any, Lane] = {}
        # Rule, grade and micro-points → who got how many.
        self._counts: dict[tuple[str, str, int], defaultdict[str, int]] = {}

    def deal(self, batch: Batch) -> Dealt:
        """Decide the rows of a batch in the order of the file, most of them without the objects
        that the careful way makes."""
        done = Dealt()
        if not batch.rows:
            return done
        run = self.run
        columns = Columns(batch.rows)
        seen = Sightings(run, batch, columns)
        firms = run.reader.company_keys_of(columns) if run.asks_for_owner else None
        by_turn, by_owner, way = self._by_turn, self._by_owner, self.way
        owners, count = run.owners, run.writer.count_quick
        keep, others = done.quick.append, done.others
        firm, owner = "", None
        keys = run.reader.keys_of(columns)
        for index, (item_id, key) in enumerate(zip(seen.ids, keys, strict=True)):
            if firms is not None:
                firm = firms[index]
                owner = owners.get(firm) if firm else None
            lane = (by_turn if owner is None else by_owner).get(key)
            if (
                lane is None
                or item_id is None
                or not (seen.are_new or not seen.is_repeated(index))
                or (owner is not None and not way.give(lane.step, owner))
            ):
                told = self._tell(self._carefully(seen, batch, index, key))
                others.append(Told(len(done.quick), index, *told))
                continue
            step = lane.step
            rep_id = way.take(item_id, step) if owner is None else owner
            if firm:
                owners[firm] = rep_id
            lane.counts[rep_id] += 1
            book = step.book
            keep((index, lane, (item_id, lane.form, rep_id, book.sequence, book.last_before)))
            due = count(item_id)
            if due:
                others.append(Told(len(done.quick), -1, due))
        seen.add(len(batch.rows))
        return done

    def _carefully(self, seen: Sightings, batch: Batch, index: int, key: Any) -> Result:
        known = seen.known(index, batch.rows[index])
        if known is not None:
            result = self.run.new_result(known)
            if isinstance(result, Rejected):
                seen.skip(index)
        else:
            seen.add(index)
            result = self.run.result(batch.numbers[index], batch.rows[index])
            seen.pass_over(index)
        return result

    def open_lane(self, result: Routed) -> None:
        """Rows like this one, which is in the receipts, may go quickly, if nothing but whose turn
        it is matters to them."""
        if self.run.policy.personal:
            return
        prepared = result.prepared
        key = self.run.key_of(result.row)
        if prepared.plan.bindings.company.get("owner") is None:
            step = self.way.step_of(prepared)
            if step is not None:
                self._by_turn[key] = self._lane(prepared, step, None)
            return
        found = self.way.owner_rule_of(prepared)
        if found is not None:
            ready, step = found
            self._by_owner[key] = self._lane(prepared, step, ready.rule.rule)

    def _lane(self, prepared: Prepared, step: GroupStep, owner_rule: str | None) -> Lane:
        plan = prepared.plan
        alike = (plan.rules[0].rule.rule, plan.grade, plan.points)
        counts = self._counts.setdefault(alike, defaultdict(int))
        return Lane(prepared, step, self.run.writer.quick_form(prepared, step, owner_rule), counts)

    def count(self) -> None:
        """Add what went quickly to the run's tally; call once, after the last row."""
        tally = self.run.tally
        for (rule, grade, points), counts in self._counts.items():
            together = sum(counts.values())
            tally.rows += together
            tally.outcomes[Outcome.ASSIGNED] += together
            tally.rules[rule] += together
            for rep_id, count in counts.items():
                tally.received[rep_id, grade] += count
                tally.points[rep_id] += count * points
        self._counts.clear()
