"""Pages of opportunities: the list with its sums, one opportunity, its stages and its end."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import item_for
from evenhand.leads.models import OpportunityStage
from evenhand.leads.money import as_typed
from evenhand.leads.operations.opportunities import (
    OPEN_STAGES,
    edit_opportunity,
    lose_opportunity,
    set_opportunity_stage,
    win_opportunity,
)
from evenhand.leads.queries.choices import chosen
from evenhand.leads.queries.filters import opportunity_filter
from evenhand.leads.queries.opportunities import SORTS, opportunity_facts, opportunity_page
from evenhand.leads.queries.options import options_for
from evenhand.leads.work import LOSSES
from evenhand.people.scope import Right, may
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.leads.asking import Filter, back, query_of, zone_name
from evenhand.web.leads.columns import OPPORTUNITY_COLUMNS, chosen_columns
from evenhand.web.leads.detail import item_context
from evenhand.web.leads.edit import DEAL, edit_page
from evenhand.web.leads.listing import ends_context, list_context, shared_filters, words_for
from evenhand.web.paging import asked_page


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_opportunities(request: HttpRequest) -> HttpResponse:
    """The opportunities that the filter in the address lets through, and what they add up to."""
    actor, query, words = actor_in(request), query_of(request), words_of(request)
    wanted = opportunity_filter(query, zone=zone_name(request))
    options = options_for(actor, ItemKind.OPPORTUNITY)
    kept = chosen(actor, "opportunities")
    asked = asked_page(query, size=kept.get("size", 20))
    sort = query["sort"] if query.get("sort") in SORTS else "-created"
    page, totals = opportunity_page(actor, wanted, sort=sort, number=asked.number, size=asked.size)
    first, more = shared_filters("opportunities", query, options, words)
    stages = words_for(words, "web-opportunity-stage", OpportunityStage)
    first.insert(2, Filter("stage", words.text("web-leads-filter-stage"), wanted.stage, stages))
    until = words.text("web-leads-filter-closing-until")
    first.append(Filter("closing_until", until, query.get("closing_until", ""), type="date"))
    columns = chosen_columns(OPPORTUNITY_COLUMNS, kept, sees_others=len(options.owners) > 1)
    context: dict[str, Any] = {
        "page_name": "opportunities",
        **list_context(request, "opportunities", words),
        "filters": first,
        "more_filters": more,
        "is_filtered": any(one.value for one in (*first, *more)),
        "more_are_set": any(one.value for one in more),
        "page": page,
        "totals": sorted((totals.by_currency or {}).items()),
        "sort": sort,
        "columns": columns,
        **ends_context(ItemKind.OPPORTUNITY, page.rows, columns, timezone.now()),
        "all_columns": OPPORTUNITY_COLUMNS,
    }
    return render(request, "web/leads/opportunities.html", context)


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_opportunity(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    """An opportunity with its company, contact and time line."""
    actor, words = actor_in(request), words_of(request)
    facts = opportunity_facts(actor, opportunity_id)
    is_open = facts.opportunity.stage in OPEN_STAGES and may(actor, Right.WORK)
    context = {
        **item_context(request, ItemKind.OPPORTUNITY, facts.opportunity, words),
        "opportunity": facts.opportunity,
        "facts": facts,
        "is_workable": is_open,
        "stages": words_for(words, "web-opportunity-stage", OPEN_STAGES),
        "losses": words_for(words, "web-leads-loss", LOSSES),
        "may_edit": is_open,
    }
    return render(request, "web/leads/opportunity.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.WORK)
def edit(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    """Change name, value, expected close."""
    actor = actor_in(request)

    def now() -> dict[str, str]:
        row = item_for(actor, ItemKind.OPPORTUNITY, opportunity_id, Right.WORK)
        return {
            "name": row.name,
            "value": as_typed(row.value, row.currency),
            "currency": row.currency,
            "close_on": row.close_on.isoformat() if row.close_on else "",
            "note": row.note,
        }

    now()
    return edit_page(
        request,
        DEAL,
        place=f"/opportunities/{opportunity_id}",
        title="web-leads-opportunity-edit",
        now=now,
        save=lambda values, seen: edit_opportunity(opportunity_id, values, seen=seen, actor=actor),
    )


@require_POST
@signed_in(Right.WORK)
def stage(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    """Move it to another open stage."""
    set_opportunity_stage(opportunity_id, request.POST.get("stage", ""), actor=actor_in(request))
    return back(request, f"/opportunities/{opportunity_id}", "web-leads-done-stage")


@require_POST
@signed_in(Right.WORK)
def win(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    """Close it as won."""
    win_opportunity(opportunity_id, actor=actor_in(request))
    return back(request, f"/opportunities/{opportunity_id}", "web-leads-done-won")


@require_POST
@signed_in(Right.WORK)
def lose(request: HttpRequest, opportunity_id: int) -> HttpResponse:
    """Close it as lost."""
    lose_opportunity(opportunity_id, why=request.POST.get("why", ""), actor=actor_in(request))
    return back(request, f"/opportunities/{opportunity_id}", "web-leads-done-lost")
