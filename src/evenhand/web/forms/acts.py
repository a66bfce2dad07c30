"""Acts on forms, and on what was kept aside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from evenhand.forms.access import form_for
from evenhand.forms.operations.edit import (
    copy_form,
    delete_form,
    make_form,
    renew_address,
    restore_form,
    turn_form,
)
from evenhand.forms.operations.held import drop, release
from evenhand.people.scope import Right
from evenhand.platform.refusal import NotFound
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of


@require_POST
@signed_in(Right.EDIT_POLICY)
def new(request: HttpRequest) -> HttpResponse:
    """A new draft, opened in the builder."""
    form, actor = request.POST, actor_in(request)
    row = make_form(form.get("line", ""), form.get("name", ""), actor=actor)
    return redirect(f"/intake/forms/{row.pk}")


@require_POST
@signed_in(Right.EDIT_POLICY)
def act(request: HttpRequest, form_id: int) -> HttpResponse:
    """Turn a form on or off, give it another address, copy, delete, restore."""
    actor, words, wanted = actor_in(request), words_of(request), request.POST.get("act", "")
    place = "/intake/forms"
    match wanted:
        case "on" | "off":
            turn_form(form_id, on=wanted == "on", actor=actor)
        case "renew":
            renew_address(form_id, actor=actor)
            place = f"/intake/forms/{form_id}"
        case "copy":
            name = words.text("web-forms-copy-of", name=form_for(actor, form_id).name)
            place = f"/intake/forms/{copy_form(form_id, name, actor=actor).pk}"
        case "delete":
            delete_form(form_id, actor=actor)
            place = f"/intake/forms?gone={form_id}"
        case "restore":
            restore_form(form_id, actor=actor)
        case _:
            raise NotFound("form", form_id)
    messages.success(request, words.text(f"web-forms-done-{wanted}"))
    return redirect(place)


@require_POST
@signed_in(Right.EDIT_POLICY)
def decide(request: HttpRequest, form_id: int, sent_id: int) -> HttpResponse:
    """It was no spam and is dealt, or it goes for good."""
    actor, words = actor_in(request), words_of(request)
    if request.POST.get("act") == "release":
        lead_id = release(form_id, sent_id, actor=actor)
        messages.success(request, words.text("web-forms-released", lead=lead_id))
    else:
        drop(form_id, sent_id, actor=actor)
        messages.success(request, words.text("web-forms-dropped"))
    return redirect(f"/intake/forms/{form_id}/held")
