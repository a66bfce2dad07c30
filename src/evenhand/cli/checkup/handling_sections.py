"""Sections on what became of the leads: lying still, first response, repeats, conversions."""

from collections.abc import Sequence

from markupsafe import Markup

from evenhand.cli import charts
from evenhand.cli.checkup.figures import Figures
from evenhand.cli.checkup.tables import CHART_ROWS, Section, dot_legend, flagged, heads
from evenhand.cli.page.table import Cell, Table
from evenhand.engine.checkup.contacts import Repeats
from evenhand.engine.checkup.findings import Duration
from evenhand.engine.checkup.report import Checkup
from evenhand.engine.checkup.response import DAY, Speed
from evenhand.engine.checkup.stale import Stale
from evenhand.engine.checkup.survival import Curve


def lying_section(found: Checkup, show: Figures) -> Section:
    """Leads never answered or left undecided."""
    tables = []
    for name, stale in (("untouched", found.untouched), ("undecided", found.undecided)):
        if stale is not None:
            tables.append(_lying_table(f"finding-{name}", stale, show))
    return Section(
        name="lying",
        title=show.text("section-lying"),
        paragraphs=(show.text("section-lying-text"),),
        tables=tuple(tables),
    )


def _lying_table(title: str, stale: Stale, show: Figures) -> Table:
    rows = []
    for rep in stale.reps:
        judgement = show.text("more-lying") if rep.is_beyond_chance else ""
        rows.append(
            (
                Cell(rep.rep_id),
                Cell(f"{rep.share.total:,}"),
                flagged(f"{rep.share.count:,}", rep.is_beyond_chance, is_above=True),
                Cell(show.share(rep.share.estimate)),
                Cell(f"{rep.expected:,.1f}"),
                Cell(show.points(rep.points)),
                Cell(judgement),
            )
        )
    first = show.text(title, count=stale.team.share.count, days=stale.days)
    titles = (
        first,
        *heads(show, "judged", "lying", "share", "expected", "points-lying", "judgement"),
    )
    return Table.of(titles, rows)


def response_section(found: Checkup, show: Figures) -> Section:
    """How fast first responses were."""
    response = found.response
    assert response is not None
    tables = [_speed_table("rep", response.reps, show)]
    if response.sources:
        tables.append(_speed_table("source", response.sources, show))
    precision = "day" if "to_the_day" in found.coverage.gaps else "hour"
    return Section(
        name="response",
        title=show.text("section-response"),
        paragraphs=(show.text("section-response-text", precision=precision),),
        charts=((Markup(""), _waiting_chart(response.team.curve, show)),),
        tables=tuple(tables),
    )


def _speed_table(first: str, speeds: Sequence[Speed], show: Figures) -> Table:
    rows = []
    for speed in speeds:
        name = show.source(speed.name) if first == "source" else speed.name
        judgement = ""
        if speed.is_beyond_chance:
            judgement = show.text("slower" if speed.pace < 1 else "faster")
        rows.append(
            (
                Cell(name),
                Cell(f"{speed.curve.subjects:,}"),
                Cell(show.wait(Duration(*speed.curve.quantile(0.5)))),
                Cell(show.wait(Duration(*speed.curve.quantile(0.9)))),
                Cell(show.share(speed.curve.still_waiting(DAY))),
                flagged(f"{speed.pace:.2f}", speed.is_beyond_chance, is_above=speed.pace < 1),
                Cell(judgement),
            )
        )
    titles = heads(show, first, "leads", "median", "p90", "after-day", "pace", "judgement")
    return Table.of(titles, rows)


def _waiting_chart(curve: Curve, show: Figures) -> Markup:
    """The curve up to the time by which nearly all of its fall has happened."""
    last = curve.waiting[-1]
    almost = last + 0.05 * (1 - last)
    spans = [DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 60 * DAY, 90 * DAY]
    end = next(
        (span for span in spans if curve.still_waiting(span).value <= almost),
        max(curve.times[-1], DAY),
    )
    steps = [(0.0, 1.0, 1.0, 1.0)]
    for seconds, share in curve.points():
        if seconds <= end:
            steps.append((seconds / end, share.value, share.low, share.high))
    at_end = curve.still_waiting(end)
    steps.append((1.0, at_end.value, at_end.low, at_end.high))
    return charts.lines(
        [
            charts.Line(
                show.text("chart-waiting"),
                tuple((x, value) for x, value, _, _ in steps),
                band=_stairs(steps),
                is_stepped=True,
            )
        ],
        x_labels=[(place, show.duration(end * place)) for place in (0.0, 0.25, 0.5, 0.75, 1.0)],
        y_texts=[(share / 4, f"{25 * share}%") for share in range(5)],
        top=1.0,
        title=show.text("chart-waiting"),
        description=show.text("chart-waiting-desc"),
    )


