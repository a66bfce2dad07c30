"""The sections about what was decided: the unassigned, the excluded, the rules, unusable rows."""

from evenhand.cli.page.table import Cell, Table
from evenhand.cli.route.report.content import Content
from evenhand.cli.route.report.exclusions import Kept
from evenhand.cli.route.report.rule_use import RuleState, RuleUse, causes
from evenhand.cli.route.report.section import Part, Section
from evenhand.cli.route.report.show import Show
from evenhand.cli.route.report.unassigned import Heap
from evenhand.engine.conditions import ALWAYS
from evenhand.engine.routing.section import (
    BestFit,
    Escalate,
    FairShare,
    Overflow,
    OwnerOf,
    Person,
    Pool,
    Rotation,
    Rule,
    ToPool,
)
from evenhand.wording.conditions import condition_words

UNASSIGNED_SHOWN = 200
ROWS_SHOWN = 100
_STATE_TONES = {
    RuleState.FIRED: "good",
    RuleState.NOT_REACHED: "above",
    RuleState.LED_NOWHERE: "above",
    RuleState.NEVER_APPLIED: "above",
    RuleState.OFF: "soft",
}


def excluded_section(content: Content, show: Show) -> Section:
    """Who did not take part in how many items, by kind of reason."""
    section = Section("excluded", show.text("excluded"))
    section.sentences.append(show.text("excluded-text" if content.kept else "excluded-none"))
    inactive, outside = content.left_out
    if inactive:
        section.sentences.append(show.text("excluded-inactive", names=show.names(inactive)))
    if outside:
        section.sentences.append(show.text("excluded-outside", names=show.names(outside)))
    section.parts = [_kept_part(one, show) for one in content.kept]
    return section


def _kept_part(kept: Kept, show: Show) -> Part:
    ranked = kept.by_rep.most_common()
    rows = [
        (
            show.name(rep_id),
            show.count(count),
            show.phrases.reason(kept.usual(rep_id)),
        )
        for rep_id, count in ranked
    ]
    heads = [show.text(f"head-{name}") for name in ("person", "missed", "detail")]
    return Part(
        title=show.text(f"kept-{kept.family}"),
        badge=show.text("excluded-people", people=len(ranked), items=kept.items),
        sentences=(
            show.people([f"{show.name(rep_id)} {show.count(count)}" for rep_id, count in ranked]),
        ),
        table=Table.of(heads, rows, words=(0, 2)),
        is_folded=True,
    )


def unassigned_section(content: Content, show: Show) -> Section:
    """What nobody received, why, and the remedy."""
    section = Section("unassigned", show.text("unassigned"))
    if not content.heaps:
        section.sentences.append(show.text("unassigned-none"))
        return section
    section.sentences.append(show.text("unassigned-text"))
    section.parts = [_heap_part(heap, show) for heap in content.heaps]
    section.parts.append(Part(table=_unassigned_table(content, show)))
    return section


def _heap_part(heap: Heap, show: Show) -> Part:
    outcome = show.phrases.outcome(heap.outcome)
    sentences = []
    if heap.why is not None:
        sentences.append(show.text("heap-why", why=show.phrases.reason(heap.why)))
    if causes_ := heap.main_causes():
        labels = [
            show.text("heap-cause", label=show.text(f"kept-{one.family}"), people=len(one.by_rep))
            for one in causes_
        ]
        sentences.append(show.text("heap-causes", causes=show.listed(labels)))
    where = show.name(heap.where)
    advice = show.text(f"remedy-{heap.remedy()}", where=where)
    sentences.append(show.text("remedy", advice=advice))
    return Part(
        title=show.text("heap-title", outcome=outcome, count=len(heap.items)),
        badge=show.text("heap-rule", rule=heap.rule) if heap.rule else "",
        sentences=tuple(sentences),
    )


def _unassigned_table(content: Content, show: Show) -> Table:
    rows = [routed for heap in content.heaps for routed in heap.items]
    shown = [
        (
            str(routed.number),
            routed.item_id,
            content.company_of(routed),
            routed.prepared.plan.grade,
            show.points(routed.prepared.plan.points),
            show.phrases.outcome(routed.decision.outcome),
            show.phrases.why(routed.decision),
        )
        for routed in rows[:UNASSIGNED_SHOWN]
    ]
    heads = ("row", "item", "company", "grade-book", "points", "outcome", "why")
    return Table.of(
        [show.text(f"head-{name}") for name in heads],
        shown,
        words=(0, 1, 2, 5, 6),
        remark=_cut(len(shown), len(rows), "assignments.csv", show),
    )


def _cut(shown: int, every: int, file: str, show: Show) -> str:
    if shown >= every:
        return ""
    return show.text("first-rows", shown=shown, all=every, file=file)


