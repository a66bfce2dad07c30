"""What the check-up found, ordered by size: a code, typed figures, and whether chance explains it.

The words are the interface's business (`checkup.ftl`); they suggest and never accuse, since a
file shows a pattern and not its reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from evenhand.engine.checkup.contacts import Repeats
from evenhand.engine.checkup.conversion import Conversion
from evenhand.engine.checkup.estimates import Estimate
from evenhand.engine.checkup.picking import PickIndex
from evenhand.engine.checkup.received import OTHER_SOURCES, Portion, Received, RepReceived
from evenhand.engine.checkup.response import DAY, Response
from evenhand.engine.checkup.spread import Spread, displaced
from evenhand.engine.checkup.stale import Stale
from evenhand.engine.checkup.transfers import Transfers


@dataclass(frozen=True, slots=True)
class Percent:
    """A share with its interval, to be shown in per cent."""

    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Times:
    """A ratio with its interval, to be shown as 1.23."""

    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Duration:
    """Seconds with their interval; None = not reached within the file."""

    seconds: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Names:
    """Reps concerned, those most concerned first."""

    reps: tuple[str, ...]


Figure = Percent | Times | Duration | Names | int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding. `size` is the part of the leads or points it concerns (0 to 1), times `_WEIGHT`:
    it orders the page and is not itself shown."""

    code: str
    size: float
    figures: Mapping[str, Figure] = field(default_factory=lambda: MappingProxyType({}))
    is_within_chance: bool = False


# How surely a lead concerned is a loss. One company often has several needs; an open lead may
# still be won; a late answer is still an answer.
_WEIGHT = {"companies_split": 0.1, "undecided": 0.5, "response": 0.5}


def findings_of(
    *,
    received: Received,
    spread: Spread | None,
    picks: Sequence[PickIndex],
    still: Stale | None,
    open_long: Stale | None,
    response: Response | None,
    people: Repeats | None,
    companies: Repeats | None,
    transfers: Transfers | None,
    conversion: Conversion | None,
) -> tuple[Finding, ...]:
    """Everything worth saying: first what chance does not explain, largest first; then the rest."""
    found = [
        *_deal(received, spread),
        *_top_grade(received),
        *_sources(received),
        *_picking(picks, received),
        *_lying("untouched", still, received),
        *_lying("undecided", open_long, received),
        *_response(response),
        *_repeats("people_split", people),
        *_repeats("companies_split", companies),
        *_transfers(transfers),
        *_conversion(conversion),
    ]
    return tuple(sorted(found, key=lambda f: (f.is_within_chance, -f.size, f.code)))


def _deal(received: Received, spread: Spread | None) -> Iterable[Finding]:
    if spread is None:
        return
    figure = spread.displaced
    ahead = _apart([(rep.rep_id, rep.points) for rep in received.reps], above=True)
    behind = _apart([(rep.rep_id, rep.points) for rep in received.reps], above=False)
    is_uneven = figure.is_beyond_chance
    yield Finding(
        code="deal_uneven" if is_uneven else "deal_even",
        size=max(0.0, figure.observed.value - figure.chance.value),
        figures={
            "displaced": Percent(figure.observed),
            "chance": Percent(figure.chance),
            "ahead": Names(ahead),
            "behind": Names(behind),
            "ahead_count": len(ahead),
            "behind_count": len(behind),
        },
        is_within_chance=not is_uneven,
    )


def _apart(portions: Iterable[tuple[str, Portion]], *, above: bool) -> tuple[str, ...]:
    """Reps beyond chance on one side, the furthest from the fair share first."""
    flagged = [
        (abs(part.received - part.due), rep)
        for rep, part in portions
        if part.is_beyond_chance and (part.received > part.due) is above
    ]
    return tuple(rep for _, rep in sorted(flagged, key=lambda pair: (-pair[0], pair[1])))


def _top_grade(received: Received) -> Iterable[Finding]:
    grade = received.top_grade
    if not grade or len(received.reps) < 2:
        return
    rows = [(rep.rep_id, rep.by_grade[grade]) for rep in received.reps]
    ahead, behind = _apart(rows, above=True), _apart(rows, above=False)
    most = max(rows, key=lambda row: row[1].received - row[1].due)
    least = min(rows, key=lambda row: row[1].received - row[1].due)
    total = sum(part.received for _, part in rows)
    is_uneven = bool(ahead or behind)
    yield Finding(
        code="top_uneven" if is_uneven else "top_even",
        size=displaced([p.received for _, p in rows], [p.due for _, p in rows])
        * total
        / max(1, received.total_leads),
        figures={
            "grade": grade,
            "total": total,
            "most_name": Names((most[0],)),
            "most": most[1].received,
            "most_due": round(most[1].due),
            "most_low": round(most[1].low),
            "most_high": round(most[1].high),
            "least_name": Names((least[0],)),
            "least": least[1].received,
            "least_due": round(least[1].due),
            "least_low": round(least[1].low),
            "least_high": round(least[1].high),
            "apart": len(ahead) + len(behind),
            "reps": len(rows),
        },
        is_within_chance=not is_uneven,
    )


