"""The sheets of the details: every table of the page whole, and the leads behind the figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evenhand.cli.checkup.figures import Figures
from evenhand.engine.checkup.contacts import Repeats
from evenhand.engine.checkup.received import Portion
from evenhand.engine.checkup.report import Checkup
from evenhand.engine.checkup.response import DAY, HOUR, Speed
from evenhand.engine.checkup.stale import Stale
from evenhand.engine.facts import POINT
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat

_T, _N, _D, _P = (
    NumberFormat.TEXT,
    NumberFormat.INTEGER,
    NumberFormat.DECIMAL,
    NumberFormat.PERCENT,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its columns (words and format) and its rows."""

    name: str
    columns: tuple[tuple[str, NumberFormat], ...]
    rows: Sequence[Sequence[Out]]


def _columns(
    show: Figures, *pairs: tuple[str, NumberFormat]
) -> tuple[tuple[str, NumberFormat], ...]:
    return tuple((show.text(f"head-{name}"), format_) for name, format_ in pairs)


def sheets(found: Checkup, show: Figures) -> Iterator[Sheet]:
    """The sheets that this file can fill; some may have no rows."""
    yield received_sheet(found, show)
    yield _cross(found, show, by="grade")
    yield _cross(found, show, by="source")
    yield from _ledger(found, show)
    yield from _picking(found, show)
    for name, stale in (("card-untouched", found.untouched), ("card-undecided", found.undecided)):
        if stale is not None:
            yield from _lying(show.text(name, days=stale.days), stale, show)
    if found.response is not None:
        for name, speeds in (("rep", found.response.reps), ("source", found.response.sources)):
            yield _speeds(name, speeds, show)
    for name, repeats in (("people", found.people), ("companies", found.companies)):
        if repeats is not None:
            yield _conflicts(show.text(f"card-{name}"), repeats, show)
    yield from _transfers(found, show)
    yield from _conversion(found, show)


def _portion(part: Portion, unit: int = 1) -> list[Out]:
    return [
        part.received / unit if unit > 1 else part.received,
        part.due / unit,
        part.low / unit,
        part.high / unit,
        (part.received - part.due) / unit,
        part.ratio,
        part.q_value,
    ]


_PORTION = (
    ("received", _D),
    ("due", _D),
    ("chance-low", _D),
    ("chance-high", _D),
    ("difference", _D),
    ("ratio", _D),
    ("q", _D),
)


def received_sheet(found: Checkup, show: Figures) -> Sheet:
    """Points received and due, per rep."""
    rows: list[list[Out]] = [
        [rep.rep_id, rep.leads.received, *_portion(rep.points, POINT), rep.kept_points / POINT]
        for rep in found.received.reps
    ]
    columns = _columns(show, ("rep", _T), ("leads", _N), *_PORTION, ("kept", _D))
    return Sheet(show.text("section-received"), columns, rows)


def _cross(found: Checkup, show: Figures, *, by: str) -> Sheet:
    rows: list[list[Out]] = []
    for rep in found.received.reps:
        parts = rep.by_grade if by == "grade" else rep.by_source
        for name, part in parts.items():
            shown = show.grade(name) if by == "grade" else show.source(name)
            rows.append([rep.rep_id, shown, *_portion(part)])
    columns = _columns(show, ("rep", _T), (by, _T), *_PORTION)
    return Sheet(show.text(f"head-{by}"), columns, rows)


def _ledger(found: Checkup, show: Figures) -> Iterator[Sheet]:
    if found.replay is None:
        return
    grade = show.grade(found.received.top_grade)
    columns = (
        (show.text("head-rep"), _T),
        (show.text("head-due"), _D),
        (show.text("head-points-before"), _D),
        (show.text("head-points-after"), _D),
        (show.text("head-leads-before"), _N),
        (show.text("head-leads-after"), _N),
        (show.text("head-top-before", grade=grade), _N),
        (show.text("head-top-after", grade=grade), _N),
    )
    rows: list[list[Out]] = [
        [
            rep.rep_id,
            rep.due / POINT,
            rep.points_before / POINT,
            rep.points_after / POINT,
            rep.leads_before,
            rep.leads_after,
            rep.top_before,
            rep.top_after,
        ]
        for rep in found.replay.reps
    ]
    yield Sheet(show.text("section-ledger"), columns, rows)


def _picking(found: Checkup, show: Figures) -> Iterator[Sheet]:
    rows: list[list[Out]] = [
        [p.rep_id, p.leads, p.index.value, p.index.low, p.index.high, p.within_source, p.q_value]
        for p in found.picks
    ]
    columns = _columns(
        show,
        ("rep", _T),
        ("leads", _N),
        ("index", _P),
        ("low", _P),
        ("high", _P),
        ("within-source", _P),
        ("q", _D),
    )
    yield Sheet(show.text("section-picking"), columns, rows)


