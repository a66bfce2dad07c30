"""Editing a lead, and turning it into a customer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import item_for, lead_for
from evenhand.leads.intake import InvalidIntake
from evenhand.leads.masking import sees_contact_data
from evenhand.leads.models import Lead
from evenhand.leads.operations.converting import convert_lead
from evenhand.leads.operations.editing import MASKED, ChangedMeanwhile, edit_lead
from evenhand.leads.queries.titles import lead_title
from evenhand.people.organization import CURRENCIES, organization
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.leads.asking import back, texts_of
from evenhand.web.leads.forms import PageForm, Spec

_LEAD = (
    Spec("name"),
    Spec("title"),
    Spec("company_name"),
    Spec("phone", "tel"),
    Spec("email", "email"),
    Spec("region"),
    Spec("industry"),
    Spec("product"),
    Spec("size"),
    Spec("employees", "number"),
    Spec("language"),
    Spec("skill"),
    Spec("budget", "number"),
    Spec("currency"),
    Spec("note", "long"),
)
CURRENCY_CHOICES = [(code, code) for code in CURRENCIES]
DEAL = (
    Spec("name", is_required=True),
    Spec("value", "money"),
    Spec("currency", "choice", choices=CURRENCY_CHOICES),
    Spec("close_on", "date"),
    Spec("note", "long"),
)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.WORK)
def edit(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Change the facts of a lead."""
    actor = actor_in(request)
    lead = lead_for(actor, lead_id, Right.WORK)
    specs = [s for s in _LEAD if sees_contact_data(actor, lead) or s.name not in MASKED]
    return edit_page(
        request,
        specs,
        place=f"/leads/{lead_id}",
        title="web-leads-edit",
        now=lambda: _values(item_for(actor, ItemKind.LEAD, lead_id), specs),
        save=lambda values, seen: edit_lead(lead_id, values, seen=seen, actor=actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(Right.WORK)
def convert(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Turn a lead into company, contact and opportunity."""
    actor, words = actor_in(request), words_of(request)
    lead = lead_for(actor, lead_id, Right.WORK)
    names = [spec.name for spec in DEAL]
    if request.method == "POST":
        form = PageForm(words, DEAL, request.POST)
        try:
            made = convert_lead(lead_id, texts_of(request, names), actor=actor)
        except InvalidIntake as invalid:
            form.refuse(invalid.problems)
        except Refused as refused:
            form.refuse_one(refused)
        else:
            place = f"/opportunities/{made.opportunity.pk}"
            return back(request, place, "web-leads-done-converted")
    else:
        form = PageForm(words, DEAL, initial=_deal_of(lead))
    context = {
        "form": form,
        "title": words.text("web-leads-convert"),
        "subtitle": words.text("web-leads-convert-text", name=lead_title(lead) or str(lead.pk)),
        "place": f"/leads/{lead_id}",
        "save_words": words.text("web-leads-convert"),
    }
    return render(request, "web/leads/form.html", context, status=422 if form.errors else 200)


def edit_page(
    request: HttpRequest,
    specs: Sequence[Spec],
    *,
    place: str,
    title: str,
    now: Callable[[], Mapping[str, str]],
    save: Callable[[dict[str, str], dict[str, str]], Any],
) -> HttpResponse:
    """A form over something that is there: `now` are its values, `save` writes them.

    What somebody else changed in the meantime is shown beside what was typed.
    """
    words = words_of(request)
    names = [spec.name for spec in specs]
    if request.method == "POST":
        form = PageForm(words, specs, request.POST)
        form.seen = {name: request.POST.get(f"seen.{name}", "") for name in names}
        try:
            save(texts_of(request, names), form.seen)
        except InvalidIntake as invalid:
            form.refuse(invalid.problems)
        except ChangedMeanwhile as conflict:
            form.show_conflict(conflict, now())
        except Refused as refused:
            form.refuse_one(refused)
        else:
            return back(request, place, "web-leads-done-saved")
    else:
        form = PageForm(words, specs, initial=now())
    context = {
        "form": form,
        "title": words.text(title),
        "place": place,
        "save_words": words.text("web-leads-save"),
    }
    return render(request, "web/leads/form.html", context, status=422 if form.errors else 200)


def create_page(
    request: HttpRequest,
    specs: Sequence[Spec],
    *,
    place: str,
    title: str,
    initial: Mapping[str, str],
    save: Callable[[dict[str, str]], str],
) -> HttpResponse:
    """A form for something new; `save` writes it and says where it stands."""
    words = words_of(request)
    if request.method == "POST":
        form = PageForm(words, specs, request.POST)
        try:
            made = save(texts_of(request, [spec.name for spec in specs]))
        except InvalidIntake as invalid:
            form.refuse(invalid.problems)
        except Refused as refused:
            form.refuse_one(refused)
        else:
            return back(request, made, "web-leads-done-saved")
    else:
        form = PageForm(words, specs, initial=initial)
    context = {
        "form": form,
        "title": words.text(title),
        "place": place,
        "save_words": words.text("web-leads-save"),
    }
    return render(request, "web/leads/form.html", context, status=422 if form.errors else 200)


def usual_currency() -> str:
    """The company's own currency, where a form has to begin with one."""
    company = organization()
    usual = company.currency if company is not None else CURRENCIES[0]
    return usual if usual in CURRENCIES else CURRENCIES[0]


def _values(row: Any, specs: Sequence[Spec]) -> dict[str, str]:
    found = {spec.name: getattr(row, spec.name) for spec in specs}
    return {name: "" if value is None else str(value) for name, value in found.items()}


def _deal_of(lead: Lead) -> dict[str, str]:
    parts = (lead.company_name or lead.name, lead.product)
    currency = lead.currency if lead.currency in CURRENCIES else usual_currency()
    return {
        "name": " ".join(part for part in parts if part)[:200],
        "currency": currency,
        "value": "" if lead.budget is None else str(lead.budget),
    }
