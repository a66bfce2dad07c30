"""可能重复: pairs that look like one, to be merged or told apart."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from evenhand.leads.operations.likenesses import judge_different
from evenhand.leads.queries.likenesses import MOST, Alike, likenesses
from evenhand.people.scope import Right
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.leads.asking import back


@require_safe
@signed_in(Right.MERGE)
def show(request: HttpRequest) -> HttpResponse:
    """What may be the same within one's reach, the likest first."""
    pairs = [_line(one) for one in likenesses(actor_in(request))]
    return render(request, "web/leads/alike.html", {"pairs": pairs, "most": MOST})


@require_POST
@signed_in(Right.MERGE)
def different(request: HttpRequest, likeness_id: int) -> HttpResponse:
    """They are not the same: not shown again."""
    judge_different(likeness_id, actor=actor_in(request))
    return back(request, "/duplicates", "web-alike-told-apart")


def _line(alike: Alike) -> dict[str, Any]:
    pair, is_contact = alike.pair, alike.pair.item_kind == "contact"
    places = [
        f"/accounts/{one.company_id}" if is_contact else f"/accounts/{one.pk}"
        for one in (alike.one, alike.other)
    ]
    merging = f"{places[0]}/contacts/{alike.one.pk}" if is_contact else places[0]
    return {
        "id": pair.pk,
        "percent": pair.percent,
        "kind": pair.item_kind,
        "one": alike.one,
        "other": alike.other,
        "places": places,
        "merge": f"{merging}/merge?with={alike.other.pk}",
    }