def rules_section(content: Content, show: Show) -> Section:
    """What each rule did, and by which right items were assigned."""
    section = Section("rules", show.text("rules"))
    section.sentences.append(show.text("rules-text"))
    heads = ("rule", "when", "to", "applied", "assigned", "otherwise", "passed", "state")
    section.parts.append(
        Part(
            table=Table.of(
                [show.text(f"head-{name}") for name in heads],
                [_rule_row(use, show) for use in content.rules],
                words=(0, 1, 2, 7),
            )
        )
    )
    rights = [
        show.text(f"cause-{cause.value.replace('_', '-')}", count=show.count(number))
        for cause, number in causes(content.routed).most_common()
    ]
    if random := content.picked_at_random:
        rights.append(show.text("cause-random", count=show.count(random)))
    if rights:
        sentence = show.listed(rights, most=len(rights))
        section.parts.append(Part(title=show.text("causes"), sentences=(sentence,)))
    return section


def _rule_row(use: RuleUse, show: Show) -> tuple[Cell | str, ...]:
    always = use.rule.when == ALWAYS
    when = (
        Cell(show.text("when-always"), tone="soft")
        if always
        else Cell(condition_words(use.rule.when, show.words))
    )
    numbers = (use.applied, use.assigned, use.settled_otherwise, use.passed_on)
    return (
        use.rule.rule,
        when,
        Cell(_target(use.rule, show), _if_nobody(use.rule, show)),
        *(Cell(show.count(number), tone="" if number else "soft") for number in numbers),
        Cell(show.text(f"state-{use.state.value}"), tone=_STATE_TONES[use.state]),
    )


def _target(rule: Rule, show: Show) -> str:
    match rule.to:
        case FairShare(group=group):
            return show.text("to-fair-share", group=group)
        case Rotation(group=group):
            return show.text("to-rotation", group=group)
        case BestFit(group=group):
            return show.text("to-best-fit", group=group)
        case OwnerOf(of=of):
            return show.text("to-owner", of=of)
        case Person(rep=rep):
            return show.text("to-person", rep=show.name(rep))
        case Pool(pool=pool):
            return show.text("to-pool", pool=pool)


def _if_nobody(rule: Rule, show: Show) -> str:
    if isinstance(rule.to, Pool):
        return ""  # a pool always takes it
    where = ""
    match rule.if_nobody:
        case ToPool(pool=pool):
            where = pool
        case Overflow(rep=rep):
            where = show.name(rep)
        case Escalate(to=to):
            where = show.name(to)
    do = rule.if_nobody.do.replace("_", "-")
    return show.text("if-nobody", do=do, where=where)


def rows_section(content: Content, show: Show) -> Section:
    """Rows and cells that could not be used, and rows that repeat a lead."""
    section = Section("rows", show.text("rows"))
    done = content.done
    if done.rejected:
        section.parts.append(_rejected_part(content, show))
    if done.repeated:
        shown = [
            (str(one.number), one.item_id, show.phrases.reason(one.why))
            for one in done.repeated[:ROWS_SHOWN]
        ]
        section.parts.append(
            Part(
                title=show.text("repeated", count=show.count(len(done.repeated))),
                table=Table.of(
                    [show.text(f"head-{name}") for name in ("row", "item", "why")],
                    shown,
                    words=(0, 1, 2),
                    remark=_cut(len(shown), len(done.repeated), "duplicates.csv", show),
                ),
            )
        )
    if not section.parts:
        section.sentences.append(show.text("rows-none"))
    if content.team.bad:
        section.parts.append(_team_part(content, show))
    return section


def _rejected_part(content: Content, show: Show) -> Part:
    rejected = content.done.rejected
    rows = [
        (str(cell.row), cell.column, cell.value, show.phrases.reason(cell.why))
        for one in rejected[:ROWS_SHOWN]
        for cell in one.cells
    ]
    heads = [show.text(f"head-{name}") for name in ("row", "column", "value", "why")]
    remark = _cut(min(len(rejected), ROWS_SHOWN), len(rejected), "rejected.csv", show)
    return Part(
        title=show.text("rejected", count=show.count(len(rejected))),
        table=Table.of(heads, rows, words=(0, 1, 2, 3), remark=remark),
    )


def _team_part(content: Content, show: Show) -> Part:
    bad = content.team.bad
    rows = [
        (str(cell.row), cell.column, cell.value, show.phrases.reason(cell.why))
        for cell in bad[:ROWS_SHOWN]
    ]
    heads = [show.text(f"head-{name}") for name in ("row", "column", "value", "why")]
    return Part(
        title=show.text("team-cells", count=show.count(len(bad))),
        sentences=(show.text("team-cells-text"),),
        table=Table.of(heads, rows, words=(0, 1, 2, 3)),
    )
