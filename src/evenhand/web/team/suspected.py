"""疑似无效跟进: what stands out in what people logged, for those who lead them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.engine.pool.touches import Sign
from evenhand.leads.queries.options import options_for
from evenhand.leads.queries.suspected import sign_limits, suspected
from evenhand.leads.queries.titles import item_titles
from evenhand.people.actor import Actor
from evenhand.people.names import user_names
from evenhand.people.scope import Right, may
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.paging import cut
from evenhand.wording.catalogue import Words

SPANS = (7, 30, 90)
_ITEMS_SHOWN = 30
_PATHS = {"lead": "/leads", "account": "/accounts", "opportunity": "/opportunities"}


@dataclass(frozen=True, slots=True)
class SignLine:
    """A sign as a line of the page."""

    sign: Sign
    name: str
    count: int
    items: Sequence[tuple[str, str]]  # page and title, of those that the reader may see
    more: int


@require_POST
@signed_in(Right.EXPORT)
def take_out(request: HttpRequest) -> HttpResponse:
    """The signs that the page shows, all of them, as a file: people and counts, no customer."""
    words = words_of(request)
    found = _found(request, QueryDict(request.POST.get("query", "")))[0]
    names = user_names({sign.user_id for sign in found})
    heads = ("person", "sign", "items", "from", "until")
    return figures_as_file(
        request,
        "suspected.exported",
        [
            SheetColumn(words.text(f"web-suspected-{head}"), _LOOKS.get(head, _TEXT))
            for head in heads
        ],
        [_cells(sign, names[sign.user_id], words, zone_for(request)) for sign in found],
        name="suspected",
        sheet=words.text("web-suspected-title"),
        object_kind="team_figures",
    )


_TEXT = NumberFormat.TEXT
_LOOKS = {
    "items": NumberFormat.INTEGER,
    "from": NumberFormat.DATETIME,
    "until": NumberFormat.DATETIME,
}


def _cells(sign: Sign, name: str, words: Words, zone: ZoneInfo) -> list[Out]:
    minutes = sign.limits.deadline_minutes
    said = f"web-suspected-{sign.kind}"
    more = {"minutes": minutes} if sign.kind == "deadline" else {}
    count = len(sign.items)
    times = [at.astimezone(zone) for at in (sign.from_at, sign.until_at)]
    return [name, words.text(said, count=count, **more), count, *times]


def _found(request: HttpRequest, query: Mapping[str, str]) -> tuple[list[Sign], int, int | None]:
    """The signs of the asked days and team, with both as they were understood."""
    days = number_of(query.get("days"))
    days = days if days in SPANS else SPANS[0]
    team = number_of(query.get("team"))
    since = timezone.now() - timedelta(days=days)
    return suspected(actor_in(request), since=since, team=team), days, team


@require_safe
@signed_in(Right.SEE_PEOPLE)
def show_suspected(request: HttpRequest) -> HttpResponse:
    """Bursts, copies and touches at the deadline, with the items they were on."""
    actor = actor_in(request)
    found, days, team = _found(request, request.GET)
    page = cut(found, request.GET, size=20)
    context = {
        "lines": _lines(actor, page.rows),
        "may_export": may(actor, Right.EXPORT) and bool(found),
        "page": page,
        "days": days,
        "spans": SPANS,
        "team": "" if team is None else str(team),
        "teams": options_for(actor).teams,
        "lines_limits": sign_limits(),
    }
    return render(request, "web/team/suspected.html", context)


def _lines(actor: Actor, found: Sequence[Sign]) -> list[SignLine]:
    names = user_names({sign.user_id for sign in found})
    titles = _titles(actor, found)
    lines = []
    for sign in found:
        seen = [one for one in sign.items if one in titles]
        shown = [
            (f"{_PATHS[kind]}/{item_id}", titles[kind, item_id] or str(item_id))
            for kind, item_id in seen[:_ITEMS_SHOWN]
        ]
        count = len(sign.items)
        lines.append(SignLine(sign, names[sign.user_id], count, shown, count - len(shown)))
    return lines


def _titles(actor: Actor, found: Sequence[Sign]) -> Mapping[tuple[str, int], str]:
    by_kind: dict[str, set[int]] = {}
    for sign in found:
        for kind, item_id in sign.items:
            by_kind.setdefault(kind, set()).add(item_id)
    return {
        (kind, item_id): title
        for kind, ids in by_kind.items()
        for item_id, title in item_titles(actor, kind, ids).items()
    }
