"""Rows of a large file that need nothing but whose turn it is go quickly; all others carefully."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from evenhand.cli.route.clerk import Dealt, LaneTexts, Sheaf, Told
from evenhand.cli.route.run import Known, Rejected, Result, Routed, Run
from evenhand.cli.route.seen import KINDS
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decision import Outcome
from evenhand.engine.routing.quick import QuickWay
from evenhand.sheets.reading.rows import Row


@dataclass(frozen=True, slots=True)
class Lane:
    """A class whose rows go quickly, and the step that shares its points.

    `counts` says who got how many; all lanes that are alike to the tally share it.
    """

    number: int
    step: GroupStep
    counts: defaultdict[str, int]


class Sightings:
    """The ids, phones and mails of a sheaf.

    Where nothing in it is seen twice, nor was dealt by a former run, its rows need not be asked
    one by one.
    """

    def __init__(self, run: Run, sheaf: Sheaf) -> None:
        self._seen = run.seen
        self._numbers = sheaf.numbers
        self._marks = sheaf.marks
        self.ids, self._phones, self._emails = sheaf.marks
        self._former = run.state.dealt_places(sheaf.marks)
        self.are_new = sheaf.are_new and not self._former and run.seen.are_apart(self.ids)
        self._added = 0
        self._skipped: set[int] = set()

    def is_repeated(self, index: int) -> bool:
        """Whether the careful way has to say what of this row was seen before."""
        if self.are_new:
            return False
        if index in self._former:
            return True
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

    def __init__(
        self,
        run: Run,
        tell: Callable[[Result], tuple[str, str]],
        cells_of: Callable[[Routed], str],
    ) -> None:
        """`tell` gives receipts and cells of a row that went carefully, as `Told` has them;
        `cells_of` our columns about rows that go quickly in the lane of such a row."""
        self.run = run
        self.way = QuickWay(run.router)
        self._tell = tell
        self._cells_of = cells_of
        # By the number of the cells of a row that can make a difference.
        self._by_turn: dict[int, Lane] = {}
        self._by_owner: dict[int, Lane] = {}
        self._lanes = 0
        # Rule, grade and micro-points → who got how many.
        self._counts: dict[tuple[str, str, int], defaultdict[str, int]] = {}

    def deal(self, sheaf: Sheaf) -> Dealt:
        """Decide the rows of a sheaf in the order of the file, most of them without the objects
        that the careful way makes."""
        run, done = self.run, Dealt()
        seen = Sightings(run, sheaf)
        firms = sheaf.firms
        by_turn, by_owner, way = self._by_turn, self._by_owner, self.way
        owner_of, known = run.owners.of, run.owners.known
        count = run.writer.count_quick
        keep, others = done.quick.append, done.others
        firm, owner = "", None
        for index, (item_id, key) in enumerate(zip(seen.ids, sheaf.keys, strict=True)):
            if firms is not None:
                firm = firms[index]
                owner = owner_of(firm) if firm else None
            lane = (by_turn if owner is None else by_owner).get(key)
            if (
                lane is None
                or item_id is None
                or not (seen.are_new or not seen.is_repeated(index))
                or (owner is not None and not way.give(lane.step, owner))
            ):
                others.append(self._carefully(sheaf, index, seen, done))
                continue
            step = lane.step
            rep_id = way.take(item_id, step) if owner is None else owner
            if firm:
                known[firm] = rep_id
            lane.counts[rep_id] += 1
            book = step.book
            keep((index, lane.number, rep_id, book.sequence, book.last_before))
            due = count(item_id)
            if due:
                others.append(Told(len(done.quick), -1, due))
        seen.add(len(sheaf.numbers))
        return done

    def _carefully(self, sheaf: Sheaf, index: int, seen: Sightings, done: Dealt) -> Told:
        known = seen.known(index, sheaf.row(index))
        if known is not None:
            result = self.run.new_result(known)
            if isinstance(result, Rejected):
                seen.skip(index)
        else:
            seen.add(index)
            result = self.run.result(sheaf.numbers[index], sheaf.row(index))
            seen.pass_over(index)
        told = Told(len(done.quick), index, *self._tell(result))
        if isinstance(result, Routed):
            self._open_lane(result, sheaf.keys[index], done)
        return told

    def _open_lane(self, result: Routed, key: int, done: Dealt) -> None:
        """Rows like this one, which is in the receipts, may go quickly, if nothing but whose turn
        it is matters to them."""
        if self.run.policy.personal:
            return
        prepared = result.prepared
        if prepared.plan.bindings.company.get("owner") is None:
            step = self.way.step_of(prepared)
            if step is not None:
                self._by_turn[key] = self._lane(result, step, None, done)
            return
        found = self.way.owner_rule_of(prepared)
        if found is not None:
            ready, step = found
            self._by_owner[key] = self._lane(result, step, ready.rule.rule, done)

    def _lane(self, result: Routed, step: GroupStep, owner_rule: str | None, done: Dealt) -> Lane:
        prepared, plan = result.prepared, result.prepared.plan
        alike = (plan.rules[0].rule.rule, plan.grade, plan.points)
        counts = self._counts.setdefault(alike, defaultdict(int))
        form = self.run.writer.quick_form(prepared, step, owner_rule)
        done.lanes.append(LaneTexts(form, self._cells_of(result)))
        self._lanes += 1
        return Lane(self._lanes - 1, step, counts)

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
