"""The public form of a business line: no login, nothing from elsewhere, can stand in any site.

It acts with nobody's authority, so no cookie is needed: a signed ticket says when it was opened.
"""

from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.leads.intake import TEXT_LIMITS, InvalidIntake, read_lead
from evenhand.people.actor import Actor, ActorKind
from evenhand.people.operations.buckets import take
from evenhand.people.organization import organization
from evenhand.platform.refusal import Refused
from evenhand.policies.lines import line_of_form
from evenhand.policies.models import Line
from evenhand.routing.intake import Overloaded, submit
from evenhand.web.asked import words_of
from evenhand.web.errors import unavailable
from evenhand.web.intake.forms import PublicForm
from evenhand.web.intake.tickets import Ticket, digest_of, key_of, new_ticket, read_ticket
from evenhand.web.middleware import CSP
from evenhand.web.network import address_of
from evenhand.wording.catalogue import LOCALES, Words

# Some at once for an office behind one address, then one every half minute.
RATE, BURST = 1 / 30, 10
VISITOR = Actor(ActorKind.FORM, role="form")
# A field that people do not see and programs fill in.
TRAP = "homepage"
_PASSED_ON = ("source", "campaign")

View = Callable[..., HttpResponse]


def embeddable(view: View) -> View:
    """The page may stand in a frame of any site, and speaks the language its address names."""

    @wraps(view)
    def framed(request: HttpRequest, form_key: str) -> HttpResponse:
        line = line_of_form(form_key)
        if line is None:
            raise Http404
        if request.GET.get("lang") in LOCALES:
            request.locale = request.GET["lang"]  # type: ignore[attr-defined]
        response = view(request, line)
        csp = CSP.replace("frame-ancestors 'none'", "frame-ancestors *")
        response.headers["Content-Security-Policy"] = csp
        return response

    return framed


@csrf_exempt  # anonymous: there is no authority that another site could borrow
@require_http_methods(["GET", "POST"])
@embeddable
def show_form(request: HttpRequest, line: Line) -> HttpResponse:
    """The form; sent, it leads to the page that says what happens next."""
    words = words_of(request)
    form = PublicForm(words, _consent(words), request.POST if request.method == "POST" else None)
    now = timezone.now().timestamp()
    if request.method == "GET":
        return _shown(request, line, form, new_ticket(_name(line), now=now))
    if request.POST.get(TRAP):
        return _thanks(request, line)  # a program; it need not know that it was noticed
    text = request.POST.get("ticket", "")
    ticket = read_ticket(text, _name(line), now=now)
    if ticket is None:
        said = words.text("web-intake-reopened")
        return _shown(request, line, form, new_ticket(_name(line), now=now), note=said, status=422)
    if not form.check():
        return _shown(request, line, form, text, status=422)
    if ticket.is_too_young:
        said = words.text("web-intake-too-quick")
        return _shown(request, line, form, text, note=said, status=422)
    wait = take(f"form:{address_of(request)}", RATE, BURST)
    if wait:
        said = words.text("web-intake-too-often")
        response = _shown(request, line, form, text, note=said, status=429)
        response.headers["Retry-After"] = str(ceil(wait))
        return response
    return _taken_in(request, line, form, ticket, text)


@require_safe
@embeddable
def show_thanks(request: HttpRequest, line: Line) -> HttpResponse:
    """What happens next; not who will call, which is nobody else's business."""
    return render(request, "web/intake/thanks.html", _context(request, line))


def _taken_in(
    request: HttpRequest, line: Line, form: PublicForm, ticket: Ticket, text: str
) -> HttpResponse:
    values: dict[str, Any] = form.typed()
    for name in _PASSED_ON:
        given = request.POST.get(name, "")[: TEXT_LIMITS[name]]
        if given:
            values[name] = given
    digest = digest_of({name: str(value) for name, value in values.items()})
    values |= {"line": line.key, "extra": {"consent_at": timezone.now().isoformat()}}
    try:
        lead = read_lead(values, via="form")
        submit(lead, actor=VISITOR, key=key_of(ticket, digest), digest=digest)
    except (InvalidIntake, Refused) as problem:
        form.refuse(problem)
        return _shown(request, line, form, text, status=422)
    except Overloaded:
        return unavailable(request)
    return _thanks(request, line)


def _thanks(request: HttpRequest, line: Line) -> HttpResponse:
    kept = {name: request.GET[name] for name in ("embed", "lang") if name in request.GET}
    place = reverse("public-form-thanks", args=[line.form_key])
    return redirect(f"{place}?{urlencode(kept)}" if kept else place)


def _shown(
    request: HttpRequest,
    line: Line,
    form: PublicForm,
    ticket: str,
    *,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    source = request.POST if request.method == "POST" else request.GET
    passed = {name: source.get(name, "")[: TEXT_LIMITS[name]] for name in _PASSED_ON}
    context = {
        **_context(request, line),
        "form": form,
        "ticket": ticket,
        "note": note,
        "passed": passed,
        "trap": TRAP,
    }
    return render(request, "web/intake/public.html", context, status=status)


def _context(request: HttpRequest, line: Line) -> dict[str, Any]:
    company = organization()
    return {
        "line": line,
        "company": company.name if company is not None else "",
        "is_embedded": request.GET.get("embed") == "1",
        "place": reverse("public-form", args=[line.form_key]),
        "query": request.GET.urlencode(),
    }


def _consent(words: Words) -> str:
    company = organization()
    return words.text("web-intake-consent", company=company.name if company is not None else "")


def _name(line: Line) -> str:
    return f"public:{line.form_key}"
