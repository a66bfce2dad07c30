"""The section about batch plans: what each came to, beside dealing in turn and the best."""

from evenhand.cli.page.table import Cell, Table
from evenhand.cli.route.planning import Compared
from evenhand.cli.route.report.content import Content
from evenhand.cli.route.report.section import Part, Section
from evenhand.cli.route.report.show import Show

_HEADS = ("plan-of", "plan-items", "plan-left", "plan-short")
_VALUE_HEADS = ("plan-value", "plan-in-turn", "plan-bound")


def plan_section(content: Content, show: Show) -> Section | None:
    """What the plans came to; None where nothing was planned."""
    plans = content.done.plans
    if not plans:
        return None
    section = Section("plan", show.text("plan"), [show.text("plan-text")])
    solved = [one for one in plans if one.plan.kind != "sequence"]
    rest = sum(len(one.plan.items) for one in plans if one.plan.kind == "sequence")
    if rest:
        section.sentences.append(show.text("plan-sequence", count=rest))
    if not solved:
        return section
    has_value = any(one.plan.objective or one.in_turn.objective for one in solved)
    if has_value:
        section.sentences += [show.text("plan-value-text"), _together(solved, show)]
    else:
        section.sentences.append(show.text("plan-no-value"))
    heads = [*_HEADS, *(_VALUE_HEADS if has_value else ()), "plan-proved"]
    rows = [_row(one, content, show, has_value=has_value) for one in solved]
    table = Table.of([show.text(f"head-{name}") for name in heads], rows, words=(0, len(heads) - 1))
    section.parts.append(Part(table=table))
    return section


def _together(solved: list[Compared], show: Show) -> str:
    planned = sum(one.plan.objective for one in solved)
    in_turn = sum(one.in_turn.objective for one in solved)
    more = planned - in_turn
    bounds = [one.plan.bound for one in solved]
    known = sum(bound for bound in bounds if bound is not None)
    return show.text(
        "plan-together",
        value=show.points(planned),
        in_turn=show.points(in_turn),
        compared="more" if more > 0 else "less" if more < 0 else "same",
        difference=show.points(abs(more)),
        bound="no-value" if None in bounds else show.points(known),
    )


def _row(one: Compared, content: Content, show: Show, *, has_value: bool) -> list[Cell]:
    plan = one.plan
    group = plan.book.rpartition("|")[0]
    several = len({other.plan.book for other in content.done.plans}) > 1
    name = show.text("proof-whole-company") if group == "*" else group
    left = sum(rep is None for rep in plan.to)
    short = sum(plan.shortfall)
    cells = [
        Cell(show.grade(plan.grade), name if several else ""),
        Cell(show.count(len(plan.items))),
        Cell(show.count(left), tone="above" if left else "soft"),
        # A flow counts items, a plan of sizes points.
        Cell(
            show.count(short) if plan.kind == "flow" else show.points(short),
            show.text("plan-short-unit", kind=plan.kind) if short else "",
            "" if short else "soft",
        ),
    ]
    if has_value:
        left_in_turn = len(plan.items) - one.in_turn.placed
        note = show.text("plan-left-in-turn", count=left_in_turn) if left_in_turn else ""
        bound = show.text("dash") if plan.bound is None else show.points(plan.bound)
        cells += [
            Cell(show.points(plan.objective)),
            Cell(show.points(one.in_turn.objective), note),
            Cell(bound),
        ]
    tone = "good" if plan.is_optimal else "soft"
    return [*cells, Cell(show.text("plan-best" if plan.is_optimal else "plan-near"), tone=tone)]
