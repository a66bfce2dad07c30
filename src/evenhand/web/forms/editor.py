"""The builder: what the form asks on one side, the form itself on the other, kept while typing."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.forms.access import form_for
from evenhand.forms.definition import (
    COLORS,
    LEAD_FIELDS,
    MOST_FIELDS,
    OWN,
    Asked,
    Definition,
    from_plain,
    problems,
)
from evenhand.forms.models import Form
from evenhand.forms.operations.edit import publish_form, save_form
from evenhand.forms.queries import counts_of, own_fields_of
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.context import LOCALE_NAMES
from evenhand.web.forms.addresses import address_of_form, embed_code
from evenhand.web.forms.listing import state_of
from evenhand.web.forms.reading import moved, read
from evenhand.web.intake.public import consent_of, page_texts
from evenhand.web.intake.public_form import PublicForm, label_of
from evenhand.web.middleware import CSP
from evenhand.wording.catalogue import LOCALES, Words
from evenhand.wording.reasons import say


@require_http_methods(["GET", "POST"])
@signed_in(Right.EDIT_POLICY)
def edit(request: HttpRequest, form_id: int) -> HttpResponse:
    """The builder; what is sent is kept, and what its button asks is done."""
    actor, words = actor_in(request), words_of(request)
    row = form_for(actor, form_id)
    locale = _locale(request, row)
    if request.method == "GET":
        return _shown(request, row, from_plain(row.draft), locale)
    typed, act = request.POST, request.POST.get("act", "")
    definition = read(from_plain(row.draft), typed, locale)
    definition = moved(definition, act, own_fields_of(row.line), typed.get("new_field", ""))
    edition = number_of(typed.get("edition")) or 0
    try:
        row = save_form(form_id, typed.get("name", ""), definition, edition=edition, actor=actor)
        if act == "publish":
            publish_form(form_id, actor=actor)
            messages.success(request, words.text("web-forms-published"))
    except Refused as refusal:
        said = say(words, refusal.why)
        row = form_for(actor, form_id)
        return _shown(request, row, definition, locale, error=said, status=422)
    if request.headers.get("HX-Request"):
        return _shown(request, row, definition, locale, part="web/forms/saved.html")
    wanted = act.removeprefix("lang:") if act.startswith("lang:") else locale
    return redirect(f"/intake/forms/{form_id}?in={wanted}")


@require_safe
@signed_in(Right.EDIT_POLICY)
def preview(request: HttpRequest, form_id: int) -> HttpResponse:
    """The draft as a visitor would see it; it cannot be sent."""
    row = form_for(actor_in(request), form_id)
    locale = _locale(request, row)
    request.locale = locale  # type: ignore[attr-defined]
    words, definition = Words(locale), from_plain(row.draft)
    known = own_fields_of(row.line)
    fields = tuple(one for one in definition.fields if one.name in known or one.name in LEAD_FIELDS)
    shown = replace(definition, fields=fields)
    context = {
        **page_texts(shown, words),
        "form": PublicForm(words, shown, known, consent_of(shown, words)),
        "is_preview": True,
        "is_embedded": True,
    }
    response = render(request, "web/intake/public.html", context)
    csp = CSP.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    response.headers["Content-Security-Policy"] = csp
    return response


def _locale(request: HttpRequest, row: Form) -> str:
    """The language that is being edited."""
    wanted = request.POST.get("in") or request.GET.get("in") or words_of(request).locale
    return wanted if wanted in LOCALES else LOCALES[0]


def _shown(
    request: HttpRequest,
    row: Form,
    definition: Definition,
    locale: str,
    *,
    error: str = "",
    status: int = 200,
    part: str = "web/forms/edit.html",
) -> HttpResponse:
    words, in_words = words_of(request), Words(locale)
    own = own_fields_of(row.line)
    asked = {one.name for one in definition.fields}
    free = [name for name in (*LEAD_FIELDS, *own) if name not in asked]
    context: dict[str, Any] = {
        "form": row,
        "state": state_of(row),
        "of": definition,
        "in_locale": locale,
        "in_locales": [(key, name) for key, (name, _) in LOCALE_NAMES.items()],
        "rows": [_row(one, locale, in_words, definition) for one in definition.fields],
        "free": [(name, label_of(Asked(name), words)) for name in free],
        "may_add": len(asked) < MOST_FIELDS,
        "texts": _texts(definition, locale, in_words),
        "colors": [(one, words.text(f"web-forms-color-{one}")) for one in COLORS],
        "problems": [
            (_place(name, definition, words), say(words, why))
            for name, why in problems(definition, own)
        ],
        "is_changed": row.live is None or row.live.definition != row.draft,
        "url": address_of_form(row),
        "embed": embed_code(row, words),
        "counts": counts_of([row.pk])[row.pk],
        "error": error,
    }
    return render(request, part, context, status=status)


def _row(one: Asked, locale: str, words: Words, definition: Definition) -> dict[str, Any]:
    place = definition.fields.index(one)
    return {
        "asked": one,
        "name": one.name.removeprefix(OWN),
        "usual": label_of(Asked(one.name), words),
        "label": one.label.get(locale, ""),
        "help": one.help.get(locale, ""),
        "choices": "\n".join(one.choices),
        "is_first": place == 0,
        "is_last": place == len(definition.fields) - 1,
    }


def _texts(definition: Definition, locale: str, words: Words) -> dict[str, tuple[str, str]]:
    """Each text as it was written, and what stands there otherwise."""
    usual = page_texts(Definition(), words)
    return {
        "title": (definition.title.get(locale, ""), usual["title"]),
        "lead": (definition.lead.get(locale, ""), usual["lead"]),
        "button": (definition.button.get(locale, ""), usual["button"]),
        "consent": (definition.consent.get(locale, ""), consent_of(Definition(), words)),
        "thanks": (
            definition.thanks.get(locale, ""),
            words.text("web-intake-thanks-next", company=usual["company"]),
        ),
    }


def _place(name: str, definition: Definition, words: Words) -> str:
    found = next((one for one in definition.fields if one.name == name), None)
    if found is not None and (found.name in LEAD_FIELDS or found.name.startswith(OWN)):
        return label_of(found, words)
    return words.text(f"web-forms-{name.replace('_', '-')}")
