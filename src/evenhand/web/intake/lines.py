"""Which lines have a public form, for who edits policies: open, renew, close, copy."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evenhand.people.scope import Right
from evenhand.policies.lines import active_lines
from evenhand.policies.operations.public_form import close_form, open_form
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of


@require_safe
@signed_in(Right.EDIT_POLICY)
def show_forms(request: HttpRequest) -> HttpResponse:
    """All lines with the address of their form and the lines to put into a site."""
    rows = [
        {
            "line": one.line,
            "is_live": one.version is not None,
            "url": f"{settings.EVENHAND_URL}/f/{one.line.form_key}" if one.line.form_key else "",
        }
        for one in active_lines()
    ]
    return render(request, "web/intake/forms.html", {"rows": rows})


@require_POST
@signed_in(Right.EDIT_POLICY)
def change_form(request: HttpRequest, line_key: str) -> HttpResponse:
    """Open the form of a line, give it another address, or close it."""
    words = words_of(request)
    if request.POST.get("act") == "close":
        close_form(line_key, actor=actor_in(request))
        messages.success(request, words.text("web-intake-form-closed"))
    else:
        open_form(line_key, actor=actor_in(request))
        messages.success(request, words.text("web-intake-form-opened"))
    return redirect("public-forms")
