"""What sections of the page are made of: words, drawings, tables, and marks beyond chance."""

from dataclasses import dataclass

from markupsafe import Markup

from evenhand.cli import charts
from evenhand.cli.checkup.figures import Figures
from evenhand.cli.page.table import Cell, Table

CHART_ROWS = 40  # more bars than this nobody looks at; the table holds everyone
MARK = "●"


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its words, charts (legend, drawing) and tables, in that order."""

    name: str
    title: str
    paragraphs: tuple[str, ...] = ()
    charts: tuple[tuple[Markup, Markup], ...] = ()
    tables: tuple[Table, ...] = ()
    bullets: tuple[str, ...] = ()
    is_paired: bool = False  # chart and table side by side where there is room


def heads(show: Figures, *names: str) -> tuple[str, ...]:
    """Column heads by their names."""
    return tuple(show.text(f"head-{name}") for name in names)


def dot_legend(show: Figures) -> Markup:
    """The legend of dots with intervals."""
    return charts.legend(
        [
            ("dot-over", show.text("legend-dot-over")),
            ("dot-under", show.text("legend-dot-under")),
            ("dot-muted", show.text("legend-dot-normal")),
        ]
    )


def flagged(text: str, is_flagged: bool, *, is_above: bool) -> Cell:
    """A figure, with a colored mark if it is beyond chance; the mark also says so without color."""
    if not is_flagged:
        return Cell(text)
    return Cell(f"{MARK} {text}", tone="above" if is_above else "below")
