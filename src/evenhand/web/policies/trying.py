"""试分一条: who would get such a lead now and why, by the live rules or a draft of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.engine.policy.document import PolicyDocument
from evenhand.leads.intake import InvalidIntake, read_lead
from evenhand.people.scope import Right
from evenhand.platform.refusal import Refused
from evenhand.policies.draft import read_draft
from evenhand.policies.models import Line
from evenhand.policies.queries import line_by_id
from evenhand.routing.preview import Tried, try_lead
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.intake.forms import ByHandForm

# Of a receipt, what no lead has that was only tried.
_HIDDEN = ("record",)
_NOBODY = "…"  # nobody need be named to try


@signed_in(Right.EDIT_POLICY)
def try_one(request: HttpRequest, line_id: int) -> HttpResponse:
    """The form, and below it who would get the lead; nothing is written."""
    line = line_by_id(line_id)
    if line is None:
        raise Http404
    words = words_of(request)
    text = request.POST.get("text", "")
    is_tried = "try" in request.POST
    form = ByHandForm(words, (), is_rep=False, data=request.POST if is_tried else None)
    context: dict[str, Any] = {"line": line, "form": form, "text": text}
    if is_tried:
        try:
            tried = _tried(request, line, form, _document(text, line))
        except (InvalidIntake, Refused) as problem:
            form.refuse(problem)
            return render(request, "web/policies/try.html", context, status=422)
        context |= {"tried": tried, "sections": _sections(tried)}
    return render(request, "web/policies/try.html", context)


def _tried(
    request: HttpRequest, line: Line, form: ByHandForm, draft: PolicyDocument | None
) -> Tried:
    typed: dict[str, Any] = form.typed()
    if not {"name", "company", "phone", "email"} & set(typed):
        typed["name"] = _NOBODY
    lead = read_lead({**typed, "line": line.key}, via="hand")
    return try_lead(lead, words=words_of(request), actor=actor_in(request), draft=draft)


def _document(text: str, line: Line) -> PolicyDocument | None:
    """The draft that is being edited, if the page was opened from there and it holds together."""
    draft = read_draft(text, line_key=line.key) if text else None
    return None if draft is None or draft.has_errors else draft.document


def _sections(tried: Tried) -> list[Any]:
    found = () if tried.explained is None else tried.explained.sections
    # Who gets it stands above them already.
    hidden = _HIDDEN if tried.owner_id is None else ("outcome", *_HIDDEN)
    return [one for one in found if one.key not in hidden]
