"""The list of leads, and the same as a board by stage."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.engine.facts import ItemKind
from evenhand.leads.models import Stage
from evenhand.leads.queries.choices import chosen, saved_views
from evenhand.leads.queries.deadlines import ENDS
from evenhand.leads.queries.filters import REACHED, STATES, LeadFilter, lead_filter
from evenhand.leads.queries.leads import SORTS, lead_board, lead_page
from evenhand.leads.queries.options import Options, options_for
from evenhand.leads.work import LOSSES
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.people.snapshot import people_now
from evenhand.routing.act_reasons import REASONS
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.leads.asking import Filter, query_of, zone_name
from evenhand.web.leads.clock import countdowns, endings
from evenhand.web.leads.columns import LEAD_COLUMNS, Column, chosen_columns
from evenhand.web.paging import asked_page
from evenhand.wording.catalogue import Words

DUE = ("due", "overdue")
_CHOSEN_STATES = (*(state for state in STATES if state not in ("all", "open")), "all")
_STAGES, _STEPS = tuple(Stage), tuple(REACHED)


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_leads(request: HttpRequest) -> HttpResponse:
    """The leads that the filter in the address lets through."""
    actor, query, words = actor_in(request), query_of(request), words_of(request)
    now = timezone.now()
    wanted = lead_filter(query, zone=zone_name(request))
    options = options_for(actor)
    context = {
        "page_name": "leads",
        **list_context(request, "leads", words),
        **_filters(query, wanted, options, words),
        **_bulk(actor, options, words),
    }
    if query.get("view") == "board":
        board = lead_board(actor, wanted, now=now)
        leads = [lead for column in board for lead in column.rows]
        context |= {"board": board, "left": countdowns(leads, now)}
        context["ends"] = endings(ItemKind.LEAD, leads, now)
        return render(request, "web/leads/board.html", context)
    kept = chosen(actor, "leads")
    asked = asked_page(query, size=kept.get("size", 20))
    sort = query["sort"] if query.get("sort") in SORTS else "-created"
    columns = chosen_columns(LEAD_COLUMNS, kept, sees_others=len(options.owners) > 1)
    page = lead_page(
        actor,
        wanted,
        now=now,
        sort=sort,
        number=asked.number,
        size=asked.size,
        along=[column.along for column in columns if column.along],
    )
    context |= {
        "page": page,
        "sort": sort,
        "left": countdowns(page.rows, now),
        "people": people_now(now),
        **ends_context(ItemKind.LEAD, page.rows, columns, now),
        "columns": columns,
        "all_columns": LEAD_COLUMNS,
    }
    return render(request, "web/leads/leads.html", context)


def ends_context(
    kind: str, rows: Sequence[Any], columns: Sequence[Column], now: datetime
) -> dict[str, Any]:
    """Countdowns to what runs out first, where the list has that column."""
    is_shown = any(column.key == "ends" for column in columns)
    return {"ends": endings(kind, rows, now) if is_shown else {}}


def list_context(request: HttpRequest, name: str, words: Words) -> dict[str, Any]:
    """What every list has: saved views, export, the address without its page."""
    actor = actor_in(request)
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "query": query.urlencode(),
        "views": saved_views(actor, name),
        "may_export": may(actor, Right.EXPORT),
        "may_make_tasks": may(actor, Right.ASSIGN),
        "my_id": actor.user_id,
    }


def words_for(words: Words, prefix: str, values: Any) -> tuple[tuple[str, str], ...]:
    """Choices with their words: value → text of `<prefix>-<value>`."""
    return _words_for(words.locale, prefix, tuple(values))


@lru_cache(maxsize=256)
def _words_for(locale: str, prefix: str, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    words = Words(locale)
    return tuple((str(v), words.text(f"{prefix}-{str(v).replace('_', '-')}")) for v in values)


def shared_filters(
    page: str, query: dict[str, str], options: Options, words: Words
) -> tuple[list[Filter], list[Filter]]:
    """Filters that all lists have: the usual ones, and those behind "more"."""

    def choice(name: str, choices: Any) -> Filter:
        return Filter(name, words.text(f"web-leads-filter-{name}"), query.get(name, ""), choices)

    states = words_for(words, "web-leads-state", _CHOSEN_STATES)
    first = [
        Filter("q", words.text(f"web-leads-filter-q-{page}"), query.get("q", "")),
        Filter(
            "state",
            words.text("web-leads-filter-state"),
            query.get("state", ""),
            states,
            any=words.text("web-leads-state-open"),
        ),
    ]
    if len(options.owners) > 1:
        first.append(choice("owner", options.owners))
    ends = words_for(words, "web-leads-ends", ENDS)
    more = [Filter("ends", words.text("web-leads-filter-ends"), query.get("ends", ""), ends)]
    if len(options.teams) > 1:
        more.append(choice("team", options.teams))
    if len(options.lines) > 1:
        more.append(choice("line", options.lines))
    for name, values in options.values.items():
        if offered := _with_chosen(values, query.get(name, "")):
            more.append(choice(name, [(value, value) for value in offered]))
    for name in ("since", "until"):
        label = words.text(f"web-leads-filter-{name}")
        more.append(Filter(name, label, query.get(name, ""), type="date"))
    return first, more


def _with_chosen(values: list[str], chosen: str) -> list[str]:
    """What is chosen stands among the choices, also where it is too new or too rare for them."""
    return values if not chosen or chosen in values else sorted([*values, chosen])


def _filters(
    query: dict[str, str], wanted: LeadFilter, options: Options, words: Words
) -> dict[str, Any]:
    first, more = shared_filters("leads", query, options, words)
    stages = words_for(words, "web-stage", _STAGES)
    due = words_for(words, "web-leads-due", DUE)
    label = words.text
    first.insert(2, Filter("stage", label("web-leads-filter-stage"), wanted.stage, stages))
    first.append(Filter("due", label("web-leads-filter-due"), wanted.due, due))
    steps = words_for(words, "web-team-step", _STEPS)
    more.append(Filter("reached", label("web-leads-filter-reached"), wanted.reached, steps))
    more.append(Filter("campaign", label("role-campaign"), wanted.campaign))
    if wanted.of_import is not None:
        more.append(Filter("import", label("web-event-of-import"), str(wanted.of_import)))
    return {
        "filters": first,
        "more_filters": more,
        "is_filtered": any(one.value for one in (*first, *more)),
        "more_are_set": any(one.value for one in more),
    }


def _bulk(actor: Actor, options: Options, words: Words) -> dict[str, Any]:
    """What can be done to several rows, and by whom."""
    acts = tuple(
        (act, words_for(words, f"act-reason-{act}", REASONS[act]))
        for act, right in (("assign", Right.ASSIGN), ("transfer", Right.TRANSFER))
        if may(actor, right)
    )
    return {
        "may_work": may(actor, Right.WORK),
        "sees_others": len(options.owners) > 1,
        "bulk_acts": acts,
        "owners": tuple(options.owners),
        "losses": words_for(words, "web-leads-loss", LOSSES),
        "open_stages": words_for(words, "web-stage", (Stage.NEW, Stage.CONTACTED, Stage.QUALIFIED)),
        "item_kind": ItemKind.LEAD.value,
    }
