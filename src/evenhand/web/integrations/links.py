"""Who is who in a chat system: a list to fill by hand, and a look-up by phone number."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from evenhand.notify.lanes import CHATS
from evenhand.notify.operations.links import link_by_hand, link_by_mobile
from evenhand.notify.overview import people_and_links
from evenhand.people.scope import Right
from evenhand.platform.refusal import NotFound, Refused
from evenhand.web.account.login import get_or_post
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.wording.reasons import say


@get_or_post
@signed_in(Right.EDIT_COMPANY)
def links(request: HttpRequest, channel_key: str) -> HttpResponse:
    """Everybody with his account there; or one account typed by hand."""
    if channel_key not in CHATS:
        raise NotFound("channel", 0)
    actor, words = actor_in(request), words_of(request)
    search = request.GET.get("q", "")[:80]
    wrong_id, typed, error = None, "", ""
    if request.method == "POST":
        wrong_id, typed = number_of(request.POST.get("user")), request.POST.get("address", "")
        try:
            link_by_hand(wrong_id or 0, channel_key, typed, actor=actor)
        except Refused as refusal:
            error = say(words, refusal.why)
        else:
            messages.success(request, words.text("web-members-saved"))
            return redirect(f"/integrations/links/{channel_key}?{urlencode({'q': search})}")
    context = {
        "key": channel_key,
        "people": people_and_links(actor, channel_key, search=search),
        "search": search,
        "wrong_id": wrong_id,
        "typed": typed,
        "error": error,
    }
    status = 422 if error else 200
    return render(request, "web/integrations/links.html", context, status=status)


@require_POST
@signed_in(Right.EDIT_COMPANY)
def look_up(request: HttpRequest, channel_key: str) -> HttpResponse:
    """Find everybody by his phone number."""
    if channel_key not in CHATS:
        raise NotFound("channel", 0)
    words = words_of(request)
    try:
        count, missing = link_by_mobile(channel_key, actor=actor_in(request))
    except Refused as refusal:
        messages.error(request, say(words, refusal.why))
        return redirect(f"/integrations/links/{channel_key}")
    messages.success(request, words.text("web-integrations-looked-up", count=count))
    for user, why in missing[:5]:
        reason = words.text(f"web-channel-why-{why.replace('_', '-')}")
        messages.warning(
            request, words.text("web-integrations-not-found", name=user.name, why=reason)
        )
    return redirect(f"/integrations/links/{channel_key}")