def _stairs(
    steps: Sequence[tuple[float, float, float, float]],
) -> tuple[tuple[float, float, float], ...]:
    found: list[tuple[float, float, float]] = []
    for x, _, low, high in steps:
        if found:
            found.append((x, found[-1][1], found[-1][2]))
        found.append((x, low, high))
    return tuple(found)


def contacts_section(found: Checkup, show: Figures) -> Section:
    """Repeated customers and companies, and transfers."""
    tables = []
    for name, repeats in (("customer", found.people), ("company", found.companies)):
        if repeats is not None and repeats.pairs:
            tables.append(_pair_table(name, repeats, show))
    if found.transfers is not None:
        rows = [
            (
                Cell(rep.rep_id),
                Cell(f"{rep.out_count:,}"),
                Cell(f"{rep.in_count:,}"),
                Cell(show.points(rep.out_points)),
                Cell(show.points(rep.in_points)),
            )
            for rep in found.transfers.reps
        ]
        titles = heads(show, "rep", "out", "in", "points-out", "points-in")
        tables.append(Table.of(titles, rows))
        moves = [
            (Cell(giver), Cell(taker), Cell(f"{count:,}"))
            for giver, taker, count in found.transfers.pairs[:10]
        ]
        tables.append(Table.of(heads(show, "from", "to", "count"), moves, words=(0, 1)))
    shown = [f for f in found.findings if f.code.startswith(("people_", "companies_", "transfers"))]
    return Section(
        name="contacts",
        title=show.text("section-contacts"),
        paragraphs=(show.text("section-contacts-text"),),
        bullets=tuple(
            show.text(
                f"finding-{finding.code}-figure",
                **{name: show.figure(figure) for name, figure in finding.figures.items()},
            )
            for finding in shown
        ),
        tables=tuple(tables),
    )


def _pair_table(name: str, repeats: Repeats, show: Figures) -> Table:
    rows = [(Cell(a), Cell(b), Cell(f"{count:,}")) for a, b, count in repeats.pairs[:10]]
    titles = (show.text("head-rep"), show.text("head-rep"), show.text(f"head-shared-{name}"))
    return Table.of(titles, rows, words=(0, 1))


def conversion_section(found: Checkup, show: Figures) -> Section:
    """Wins against expectation, by name."""
    conversion = found.conversion
    assert conversion is not None
    dots = []
    rows = []
    for rep in conversion.reps:
        above = rep.ratio.value > 1
        judgement, tone = show.text("normal"), "muted"
        if not rep.is_normal_variation:
            judgement = show.text("possibly-above" if above else "possibly-below")
            tone = "over" if above else "under"
        dots.append(
            charts.Dot(
                rep.rep_id,
                rep.ratio.value,
                rep.ratio.low,
                rep.ratio.high,
                f"{rep.ratio.value:.2f}",
                tone,
            )
        )
        rows.append(
            (
                Cell(rep.rep_id),
                Cell(f"{rep.leads:,}"),
                Cell(f"{rep.won:,}"),
                Cell(f"{rep.expected:,.1f}"),
                flagged(show.ratio(rep.ratio), not rep.is_normal_variation, is_above=above),
                Cell(judgement),
            )
        )
    titles = heads(show, "rep", "judged", "won", "expected", "won-ratio", "judgement")
    drawing = charts.dots(
        dots[:CHART_ROWS],
        title=show.text("chart-conversion"),
        description=show.text("chart-conversion-desc"),
        reference=1,
    )
    deviation = show.percent(conversion.skill_deviation)
    return Section(
        name="conversion",
        title=show.text("section-conversion"),
        paragraphs=(show.text("section-conversion-text", deviation=deviation),),
        charts=((dot_legend(show), drawing),),
        is_paired=True,
        tables=(Table.of(titles, rows),),
    )
