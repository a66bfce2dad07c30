"""我的负荷, and a colleague's for whoever leads him: what it is, why, and what was said of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.engine.workload.bands import Band
from evenhand.people.scope import Right, may
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.work.told import (
    TONES,
    band_key,
    below_words,
    kinds_told,
    rounded,
    signs_told,
    words_to_say,
)
from evenhand.wording.catalogue import Words
from evenhand.work.models import Answer
from evenhand.work.queries import Load, own_load, whole_percent
from evenhand.work.queries import words_of as words_said
from evenhand.work.weeks import this_week


@require_safe
@signed_in(Right.SEE_ITEMS)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own load."""
    return load_page(request, own_load(actor_in(request), None, timezone.now()))


@require_safe
@signed_in(Right.SEE_ITEMS)
def show(request: HttpRequest, user_id: int) -> HttpResponse:
    """The load of a rep within reach."""
    return load_page(request, own_load(actor_in(request), user_id, timezone.now()))


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a capacity: what it is, its figure, where it comes from."""

    words: str
    figure: str
    note: str = ""


def load_page(
    request: HttpRequest, load: Load, wrong: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page of a load; `wrong` says what was wrong with a cap by hand, which stays as typed."""
    actor, words = actor_in(request), words_of(request)
    said = words_said(load.rep_id)
    week = this_week()
    current = next((one for one in said if one.monday == week), None)
    is_own = load.rep_id == actor.user_id
    band = band_key(load)
    context: dict[str, Any] = {
        "load": load,
        "is_own": is_own,
        "band": band,
        "tone": TONES[band],
        "band_words": words.text(f"web-work-{'own' if is_own else 'of'}-{band}"),
        "signs": signs_told(load, words, all_of_them=load.band is not Band.UNKNOWN),
        "below": below_words(load, words) if load.below.minutes else "",
        "kinds": kinds_told(load, words),
        "terms": _terms(load, words),
        "chart": json.dumps(_chart(load, words), ensure_ascii=False),
        "said": said,
        "current": current,
        "words_to_say": words_to_say(words),
        "answers": [(one.value, words.text(f"web-work-answer-{one.value}")) for one in Answer],
        "may_edit": may(actor, Right.EDIT_CAPS) and not is_own,
        "may_cap": may(actor, Right.EDIT_CAPS),
        "place": "/workload/mine" if is_own else f"/workload/people/{load.rep_id}",
        "today": load.explained.first,
        "wrong": wrong or {},
        "typed": request.POST if wrong else {},
    }
    return render(request, "web/work/person.html", context, status=422 if wrong else 200)


def _terms(load: Load, words: Words) -> Sequence[Term]:
    """The capacity from working time to the cap, one term a line."""
    terms = load.explained
    capacity, time = terms.capacity, terms.time

    def line(key: str, figure: str, note: str = "") -> Term:
        return Term(words.text(f"web-work-term-{key}"), figure, note)

    def minutes(count: int) -> str:
        return words.text("web-work-hours", hours=rounded_hours(count))

    return [
        line("working", minutes(time.working)),
        line("leave", f"− {minutes(time.leave)}"),
        line("meetings", f"− {minutes(time.meetings)}"),
        line("selling", words.text("web-work-per-week", hours=rounded_hours(time.per_week))),
        line(
            "usable",
            words.text("web-work-per-week", hours=rounded_hours(int(capacity.usable_minutes))),
            f"{capacity.utilization_percent}%",
        ),
        line(
            "item",
            words.text("web-work-minutes", minutes=rounded(capacity.minutes_per_item)),
            words.text(f"web-work-item-from-{terms.items_from}"),
        ),
        line("intake", words.text("web-work-items-week", items=rounded(capacity.intake_per_week))),
        line(
            "open",
            words.text("web-work-days", days=rounded(capacity.days_open)),
            words.text(f"web-work-days-from-{terms.days_from}"),
        ),
        line("derived", words.text("web-work-items", items=str(capacity.derived_open_items))),
    ]


def rounded_hours(minutes: int) -> str:
    """Minutes as hours with at most one digit."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def _chart(load: Load, words: Words) -> dict[str, Any]:
    """What static/web/charts.js draws: smoothed utilization at the end of each week."""
    weeks = [week for week in load.weeks if week.utilization is not None]
    over = next((sign.limit // 100 for sign in load.signs if sign.kind == "utilization"), 85)
    return {
        "days": [week.monday.isoformat() for week in weeks],
        "lines": [
            {
                "name": words.text("web-work-out-utilization"),
                "values": [whole_percent(week.utilization) for week in weeks],
                "tone": "ahead",
            }
        ],
        "bounds": [
            {
                "name": words.text("web-work-over-line"),
                "value": over,
                "tone": "bound",
                "is_on": True,
                "one_sided": True,
            }
        ],
        "unit": "%",
    }
