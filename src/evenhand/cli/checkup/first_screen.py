"""The page for the boss: a handful of headline figures, the findings, and who received what."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evenhand.cli import charts
from evenhand.cli.checkup.figures import Figures
from evenhand.engine.checkup.findings import Duration, Finding, Percent, furthest
from evenhand.engine.checkup.received import RepReceived
from evenhand.engine.checkup.report import Checkup
from evenhand.engine.checkup.response import DAY
from evenhand.engine.checkup.stale import Stale
from evenhand.engine.facts import POINT

_FINDINGS_SHOWN = 6
_REPS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Card:
    """One headline figure: large value, its interval, and what to compare it with."""

    label: str
    value: str
    interval: str = ""
    note: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding in words."""

    title: str
    figure: str
    action: str = ""


def cards(found: Checkup, show: Figures) -> list[Card]:
    """Five to seven headline figures; one that the file cannot give says so."""
    return [
        card
        for card in (
            _displaced(found, show),
            _furthest(found, show),
            _top(found, show),
            _response(found, show),
            _lying(found, show),
            _repeated(found, show),
            _conversion(found, show),
        )
        if card is not None
    ]


def shown_findings(found: Checkup, show: Figures) -> tuple[list[ShownFinding], list[ShownFinding]]:
    """What chance does not explain, at most six, and what it does."""
    beyond = [f for f in found.findings if not f.is_within_chance][:_FINDINGS_SHOWN]
    within = [f for f in found.findings if f.is_within_chance]
    return [_finding(f, show) for f in beyond], [_finding(f, show) for f in within]


def share_chart(found: Checkup, show: Figures) -> tuple[Markup, Markup, str]:
    """Points received and due for those furthest from their share: legend, chart, remark."""
    reps = sorted(found.received.reps, key=lambda rep: rep.points.received - rep.points.due)
    if len(reps) > _REPS_SHOWN:
        half = _REPS_SHOWN // 2
        reps = reps[:half] + reps[-half:]
    remark = ""
    if len(found.received.reps) > len(reps):
        remark = show.text("chart-first", shown=len(reps), all=len(found.received.reps))
    after = {rep.rep_id: rep.points_after for rep in found.replay.reps} if found.replay else {}
    chart = charts.bars(
        [_bar(rep, after.get(rep.rep_id), show) for rep in reversed(reps)],
        title=show.text("chart-share"),
        description=show.text("chart-share-desc"),
    )
    marks = [
        ("over", show.text("legend-over")),
        ("under", show.text("legend-under")),
        ("bar", show.text("legend-received")),
        ("target", show.text("legend-due")),
        ("band", show.text("legend-chance")),
    ]
    if found.replay:
        marks.append(("second", show.text("legend-ledger")))
    return charts.legend(marks), chart, remark


def _bar(rep: RepReceived, after: int | None, show: Figures) -> charts.Bar:
    part = rep.points
    tone = "bar"
    if part.is_beyond_chance:
        tone = "over" if part.received > part.due else "under"
    difference = part.received - part.due
    return charts.Bar(
        label=rep.rep_id,
        value=part.received / POINT,
        text=show.signed(difference / POINT),
        target=part.due / POINT,
        low=part.low / POINT,
        high=part.high / POINT,
        second=None if after is None else after / POINT,
        tone=tone,
        note=f"{rep.rep_id}: {show.points(part.received)} / {show.points(part.due)}",
    )


def _finding(finding: Finding, show: Figures) -> ShownFinding:
    figures = {name: show.figure(figure) for name, figure in finding.figures.items()}
    if isinstance(chance := finding.figures.get("chance"), Percent):
        figures["chance-value"] = show.percent(chance.estimate.value)
        figures["chance-high"] = show.percent(chance.estimate.high)
    for name in ("grade", "source"):
        if isinstance(value := finding.figures.get(name), str):
            figures[name] = show.grade(value) if name == "grade" else show.source(value)
    name = f"finding-{finding.code}"
    action = "" if finding.is_within_chance else show.text(f"{name}-action", **figures)
    return ShownFinding(
        title=show.text(name, **figures),
        figure=show.text(f"{name}-figure", **figures),
        action=action,
    )


def _displaced(found: Checkup, show: Figures) -> Card | None:
    if found.spread is None:
        return None
    figure = found.spread.displaced
    return Card(
        label=show.text("card-displaced"),
        value=show.percent(figure.observed.value),
        interval=show.text(
            "from-to",
            low=show.percent(figure.observed.low),
            high=show.percent(figure.observed.high),
        ),
        note=show.text(
            "card-displaced-note",
            chance=show.percent(figure.chance.value),
            high=show.percent(figure.chance.high),
        ),
    )


