"""Saved views, columns and page size of a list, and its export."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_POST

from evenhand.engine.facts import ItemKind
from evenhand.leads.operations.exporting import export
from evenhand.leads.operations.views import choose_list, delete_view, save_view
from evenhand.leads.queries import accounts, leads, opportunities
from evenhand.leads.queries.filters import account_filter, lead_filter, opportunity_filter
from evenhand.people.scope import Right
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.download import download
from evenhand.web.fresh import freshly
from evenhand.web.leads.asking import back
from evenhand.web.leads.columns import out_columns

_KINDS = {
    "leads": ItemKind.LEAD,
    "accounts": ItemKind.ACCOUNT,
    "opportunities": ItemKind.OPPORTUNITY,
}


@require_POST
@signed_in(Right.SEE_ITEMS)
def save(request: HttpRequest, page: str) -> HttpResponse:
    """Keep the filter of a list under a name."""
    save_view(
        page,
        request.POST.get("name", ""),
        request.POST.get("query", ""),
        is_shared=request.POST.get("shared") == "1",
        actor=actor_in(request),
    )
    return back(request, f"/{page}", "web-leads-done-view")


@require_POST
@signed_in(Right.SEE_ITEMS)
def forget(request: HttpRequest, page: str, view_id: int) -> HttpResponse:
    """Forget one of one's own views."""
    delete_view(view_id, actor=actor_in(request))
    return back(request, f"/{page}", "web-leads-done-view-gone")


@require_POST
@signed_in(Right.SEE_ITEMS)
def choose(request: HttpRequest, page: str) -> HttpResponse:
    """Keep which columns somebody wants, and how many rows a page."""
    choose_list(
        page,
        columns=request.POST.getlist("column"),
        size=number_of(request.POST.get("size")),
        actor=actor_in(request),
    )
    return back(request, f"/{page}", "web-leads-done-saved")


@require_POST
@signed_in(Right.EXPORT)
@freshly
def take_out(request: HttpRequest, page: str) -> HttpResponse:
    """Exactly what the filter shows, as a file."""
    actor, words, zone = actor_in(request), words_of(request), zone_for(request)
    asked = QueryDict(request.POST.get("query", ""))
    rows, wanted = _rows(request, page, {name: str(asked.get(name, "")) for name in asked})
    format = request.POST.get("format", "csv")
    made = export(
        page,
        rows,
        wanted,
        out_columns(page, words, zone),
        why=request.POST.get("why", ""),
        format=format,
        sheet=words.text(f"item-kind-{_KINDS[page].value}"),
        actor=actor,
    )
    return download(made.content, page, format, zone)


def _rows(request: HttpRequest, page: str, query: Mapping[str, str]) -> tuple[Any, Any]:
    """The rows of a list, in its order, and its filter."""
    actor, zone = actor_in(request), zone_for(request).key
    sort = query.get("sort", "")
    with_owner = ("owner__user", "line")
    if page == "leads":
        of_leads = lead_filter(query, zone=zone)
        rows = leads.leads_within(actor, of_leads, now=timezone.now()).select_related(*with_owner)
        return rows.order_by(*leads.SORTS.get(sort, ("-id",))), of_leads
    if page == "accounts":
        of_accounts = account_filter(query, zone=zone)
        firms = accounts.accounts_within(actor, of_accounts)
        firms = firms.select_related(*with_owner, "parent")
        return firms.order_by(*accounts.SORTS.get(sort, ("-id",))), of_accounts
    of_deals = opportunity_filter(query, zone=zone)
    deals = opportunities.opportunities_within(actor, of_deals)
    deals = deals.select_related(*with_owner, "company")
    return deals.order_by(*opportunities.SORTS.get(sort, ("-id",))), of_deals
