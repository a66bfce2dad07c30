"""The inbox of notices: the bell, the list, and the way from a notice to what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evenhand.notify.models import Notice
from evenhand.notify.operations import mark_read
from evenhand.notify.queries import latest, notice_of
from evenhand.notify.wording import NOTICE_ICONS, notice_words
from evenhand.people.actor import Actor
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.navigation import leads_somewhere
from evenhand.web.today.names import names_of, titles_of
from evenhand.wording.catalogue import Words

_SHOWN = 30
_PLACES = {
    "lead": "/leads/{}",
    "account": "/accounts/{}",
    "opportunity": "/opportunities/{}",
    "receipt": "/receipts/{}",
    "task": "/tasks/{}",
    "person": "/members/{}",
    "login": "/account/security?notice={}",
    "line": "/unassigned",
    "book": "/fairness/{}",
    "fairness_report": "/fairness/reports/{}",
    "policy": "/policies/{}",
    "appeal": "/appeals/{}",
    "import": "/imports/{}",
    "leave": "/handover/leaves/{}",
    "departure": "/handover/departures/{}",
    "rebalance": "/rebalances/{}",
    "list": "/leads?import={}",
    "accounts": "/accounts",
    "deals": "/opportunities",
    "export": "/exports?id={}",
    "graduation": "/growth?proposal={}",
    "load": "/workload/people/{}",
    "workload": "/workload",
    "connector": "/integrations/connectors/{}?outcome=to_mend",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as a line of the list."""

    id: int
    text: str
    icon: str
    at: datetime
    is_unread: bool


@require_safe
@signed_in()
def show_notices(request: HttpRequest) -> HttpResponse:
    """One's own notices, the newest first."""
    actor = actor_in(request)
    before = number_of(request.GET.get("before"))
    found = latest(actor.user_id or 0, most=_SHOWN + 1, before_id=before)
    context = {
        "notices": told(actor, found[:_SHOWN], words_of(request)),
        "older": found[_SHOWN - 1].pk if len(found) > _SHOWN else None,
    }
    return render(request, "web/today/notices.html", context)


@require_safe
@signed_in()
def bell(request: HttpRequest) -> HttpResponse:
    """The bell alone, when the live stream says that something came."""
    return render(request, "web/parts/bell.html")


@require_POST
@signed_in()
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    mark_read(actor=actor_in(request))
    return redirect("/notices")


@require_safe
@signed_in()
def follow(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Go to what a notice is about; it counts as read from then on."""
    actor = actor_in(request)
    notice = notice_of(actor.user_id or 0, notice_id)
    if notice is None:
        return redirect("/notices")
    mark_read([notice.pk], actor=actor)
    place = _PLACES.get(notice.object_kind, "").format(notice.object_id)
    is_page = bool(notice.object_id) and leads_somewhere(place.partition("?")[0])
    goal = place if place and is_page else "/notices"
    return HttpResponseRedirect(goal)


def told(actor: Actor, notices: Sequence[Notice], words: Words) -> list[Told]:
    """Notices in words; what each is about is named if the reader may still see it."""
    titles = titles_of(actor, {(one.object_kind, one.object_id) for one in notices})
    names = names_of({one.params.get("by") for one in notices})
    return [
        Told(
            one.pk,
            notice_words(words, one, titles.get((one.object_kind, one.object_id), ""), names),
            NOTICE_ICONS.get(one.kind, "bell"),
            one.at,
            one.read_at is None,
        )
        for one in notices
    ]