def _furthest(found: Checkup, show: Figures) -> Card | None:
    pair = furthest(found.received)
    if pair is None:
        return None
    most, least = pair
    return Card(
        label=show.text("card-furthest"),
        value=f"{most.points.ratio:.2f} / {least.points.ratio:.2f}",
        interval=show.text(
            "by-lot",
            low=f"{min(rep.points.low / rep.points.due for rep in pair):.2f}",
            high=f"{max(rep.points.high / rep.points.due for rep in pair):.2f}",
        ),
        note=show.text("card-furthest-note", most=most.rep_id, least=least.rep_id),
    )


def _top(found: Checkup, show: Figures) -> Card | None:
    grade = found.received.top_grade
    if not grade or found.replay is None:
        if found.spread is None or found.replay is None:
            return None
        return Card(
            label=show.text("card-gini"),
            value=f"{found.spread.gini.observed.value:.2f}",
            interval=show.text(
                "from-to",
                low=f"{found.spread.gini.observed.low:.2f}",
                high=f"{found.spread.gini.observed.high:.2f}",
            ),
            note=show.text(
                "card-gini-note",
                chance=f"{found.spread.gini.chance.value:.2f}",
                after=f"{found.replay.gini_after:.3f}",
            ),
        )
    parts = [rep.by_grade[grade] for rep in found.received.reps]
    before = [rep.top_before for rep in found.replay.reps]
    after = [rep.top_after for rep in found.replay.reps]
    return Card(
        label=show.text("card-top", grade=grade),
        value=_ends(before),
        interval=show.text(
            "by-lot",
            low=f"{min(part.low for part in parts):.0f}",
            high=f"{max(part.high for part in parts):.0f}",
        ),
        note=show.text("card-top-note", after=_ends(after)),
    )


def _ends(counts: Sequence[int]) -> str:
    low, high = min(counts), max(counts)
    return f"{low:,}" if low == high else f"{low:,} – {high:,}"


def _response(found: Checkup, show: Figures) -> Card:
    label = show.text("card-response")
    if found.response is None:
        return _missing(label, show)
    curve = found.response.team.curve
    median = Duration(*curve.quantile(0.5))
    interval = ""
    if median.seconds is not None and median.high is None:
        interval = show.text("at-least", value=show.duration(median.low))
    elif median.seconds is not None:
        interval = show.text(
            "from-to", low=show.duration(median.low), high=show.duration(median.high)
        )
    return Card(
        label=label,
        value=show.duration(median.seconds),
        interval=interval,
        note=show.text("card-response-note", share=show.share(curve.still_waiting(DAY))),
    )


def _lying(found: Checkup, show: Figures) -> Card:
    for name, stale in (("card-untouched", found.untouched), ("card-undecided", found.undecided)):
        if stale is not None and (stale.team.share.count or name == "card-undecided"):
            return _lying_card(name, stale, show)
    if found.untouched is not None:
        return _lying_card("card-untouched", found.untouched, show)
    return _missing(show.text("card-untouched", days=found.settings.stale_days), show)


def _lying_card(name: str, stale: Stale, show: Figures) -> Card:
    share = stale.team.share
    return Card(
        label=show.text(name, days=stale.days),
        value=f"{share.count:,}",
        note=show.text(
            "card-lying-note",
            days=stale.days,
            total=share.total,
            share=show.share(share.estimate),
        ),
    )


def _repeated(found: Checkup, show: Figures) -> Card:
    name, repeats = "card-people", found.people
    if repeats is None and found.companies is not None:
        name, repeats = "card-companies", found.companies
    if repeats is None:
        return _missing(show.text("card-people"), show)
    return Card(
        label=show.text(name),
        value=f"{repeats.split.count:,}",
        interval=show.share(repeats.split.estimate) if repeats.split.total else "",
        note=show.text(f"{name}-note", days=repeats.days, total=repeats.split.total),
    )


def _conversion(found: Checkup, show: Figures) -> Card:
    label = show.text("card-conversion", days=found.horizon_days)
    if found.conversion is None:
        return _missing(label, show)
    estimate = found.conversion.won.estimate
    apart = sum(not rep.is_normal_variation for rep in found.conversion.reps)
    return Card(
        label=label,
        value=show.percent(estimate.value),
        interval=show.text(
            "from-to", low=show.percent(estimate.low), high=show.percent(estimate.high)
        ),
        note=show.text("card-conversion-note", reps=len(found.conversion.reps), apart=apart),
    )


def _missing(label: str, show: Figures) -> Card:
    return Card(
        label=label, value=show.text("dash"), note=show.text("not-in-file"), is_missing=True
    )