def _sources(received: Received) -> Iterable[Finding]:
    cells = [
        (abs(part.received - part.due), source, rep.rep_id, part)
        for rep in received.reps
        for source, part in rep.by_source.items()
        if part.is_beyond_chance
    ]
    if not cells:
        if received.sources and len(received.reps) > 1:
            yield Finding(code="sources_even", size=0.0, is_within_chance=True)
        return
    named = [cell for cell in cells if cell[1] not in ("", OTHER_SOURCES)] or cells
    _, source, rep_id, part = max(named, key=lambda cell: (cell[0], cell[1], cell[2]))
    yield Finding(
        code="sources_uneven",
        size=sum(cell[0] for cell in cells) / (2 * max(1, received.total_leads)),
        figures={
            "cells": len(cells),
            "all_cells": sum(len(rep.by_source) for rep in received.reps),
            "source": source,
            "name": Names((rep_id,)),
            "got": part.received,
            "due": round(part.due),
            "low": round(part.low),
            "high": round(part.high),
        },
    )


def _picking(picks: Sequence[PickIndex], received: Received) -> Iterable[Finding]:
    if not picks:
        return
    high = sorted(
        (p for p in picks if p.is_beyond_chance and p.index.value > 0.5),
        key=lambda p: (-p.index.value, p.rep_id),
    )
    if not high:
        yield Finding(code="picking_none", size=0.0, is_within_chance=True)
        return
    leads = sum(p.leads for p in high)
    yield Finding(
        code="picking_possible",
        size=sum(p.leads * (2 * p.index.value - 1) for p in high) / max(1, received.total_leads),
        figures={
            "names": Names(tuple(p.rep_id for p in high)),
            "count": len(high),
            "first": Names((high[0].rep_id,)),
            "index": Times(high[0].index),
            "leads": leads,
        },
    )


def _lying(code: str, stale: Stale | None, received: Received) -> Iterable[Finding]:
    if stale is None:
        return
    if not stale.team.share.count:
        yield Finding(
            code=f"{code}_none",
            size=0.0,
            figures={"days": stale.days, "total": stale.team.share.total},
            is_within_chance=True,
        )
        return
    more = sorted(
        (rep for rep in stale.reps if rep.is_beyond_chance),
        key=lambda rep: (rep.expected - rep.share.count, rep.rep_id),
    )
    yield Finding(
        code=code,
        size=_WEIGHT.get(code, 1.0) * stale.team.points / max(1, received.total_points),
        figures={
            "days": stale.days,
            "count": stale.team.share.count,
            "total": stale.team.share.total,
            "share": Percent(stale.team.share.estimate),
            "names": Names(tuple(rep.rep_id for rep in more)),
            "more": len(more),
        },
    )


def _response(response: Response | None) -> Iterable[Finding]:
    if response is None:
        return
    curve = response.team.curve
    slower = sorted(
        (speed for speed in response.reps if speed.is_beyond_chance and speed.pace < 1),
        key=lambda speed: (speed.pace, speed.name),
    )
    after_day = curve.still_waiting(DAY)
    yield Finding(
        code="response",
        size=_WEIGHT["response"] * after_day.value,
        figures={
            "median": Duration(*curve.quantile(0.5)),
            "after_day": Percent(after_day),
            "leads": curve.subjects,
            "names": Names(tuple(speed.name for speed in slower)),
            "slower": len(slower),
        },
    )


def _repeats(code: str, repeats: Repeats | None) -> Iterable[Finding]:
    if repeats is None:
        return
    figures: dict[str, Figure] = {
        "days": repeats.days,
        "count": repeats.split.count,
        "total": repeats.split.total,
        "leads": repeats.leads.count,
        "share": Percent(repeats.leads.estimate),
    }
    if repeats.split.count:
        # One lead of each is in the right place; the others came to somebody else besides.
        others = repeats.leads.count - repeats.split.count
        size = _WEIGHT.get(code, 1.0) * others / max(1, repeats.leads.total)
        yield Finding(code=code, size=size, figures=figures)
    else:
        yield Finding(code=f"{code}_none", size=0.0, figures=figures, is_within_chance=True)


def _transfers(transfers: Transfers | None) -> Iterable[Finding]:
    if transfers is None:
        return
    yield Finding(
        code="transfers",
        size=transfers.moved.estimate.value,
        figures={
            "count": transfers.moved.count,
            "share": Percent(transfers.moved.estimate),
            "returned": transfers.returned.count,
            "pairs": len(transfers.back_and_forth),
        },
    )


def _conversion(conversion: Conversion | None) -> Iterable[Finding]:
    if conversion is None:
        return
    apart = [rep for rep in conversion.reps if not rep.is_normal_variation]
    above = [rep for rep in apart if rep.ratio.value > 1]
    below = [rep for rep in apart if rep.ratio.value <= 1]
    won = max(1, conversion.won.count)
    yield Finding(
        code="conversion_apart" if apart else "conversion_normal",
        size=sum(abs(rep.won - rep.expected) for rep in apart) / (2 * won),
        figures={
            "share": Percent(conversion.won.estimate),
            "days": conversion.horizon_days,
            "reps": len(conversion.reps),
            "above": Names(tuple(rep.rep_id for rep in above)),
            "below": Names(tuple(rep.rep_id for rep in below)),
            "above_count": len(above),
            "below_count": len(below),
        },
        is_within_chance=not apart,
    )


def furthest(received: Received) -> tuple[RepReceived, RepReceived] | None:
    """The reps with the most and the least per point due; None with fewer than two reps."""
    if len(received.reps) < 2:
        return None
    ordered = sorted(received.reps, key=lambda rep: (rep.points.ratio, rep.rep_id))
    return ordered[-1], ordered[0]
