"""Saved views, columns and page size of a list."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from evenhand.leads.operations.views import choose_list, delete_view, save_view
from evenhand.people.scope import Right
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of
from evenhand.web.leads.asking import back


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
