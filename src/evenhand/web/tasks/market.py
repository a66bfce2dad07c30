"""任务大厅: what is on offer, what somebody has left, and claiming it (申领)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from evenhand.people.actor import Actor
from evenhand.people.operations.pace import CLAIMS, keep_pace
from evenhand.people.scope import Right, may
from evenhand.platform.clock import now
from evenhand.tasks.market import Market, market, why_not_each
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.giving import claim
from evenhand.tasks.refusals import CannotDo
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, numbers_of, words_of
from evenhand.web.leads.asking import back
from evenhand.web.paging import asked_rows
from evenhand.web.tasks.shown import rows_of
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of claiming, and what is used of it; micro-points where it is of points."""

    key: str
    used: int
    limit: int

    @property
    def left(self) -> int:
        """What is left of it."""
        return max(0, self.limit - self.used)

    @property
    def is_points(self) -> bool:
        """Whether it counts workload points."""
        return self.key == "points"


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_market(request: HttpRequest) -> HttpResponse:
    """The market of a line; of the first that is open to whoever looks, if he says none."""
    actor, words = actor_in(request), words_of(request)
    found = market(actor)
    asked = number_of(request.GET.get("line"))
    here = next((one for one in found if one.line_id == asked), found[0] if found else None)
    context: dict[str, Any] = {
        "markets": found,
        "here": here,
        "may_export": may(actor, Right.EXPORT),
    }
    if here is not None:
        page = asked_rows(here.tasks, request.GET, size=50)
        context |= {
            "page": page,
            "rows": rows_of(actor, page.rows, now(), within=(TaskState.OFFERED,)),
            "why_nots": _why_nots(here, page.rows, actor, words),
            "limits": _limits(here),
            "why_not": "" if here.why_not is None else say(words, here.why_not),
            # Whoever only looks has no button; who claims is told beside each what is missing.
            "claims": here.why_not is None or here.why_not.code != "task.no_member",
        }
    part = "market_list" if request.GET.get("part") == "list" and here else "market"
    return render(request, f"web/tasks/{part}.html", context)


def _why_nots(here: Market, tasks: Sequence[Task], actor: Actor, words: Words) -> Mapping[int, str]:
    """What is missing for each that he cannot claim; "" where the page says it above them all."""
    is_said = here.why_not is not None
    found = why_not_each(here, tasks, actor=actor)
    return {pk: "" if is_said else say(words, why) for pk, why in found.items()}


def _limits(here: Market) -> Sequence[Limit]:
    pairs = (
        ("day", here.claimed_today, here.terms.per_day),
        ("held", here.held, here.terms.holding),
        ("points", here.held_points, here.terms.holding_points),
    )
    return [Limit(key, used, limit) for key, used, limit in pairs if limit is not None]


@require_POST
@signed_in(Right.CLAIM)
def claim_tasks(request: HttpRequest) -> HttpResponse:
    """Claim what was sent, each judged by itself; what was not to be had is told by reason."""
    words, wanted = words_of(request), numbers_of(request.POST.getlist("id"))
    if not wanted:
        messages.warning(request, words.text("web-pool-none-ticked"))
        return back(request, "/market")
    keep_pace(CLAIMS, actor_in(request))
    try:
        answers = claim(wanted, actor=actor_in(request))
    except CannotDo as refused:
        messages.error(request, say(words, refused.why))
        return back(request, "/market")
    won = sum(1 for one in answers if one.refused is None)
    if won:
        messages.success(request, words.text("web-tasks-claimed", count=won))
    _tell_refused(request, [say(words, one.refused) for one in answers if one.refused], words)
    return back(request, "/market")


def _tell_refused(request: HttpRequest, reasons: Sequence[str], words: Words) -> None:
    for why in dict.fromkeys(reasons):
        count = reasons.count(why)
        messages.warning(request, words.text("web-pool-refused-several", count=count, why=why))
