"""负荷: who carries too much, who has room, who said so, and how it went in the last weeks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.engine.workload.bands import Band
from evenhand.leads.queries.options import options_for
from evenhand.people.scope import Right, may
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.fairness.taking_out import in_points
from evenhand.web.paging import cut
from evenhand.web.work.told import (
    BAND_KEYS,
    TONES,
    band_key,
    signs_told,
    simple_told,
    taken_told,
    whole,
)
from evenhand.wording.catalogue import Words
from evenhand.work.queries import Load, LoadFilter, team_loads, whole_percent

_TREND = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A rep as a row of the page."""

    load: Load
    band: str  # the key of its words
    tone: str
    signs: Sequence[str]
    trend: Sequence[int | None]  # percents of the latest weeks, oldest first
    simple: str  # work below his level, if it is much
    taken: Sequence[str]  # time taken against what was expected


@require_safe
@signed_in(Right.SEE_PEOPLE)
def show(request: HttpRequest) -> HttpResponse:
    """Everybody within reach."""
    actor, words = actor_in(request), words_of(request)
    wanted = _asked(request.GET)
    now = timezone.now()
    everybody = team_loads(actor, LoadFilter(team=wanted.team), now)
    found = [one for one in everybody if one.matches(wanted)]
    page = cut(found, request.GET, size=50)
    page = replace(page, rows=[row_of(one, words) for one in page.rows])
    bands = Counter(one.band for one in everybody)
    context = {
        "page": page,
        "people": len(everybody),
        "over": bands[Band.OVERLOADED],
        "idle": bands[Band.IDLE],
        "can_take": sum(one.can_take for one in everybody),
        "waiting": sum(one.waits for one in everybody),
        "wanted": wanted,
        "teams": options_for(actor, "").teams,
        "bands": [(one.value, words.text(f"web-work-band-{BAND_KEYS[one]}")) for one in Band],
        "may_export": may(actor, Right.EXPORT),
        "may_learn": may(actor, Right.SEE_POLICY),
    }
    return render(request, "web/work/team.html", context)


@require_POST
@signed_in(Right.EXPORT)
def take_out(request: HttpRequest) -> HttpResponse:
    """The rows of the page, all of them, as a file."""
    words = words_of(request)
    wanted = _asked(QueryDict(request.POST.get("query", "")))
    found = team_loads(actor_in(request), wanted, timezone.now())
    return figures_as_file(
        request,
        "workload.exported",
        _columns(words),
        [_cells(one, words) for one in found],
        name="workload",
        sheet=words.text("web-nav-workload"),
        object_kind="organization",
        object_id=1,
    )


def row_of(one: Load, words: Words) -> Row:
    """A rep with his evidence in words."""
    trend = [whole_percent(week.utilization) for week in one.weeks]
    signs = signs_told(one, words)
    simple, taken = simple_told(one, words), taken_told(one.taken, words)
    band = band_key(one)
    return Row(one, band, TONES[band], signs, trend[-_TREND:], simple, taken)


def _asked(query: Mapping[str, str]) -> LoadFilter:
    band = query.get("band", "")
    return LoadFilter(
        team=number_of(query.get("team")),
        band=band if band in {one.value for one in Band} else "",
        can_take=query.get("can_take") == "1",
        is_waiting=query.get("waiting") == "1",
    )


def _columns(words: Words) -> list[SheetColumn]:
    kinds = {
        "person": NumberFormat.TEXT,
        "team": NumberFormat.TEXT,
        "level": NumberFormat.TEXT,
        "band": NumberFormat.TEXT,
        "utilization": NumberFormat.INTEGER,
        "points": NumberFormat.DECIMAL,
        "cap-points": NumberFormat.DECIMAL,
        "items": NumberFormat.INTEGER,
        "cap-items": NumberFormat.INTEGER,
        "room": NumberFormat.INTEGER,
        "below": NumberFormat.INTEGER,
        "finished": NumberFormat.INTEGER,
        "handling": NumberFormat.INTEGER,
        "cycle": NumberFormat.INTEGER,
        "word": NumberFormat.TEXT,
        "answer": NumberFormat.TEXT,
    }
    return [SheetColumn(words.text(f"web-work-out-{key}"), kind) for key, kind in kinds.items()]


def _cells(one: Load, words: Words) -> list[Out]:
    said, taken, against = one.word, one.taken, one.against
    return [
        one.name,
        one.team,
        one.level,
        words.text(f"web-work-band-{BAND_KEYS[one.band]}"),
        one.utilization,
        in_points(one.carried.points),
        in_points(one.cap_points),
        one.carried.items,
        one.cap_items,
        one.room,
        whole(one.below.percent) if one.below.minutes else None,
        against[-1].count if against else 0,
        None if taken is None else whole(taken.handling_percent),
        None if taken is None else whole(taken.cycle_percent),
        "" if said is None else words.text(f"web-work-word-{said.word}"),
        "" if said is None or not said.answer else words.text(f"web-work-answer-{said.answer}"),
    ]
