"""The sections behind the first screen: tables of people, books, exclusions, rules and rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evenhand.cli.page.table import Cell, Table
from evenhand.cli.route.report.content import Content
from evenhand.cli.route.report.exclusions import Kept
from evenhand.cli.route.report.proof import BookProof
from evenhand.cli.route.report.rule_use import RuleState, RuleUse, causes
from evenhand.cli.route.report.shares import Share, grades_of, groups_of, weights_of
from evenhand.cli.route.report.show import Show, side_of
from evenhand.cli.route.report.unassigned import Heap
from evenhand.engine.conditions import ALWAYS, to_text
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

UNASSIGNED_SHOWN = 200
ROWS_SHOWN = 100
_TONES = {"owed": "below", "ahead": "above"}
_STATE_TONES = {
    RuleState.FIRED: "good",
    RuleState.NOT_REACHED: "above",
    RuleState.LED_NOWHERE: "above",
    RuleState.NEVER_APPLIED: "above",
    RuleState.OFF: "soft",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of a section: sentences, then a table."""

    title: str = ""
    sentences: tuple[str, ...] = ()
    table: Table | None = None
    badge: str = ""
    tone: str = ""
    is_folded: bool = False


@dataclass
class Section:
    """One section of the page."""

    name: str
    title: str
    sentences: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    is_paired: bool = False  # two parts side by side where there is room


def sections(content: Content, show: Show) -> list[Section]:
    """Every section, in the order of the questions."""
    return [
        _people(content, show),
        _proof(content, show),
        _unassigned(content, show),
        _excluded(content, show),
        _rules(content, show),
        _rows(content, show),
    ]


# -- people ------------------------------------------------------------------------------------


def _people(content: Content, show: Show) -> Section:
    section = Section("people", show.text("people"))
    several = len(content.by_kind) > 1
    for kind, shares in content.by_kind.items():
        text = "people-text" if kind == "value" else f"people-{kind}-text"
        section.parts.append(
            Part(
                title=show.text("people-of", kind=kind) if several else "",
                sentences=(show.text(text),),
                table=_people_table(shares, content, show),
            )
        )
    if not section.parts:
        section.sentences.append(show.text("chart-empty"))
    return section


def _people_table(shares: list[Share], content: Content, show: Show) -> Table:
    grades = grades_of(content.run, shares)
    has_before = any(one.before for one in shares)
    has_unbooked = any(one.unbooked for one in shares)
    loads, weights = _Loads(content, show), weights_of(content.run)
    groups = groups_of(content.run)
    levels = {rep.id: rep.level for rep in content.run.router.team.reps}
    rows = []
    for one in shares:
        about = [one.rep_id] if show.name(one.rep_id) != one.rep_id else []
        about += [levels[one.rep_id]] if levels.get(one.rep_id) else []
        about += groups.get(one.rep_id, []) if len(content.run.policy.groups) > 1 else []
        cells = [Cell(show.name(one.rep_id), " · ".join(about)), *_figures(one, grades, show)]
        cells += [Cell(show.count(one.unbooked))] if has_unbooked else []
        cells += _amounts(one, show, has_before=has_before)
        cells += [Cell(*show.weights(weights[one.rep_id]))]
        cells += loads.cells(one.rep_id)
        rows.append(cells)
    rows.append(
        _total(shares, grades, show, has_before=has_before, has_unbooked=has_unbooked)
        + [Cell("")] * (1 + loads.columns)
    )
    heads = [show.text("head-person"), show.text("head-items")]
    heads += [show.text("head-grade", grade=grade) for grade in grades]
    heads += [show.text("head-unbooked")] if has_unbooked else []
    heads += [show.text("head-received"), show.text("head-entitled")]
    heads += [show.text("head-before")] if has_before else []
    heads += [show.text("head-balance"), show.text("head-weight")]
    heads += [show.text("head-load")] * loads.columns
    return Table.of(heads, rows)


def _figures(one: Share, grades: Sequence[str], show: Show) -> list[Cell]:
    items = [one.item_count, *(one.items[grade] for grade in grades)]
    return [Cell(show.count(number), tone="" if number else "soft") for number in items]


def _amounts(one: Share, show: Show, *, has_before: bool) -> list[Cell]:
    cells = [Cell(show.points(one.received)), Cell(show.points(one.entitled))]
    cells += [_balance(one.before, show)] if has_before else []
    return [*cells, _balance(one.after, show)]


def _balance(micro_points: int, show: Show) -> Cell:
    return Cell(show.owed(micro_points), tone=_TONES.get(side_of(micro_points), "soft"))


