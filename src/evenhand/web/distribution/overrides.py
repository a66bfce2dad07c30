"""人工干预: who decided by hand how often; everybody who sees decisions sees this."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.routing.queries import overrides, overrides_limit
from evenhand.web.acting import signed_in

SPANS = (7, 30, 90)


@signed_in(Right.SEE_DECISIONS)
def overrides_page(request: HttpRequest) -> HttpResponse:
    """Counts per person over some days."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdecimal() and int(asked) in SPANS else SPANS[1]
    context = {
        "rows": overrides(actor, since=timezone.now() - timedelta(days=days)),
        "days": days,
        "spans": SPANS,
        "limit": overrides_limit(),
    }
    return render(request, "web/distribution/overrides.html", context)
