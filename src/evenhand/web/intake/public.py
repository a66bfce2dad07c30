"""A public form: no login, nothing from elsewhere, can stand in any site.

It acts with nobody's authority, so no cookie is needed: a signed ticket says when it was opened.
"""

from collections.abc import Callable
from functools import wraps
from math import ceil
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.forms.access import public_form
from evenhand.forms.definition import Definition, from_plain, is_open
from evenhand.forms.models import Form
from evenhand.forms.operations.receive import Arrived, count, receive
from evenhand.forms.queries import own_fields_of
from evenhand.forms.spam import SECONDS_WITHOUT_WORK, WORK_BITS, is_worked
from evenhand.leads.intake import TEXT_LIMITS, InvalidIntake
from evenhand.people.clocks import company_day
from evenhand.people.operations.buckets import take
from evenhand.people.organization import organization
from evenhand.platform.refusal import Refused
from evenhand.routing.intake import Overloaded
from evenhand.web.asked import words_of
from evenhand.web.errors import unavailable
from evenhand.web.intake import tickets
from evenhand.web.intake.public_form import PublicForm, text_of
from evenhand.web.middleware import CSP
from evenhand.web.network import address_of
from evenhand.wording.catalogue import LOCALES, Words

# Some at once for an office behind one address, then one every half minute.
RATE, BURST = 1 / 30, 10
# A field that people do not see and programs fill in.
TRAP = "homepage"
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_PASSED_ON = ("source", "campaign", *UTM)
_LONGEST_PASSED = 200

View = Callable[..., HttpResponse]


def embeddable(view: View) -> View:
    """The page may stand in a frame of any site, and speaks a language that the form has."""

    @wraps(view)
    def framed(request: HttpRequest, form_key: str) -> HttpResponse:
        form = public_form(form_key)
        if form is None or form.live is None:
            raise Http404
        definition = from_plain(form.live.definition)
        speak(request, definition)
        response = view(request, form, definition)
        csp = CSP.replace("frame-ancestors 'none'", "frame-ancestors *")
        response.headers["Content-Security-Policy"] = csp
        return response

    return framed


def speak(request: HttpRequest, definition: Definition) -> None:
    """Choose the language: what the address names, else the browser's, of those the form has."""
    wanted = request.GET.get("lang", "")
    found = wanted if wanted in LOCALES else getattr(request, "locale", "")
    if found not in definition.languages and definition.languages:
        found = definition.languages[0]
    request.locale = found  # type: ignore[attr-defined]


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The script for foreign sites, at an address that never changes."""
    text = (Path(__file__).parents[1] / "static/web/embed.js").read_text("utf-8")
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@csrf_exempt  # anonymous: there is no authority that another site could borrow
@require_http_methods(["GET", "POST"])
@embeddable
def show_form(request: HttpRequest, form: Form, definition: Definition) -> HttpResponse:
    """The form; sent, it leads to the page that says what happens next."""
    words = words_of(request)
    now = timezone.now()
    if not is_open(definition, company_day(now)):
        return render(request, "web/intake/not_open.html", _context(request, form, definition))
    data = request.POST if request.method == "POST" else None
    filled = PublicForm(
        words, definition, own_fields_of(form.line), consent_of(definition, words), data
    )
    page = _Page(request, form, definition, filled)
    if request.method == "GET":
        count(form, seen=1)
        return page.shown(tickets.new_ticket(_name(form), now=now.timestamp()))
    text = request.POST.get("ticket", "")
    ticket = tickets.read_ticket(text, _name(form), now=now.timestamp())
    if ticket is None:
        fresh = tickets.new_ticket(_name(form), now=now.timestamp())
        return page.shown(fresh, note="web-intake-reopened", status=422)
    trapped = bool(request.POST.get(TRAP))
    if not filled.check() and not trapped:
        return page.shown(text, status=422)
    worked = is_worked(text, request.POST.get("work", ""))
    if not trapped and (ticket.is_too_young or (not worked and ticket.age < SECONDS_WITHOUT_WORK)):
        return page.shown(text, note="web-intake-too-quick", status=422)
    wait = take(f"form:{address_of(request)}", RATE, BURST)
    if wait:
        response = page.shown(text, note="web-intake-too-often", status=429)
        response.headers["Retry-After"] = str(ceil(wait))
        return response
    return page.sent(ticket, trapped, text)


@require_safe
@embeddable
def show_thanks(request: HttpRequest, form: Form, definition: Definition) -> HttpResponse:
    """What happens next; not who will call, which is nobody else's business."""
    return render(request, "web/intake/thanks.html", _context(request, form, definition))


