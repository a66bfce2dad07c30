"""分配规则: what is live, as sentences and as YAML; its versions; a new business line."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.engine.policy.diff import diff
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.yaml_view import to_yaml
from evenhand.people.clocks import company_day
from evenhand.people.names import people_in
from evenhand.people.scope import Right, may
from evenhand.policies.operations.hold import take_hold
from evenhand.policies.operations.lines import add_line
from evenhand.policies.operations.publishing import SETTLED_DAYS, owner_roles
from evenhand.policies.queries import (
    document_of,
    line_rows,
    live_version,
    studio_of,
    version_before,
    version_by_number,
    versions_of,
)
from evenhand.policies.refusals import CannotEdit
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.policies.part_rows import PART_ROWS
from evenhand.web.policies.pool_rows import PartRow
from evenhand.web.policies.rules import group_rows, rule_rows
from evenhand.web.policies.studio import line_of
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say


@signed_in(Right.SEE_POLICY)
def overview(request: HttpRequest) -> HttpResponse:
    """The business lines and what is live in each, overdue reviews first."""
    context = {
        "rows": line_rows(company_day(timezone.now())),
        "may_edit": may(actor_in(request), Right.EDIT_POLICY),
    }
    return render(request, "web/policies/overview.html", context)


@signed_in(Right.SEE_POLICY)
def line_page(request: HttpRequest, line_id: int) -> HttpResponse:
    """One line: its rules in order, its groups, its versions, when it is looked at again."""
    line, actor, words = line_of(line_id), actor_in(request), words_of(request)
    state = studio_of(line, actor, timezone.now())
    version = state.live
    document = None if version is None else document_of(version)
    may_edit = may(actor, Right.EDIT_POLICY)
    today = company_day(timezone.now())
    context: dict[str, Any] = {
        "line": line,
        "state": state,
        "version": version,
        "document": document,
        "rules": () if document is None else rule_rows(document, words),
        "groups": () if document is None else group_rows(document, words),
        "lists": () if document is None else _lists(document, words),
        "versions": versions_of(line),
        "may_edit": may_edit,
        "may_set": may(actor, Right.EDIT_COMPANY),
        "is_due": version is not None
        and version.review_on is not None
        and version.review_on <= today,
        "owners": people_in(owner_roles()) if may_edit else (),
        "next_review": today + timedelta(days=SETTLED_DAYS),
        "earliest": today + timedelta(days=1),
    }
    return render(request, "web/policies/line.html", context)


def _lists(
    document: PolicyDocument, words: Words
) -> list[tuple[str, list[tuple[PartRow, str, tuple[()]]]]]:
    """The lists of the rules by name, for reading."""
    return [(name, _unmarked(rows(document, words))) for name, rows in PART_ROWS.items()]


def _unmarked(rows: Sequence[PartRow]) -> list[tuple[PartRow, str, tuple[()]]]:
    """Parts as the studio lists them, without findings."""
    return [(row, "", ()) for row in rows]


@require_safe
@signed_in(Right.SEE_POLICY)
def version_page(request: HttpRequest, line_id: int, number: int) -> HttpResponse:
    """One version: what it changed, its rules, its YAML."""
    line, words = line_of(line_id), words_of(request)
    version = version_by_number(line, number)
    if version is None:
        raise Http404
    before = version_before(version)
    document = document_of(version)
    changes = () if before is None else diff(document_of(before), document)
    context = {
        "line": line,
        "version": version,
        "before": before,
        # Its own number is no news.
        "changes": [say(words, one) for one in changes if one.code != "diff.version"],
        "rules": rule_rows(document, words),
        "groups": group_rows(document, words),
        "lists": _lists(document, words),
        "yaml": to_yaml(document, is_brief=True),
        "may_edit": may(actor_in(request), Right.EDIT_POLICY),
    }
    return render(request, "web/policies/version.html", context)


@signed_in(Right.SEE_POLICY)
def yaml_file(request: HttpRequest, line_id: int) -> HttpResponse:
    """The live document as a YAML file."""
    version = live_version(line_of(line_id))
    if version is None:
        raise Http404
    text = to_yaml(document_of(version), is_brief=True)
    headers = {"Content-Disposition": f'attachment; filename="policy-{line_id}.yaml"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


@signed_in(Right.EDIT_POLICY)
def new_line(request: HttpRequest) -> HttpResponse:
    """A new business line; its rules begin with the commented example."""
    name = request.POST.get("line", "")
    context: dict[str, Any] = {"name": name[:200]}
    if request.method != "POST":
        return render(request, "web/policies/new.html", context)
    actor = actor_in(request)
    try:
        line = add_line(name, actor=actor)
    except CannotEdit as error:
        context["refused"] = say(words_of(request), error.why)
        return render(request, "web/policies/new.html", context, status=422)
    take_hold(line.pk, actor=actor)
    return redirect(f"/policies/{line.pk}/edit")