def _lying(title: str, stale: Stale, show: Figures) -> Iterator[Sheet]:
    rows: list[list[Out]] = []
    for rep in stale.reps:
        share = rep.share.estimate
        rows.append(
            [
                rep.rep_id,
                rep.share.total,
                rep.share.count,
                share.value,
                share.low,
                share.high,
                rep.expected,
                rep.points / POINT,
                rep.q_value,
            ]
        )
    columns = _columns(
        show,
        ("rep", _T),
        ("judged", _N),
        ("lying", _N),
        ("share", _P),
        ("low", _P),
        ("high", _P),
        ("expected", _D),
        ("points-lying", _D),
        ("q", _D),
    )
    yield Sheet(title, columns, rows)
    leads: list[list[Out]] = [
        [lead.lead_id, lead.row, lead.rep_id, lead.received_at, show.grade(lead.grade)]
        for lead in stale.leads
    ]
    columns = _columns(
        show, ("lead", _T), ("row", _N), ("rep", _T), ("at", NumberFormat.DATETIME), ("grade", _T)
    )
    yield Sheet(show.text("sheet-leads-of", title=title), columns, leads)


def _speeds(name: str, speeds: Sequence[Speed], show: Figures) -> Sheet:
    rows: list[list[Out]] = []
    for speed in speeds:
        shown = show.source(speed.name) if name == "source" else speed.name
        waiting = speed.curve.still_waiting(DAY)
        quantiles = [*speed.curve.quantile(0.5), *speed.curve.quantile(0.9)]
        rows.append(
            [
                shown,
                speed.curve.subjects,
                speed.curve.events,
                *(None if seconds is None else seconds / HOUR for seconds in quantiles),
                waiting.value,
                waiting.low,
                waiting.high,
                speed.pace,
                speed.q_value,
            ]
        )
    columns = _columns(
        show,
        (name, _T),
        ("leads", _N),
        ("contacted", _N),
        ("median-hours", _D),
        ("low", _D),
        ("high", _D),
        ("p90-hours", _D),
        ("low", _D),
        ("high", _D),
        ("after-day", _P),
        ("low", _P),
        ("high", _P),
        ("pace", _D),
        ("q", _D),
    )
    title = show.text("section-response")
    return Sheet(f"{title} {show.text(f'head-{name}')}", columns, rows)


def _conflicts(title: str, repeats: Repeats, show: Figures) -> Sheet:
    rows: list[list[Out]] = []
    for number, conflict in enumerate(repeats.conflicts, 1):
        for deal in conflict.deals:
            rows.append(
                [
                    number,
                    deal.lead_id,
                    deal.row,
                    deal.rep_id,
                    deal.received_at,
                    conflict.closest_days,
                ]
            )
    columns = _columns(
        show,
        ("group-number", _N),
        ("lead", _T),
        ("row", _N),
        ("rep", _T),
        ("at", NumberFormat.DATETIME),
        ("days", _N),
    )
    return Sheet(title, columns, rows)


def _transfers(found: Checkup, show: Figures) -> Iterator[Sheet]:
    if found.transfers is None:
        return
    rows: list[list[Out]] = [
        [m.lead_id, m.row, m.from_rep_id, m.to_rep_id, m.at, m.points / POINT]
        for m in found.transfers.log
    ]
    columns = _columns(
        show,
        ("lead", _T),
        ("row", _N),
        ("from", _T),
        ("to", _T),
        ("at", NumberFormat.DATETIME),
        ("points-of-lead", _D),
    )
    yield Sheet(show.text("sheet-transfers"), columns, rows)


def _conversion(found: Checkup, show: Figures) -> Iterator[Sheet]:
    if found.conversion is None:
        return
    rows: list[list[Out]] = [
        [
            rep.rep_id,
            rep.leads,
            rep.won,
            rep.expected,
            rep.ratio.value,
            rep.ratio.low,
            rep.ratio.high,
            rep.chance_above,
        ]
        for rep in found.conversion.reps
    ]
    columns = _columns(
        show,
        ("rep", _T),
        ("judged", _N),
        ("won", _N),
        ("expected", _D),
        ("won-ratio", _D),
        ("low", _D),
        ("high", _D),
        ("chance-above", _P),
    )
    yield Sheet(show.text("section-conversion"), columns, rows)


def leads_sheet(found: Checkup, show: Figures) -> Sheet:
    """Every lead: who received it, and who would have with the ledger."""
    takers = found.replay.takers if found.replay else [""] * len(found.activity.deals)
    rows: list[list[Out]] = [
        [
            deal.lead_id,
            deal.row,
            deal.received_at,
            show.grade(deal.grade),
            deal.points / POINT,
            deal.source,
            deal.rep_id,
            taker,
        ]
        for deal, taker in zip(found.activity.deals, takers, strict=True)
    ]
    columns = _columns(
        show,
        ("lead", _T),
        ("row", _N),
        ("at", NumberFormat.DATETIME),
        ("grade", _T),
        ("points-of-lead", _D),
        ("source", _T),
        ("rep", _T),
        ("ledger-rep", _T),
    )
    return Sheet(show.text("head-leads"), columns, rows)
