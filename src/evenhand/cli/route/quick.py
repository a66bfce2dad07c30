"""Rows of a large file that need nothing but whose turn it is go quickly; all others carefully."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from evenhand.cli.route.run import Result, Routed, Run
from evenhand.engine.routing.contests import GroupStep
from evenhand.engine.routing.decide import Prepared
from evenhand.engine.routing.decision import Outcome
from evenhand.engine.routing.quick import QuickWay
from evenhand.sheets.reading.rows import Batch, Row

# A row that went quickly: number, row, item id, class, who got it, lines of the receipts.
Quick = tuple[int, Row, str, Prepared, str, list[str]]

# A class, the step that shares its points, and the rule that hands it to an owner, if any.
_Lane = tuple[Prepared, GroupStep, str | None]


class QuickRows:
    """Goes through the batches of one run; where nobody is to be shown the runners-up."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.way = QuickWay(run.router)
        # By the cells of a row that can make a difference.
        self._by_turn: dict[Any, _Lane] = {}
        self._by_owner: dict[Any, _Lane] = {}
        self._done: defaultdict[tuple[int, str], int] = defaultdict(int)  # (class, rep) → items

    def of(self, batch: Batch) -> Iterator[Quick | Result]:
        """The rows of a batch, in the order of the file, with what became of each.

        Most rows of a large file go without the objects that the careful way makes.
        """
        run = self.run
        identity_of, key_of = run.reader.identity_of, run.key_of
        by_turn, by_owner, way, done = self._by_turn, self._by_owner, self.way, self._done
        seen_ids, seen_phones, seen_emails = (run.seen[kind] for kind in run.seen)
        owners, company = run.owners, run.reader.company_key_of
        asks_for_owner = run.asks_for_owner
        written = run.writer.quick_decision
        is_first = run.state.runs == 0
        for number, row in zip(batch.numbers, batch.rows, strict=True):
            item_id, phone, email, _ = identity_of(row)
            firm = company(row) if asks_for_owner else ""
            owner = owners.get(firm) if firm else None
            lane = (by_turn if owner is None else by_owner).get(key_of(row))
            if (
                lane is None
                or not is_first
                or item_id is None
                or item_id in seen_ids
                or phone in seen_phones
                or email in seen_emails
                or (owner is not None and not way.give(lane[1], owner))
            ):
                result = run.result(number, row)
                if isinstance(result, Routed):
                    self._open_lane(row, result.prepared)
                yield result
                continue
            prepared, step, rule = lane
            rep_id = way.take(item_id, step) if owner is None else owner
            seen_ids[item_id] = number
            if phone is not None:
                seen_phones[phone] = number
            if email is not None:
                seen_emails[email] = number
            if firm:
                owners[firm] = rep_id
            done[prepared.number, rep_id] += 1
            yield (
                number,
                row,
                item_id,
                prepared,
                rep_id,
                written(item_id, prepared, step, rep_id, rule),
            )

    def _open_lane(self, row: Row, prepared: Prepared) -> None:
        """Rows like this one may go quickly, if nothing but whose turn it is matters to them."""
        if self.run.policy.personal:
            return
        if prepared.plan.bindings.company.get("owner") is None:
            step = self.way.step_of(prepared)
            if step is not None:
                self._by_turn[self.run.key_of(row)] = (prepared, step, None)
            return
        found = self.way.owner_rule_of(prepared)
        if found is not None:
            ready, step = found
            self._by_owner[self.run.key_of(row)] = (prepared, step, ready.rule.rule)

    def count(self) -> None:
        """Add what went quickly to the run's tally; call once, after the last row."""
        tally = self.run.tally
        prepared = {one.number: one for one in self.run.router.prepared.values()}
        for (number, rep_id), count in self._done.items():
            plan = prepared[number].plan
            tally.rows += count
            tally.outcomes[Outcome.ASSIGNED] += count
            tally.classes[number] += count
            tally.rules[plan.rules[0].rule.rule] += count
            tally.received[rep_id, plan.grade] += count
            tally.points[rep_id] += count * plan.points
        self._done.clear()
