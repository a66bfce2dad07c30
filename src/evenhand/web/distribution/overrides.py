"""人工干预: who decided by hand how often; everybody who sees decisions sees this."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from evenhand.people.scope import Right
from evenhand.routing.queries import overrides, overrides_limit
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of

SPANS = (7, 30, 90)


@signed_in(Right.SEE_DECISIONS)
def overrides_page(request: HttpRequest) -> HttpResponse:
    """Counts per person over some days."""
    actor = actor_in(request)
    asked = number_of(request.GET.get("days"))
    days = asked if asked in SPANS else SPANS[1]
    context = {
        "rows": overrides(actor, since=timezone.now() - timedelta(days=days)),
        "days": days,
        "spans": SPANS,
        "limit": overrides_limit(),
    }
    return render(request, "web/distribution/overrides.html", context)
