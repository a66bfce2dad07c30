"""导出: one's own exports with their files, and those of colleagues that wait for one's word."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from evenhand.engine.reasons import reason_from_json
from evenhand.exports.access import may_confirm, own_exports, to_confirm
from evenhand.exports.models import Export, Step
from evenhand.exports.operations.decide import cancel, confirm, refuse
from evenhand.exports.operations.keep import KEPT, fetch
from evenhand.people.organization import organization
from evenhand.people.scope import NotAllowed, Right, may
from evenhand.platform.refusal import Refused
from evenhand.sheets.writing.one_table import FORMATS
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.context import zone_for
from evenhand.web.download import file_name
from evenhand.web.exports.telling import filter_words
from evenhand.web.fresh import freshly
from evenhand.web.paging import asked_rows
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say


@require_safe
@signed_in()
def show_all(request: HttpRequest) -> HttpResponse:
    """One's own exports, the newest first; above them what waits for one's word."""
    actor, words = actor_in(request), words_of(request)
    if not may(actor, Right.EXPORT) and not may(actor, Right.SEE_JOURNAL):
        raise NotAllowed(Right.EXPORT)
    page = asked_rows(own_exports(actor).order_by("-pk"), request.GET)
    company = organization()
    context: dict[str, Any] = {
        "page": page,
        "rows": [_told(row, words) for row in page.rows],
        "asked_of_me": [_told(row, words) for row in to_confirm(actor).order_by("pk")[:50]],
        "may_confirm": may_confirm(actor),
        "limit": None if company is None else company.export_alone_rows,
        "days": KEPT.days,
        "is_moving": any(row.step == Step.RUNNING for row in page.rows),
    }
    return render(request, "web/exports/all.html", context)


@require_safe
@signed_in()
@freshly
def file(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """The finished file of one's own export."""
    try:
        row, content = fetch(export_id, actor=actor_in(request))
    except Refused as refusal:
        messages.error(request, say(words_of(request), refusal.why))
        return redirect("/exports")
    name = file_name(row.page, row.format, zone_for(request), at=row.ended_at)
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(
        _in_pieces(content), content_type=FORMATS[row.format], headers=head
    )


def _in_pieces(content: Iterator[bytes]) -> Iterator[bytes]:
    """Who fetches slowly holds no connection between two pieces."""
    for piece in content:
        close_old_connections()
        yield piece


@require_POST
@signed_in()
def give_up(request: HttpRequest, export_id: int) -> HttpResponse:
    """Take back what one asked for, or drop its file."""
    return _act(request, export_id, cancel, "web-exports-canceled")


@require_POST
@signed_in(Right.EXPORT)
@freshly
def say_yes(request: HttpRequest, export_id: int) -> HttpResponse:
    """Let a colleague's export be made."""
    return _act(request, export_id, confirm, "web-exports-confirmed")


@require_POST
@signed_in(Right.EXPORT)
def say_no(request: HttpRequest, export_id: int) -> HttpResponse:
    """Refuse a colleague's export."""
    return _act(request, export_id, refuse, "web-exports-refused")


def _act(
    request: HttpRequest, export_id: int, act: Callable[..., None], message: str
) -> HttpResponse:
    act(export_id, actor=actor_in(request))
    messages.success(request, words_of(request).text(message))
    return redirect("/exports")


def _told(row: Export, words: Words) -> dict[str, Any]:
    """A row of the page: the export, its filter in words, and until when its file is there."""
    has_file = row.step == Step.DONE and hasattr(row, "file")
    return {
        "row": row,
        "filter": filter_words(row, words),
        "failed": "" if row.failed_why is None else say(words, reason_from_json(row.failed_why)),
        "until": row.ended_at + KEPT if has_file and row.ended_at else None,
        "megabytes": max(1, row.file.byte_count // 1_000_000) if has_file else 0,
    }