def _total(
    shares: Sequence[Share],
    grades: Sequence[str],
    show: Show,
    *,
    has_before: bool,
    has_unbooked: bool,
) -> list[Cell]:
    whole = Share("")
    for one in shares:
        whole.add(one)
    cells = [Cell(show.text("total")), *_figures(whole, grades, show)]
    cells += [Cell(show.count(whole.unbooked))] if has_unbooked else []
    cells += [Cell(show.points(whole.received)), Cell(show.points(whole.entitled))]
    cells += [Cell(show.points(whole.before))] if has_before else []
    return [*cells, Cell(show.points(whole.after))]


class _Loads:
    """Open items and their limit, as a column if anybody has a limit."""

    def __init__(self, content: Content, show: Show) -> None:
        self.show = show
        self.loads = content.run.router.loads
        self.position = content.run.router.roster.position
        self.columns = int(any(one.open_items is not None for one in self.loads.limits))

    def cells(self, rep_id: str) -> list[Cell]:
        if not self.columns:
            return []
        at = self.position[rep_id]
        limit = self.loads.limits[at].open_items
        most = self.show.text("unlimited") if limit is None else self.show.count(limit)
        carried = self.loads.open_count[at]
        tone = "above" if limit is not None and carried >= limit else ""
        return [Cell(f"{self.show.count(carried)} / {most}", tone=tone)]


# -- proof -------------------------------------------------------------------------------------


def _proof(content: Content, show: Show) -> Section:
    section = Section("proof", show.text("proof"), is_paired=len(content.proofs) > 1)
    section.sentences.append(show.text("proof-text" if content.proofs else "proof-none"))
    section.sentences += _departures(content, show)
    section.parts = [_proof_part(proof, show) for proof in content.proofs]
    return section


def _proof_part(proof: BookProof, show: Show) -> Part:
    group = show.text("proof-whole-company") if proof.group == "*" else proof.group
    furthest = show.text("proof-even")
    if proof.furthest:
        balance = show.balance(proof.furthest, proof.kind)
        name = show.name(proof.furthest_id)
        furthest = show.text("proof-furthest", name=name, balance=balance)
    sentences = [furthest, _bound(proof, show)]
    if proof.jain is not None:
        sentences.append(show.text("proof-jain", jain=show.jain(proof.jain)))
    rows = [
        (
            show.grade(one.grade),
            show.count(one.items),
            show.points(one.points),
            show.points(one.owed),
            show.points(-one.ahead),
            Cell(show.points(one.total), tone="above" if one.total else "good"),
        )
        for one in proof.grades
    ]
    heads = ("grade-book", "dealt", "dealt-points", "owed-sum", "ahead-sum", "sum")
    return Part(
        title=show.text("proof-title", group=group, kind=show.text("people-of", kind=proof.kind)),
        badge=show.text("proof-good" if proof.is_sound else "proof-bad"),
        tone="good" if proof.is_sound else "above",
        sentences=tuple(sentences),
        table=Table.of([show.text(f"head-{name}") for name in heads], rows),
    )


def _bound(proof: BookProof, show: Show) -> str:
    return show.text(
        "proof-bound",
        bound=show.amount(proof.bound, proof.kind),
        largest=show.points(proof.largest_points),
        slack=show.points(proof.slack),
        people=proof.people_ever,
        has_shift="yes" if proof.shift else "no",
        shift=show.points(proof.shift),
    )


def _departures(content: Content, show: Show) -> Iterator[str]:
    """Who left since the last run, and what became of the balance."""
    for key, postings in content.run.departures.items():
        book = content.run.router.books[key]
        gone: dict[str, int] = {}
        for posting in postings:
            for person, amount in posting.moves:
                if not book.has(person):
                    gone[person] = gone.get(person, 0) - amount
        for person, owed in gone.items():
            balance = show.balance(owed, key.rpartition("|")[2])
            message = "proof-departed" if owed else "proof-departed-even"
            yield show.text(message, name=show.name(person), balance=balance)


# -- exclusions --------------------------------------------------------------------------------


def _excluded(content: Content, show: Show) -> Section:
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


# -- unassigned --------------------------------------------------------------------------------


def _unassigned(content: Content, show: Show) -> Section:
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


# -- rules -------------------------------------------------------------------------------------


def _rules(content: Content, show: Show) -> Section:
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
    when = Cell(show.text("when-always"), tone="soft") if always else Cell(to_text(use.rule.when))
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


# -- rows --------------------------------------------------------------------------------------


def _rows(content: Content, show: Show) -> Section:
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
