"""对比: a draft beside what is live on the leads of the last months."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import policy_from_plain
from evenhand.leads.queries.titles import item_titles
from evenhand.people.names import user_names
from evenhand.people.scope import Right
from evenhand.policies.draft import read_draft
from evenhand.policies.models import Line
from evenhand.policies.queries import line_by_id
from evenhand.review.access import comparison_for
from evenhand.review.models import ComparedLead, Comparison
from evenhand.review.operations.comparing import DAYS, start_comparison, stop_comparison
from evenhand.review.queries import comparisons_of, is_over, leads_apart, progress_of
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.paging import asked_rows
from evenhand.web.policies.compared import Compared, chart_of, compared
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.reasons import say

_MICRO = Decimal(1_000_000)


@signed_in(Right.EDIT_POLICY)
def compare_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """The comparisons of a line; a draft sent here begins one."""
    line = line_by_id(line_id)
    if line is None:
        raise Http404
    words = words_of(request)
    context: dict[str, Any] = {"line": line}
    if {"text", "of"} & set(request.POST):
        document, problems = _document(request, line, words)
        if document is not None:
            days = number_of(request.POST.get("days")) or 90
            begun = start_comparison(line, document, days=days, actor=actor_in(request))
            return redirect(f"/policies/comparisons/{begun.pk}")
        context |= {"problems": problems, "text": request.POST.get("text", "")}
    context["comparisons"] = [(one, _state(one)) for one in comparisons_of(line)]
    return render(request, "web/policies/compare.html", context)


def _document(
    request: HttpRequest, line: Line, words: Words
) -> tuple[PolicyDocument | None, list[str]]:
    """The draft that was sent: its text, or that of an earlier comparison."""
    earlier = number_of(request.POST.get("of"))
    if earlier is not None:
        row = comparison_for(actor_in(request), earlier)
        if row.line_id != line.pk:
            raise Http404
        return policy_from_plain(row.document), []
    draft = read_draft(request.POST.get("text", ""), line_key=line.key)
    if draft.document is not None and not draft.has_errors:
        return draft.document, []
    return None, [say(words, one.why) for one in draft.problems if one.is_error]


def _state(row: Comparison) -> str:
    if row.finished_at is not None:
        return "finished"
    if row.stopped_at is not None:
        return "stopped"
    return "failed" if row.failed_at is not None else "running"


@require_safe
@signed_in(Right.EDIT_POLICY)
def show_comparison(request: HttpRequest, comparison_id: int) -> HttpResponse:
    """How far it is, and then what it found; the page asks again by itself until it is over."""
    row = comparison_for(actor_in(request), comparison_id)
    words = words_of(request)
    if is_over(row) and request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})  # the result is another page
    done, total = progress_of(row)
    context: dict[str, Any] = {
        "comparison": row,
        "line": row.line,
        "state": _state(row),
        "is_over": is_over(row),
        "done": done,
        "total": total,
        "days": DAYS,
    }
    if row.result is not None:
        found = compared(row, words)
        is_whole = request.GET.get("all") == "1" or len(found.rows) == len(found.shown)
        context |= {
            "found": found,
            "rows": found.rows if is_whole else found.shown,
            "is_whole": is_whole,
            "chart_json": json.dumps(chart_of(found, words), ensure_ascii=False),
            **_leads(request, row, found),
        }
    return render(request, "web/policies/comparison.html", context)


def _leads(request: HttpRequest, row: Comparison, found: Compared) -> dict[str, Any]:
    """The page of leads with which the draft does something else."""
    rep_id = number_of(request.GET.get("rep"))
    page = asked_rows(leads_apart(row, rep_id=rep_id), request.GET)
    rows: list[ComparedLead] = list(page.rows)
    people = {one for lead in rows for one in (lead.before_rep_id, lead.after_rep_id) if one}
    names = user_names(people | ({rep_id} if rep_id else set()))
    titles = item_titles(actor_in(request), "lead", [one.lead_id for one in rows])
    words = words_of(request)
    told = [
        (
            one.lead_id,
            titles.get(one.lead_id),
            _place(one.before_rep_id, one.before_outcome, names, words),
            one,
            _place(one.after_rep_id, one.after_outcome, names, words),
        )
        for one in rows
    ]
    return {"page": page, "told": told, "rep_id": rep_id, "rep_name": names.get(rep_id or 0, "")}


def _place(rep_id: int | None, outcome: str, names: dict[int, str], words: Words) -> str:
    if rep_id is not None:
        return names.get(rep_id, str(rep_id))
    return words.text(f"web-outcome-{message_id(outcome)}")


@require_POST
@signed_in(Right.EDIT_POLICY)
def stop(request: HttpRequest, comparison_id: int) -> HttpResponse:
    """Leave it."""
    stop_comparison(comparison_for(actor_in(request), comparison_id))
    return redirect(f"/policies/comparisons/{comparison_id}")


@require_POST
@signed_in(Right.EDIT_POLICY)
def export_comparison(request: HttpRequest, comparison_id: int) -> HttpResponse:
    """The figures per rep, or the leads that go elsewhere, as CSV or XLSX."""
    actor, words = actor_in(request), words_of(request)
    row = comparison_for(actor, comparison_id)
    if row.result is None:
        raise Http404
    if request.POST.get("part") == "leads":
        columns, rows = _lead_columns(words), list(_lead_cells(row, words))
    else:
        found = compared(row, words)
        columns, rows = _rep_columns(found, words), list(_rep_cells(found))
    sheet = words.text("web-compare-title")
    return figures_as_file(
        request,
        "policy.comparison_exported",
        columns,
        rows,
        name="comparison",
        sheet=sheet,
        object_kind="line",
        object_id=row.line_id,
        data={"comparison": row.pk},
    )


def _rep_columns(found: Compared, words: Words) -> list[SheetColumn]:
    live, draft = words.text("web-compare-live"), words.text("web-compare-draft")
    count, points = words.text("web-compare-leads"), words.text("web-compare-points")
    columns = [SheetColumn(words.text("web-compare-rep"))]
    for side in (live, draft):
        columns.append(SheetColumn(f"{side} {count}", NumberFormat.INTEGER))
    for side in (live, draft, words.text("web-compare-more")):
        columns.append(SheetColumn(f"{side} {points}", NumberFormat.DECIMAL))
    for grade in found.grades:
        columns += [SheetColumn(f"{side} {grade}", NumberFormat.INTEGER) for side in (live, draft)]
    full = words.text("web-compare-full")
    return columns + [SheetColumn(f"{side} {full}", NumberFormat.INTEGER) for side in (live, draft)]


def _rep_cells(found: Compared) -> Iterator[list[Out]]:
    for one in found.rows:
        amounts = (*one.points, one.more)
        cells: list[Out] = [one.name, *one.items, *(Decimal(x) / _MICRO for x in amounts)]
        grades = {name: (before, after) for name, before, after in one.grades}
        for grade in found.grades:
            cells += grades.get(grade, (0, 0))
        yield [*cells, *one.full]


def _lead_columns(words: Words) -> list[SheetColumn]:
    live, draft = words.text("web-compare-live"), words.text("web-compare-draft")
    columns = [SheetColumn(words.text("web-compare-lead"), NumberFormat.INTEGER)]
    for side in (live, draft):
        columns += [
            SheetColumn(f"{side} {words.text('web-compare-whom')}"),
            SheetColumn(f"{side} {words.text('web-compare-rule')}"),
            SheetColumn(f"{side} {words.text('web-compare-points')}", NumberFormat.DECIMAL),
        ]
    return columns


def _lead_cells(row: Comparison, words: Words) -> Iterator[list[Out]]:
    rows = list(leads_apart(row))
    people = {one for lead in rows for one in (lead.before_rep_id, lead.after_rep_id) if one}
    names = user_names(people)
    for one in rows:
        yield [
            one.lead_id,
            _place(one.before_rep_id, one.before_outcome, names, words),
            one.before_rule,
            Decimal(one.before_points) / _MICRO,
            _place(one.after_rep_id, one.after_outcome, names, words),
            one.after_rule,
            Decimal(one.after_points) / _MICRO,
        ]
