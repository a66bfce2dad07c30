"""The company's default of what people are told, for whoever has not chosen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenhand.notify.choices import chosen_by
from evenhand.notify.operations.choices import set_defaults
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.web.account.login import get_or_post
from evenhand.web.account.notice_form import NoticeForm, open_channels, start_of
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of


@get_or_post
@signed_in(Right.EDIT_COMPANY)
def notices(request: HttpRequest) -> HttpResponse:
    """Look at the default, or keep a new one."""
    channels, words = open_channels(), words_of(request)
    default = chosen_by([])[1]
    data = request.POST if request.method == "POST" else None
    form = NoticeForm(words, data, channels=channels, initial=start_of(default, channels))
    if form.is_valid():
        try:
            set_defaults(form.given(), actor=actor_in(request))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, words.text("web-members-saved"))
            return redirect("/integrations/notices")
    context = {"form": form, "channels": channels}
    status = 422 if form.is_bound else 200
    return render(request, "web/integrations/notices.html", context, status=status)
