"""公开表单: all forms with what they brought; and what was kept aside of one."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.engine.reasons import reason_from_json
from evenhand.forms.access import form_for, forms_of, held_for
from evenhand.forms.definition import OWN, from_plain, is_open
from evenhand.forms.models import Form, Sent
from evenhand.forms.operations.held import KEPT
from evenhand.forms.queries import COUNTED_DAYS, counts_of
from evenhand.people.clocks import company_day
from evenhand.people.scope import Right
from evenhand.policies.lines import active_lines
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.forms.addresses import address_of_form
from evenhand.web.intake.forms import LABELS
from evenhand.web.paging import asked_rows
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

_TOLD = ("name", "company", "phone", "email", "note")


@require_safe
@signed_in(Right.EDIT_POLICY)
def show_all(request: HttpRequest) -> HttpResponse:
    """Every form, by line, with its state, its address and its counts."""
    rows = list(forms_of(actor_in(request)).order_by("-line__is_default", "line__name", "pk"))
    counts = counts_of([row.pk for row in rows])
    context = {
        "rows": [
            {
                "form": row,
                "state": state_of(row),
                "url": address_of_form(row) if row.is_on else "",
                "counts": counts[row.pk],
            }
            for row in rows
        ],
        "lines": [one.line for one in active_lines() if one.version is not None],
        "days": COUNTED_DAYS,
        "gone": request.GET.get("gone", ""),
    }
    return render(request, "web/forms/all.html", context)


@require_safe
@signed_in(Right.EDIT_POLICY)
def show_held(request: HttpRequest, form_id: int) -> HttpResponse:
    """What looked like spam: who it says it is, what it says, and why it was kept aside."""
    actor, words = actor_in(request), words_of(request)
    page = asked_rows(held_for(actor, form_id), request.GET)
    context = {
        "form": form_for(actor, form_id),
        "page": page,
        "rows": [_told(row, words) for row in page.rows],
        "days": KEPT.days,
    }
    return render(request, "web/forms/held.html", context)


def state_of(row: Form) -> str:
    """draft, on, off, or waiting for its days."""
    if row.live is None:
        return "draft"
    if not row.is_on:
        return "off"
    today = company_day(timezone.now())
    return "on" if is_open(from_plain(row.live.definition), today) else "not-open"


def _told(row: Sent, words: Words) -> dict[str, Any]:
    values: dict[str, Any] = dict(row.values or {})
    own = {k: v for k, v in values.pop("extra", {}).items() if not k.startswith("consent")}
    said = [(words.text(LABELS[k]), values[k]) for k in _TOLD if values.get(k)]
    said += [
        (words.text(LABELS[k]), v) for k, v in values.items() if k in LABELS and k not in _TOLD
    ]
    said += [(name.removeprefix(OWN), value) for name, value in own.items()]
    return {
        "row": row,
        "said": said,
        "why": [say(words, reason_from_json(one)) for one in row.why],
        "until": row.at + timedelta(days=KEPT.days),
    }
