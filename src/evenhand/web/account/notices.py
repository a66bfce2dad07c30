"""通知方式: what one is told outside the inbox, by which channel, and when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.notify.choices import chosen_by
from evenhand.notify.lanes import CHATS
from evenhand.notify.operations.choices import choose, forget_choice
from evenhand.notify.operations.links import unlink
from evenhand.notify.queries import links_of
from evenhand.platform.refusal import Refused
from evenhand.web.account.login import get_or_post
from evenhand.web.account.notice_form import NoticeForm, open_channels, start_of
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of


@get_or_post
@signed_in()
def notices(request: HttpRequest) -> HttpResponse:
    """Look at one's choice, or keep a new one."""
    actor, words = actor_in(request), words_of(request)
    user_id = actor.user_id or 0
    own, default = chosen_by([user_id])
    channels = open_channels()
    chosen = own.get(user_id, default)
    data = request.POST if request.method == "POST" else None
    form = NoticeForm(words, data, channels=channels, initial=start_of(chosen, channels))
    if form.is_valid():
        try:
            choose(form.given(), actor=actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, words.text("web-told-saved"))
            return redirect("/account/notices")
    linked = links_of(user_id)
    context = {
        "form": form,
        "channels": channels,
        "is_own": user_id in own,
        "links": [(one, linked.get(one, "")) for one in channels if one in CHATS],
    }
    status = 422 if form.is_bound else 200
    return render(request, "web/account/notices.html", context, status=status)


@require_POST
@signed_in()
def as_company(request: HttpRequest) -> HttpResponse:
    """Forget one's own choice."""
    forget_choice(actor=actor_in(request))
    messages.success(request, words_of(request).text("web-told-saved"))
    return redirect("/account/notices")


@require_POST
@signed_in()
def take_off_link(request: HttpRequest) -> HttpResponse:
    """Take one's own link to a chat system away."""
    actor = actor_in(request)
    unlink(actor.user_id or 0, request.POST.get("channel", ""), actor=actor)
    return redirect("/account/notices")
