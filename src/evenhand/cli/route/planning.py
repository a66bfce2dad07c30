"""`evenhand route --plan`: read all rows first, deal the backlog as plans, then write."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from evenhand.cli.route.run import Known, Rejected, Result, Routed, Run
from evenhand.engine.routing.in_turn import InTurn, deal_in_turn
from evenhand.engine.routing.planned import BacklogPlan, deal, plan_backlog
from evenhand.engine.routing.situation import Prepared
from evenhand.sheets.reading.rows import Rows


@dataclass(frozen=True, slots=True)
class Compared:
    """A plan, and what its items would have come to one after the other."""

    plan: BacklogPlan
    in_turn: InTurn


@dataclass
class Planning:
    """What became of the rows, in the order of the file, and the lines of the receipts."""

    results: list[Result] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    plans: list[Compared] = field(default_factory=list)

    def decided(self) -> Iterator[Routed]:
        """The rows that were decided."""
        return (one for one in self.results if isinstance(one, Routed))


def plan_rows(run: Run, rows: Rows, on_row: Callable[[int], None]) -> Planning:
    """Decide all rows of a sheet.

    First, in the order of the file, what no plan is asked about (owners, named people, pools);
    then the plans; then further leads of companies whose first lead was in a plan, since they
    go to whoever has that one now.
    """
    done = Planning()
    found: dict[int, Result] = {}
    order: list[int] = []
    backlog: list[tuple[Known, Prepared]] = []
    later: list[Known] = []
    firms: set[str] = set()

    def settle(number: int, result: Result) -> None:
        run.count(result)
        found[number] = result

    def decide(known: Known) -> None:
        result = run.decided(known)
        settle(known.number, result)
        if not isinstance(result, Rejected):
            done.lines += run.writer.decision(result.decision, result.prepared)

    for batch in rows.batches():
        for number, row in zip(batch.numbers, batch.rows, strict=True):
            run.tally.rows += 1
            order.append(number)
            known = run.identify(number, row)
            if not isinstance(known, Known):
                settle(number, known)
                continue
            prepared = run.prepared(known)
            if isinstance(prepared, Rejected):
                settle(number, prepared)
                continue
            run.see(known)
            firm = run.firm_of(row)
            if firm in firms:
                later.append(known)
            elif run.owner_of(row) or run.router.planned_rule(prepared) is None:
                decide(known)
            else:
                backlog.append((known, prepared))
                firms |= {firm} if firm else set()
        on_row(len(batch.rows))
    _deal(run, backlog, done, settle)
    for known in later:
        decide(known)
    done.results = [found[number] for number in order]
    return done


def _deal(
    run: Run,
    backlog: list[tuple[Known, Prepared]],
    done: Planning,
    settle: Callable[[int, Result], None],
) -> None:
    by_name = {known.name: known for known, _ in backlog}
    items = [(known.name, prepared) for known, prepared in backlog]
    for plan in plan_backlog(run.router, items):
        done.plans.append(Compared(plan, deal_in_turn(run.router, plan.items)))
        done.lines += run.writer.plan(plan)
        for name, prepared, decision in deal(run.router, plan):
            known = by_name[name]
            settle(known.number, run.remember(known, prepared, decision))
            done.lines += run.writer.decision(decision, prepared)
