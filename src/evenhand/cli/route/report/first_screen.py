"""The first screen: headline figures, who got what, and what needs somebody's attention."""

from collections.abc import Iterator
from dataclasses import dataclass
from shlex import quote

from markupsafe import Markup

from evenhand.cli import charts
from evenhand.cli.page.table import Card
from evenhand.cli.route.report.content import Content
from evenhand.cli.route.report.proof import BookProof
from evenhand.cli.route.report.shares import Share, grades_of
from evenhand.cli.route.report.show import Show, side_of, unit_of
from evenhand.engine.facts import POINT
from evenhand.engine.routing.decision import Outcome

CHART_ROWS = 40


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart with its title, its legend and what it does not show."""

    title: str
    note: str
    legend: Markup
    chart: Markup
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A sentence, and the section behind it."""

    text: str
    target: str
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command to copy, and what it answers."""

    text: str
    command: str


def cards(content: Content, show: Show) -> list[Card]:
    """The headline figures."""
    tally = content.run.tally
    usable = tally.outcomes.total()
    left = [
        show.text(
            "card-unassigned-note",
            outcome=show.phrases.outcome(outcome),
            count=show.count(tally.outcomes[outcome]),
        )
        for outcome in Outcome
        if outcome is not Outcome.ASSIGNED and tally.outcomes[outcome]
    ]
    found = [
        Card(show.text("card-rows"), show.count(tally.rows), show.text("card-rows-note")),
        Card(
            show.text("card-assigned"),
            show.count(content.assigned),
            show.text("card-assigned-note", share=show.share(content.assigned, usable)),
        ),
        Card(
            show.text("card-unassigned"),
            show.count(content.unassigned),
            show.listed(left) if left else show.text("card-none-left"),
            "above" if content.unassigned > content.pooled else "",
        ),
        Card(
            show.text("card-repeated"),
            show.count(tally.repeated),
            show.text("card-repeated-note"),
        ),
        Card(
            show.text("card-rejected"),
            show.count(tally.rejected),
            show.text("card-rejected-note" if tally.rejected else "card-none-rejected"),
            "above" if tally.rejected else "",
        ),
    ]
    return [*found, _furthest(content, show), _check(content, show)]


def _furthest(content: Content, show: Show) -> Card:
    label = show.text("card-furthest")
    if not content.proofs:
        return Card(label, show.text("dash"), show.text("card-nothing-booked"))
    proof = max(content.proofs, key=lambda one: abs(one.furthest))
    note = show.text(
        "card-furthest-note",
        name=show.name(proof.furthest_id),
        side=side_of(proof.furthest),
        group=_group(proof, show) if len(content.proofs) > 1 else "no-value",
        bound=show.amount(proof.bound, proof.kind),
    )
    return Card(label, show.amount(abs(proof.furthest), proof.kind), note)


def _group(proof: BookProof, show: Show) -> str:
    return show.text("proof-whole-company") if proof.group == "*" else proof.group


def _check(content: Content, show: Show) -> Card:
    if not content.proofs:
        return Card(show.text("card-sum"), show.text("dash"), show.text("card-nothing-booked"))
    result = "good" if content.is_sound else "bad"
    return Card(
        show.text("card-sum"),
        show.text(f"card-sum-{result}"),
        show.text(f"card-sum-{result}-note"),
        "good" if content.is_sound else "above",
    )


def drawings(content: Content, show: Show) -> list[Drawing]:
    """Who got what, one chart per kind of points."""
    return [
        _drawing(kind, shares, content, show)
        for kind, shares in content.by_kind.items()
        if any(one.received or one.due for one in shares)
    ]


def _drawing(kind: str, shares: list[Share], content: Content, show: Show) -> Drawing:
    grades = grades_of(content.run, shares)
    shown, remark = shares, ""
    if len(shares) > CHART_ROWS:
        ranked = sorted(shares, key=lambda one: (-abs(one.after), one.rep_id))[:CHART_ROWS]
        shown = sorted(ranked, key=lambda one: (-one.after, one.rep_id))
        remark = show.text("chart-cut", shown=len(shown), all=len(shares))
    rows = [
        charts.Stack(
            label=show.name(one.rep_id),
            values=tuple(one.points[grade] / POINT for grade in grades),
            text=show.points(one.received),
            note=_note(one, kind, show),
            target=max(0, one.due) / POINT,
        )
        for one in shown
    ]
    title = show.text("chart")
    if len(content.by_kind) > 1:
        title = f"{title} · {show.text('people-of', kind=kind)}"
    chart = charts.stacked_bars(rows, grades, title=title, description=show.text("chart-desc"))
    marks = [(f"s{at % 9}", show.text("head-grade", grade=g)) for at, g in enumerate(grades)]
    legend = charts.legend([*marks, ("target", show.text("chart-due"))])
    return Drawing(title, show.text("chart-unit", unit=unit_of(kind)), legend, chart, remark)


def _note(one: Share, kind: str, show: Show) -> str:
    received = f"{show.text('head-received')} {show.amount(one.received, kind)}"
    entitled = f"{show.text('head-entitled')} {show.amount(one.entitled, kind)}"
    balance = show.balance(one.after, kind)
    return " · ".join((show.name(one.rep_id), received, entitled, balance))


def attention(content: Content, show: Show) -> Iterator[Pointer]:
    """What somebody should look at, the gravest first."""
    tally = content.run.tally
    if not content.is_sound:
        yield Pointer(show.text("attention-unsound"), "proof", True)
    if left := content.unassigned - content.pooled:
        text = show.text("attention-unassigned", count=left)
        yield Pointer(text, "unassigned", True)
    if tally.rejected:
        yield Pointer(show.text("attention-rejected", count=tally.rejected), "rows", True)
    if (beyond := _beyond_dealing(content)) is not None:
        text = show.text(
            "attention-direct",
            name=show.name(beyond.furthest_id),
            balance=show.balance(beyond.furthest, beyond.kind),
            bound=show.amount(beyond.bound - beyond.shift, beyond.kind),
        )
        yield Pointer(text, "proof")
    if content.pooled:
        yield Pointer(show.text("attention-pooled", count=content.pooled), "unassigned")
    if content.assigned and (empty := content.empty_handed):
        names = show.names(empty)
        text = show.text("attention-nothing", count=len(empty), names=names)
        yield Pointer(text, "excluded")
    if content.assigned and (idle := content.idle_rules):
        names = show.listed([use.rule.rule for use in idle])
        yield Pointer(show.text("attention-rules", count=len(idle), names=names), "rules")
    if bad := content.team.bad:
        yield Pointer(show.text("attention-team", count=len(bad)), "rows")
    if content.unbooked:
        yield Pointer(show.text("attention-unbooked", count=content.unbooked), "people")
    if tally.repeated:
        yield Pointer(show.text("attention-repeated", count=tally.repeated), "rows")


def _beyond_dealing(content: Content) -> BookProof | None:
    """The book in which somebody is further from zero than dealing alone could bring him."""
    beyond = [one for one in content.proofs if abs(one.furthest) > one.bound - one.shift]
    return max(beyond, key=lambda one: abs(one.furthest), default=None)


def commands(content: Content, show: Show) -> Iterator[Command]:
    """How to ask why, with a lead and people of this run."""
    routed = next((one for one in content.routed if one.decision.rep_id is not None), None)
    if routed is not None:
        ask = f"evenhand explain receipts.jsonl --lead {quote(routed.item_id)}"
        yield Command(show.text("ask-why"), ask)
        owner = routed.decision.rep_id
        others = (one.rep_id for shares in content.by_kind.values() for one in shares)
        other = next((one for one in others if one != owner), None)
        if other is not None:
            yield Command(show.text("ask-why-not"), f"{ask} --rep {quote(other)}")
    yield Command(show.text("ask-replay"), "evenhand replay receipts.jsonl")
    yield Command(show.text("ask-book"), "evenhand book edits.csv --out .")
