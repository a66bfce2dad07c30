"""工作量积分 as measured: what handling minutes say of the table, and taking it into a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.engine.policy.problem import InvalidPolicy
from evenhand.engine.workload.points import Learnt, minutes_of
from evenhand.people.scope import Right, may
from evenhand.platform.refusal import NotFound, Refused
from evenhand.policies.queries import lines
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.work.told import place_name
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say
from evenhand.work.learning import Family, learnt
from evenhand.work.operations.points import draft_points, place_of
from evenhand.work.sections import sections_now


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of work: minutes in the table and as measured."""

    place: str
    words: str
    learnt: Learnt
    before: int
    after: int
    low: int
    high: int


@require_safe
@signed_in(Right.SEE_POLICY)
def show(request: HttpRequest) -> HttpResponse:
    """What was learnt for a line, part by part."""
    actor, words = actor_in(request), words_of(request)
    known = lines()
    wanted = number_of(request.GET.get("line"))
    line = next((one for one in known if one.pk == wanted), known[0] if known else None)
    if line is None:
        raise NotFound("line", 0)
    families = learnt(actor, line.pk, sections_now().of(line.pk), timezone.now())
    context = {
        "line": line,
        "lines": [(one.pk, one.name) for one in known],
        "families": [(family, _rows(family, words)) for family in families],
        "count": sum(len(family.proposals) for family in families),
        "may_edit": may(actor, Right.EDIT_POLICY),
    }
    return render(request, "web/work/points.html", context)


@require_POST
@signed_in(Right.EDIT_POLICY)
def approve(request: HttpRequest) -> HttpResponse:
    """Put the ticked changes into the draft of the line's rules."""
    words = words_of(request)
    line_id = number_of(request.POST.get("line")) or 0
    try:
        draft_points(line_id, request.POST.getlist("place"), actor=actor_in(request))
    except Refused as refusal:
        messages.error(request, say(words, refusal.why))
        return redirect(f"/workload/points?line={line_id}")
    except InvalidPolicy:
        messages.error(request, words.text("web-work-draft-unreadable"))
        return redirect(f"/workload/points?line={line_id}")
    messages.success(request, words.text("web-work-done-draft"))
    return redirect(f"/policies/{line_id}/edit")


def _rows(family: Family, words: Words) -> Sequence[Row]:
    return [
        Row(
            place=place_of(one),
            words=place_name(place_of(one), words),
            learnt=one,
            before=minutes_of(one.table),
            after=minutes_of(one.points),
            low=minutes_of(one.low),
            high=minutes_of(one.high),
        )
        for one in family.kinds
    ]
