"""公平报告: the list, one report to read or print, making one, and who sees them."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.fairness.operations.reports import (
    is_for_everybody,
    last_month_at,
    make_report,
    share_reports,
)
from evenhand.fairness.periods import period_of
from evenhand.fairness.reports import Person, report_for, reports
from evenhand.people.clocks import company_day
from evenhand.people.scope import Right, may
from evenhand.platform.refusal import Refused
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.fairness.asking import Wanted
from evenhand.web.fairness.naming import group_words
from evenhand.web.fairness.taking_out import in_points
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_all(request: HttpRequest) -> HttpResponse:
    """Reports that the reader may open; for those who set rules, making one and sharing them."""
    actor = actor_in(request)
    now = timezone.now()
    context = {
        "reports": reports(actor),
        "may_edit": may(actor, Right.EDIT_POLICY),
        "sees_groups": may(actor, Right.SEE_DECISIONS),
        "everybody": is_for_everybody(),
        "last_month": last_month_at(now).first,
        "wanted": Wanted(period_of("30", company_day(now)), "30", None, "", None),
        "tab": "reports",
    }
    return render(request, "web/fairness/reports.html", context)


@require_safe
@signed_in(Right.SEE_ITEMS)
def show(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report, made to be printed too."""
    actor = actor_in(request)
    context = {
        "report": report_for(actor, report_id),
        "may_export": may(actor, Right.EXPORT),
    }
    return render(request, "web/fairness/report.html", context)


@require_POST
@signed_in(Right.EDIT_POLICY)
def make(request: HttpRequest) -> HttpResponse:
    """Make the report of a month that is over, or open the one there is."""
    words = words_of(request)
    try:
        month = date.fromisoformat(f"{request.POST.get('month', '')[:7]}-01")
    except ValueError:
        messages.error(request, words.text("web-reports-no-month"))
        return redirect("/fairness/reports")
    try:
        report = make_report(month, actor=actor_in(request))
    except Refused as refusal:
        messages.error(request, say(words, refusal.why))
        return redirect("/fairness/reports")
    return redirect(f"/fairness/reports/{report.pk}")


@require_POST
@signed_in(Right.EDIT_POLICY)
def share(request: HttpRequest) -> HttpResponse:
    """Choose who sees the reports."""
    share_reports(request.POST.get("everybody") == "1", actor=actor_in(request))
    messages.success(request, words_of(request).text("web-reports-shared"))
    return redirect("/fairness/reports")


@require_POST
@signed_in(Right.EXPORT)
def take_out(request: HttpRequest, report_id: int) -> HttpResponse:
    """A report as XLSX, with the names that its reader sees."""
    actor, words = actor_in(request), words_of(request)
    report = report_for(actor, report_id)
    points = ("due", "received", "corrected", "owed")
    columns = [
        SheetColumn(words.text("web-distribution-line")),
        SheetColumn(words.text("web-fairness-group")),
        SheetColumn(words.text("web-fairness-who")),
        *(SheetColumn(words.text(f"web-fairness-{one}"), NumberFormat.DECIMAL) for one in points),
        SheetColumn(words.text("web-fairness-count"), NumberFormat.INTEGER),
    ]
    rows: list[list[Out]] = [
        [
            group.line,
            group_words(group, words),
            shown_name(person, words),
            *(in_points(getattr(person, one)) for one in points),
            person.count,
        ]
        for group in report.groups
        for person in group.people
    ]
    sheet = words.text("web-fairness-tab-reports")
    name = f"fairness-{report.month:%Y-%m}"
    return figures_as_file(
        request, "fairness.exported", columns, rows, name=name, sheet=sheet, object_kind="book"
    )


def shown_name(person: Person, words: Words) -> str:
    """A name, or what stands for it."""
    return person.name or words.text("explain-colleague", number=person.number)
