"""The sections that show the deal was fair: everybody's figures, and every book summed."""

from collections.abc import Iterator, Sequence

from evenhand.cli.page.table import Cell, Table
from evenhand.cli.route.report.content import Content
from evenhand.cli.route.report.proof import BookProof
from evenhand.cli.route.report.section import Part, Section
from evenhand.cli.route.report.shares import Share, grades_of, groups_of, weights_of
from evenhand.cli.route.report.show import Show, side_of

_TONES = {"owed": "below", "ahead": "above"}


def people_section(content: Content, show: Show) -> Section:
    """Who received what, one table per kind of points."""
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


def proof_section(content: Content, show: Show) -> Section:
    """Every book summed, with its bound."""
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
