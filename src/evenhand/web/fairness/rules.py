"""规则使用: how often each rule of a line decided, and which never did."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.fairness.periods import period_of
from evenhand.fairness.rules import rule_uses
from evenhand.people.clocks import company_day
from evenhand.people.scope import Right
from evenhand.policies.queries import lines
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of
from evenhand.web.fairness.asking import Wanted

DAYS = (7, 30, 90, 365)


@require_safe
@signed_in(Right.SEE_DECISIONS, Right.SEE_POLICY)
def show(request: HttpRequest) -> HttpResponse:
    """Rules of a line; those that never decided anything in these days stand first."""
    choices = [(line.pk, line.name) for line in lines()]
    asked_line = number_of(request.GET.get("line"))
    line = asked_line if asked_line is not None else (choices[0][0] if choices else None)
    days = number_of(request.GET.get("days"))
    days = days if days in DAYS else 30
    rows = [] if line is None else rule_uses(actor_in(request), line, days)
    today = company_day(timezone.now())
    wanted = Wanted(period_of("own", today), "30", line, "", None)
    context = {
        "wanted": wanted,
        "since": wanted.period.last.fromordinal(today.toordinal() - days + 1),
        "tab": "rules",
        "line": line,
        "lines": choices,
        "days": days,
        "spans": DAYS,
        "rows": sorted(rows, key=lambda one: (not one.is_idle, one.place)),
        "idle": sum(one.is_idle for one in rows),
        "most": max((one.count for one in rows), default=0),
    }
    return render(request, "web/fairness/rules.html", context)
