"""The page as one self-contained HTML file: styles, charts and words inside, nothing fetched."""

from collections import Counter
from collections.abc import Iterator, Sequence

from evenhand.cli.checkup.figures import Figures
from evenhand.cli.checkup.first_screen import cards, share_chart, shown_findings
from evenhand.cli.checkup.points import Note
from evenhand.cli.checkup.reading import COLUMNS, Reading, Rejected
from evenhand.cli.checkup.sections import sections
from evenhand.cli.page.render import render
from evenhand.cli.page.table import Cell, Table
from evenhand.engine.checkup.holdings import Column
from evenhand.engine.checkup.report import Checkup
from evenhand.wording.catalogue import Words

# What a history may hold besides lead and owner; missing ones are named on the page.
_WISHED = (
    Column.CREATED_AT,
    Column.RECEIVED_AT,
    Column.GRADE,
    Column.SOURCE,
    Column.RESPONDED_AT,
    Column.OUTCOME,
    Column.DECIDED_AT,
    Column.PHONE,
    Column.EMAIL,
    Column.COMPANY,
    Column.PREVIOUS_REP,
)


def page(
    found: Checkup,
    reading: Reading,
    words: Words,
    *,
    file_name: str,
    detail_files: Sequence[str],
    weights_file: str = "",
) -> str:
    """The whole page in the language of `words`."""
    show = Figures(words, is_to_the_day=reading.history.is_to_the_day)
    beyond, within = shown_findings(found, show)
    legend, chart, remark = share_chart(found, show)
    return render(
        "evenhand.cli.checkup",
        "page.html.j2",
        locale=words.locale,
        t=show.text,
        product=show.text("product"),
        file=file_name,
        subtitle=show.text(
            "subtitle",
            file=file_name,
            **{"from": found.coverage.first_at.date().isoformat()},
            until=found.coverage.last_at.date().isoformat(),
            leads=found.coverage.lead_count,
            reps=len(found.received.reps),
        ),
        made=show.text("made", as_of=f"{found.coverage.as_of:%Y-%m-%d %H:%M}"),
        # What turns the meaning of every figure around stands above them all.
        warning=show.text("gap-only_won") if "only_won" in found.coverage.gaps else "",
        cards=cards(found, show),
        findings=beyond,
        within=within,
        share_legend=legend,
        share_chart=chart,
        share_remark=remark,
        gaps=[show.text(f"gap-{gap}") for gap in found.coverage.gaps],
        sections=list(sections(found, show)),
        coverage=list(_coverage(found, reading, show)),
        columns=_columns(reading, show),
        missing=_missing(reading, show),
        assumptions=list(assumptions(found, reading, show, weights_file)),
        rejected=_rejected(reading.rejected, show),
        details=show.text("details-text", files=show.text("names-separator").join(detail_files)),
    )


def assumptions(
    found: Checkup, reading: Reading, show: Figures, weights_file: str = ""
) -> Iterator[str]:
    """Everything that was assumed, in sentences."""
    for note in reading.notes:
        yield said(note, show)
    if weights_file:
        count = len(found.settings.weights)
        yield show.text("assumed-weights-file", file=weights_file, count=count)
    else:
        yield show.text("assumed-weights-equal")
        yield show.text("assumed-team", count=found.settings.occasional_leads)
    settings = found.settings
    yield show.text("assumed-horizon", days=found.horizon_days)
    yield show.text("assumed-stale", days=settings.stale_days, conflict=settings.conflict_days)
    yield show.text("assumed-zone")
    yield show.text("assumed-resampling", count=settings.resamples)
    for reason in reading.sheet_notes:
        yield show.reason(reason)


def said(note: Note, show: Figures) -> str:
    """A note of the reader in words."""
    return show.text(f"assumed-{note.code}", **dict(note.params))


def _coverage(found: Checkup, reading: Reading, show: Figures) -> Iterator[str]:
    coverage = found.coverage
    yield show.text(
        "coverage-rows",
        rows=reading.row_count,
        used=reading.row_count - len(reading.rejected),
        rejected=len(reading.rejected),
        leads=coverage.lead_count,
    )
    if coverage.junk_count:
        yield show.text("coverage-junk", count=coverage.junk_count)
    if occasional := found.activity.occasional:
        yield show.text(
            "coverage-occasional",
            count=len(occasional),
            leads=sum(occasional.values()),
            names=show.names(list(occasional)),
        )
    for name, count in coverage.oddities.items():
        yield show.text(f"oddity-{name}", count=count)
    yield show.text("flag-note")


def _columns(reading: Reading, show: Figures) -> Table:
    rows = [
        (Cell(show.text(f"column-{COLUMNS[role].value}")), Cell(heading))
        for role, heading in reading.headings.items()
    ]
    heads = (show.text("head-meaning"), show.text("head-column"))
    return Table.of(heads, rows, words=(0, 1))


def _missing(reading: Reading, show: Figures) -> str:
    absent = [column for column in _WISHED if not reading.history.has(column)]
    if not absent:
        return ""
    names = [show.text(f"column-{column.value}") for column in absent]
    return show.text("coverage-missing", columns=show.text("names-separator").join(names))


def _rejected(rejected: Sequence[Rejected], show: Figures) -> Table:
    counts = Counter(rejection(row, show) for row in rejected)
    rows = [(Cell(reason), Cell(f"{count:,}")) for reason, count in counts.most_common()]
    return Table.of((show.text("head-reason"), show.text("head-rows")), rows)


def rejection(row: Rejected, show: Figures) -> str:
    """Why a row was not used, in words."""
    if row.why is not None:
        return show.text(f"rejected-{row.code}", detail=show.reason(row.why))
    return show.text(f"rejected-{row.code}")
