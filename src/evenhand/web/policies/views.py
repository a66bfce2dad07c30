"""分配规则: what is live, as sentences and as YAML; checking and publishing a new version."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenhand.engine.policy.diff import diff
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.yaml_view import to_yaml
from evenhand.people.scope import Right, demand, may
from evenhand.policies.draft import Draft, read_draft
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.policies.queries import document_of, line_by_id, lines, live_version, versions_of
from evenhand.policies.starter import starter_text
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.fresh import ask_again, fresh_login, typed_before
from evenhand.web.policies.rules import group_rows, rule_rows
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say


@signed_in(Right.SEE_POLICY)
def overview(request: HttpRequest) -> HttpResponse:
    """The business lines and what is live in each."""
    rows = [(line, live_version(line)) for line in lines()]
    context = {"rows": rows, "may_edit": may(actor_in(request), Right.EDIT_POLICY)}
    return render(request, "web/policies/overview.html", context)


@signed_in(Right.SEE_POLICY)
def line_page(request: HttpRequest, line_id: int) -> HttpResponse:
    """One line: its rules in order, its groups, its versions."""
    line = _line(line_id)
    version = live_version(line)
    document = None if version is None else document_of(version)
    words = words_of(request)
    context: dict[str, Any] = {
        "line": line,
        "version": version,
        "document": document,
        "rules": () if document is None else rule_rows(document, words),
        "groups": () if document is None else group_rows(document, words),
        "versions": versions_of(line),
        "may_edit": may(actor_in(request), Right.EDIT_POLICY),
    }
    return render(request, "web/policies/line.html", context)


@signed_in(Right.SEE_POLICY)
def yaml_file(request: HttpRequest, line_id: int) -> HttpResponse:
    """The live document as a YAML file."""
    version = live_version(_line(line_id))
    if version is None:
        raise Http404
    text = to_yaml(document_of(version), is_brief=True)
    headers = {"Content-Disposition": f'attachment; filename="policy-{line_id}.yaml"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


@signed_in(Right.SEE_POLICY)
def publish_page(request: HttpRequest, line_id: int) -> HttpResponse:
    """Edit as YAML, check, see what changes in sentences, publish."""
    demand(actor_in(request), Right.EDIT_POLICY)
    line = _line(line_id)
    version = live_version(line)
    before = None if version is None else document_of(version)
    return _edit(request, line.key, line, before)


@signed_in(Right.SEE_POLICY)
def new_line(request: HttpRequest) -> HttpResponse:
    """A new business line, from the commented example."""
    demand(actor_in(request), Right.EDIT_POLICY)
    return _edit(request, request.POST.get("line", "").strip()[:80], None, None)


def _edit(
    request: HttpRequest, key: str, line: Line | None, before: PolicyDocument | None
) -> HttpResponse:
    words = words_of(request)
    typed = typed_before(request)
    key = typed.get("line", key)
    text = request.POST.get("text", typed.get("text"))
    note = request.POST.get("note", typed.get("note", ""))[:2000]
    is_asked = request.method == "POST" or bool(typed)
    if text is None:
        text = starter_text() if before is None else to_yaml(before, is_brief=True)
    draft = read_draft(text, line_key=key) if is_asked and key else None
    if draft is not None and not draft.has_errors and "publish" in request.POST:
        if not fresh_login(request):
            return ask_again(request, line=key, text=text, note=note)
        return _publish(request, key, draft, note)
    changes = (
        ()
        if draft is None or draft.document is None or before is None
        else (diff(before, draft.document))
    )
    context = {
        "line": line,
        "before": before,
        "key": key,
        "text": text,
        "draft": draft,
        "findings": _findings(draft, words),
        "changes": [say(words, one) for one in changes],
        "note": note,
        "is_key_missing": request.method == "POST" and not key,
    }
    return render(request, "web/policies/edit.html", context)


def _publish(request: HttpRequest, key: str, draft: Draft, note: str) -> HttpResponse:
    assert draft.document is not None
    version = publish(
        key,
        draft.document.as_plain(),
        note=note,
        actor=actor_in(request),
    )
    words = words_of(request)
    messages.success(request, words.text("web-policies-published", number=version.number))
    return redirect(f"/policies/{version.line_id}")


def _findings(draft: Draft | None, words: Words) -> list[tuple[str, str, str]]:
    """Gravity, place and sentence of each finding."""
    if draft is None:
        return []
    return [
        (one.gravity.value, one.path or (str(one.line) if one.line else ""), say(words, one.why))
        for one in draft.problems
    ]


def _line(line_id: int) -> Line:
    line = line_by_id(line_id)
    if line is None:
        raise Http404
    return line
