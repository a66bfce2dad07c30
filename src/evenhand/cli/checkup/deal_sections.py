"""Sections on the deal: due and received, grades and sources, the ledger's replay, value rank."""

from collections.abc import Sequence

from markupsafe import Markup

from evenhand.cli import charts
from evenhand.cli.checkup.figures import Figures
from evenhand.cli.checkup.tables import CHART_ROWS, Section, dot_legend, flagged, heads
from evenhand.cli.page.table import Cell, Table
from evenhand.engine.checkup.received import Portion
from evenhand.engine.checkup.report import Checkup
from evenhand.engine.facts import POINT


def received_section(found: Checkup, show: Figures) -> Section:
    """Points due and received, per rep."""
    rows = []
    for rep in sorted(found.received.reps, key=lambda r: (-r.points.ratio, r.rep_id)):
        part = rep.points
        difference = part.received - part.due
        side = "ahead" if difference > 0 else "behind"
        rows.append(
            (
                Cell(rep.rep_id),
                Cell(f"{rep.leads.received:,}"),
                Cell(show.points(part.received)),
                Cell(show.points(part.due)),
                Cell(show.text("from-to", low=_whole(part.low), high=_whole(part.high))),
                _flagged(show.text(side, points=show.points(abs(difference))), part),
                Cell(f"{part.ratio:.2f}"),
                Cell(show.points(rep.kept_points)),
            )
        )
    titles = heads(show, "rep", "leads", "points", "due", "chance", "difference", "ratio", "kept")
    weights = "own" if found.settings.weights else "equal"
    paragraphs = [show.text("section-received-text", weights=weights)]
    if found.spread is not None:
        gini, jain = found.spread.gini, found.spread.jain
        paragraphs.append(
            show.text(
                "spread-line",
                gini=show.ratio(gini.observed),
                gini_chance=f"{gini.chance.value:.2f} – {gini.chance.high:.2f}",
                jain=f"{jain.observed.value:.3f}",
                jain_low=f"{jain.observed.low:.3f}",
                jain_high=f"{jain.observed.high:.3f}",
                jain_chance=f"{jain.chance.low:.3f}",
            )
        )
    return Section(
        name="received",
        title=show.text("section-received"),
        paragraphs=tuple(paragraphs),
        tables=(Table.of(titles, rows),),
    )


def _whole(micro_points: float) -> str:
    return f"{micro_points / POINT:,.0f}"


def _flagged(text: str, part: Portion) -> Cell:
    return flagged(text, part.is_beyond_chance, is_above=part.received > part.due)


def grades_section(found: Checkup, show: Figures) -> Section:
    """Leads per rep by grade and by source."""
    received = found.received
    drawn, tables = [], []
    if received.grades:
        names = [show.grade(grade) for grade in received.grades]
        stacks = [
            charts.Stack(
                rep.rep_id,
                tuple(float(rep.by_grade[grade].received) for grade in received.grades),
                f"{rep.leads.received:,}",
            )
            for rep in received.reps[:CHART_ROWS]
        ]
        drawing = charts.stacked_bars(
            stacks,
            names,
            title=show.text("chart-grades"),
            description=show.text("chart-grades-desc"),
        )
        drawn.append((charts.series_legend(names), drawing))
        tables.append(_cross(found, show, names, by="grade"))
    if received.sources:
        names = [show.source(source) for source in received.sources]
        tables.append(_cross(found, show, names, by="source"))
    return Section(
        name="grades",
        title=show.text("section-grades"),
        paragraphs=(show.text("section-grades-text"),),
        charts=tuple(drawn),
        tables=tuple(tables),
    )


def _cross(found: Checkup, show: Figures, names: Sequence[str], *, by: str) -> Table:
    rows = []
    for rep in found.received.reps:
        parts = rep.by_grade if by == "grade" else rep.by_source
        keys = found.received.grades if by == "grade" else found.received.sources
        cells = [_flagged(f"{parts[k].received:,} ({parts[k].due:,.0f})", parts[k]) for k in keys]
        rows.append((Cell(rep.rep_id), *cells))
    return Table.of((show.text("head-rep"), *names), rows)


