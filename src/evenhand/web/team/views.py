"""团队: how far leads came, who holds what, how soon the first contact was, who is full."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.exports.operations.figures import take_figures
from evenhand.leads.queries.filters import LeadFilter
from evenhand.leads.queries.options import options_for
from evenhand.leads.queries.paging import Page
from evenhand.leads.queries.results import results_by
from evenhand.people.actor import Actor
from evenhand.people.organization import first_contact_minutes
from evenhand.people.scope import Right, may
from evenhand.platform.days import day_of, midnight, span_of
from evenhand.policies.queries import line_by_id
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.download import download
from evenhand.web.fresh import freshly
from evenhand.web.paging import cut
from evenhand.web.results import ResultRow, result_cells, result_columns
from evenhand.web.team.figures import Member, TeamFigures, holding, in_order, steps_of, team_figures
from evenhand.wording.catalogue import Words

SPANS = (7, 30, 90)
USUAL_DAYS = 30
CAMPAIGNS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `days` = 0: from and until a day that were typed."""

    wanted: LeadFilter
    line_key: str
    days: int
    since: str
    until: str


@require_safe
@signed_in(Right.SEE_PEOPLE)
def team(request: HttpRequest) -> HttpResponse:
    """The team within reach, in a time."""
    actor = actor_in(request)
    asked = _asked(request, request.GET)
    figures = _figures(request, asked)
    sort = request.GET.get("sort", "name")
    page = _page(actor, figures.members, sort, request.GET)
    options = options_for(actor, "")
    campaigns = _campaigns(request, asked)
    context: dict[str, Any] = {
        "figures": figures,
        "campaigns": campaigns[:CAMPAIGNS_SHOWN],
        "more_campaigns": max(0, len(campaigns) - CAMPAIGNS_SHOWN),
        "steps": steps_of(figures.funnel),
        "page": page,
        "asked": asked,
        "spans": SPANS,
        "sort": sort,
        "teams": options.teams,
        "team_ids": {name: pk for pk, name in options.teams},
        "lines": options.lines,
        "drill": _drill(asked),
        "minutes": first_contact_minutes(),
        "may_export": may(actor, Right.EXPORT),
    }
    return render(request, "web/team/team.html", context)


@require_POST
@signed_in(Right.EXPORT)
@freshly
def take_out(request: HttpRequest) -> HttpResponse:
    """The rows that the page shows, all of them, as a file."""
    words = words_of(request)
    query = QueryDict(request.POST.get("query", ""))
    asked = _asked(request, query)
    format = request.POST.get("format", "csv")
    columns: Sequence[SheetColumn]
    if request.POST.get("table") == "campaigns":
        found = _campaigns(request, asked)
        columns = result_columns(words.text("web-results-campaign"), found, words)
        cells = result_cells(found)
    else:
        columns = _columns(words)
        members = holding(actor_in(request), _figures(request, asked).members)
        cells = list(_cells(in_order(members, query.get("sort", "name"))))
    content = take_figures(
        "team_figures.exported",
        columns,
        cells,
        format=format,
        why=request.POST.get("purpose", ""),
        note=request.POST.get("note", ""),
        sheet=words.text("web-nav-team"),
        object_kind="team_figures",
        actor=actor_in(request),
    )
    return download(content, "team", format, zone_for(request))


def _page(actor: Actor, members: Sequence[Member], sort: str, query: Mapping[str, str]) -> Page:
    """The people who are shown. What they hold is asked of them alone, unless it is their order."""
    is_by_holding = sort.removeprefix("-") == "leads"
    rows = in_order(holding(actor, members) if is_by_holding else members, sort)
    page = cut(rows, query, size=50)
    return page if is_by_holding else replace(page, rows=holding(actor, page.rows))


def _campaigns(request: HttpRequest, asked: Asked) -> list[ResultRow]:
    """What came of the leads of each campaign, the largest first."""
    found = results_by(actor_in(request), asked.wanted, "campaign", now=timezone.now())
    return [ResultRow(name, urlencode({"campaign": name}), one) for name, one in found.items()]


def _figures(request: HttpRequest, asked: Asked) -> TeamFigures:
    return team_figures(
        actor_in(request),
        asked.wanted,
        line_key=asked.line_key,
        within=timedelta(minutes=first_contact_minutes()),
        now=timezone.now(),
    )


def _asked(request: HttpRequest, query: Mapping[str, str]) -> Asked:
    zone = zone_for(request).key
    since_text, until_text = query.get("since", "")[:10], query.get("until", "")[:10]
    since, until = span_of({"since": since_text, "until": until_text}, zone)
    days = number_of(query.get("days"))
    if since is None and until is None:
        days = days if days in SPANS else USUAL_DAYS
        today = timezone.now().astimezone(zone_for(request)).date()
        since_text = (today - timedelta(days=days - 1)).isoformat()
        since = midnight(day_of(since_text), zone)
    else:
        days = 0
    line = line_by_id(number_of(query.get("line")) or 0)
    return Asked(
        LeadFilter(
            state="all",
            team=number_of(query.get("team")),
            line=None if line is None else line.pk,
            since=since,
            until=until,
        ),
        "" if line is None else line.key,
        days,
        since_text,
        until_text,
    )


def _drill(asked: Asked) -> str:
    """The part of an address of the list of leads that names the same leads."""
    query = QueryDict(mutable=True)
    query["state"] = "all"
    for name, value in (
        ("team", asked.wanted.team),
        ("line", asked.wanted.line),
        ("since", asked.since),
        ("until", asked.until),
    ):
        if value:
            query[name] = str(value)
    return query.urlencode()


_HEADS: tuple[tuple[str, NumberFormat], ...] = (
    ("person", NumberFormat.TEXT),
    ("team", NumberFormat.TEXT),
    ("given", NumberFormat.INTEGER),
    ("contacted", NumberFormat.INTEGER),
    ("qualified", NumberFormat.INTEGER),
    ("converted", NumberFormat.INTEGER),
    ("won", NumberFormat.INTEGER),
    ("response", NumberFormat.INTEGER),
    ("in-time", NumberFormat.INTEGER),
    ("due", NumberFormat.INTEGER),
    ("overdue", NumberFormat.INTEGER),
    ("leads", NumberFormat.INTEGER),
    ("accounts", NumberFormat.INTEGER),
    ("opportunities", NumberFormat.INTEGER),
    ("load", NumberFormat.INTEGER),
    ("cap", NumberFormat.INTEGER),
)


def _columns(words: Words) -> list[SheetColumn]:
    return [SheetColumn(words.text(f"web-team-out-{key}"), look) for key, look in _HEADS]


def _cells(members: list[Member]) -> Iterator[list[Out]]:
    for one in members:
        counts, held, middle = one.funnel.counts, one.holding, one.response.middle
        yield [
            one.person.name,
            one.person.team,
            counts["owned"],
            counts["contacted"],
            counts["qualified"],
            counts["converted"],
            counts["won"],
            None if middle is None else round(middle.total_seconds() / 60),
            one.response.in_time_percent,
            one.waiting.due,
            one.waiting.overdue,
            held.leads,
            held.accounts,
            held.opportunities,
            one.load.count,
            one.load.most_count,
        ]