class _Page:
    """One form before one visitor."""

    def __init__(
        self, request: HttpRequest, form: Form, definition: Definition, filled: PublicForm
    ) -> None:
        self.request = request
        self.form = form
        self.definition = definition
        self.filled = filled

    def shown(self, ticket: str, *, note: str = "", status: int = 200) -> HttpResponse:
        """The form, with whatever was typed and what is wrong with it."""
        context = {
            **_context(self.request, self.form, self.definition),
            "form": self.filled,
            "ticket": ticket,
            "note": words_of(self.request).text(note) if note else "",
            "passed": self._passed(),
            "trap": TRAP,
            "work_bits": WORK_BITS,
        }
        return render(self.request, "web/intake/public.html", context, status=status)

    def sent(self, ticket: tickets.Ticket, trapped: bool, text: str) -> HttpResponse:
        """Take in what was sent, or keep it aside: the visitor sees the same."""
        values = self._values()
        plain = {name: str(value) for name, value in values.items()}
        digest = tickets.digest_of(plain)
        values["line"] = self.form.line.key
        values["extra"] |= self._consent()
        arrived = Arrived(values, tickets.key_of(ticket, digest), digest, trapped)
        try:
            receive(self.form, arrived)
        except (InvalidIntake, Refused) as problem:
            if not trapped:
                self.filled.refuse(problem)
                return self.shown(text, status=422)
        except Overloaded:
            return unavailable(self.request)
        return self._thanks()

    def _values(self) -> dict[str, Any]:
        values, passed = self.filled.values(), self._passed()
        for name in ("source", "campaign"):
            said = getattr(self.definition, name) or passed[name] or passed[f"utm_{name}"]
            if said:
                values[name] = said[: TEXT_LIMITS[name]]
        values["extra"] |= {name: passed[name] for name in UTM if passed[name]}
        return values

    def _consent(self) -> dict[str, str]:
        """What he agreed to and when, as it was then: it stays with the lead."""
        assert self.form.live is not None
        return {
            "consent_at": timezone.now().isoformat(timespec="seconds"),
            "consent": consent_of(self.definition, words_of(self.request)),
            "consent_version": f"{self.form.name} v{self.form.live.number}",
        }

    def _passed(self) -> dict[str, str]:
        source = self.request.POST if self.request.method == "POST" else self.request.GET
        return {name: source.get(name, "")[:_LONGEST_PASSED] for name in _PASSED_ON}

    def _thanks(self) -> HttpResponse:
        kept = {
            name: self.request.GET[name] for name in ("embed", "lang") if name in self.request.GET
        }
        place = reverse("public-form-thanks", args=[self.form.key])
        return redirect(f"{place}?{urlencode(kept)}" if kept else place)


def _context(request: HttpRequest, form: Form, definition: Definition) -> dict[str, Any]:
    place = reverse("public-form", args=[form.key])
    return {
        **page_texts(definition, words_of(request)),
        "is_embedded": request.GET.get("embed") == "1",
        "place": place,
        "query": request.GET.urlencode(),
        "form_key": form.key,
    }


def page_texts(definition: Definition, words: Words) -> dict[str, Any]:
    """The texts of a form's pages; what nobody wrote is the product's own."""
    company = organization()
    name = company.name if company is not None else ""
    locale = words.locale
    return {
        "company": name,
        "title": text_of(definition.title, locale) or name,
        "lead": text_of(definition.lead, locale) or words.text("web-intake-public-lead"),
        "button": text_of(definition.button, locale) or words.text("web-intake-send"),
        "thanks": text_of(definition.thanks, locale),
        "go_to": definition.go_to,
        "color": definition.color,
        "languages": definition.languages,
    }


def consent_of(definition: Definition, words: Words) -> str:
    """The text of consent in a language; the company's own before the product's."""
    own = text_of(definition.consent, words.locale, any_language=True)
    company = organization()
    return own or words.text("web-intake-consent", company=company.name if company else "")


def _name(form: Form) -> str:
    return f"public:{form.key}"