def ledger_section(found: Checkup, show: Figures) -> Section:
    """The same leads dealt by the ledger."""
    replay = found.replay
    assert replay is not None
    last = replay.checkpoints[-1]
    paragraphs = [
        show.text(
            "section-ledger-text",
            leads=found.received.total_leads,
            slack=show.points(replay.slack),
        ),
        show.text(
            "section-ledger-result",
            behind_before=show.points(last.behind_before),
            ahead_before=show.points(last.ahead_before),
            behind_after=show.points(last.behind_after),
            ahead_after=show.points(last.ahead_after),
            gini_before=f"{replay.gini_before:.3f}",
            gini_after=f"{replay.gini_after:.3f}",
            bound=show.points(replay.bound),
        ),
    ]
    if replay.wins_changed is None:
        paragraphs.append(show.text("section-ledger-no-wins"))
    else:
        change = replay.wins_changed
        is_clear = "no" if change.low <= 0 <= change.high else "yes"
        paragraphs.append(
            show.text("section-ledger-wins", change=show.change(change), is_clear=is_clear)
        )
    paragraphs.append(show.text("section-ledger-limits"))
    has_grades = bool(found.received.top_grade)
    rows = []
    for rep in replay.reps:
        cells = [
            Cell(rep.rep_id),
            Cell(show.points(rep.due)),
            Cell(show.points(rep.points_before)),
            Cell(show.points(rep.points_after)),
            Cell(f"{rep.leads_before:,}"),
            Cell(f"{rep.leads_after:,}"),
        ]
        if has_grades:
            cells += [Cell(f"{rep.top_before:,}"), Cell(f"{rep.top_after:,}")]
        rows.append(tuple(cells))
    titles = [
        show.text("head-rep"),
        show.text("head-due"),
        show.text("head-points-before"),
        show.text("head-points-after"),
        show.text("head-leads-before"),
        show.text("head-leads-after"),
    ]
    if has_grades:
        grade = found.received.top_grade
        titles += [
            show.text("head-top-before", grade=grade),
            show.text("head-top-after", grade=grade),
        ]
    return Section(
        name="ledger",
        title=show.text("section-ledger"),
        paragraphs=tuple(paragraphs),
        charts=(_behind_chart(found, show),),
        tables=(Table.of(titles, rows),),
    )


def _behind_chart(found: Checkup, show: Figures) -> tuple[Markup, Markup]:
    assert found.replay is not None
    points = found.replay.checkpoints
    start, end = points[0].at, points[-1].at
    length = (end - start).total_seconds() or 1.0
    places = [(point.at - start).total_seconds() / length for point in points]

    def line(label: str, values: Sequence[int], color: str, *, is_dashed: bool) -> charts.Line:
        marks = tuple(zip(places, (value / POINT for value in values), strict=True))
        return charts.Line(label, marks, color, is_dashed=is_dashed)

    behind, ahead = show.text("legend-behind"), show.text("legend-ahead")
    drawing = charts.lines(
        [
            line(behind, [p.behind_before for p in points], "under", is_dashed=False),
            line(ahead, [p.ahead_before for p in points], "over", is_dashed=False),
            line(behind, [p.behind_after for p in points], "under", is_dashed=True),
            line(ahead, [p.ahead_after for p in points], "over", is_dashed=True),
        ],
        x_labels=[
            (place, (start + (end - start) * place).date().isoformat()) for place in (0, 0.5, 1)
        ],
        title=show.text("chart-behind"),
        description=show.text("chart-behind-desc"),
    )
    marks = [("under", behind), ("over", ahead), ("dashed", show.text("head-ledger"))]
    return charts.legend(marks), drawing


def picking_section(found: Checkup, show: Figures) -> Section:
    """Mean rank in value of each rep's leads."""
    dots = []
    rows = []
    for pick in found.picks:
        above = pick.index.value > 0.5
        text = show.rank(pick.index)
        within = (
            show.text("dash") if pick.within_source is None else f"{100 * pick.within_source:.0f}"
        )
        rows.append(
            (
                Cell(pick.rep_id),
                Cell(f"{pick.leads:,}"),
                flagged(text, pick.is_beyond_chance, is_above=above),
                Cell(within),
            )
        )
        tone = "muted"
        if pick.is_beyond_chance:
            tone = "over" if above else "under"
        dots.append(
            charts.Dot(
                pick.rep_id,
                100 * pick.index.value,
                100 * pick.index.low,
                100 * pick.index.high,
                f"{100 * pick.index.value:.0f}",
                tone,
            )
        )
    drawing = charts.dots(
        dots[:CHART_ROWS],
        title=show.text("chart-picking"),
        description=show.text("chart-picking-desc"),
        reference=50,
    )
    return Section(
        name="picking",
        title=show.text("section-picking"),
        paragraphs=(show.text("section-picking-text"),),
        charts=((dot_legend(show), drawing),),
        is_paired=True,
        tables=(Table.of(heads(show, "rep", "leads", "index", "within-source"), rows),),
    )
