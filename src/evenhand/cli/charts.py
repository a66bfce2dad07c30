"""Charts as inline SVG for self-contained pages: bars with a target, stacked bars, dots with
intervals, lines over time.

Widths are per cent and heights are pixels, so that a chart fills its place at 390 px and at
1440 px without shrinking its letters. Colors are CSS variables: put `STYLE` into the page once.
Every chart carries a title and a description, and every mark its own words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from math import ceil, floor, log10

from markupsafe import Markup

STYLE = """
:root{--chart-ink:#1f2937;--chart-soft:#667085;--chart-grid:#e6e8ec;--chart-bar:#1677ff;
--chart-over:#d97706;--chart-under:#7c3aed;--chart-muted:#98a2b3;--chart-band:#dbe3ee;
--chart-target:#111827;--chart-second:#0f9d76;
--chart-s0:#0b4fb3;--chart-s1:#1677ff;--chart-s2:#69b1ff;--chart-s3:#bae0ff;--chart-s4:#d0d5dd;
--chart-s5:#98a2b3;--chart-s6:#667085;--chart-s7:#475467;--chart-s8:#344054}
@media (prefers-color-scheme:dark){:root{--chart-ink:#e5e7eb;--chart-soft:#98a2b3;
--chart-grid:#2b3444;--chart-bar:#3c89ff;--chart-over:#f0a03a;--chart-under:#a78bfa;
--chart-muted:#667085;--chart-band:#2c3a52;--chart-target:#f9fafb;--chart-second:#34d399;
--chart-s0:#1d63d8;--chart-s1:#3c89ff;--chart-s2:#7db4ff;--chart-s3:#b9d7ff;--chart-s4:#475467;
--chart-s5:#667085;--chart-s6:#98a2b3;--chart-s7:#d0d5dd;--chart-s8:#eaecf0}}
.chart{display:block;width:100%;overflow:visible;font-size:12px;font-variant-numeric:tabular-nums}
.chart text{fill:var(--chart-ink)}.chart .soft{fill:var(--chart-soft)}
.chart .grid{stroke:var(--chart-grid);stroke-width:1}
.chart .bar{fill:var(--chart-bar)}.chart .over{fill:var(--chart-over)}
.chart .under{fill:var(--chart-under)}.chart .muted{fill:var(--chart-muted)}
.chart .band{fill:var(--chart-band)}.chart .target{stroke:var(--chart-target);stroke-width:2}
.chart .second{fill:none;stroke:var(--chart-second);stroke-width:2.5}
.chart .whisker{stroke:var(--chart-soft);stroke-width:2}
.chart .line{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}
.chart .dashed{stroke-dasharray:5 4}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;margin:0 0 8px;padding:0;list-style:none;
font-size:12px;color:var(--chart-soft)}
.legend li{display:flex;align-items:center;gap:6px}
.legend svg{width:14px;height:12px;flex:none}
"""

# Where the parts of a row stand, in per cent of the width: label, plot, figure.
_LABEL_END, _PLOT_START, _PLOT_END = 29.0, 30.5, 85.0
_ROW = 24
_AXIS = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar. `text` stands at its right; `low`–`high` is shaded behind it; `target`
    is a vertical mark and `second` a ring; `note` is read out and shown on hovering."""

    label: str
    value: float
    text: str = ""
    target: float | None = None
    low: float | None = None
    high: float | None = None
    second: float | None = None
    tone: str = "bar"  # bar, over, under or muted
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """One row of a stacked bar: an amount per series, in the order of the series.

    `target` is a vertical mark, as in `Bar`.
    """

    label: str
    values: tuple[float, ...]
    text: str = ""
    note: str = ""
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure with its interval."""

    label: str
    value: float
    low: float
    high: float
    text: str = ""
    tone: str = "bar"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line over time: x from 0 to 1, y in the unit of the axis; optional band (x, low, high)."""

    label: str
    points: tuple[tuple[float, float], ...]
    color: str = "bar"
    band: tuple[tuple[float, float, float], ...] = ()
    is_dashed: bool = False
    is_stepped: bool = False


def bars(rows: Sequence[Bar], *, title: str, description: str) -> Markup:
    """Horizontal bars from zero, with target marks and shaded ranges."""
    largest = max(
        (v for r in rows for v in (r.value, r.target, r.high, r.second) if v is not None),
        default=0,
    )
    _, top, ticks = _scale(0, largest)
    parts = _grid(ticks, 0, top, len(rows))
    for at, row in enumerate(rows):
        y = at * _ROW
        parts.append(_open_row(row.label, row.note or f"{row.label}: {row.text}", y))
        if row.low is not None and row.high is not None:
            low, high = _x(row.low, 0, top), _x(row.high, 0, top)
            parts.append(_rect("band", low, high - low, y + 2, 20))
        start = _x(0, 0, top)
        parts.append(_rect(row.tone, start, _x(row.value, 0, top) - start, y + 6, 12))
        if row.target is not None:
            parts.append(_vertical("target", _x(row.target, 0, top), y + 2, y + 22))
        if row.second is not None:
            x = _x(row.second, 0, top)
            parts.append(f'<circle class="second" cx="{x:.2f}%" cy="{y + 12}" r="4.5"/>')
        parts.append(f"{_figure(row.text, y)}</g>")
    return _chart(parts, len(rows) * _ROW + _AXIS, title, description)


def stacked_bars(
    rows: Sequence[Stack], series: Sequence[str], *, title: str, description: str
) -> Markup:
    """Horizontal bars made of one part per series; the legend is `series_legend`."""
    largest = max((max(sum(row.values), row.target or 0) for row in rows), default=0)
    _, top, ticks = _scale(0, largest)
    parts = _grid(ticks, 0, top, len(rows))
    for at, row in enumerate(rows):
        y = at * _ROW
        shown = ", ".join(f"{n} {v:g}" for n, v in zip(series, row.values, strict=True))
        parts.append(_open_row(row.label, row.note or f"{row.label}: {shown}", y))
        total = 0.0
        for number, value in enumerate(row.values):
            start, end = _x(total, 0, top), _x(total + value, 0, top)
            total += value
            if value:
                fill = f"fill:var(--chart-s{number % 9})"
                parts.append(_rect("", start, end - start, y + 4, 16, style=fill))
        if row.target is not None:
            x = _x(row.target, 0, top)
            parts.append(_vertical("target", x, y + 1, y + 23))
        parts.append(f"{_figure(row.text, y)}</g>")
    return _chart(parts, len(rows) * _ROW + _AXIS, title, description)


def dots(
    rows: Sequence[Dot], *, title: str, description: str, reference: float | None = None
) -> Markup:
    """Figures with their intervals on one scale, and a vertical line to compare them with."""
    values = [v for row in rows for v in (row.low, row.high)]
    values += [] if reference is None else [reference]
    bottom, top, ticks = _scale(min(values, default=0.0), max(values, default=1.0))
    parts = _grid(ticks, bottom, top, len(rows))
    if reference is not None:
        parts.append(_vertical("target", _x(reference, bottom, top), 0, len(rows) * _ROW))
    for at, row in enumerate(rows):
        y = at * _ROW
        parts.append(_open_row(row.label, row.note or f"{row.label}: {row.text}", y))
        low, high = _x(row.low, bottom, top), _x(row.high, bottom, top)
        parts.append(
            f'<line class="whisker" x1="{low:.2f}%" x2="{high:.2f}%" y1="{y + 12}" y2="{y + 12}"/>'
        )
        x = _x(row.value, bottom, top)
        parts.append(f'<circle class="{escape(row.tone)}" cx="{x:.2f}%" cy="{y + 12}" r="5"/>')
        parts.append(f"{_figure(row.text, y)}</g>")
    return _chart(parts, len(rows) * _ROW + _AXIS, title, description)


def lines(
    series: Sequence[Line],
    *,
    x_labels: Sequence[tuple[float, str]],
    title: str,
    description: str,
    top: float | None = None,
    y_texts: Sequence[tuple[float, str]] | None = None,
    height: int = 220,
) -> Markup:
    """Lines over time on one scale from zero; `y_texts` replaces the numbers at the left."""
    largest = max(
        [y for line in series for _, y in line.points]
        + [high for line in series for _, _, high in line.band],
        default=1.0,
    )
    _, upper, ticks = _scale(0, largest if top is None else top)
    marks = y_texts if y_texts is not None else [(tick, _plain(tick)) for tick in ticks]
    plot = height - _AXIS
    parts = []
    for value, text in marks:
        y = plot - plot * value / upper
        parts.append(f'<line class="grid" x1="10%" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>')
        # The lowest label would hang into the x axis, the highest out of the chart.
        place = min(max(y + 4, 10), plot - 2)
        parts.append(f'<text class="soft" x="0" y="{place:.1f}">{escape(text)}</text>')
    parts.append(
        f'<svg x="10%" y="0" width="90%" height="{plot}" viewBox="0 0 1000 1000" '
        'preserveAspectRatio="none" overflow="visible">'
    )
    for line in series:
        parts.append(_band(line, upper))
        parts.append(_path(line, upper))
    parts.append("</svg>")
    for place, text in x_labels:
        anchor = "start" if place < 0.05 else "end" if place > 0.95 else "middle"
        parts.append(
            f'<text class="soft" x="{10 + 90 * place:.2f}%" y="{height - 4}" '
            f'text-anchor="{anchor}">{escape(text)}</text>'
        )
    return _chart(parts, height, title, description)


def legend(items: Iterable[tuple[str, str]]) -> Markup:
    """What the marks mean: (mark, words). Marks: bar, over, under, muted (with "dot-" before it
    for a dot), band, target, second, dashed, or a series color s0 to s8."""
    shapes = []
    for mark, words in items:
        shapes.append(f'<li><svg class="chart" aria-hidden="true">{_mark(mark)}</svg>')
        shapes.append(f"{escape(words)}</li>")
    return Markup(f'<ul class="legend">{"".join(shapes)}</ul>')


def series_legend(series: Sequence[str]) -> Markup:
    """The legend of `stacked_bars`."""
    return legend((f"s{number % 9}", name) for number, name in enumerate(series))


def _mark(mark: str) -> str:
    if mark == "target":
        return '<line class="target" x1="7" x2="7" y1="0" y2="12"/>'
    if mark == "second":
        return '<circle class="second" cx="7" cy="6" r="4.5"/>'
    if mark.startswith("dot-"):
        return f'<circle class="{escape(mark[4:])}" cx="7" cy="6" r="5"/>'
    if mark == "dashed":
        return (
            '<line class="line dashed" x1="0" x2="14" y1="6" y2="6" '
            'style="stroke:var(--chart-soft)"/>'
        )
    if mark.startswith("s") and mark[1:].isdigit():
        fill = f"fill:var(--chart-{mark})"
        return f'<rect x="0" y="1" width="14" height="10" rx="2" style="{fill}"/>'
    return f'<rect class="{escape(mark)}" x="0" y="1" width="14" height="10" rx="2"/>'


def _chart(parts: Iterable[str], height: float, title: str, description: str) -> Markup:
    body = "".join(parts)
    # Names within the page come from what is drawn: the same figures give the same page.
    name = "c" + sha256(f"{title}\n{body}".encode()).hexdigest()[:10]
    return Markup(
        f'<svg class="chart" height="{height:g}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>{body}</svg>'
    )


def _grid(ticks: Sequence[float], bottom: float, top: float, rows: int) -> list[str]:
    height = rows * _ROW
    parts = []
    for tick in ticks:
        x = _x(tick, bottom, top)
        parts.append(_vertical("grid", x, 0, height))
        parts.append(
            f'<text class="soft" x="{x:.2f}%" y="{height + 15}" text-anchor="middle">'
            f"{_plain(tick)}</text>"
        )
    return parts


def _open_row(label: str, note: str, y: int) -> str:
    # A nested svg cuts a long name at its edge; the whole name is in the row's title.
    return (
        f"<g><title>{escape(note)}</title>"
        f'<svg x="0" y="{y}" width="{_LABEL_END}%" height="{_ROW}">'
        f'<text x="0" y="16">{escape(label)}</text></svg>'
    )


def _figure(text: str, y: int) -> str:
    return f'<text x="100%" y="{y + 16}" text-anchor="end">{escape(text)}</text>'


def _rect(kind: str, x: float, width: float, y: float, height: float, style: str = "") -> str:
    look = f'style="{style}"' if style else f'class="{escape(kind)}"'
    return (
        f'<rect {look} x="{x:.2f}%" y="{y}" width="{max(0.0, width):.2f}%" height="{height}" '
        'rx="1.5"/>'
    )


def _vertical(kind: str, x: float, y1: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x:.2f}%" x2="{x:.2f}%" y1="{y1}" y2="{y2}"/>'


def _x(value: float, bottom: float, top: float) -> float:
    part = (value - bottom) / (top - bottom) if top > bottom else 0.0
    return _PLOT_START + (_PLOT_END - _PLOT_START) * min(1.0, max(0.0, part))


def _path(line: Line, top: float) -> str:
    steps: list[str] = []
    before: float | None = None
    for x, y in line.points:
        height = 1000 - 1000 * y / top
        if line.is_stepped and before is not None:
            steps.append(f"{1000 * x:.1f},{before:.1f}")
        steps.append(f"{1000 * x:.1f},{height:.1f}")
        before = height
    dashed = " dashed" if line.is_dashed else ""
    return (
        f'<polyline class="line{dashed}" style="stroke:var(--chart-{escape(line.color)})" '
        f'points="{" ".join(steps)}"><title>{escape(line.label)}</title></polyline>'
    )


def _band(line: Line, top: float) -> str:
    if not line.band:
        return ""
    upper = [f"{1000 * x:.1f},{1000 - 1000 * high / top:.1f}" for x, _, high in line.band]
    lower = [f"{1000 * x:.1f},{1000 - 1000 * low / top:.1f}" for x, low, _ in reversed(line.band)]
    return f'<polygon class="band" points="{" ".join(upper + lower)}"/>'


def _step(width: float) -> float:
    """A round step (1, 2 or 5 times a power of ten) that gives three to six parts."""
    rough = width / 4
    power = 10 ** floor(log10(rough))
    return float(power * next(m for m in (1, 2, 5, 10) if m * power >= rough * 0.999))


def _scale(lowest: float, largest: float) -> tuple[float, float, list[float]]:
    """Round ends of an axis that holds both values, and the ticks between them."""
    # A difference without a fourth part that a float could hold is none.
    if largest - lowest < 1e-300:
        return lowest, lowest + 1, [lowest]
    step = _step(largest - lowest)
    first, last = floor(lowest / step + 1e-9), ceil(largest / step - 1e-9)
    ticks = [step * k for k in range(first, last + 1)]
    return ticks[0], ticks[-1], ticks


def _plain(value: float) -> str:
    text = f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return text.replace("-", "\N{MINUS SIGN}")
