"""One's figures as a file."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from evenhand.fairness.own import own_lines
from evenhand.people.scope import Right
from evenhand.platform.refusal import NotFound
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.context import zone_for
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.fairness.taking_out import in_points
from evenhand.web.share.asking import Share, share_asked
from evenhand.web.share.naming import what_of
from evenhand.wording.catalogue import Words

# So many postings leave at once: what is older leaves by a narrower period.
MOST_ROWS = 50_000
PARTS = ("days", "postings")


@require_POST
@signed_in(Right.SEE_ITEMS)
def export_share(request: HttpRequest) -> HttpResponse:
    """Day by day, or posting by posting: what the page shows, whole, as CSV or XLSX."""
    actor, words = actor_in(request), words_of(request)
    share = share_asked(actor, request.POST)
    if share.group is None:
        raise NotFound("book", 0)
    if request.POST.get("part") == "postings":
        columns, rows = _posting_columns(words), _postings(share, words, zone_for(request))
    else:
        columns, rows = _day_columns(words), _days(share)
    return figures_as_file(
        request,
        "fairness.exported",
        columns,
        rows,
        name="share",
        sheet=words.text("web-nav-share"),
        object_kind="book",
        object_id=share.group.id,
        is_own=share.user.pk == actor.user_id,
    )


def _day_columns(words: Words) -> list[SheetColumn]:
    amounts = ("due", "received", "corrected", "owed")
    return [
        SheetColumn(words.text("web-fairness-day"), NumberFormat.DATE),
        SheetColumn(words.text("web-fairness-count"), NumberFormat.INTEGER),
        *(SheetColumn(words.text(f"web-fairness-{one}"), NumberFormat.DECIMAL) for one in amounts),
    ]


def _days(share: Share) -> list[list[Out]]:
    assert share.chosen is not None
    return [
        [
            one.day,
            one.items,
            *map(in_points, (one.due, one.received, one.corrected)),
            in_points(one.owed),
        ]
        for one in share.chosen.by_day()
    ]


def _posting_columns(words: Words) -> list[SheetColumn]:
    amounts = ("due", "received", "corrected", "owed")
    return [
        SheetColumn(words.text("web-distribution-at"), NumberFormat.DATETIME),
        SheetColumn(words.text("web-share-what")),
        SheetColumn(words.text("web-fairness-grade")),
        SheetColumn(words.text("web-share-points"), NumberFormat.DECIMAL),
        *(SheetColumn(words.text(f"web-fairness-{one}"), NumberFormat.DECIMAL) for one in amounts),
        SheetColumn(words.text("web-distribution-receipt"), NumberFormat.INTEGER),
    ]


def _postings(share: Share, words: Words, zone: ZoneInfo) -> list[list[Out]]:
    assert share.group is not None
    found = own_lines(share.user, share.group, share.wanted.period, most=MOST_ROWS)
    return [
        [
            entry.at.astimezone(zone),
            words.text(what_of(entry.act, is_taker=entry.taker_id == share.user.pk)),
            entry.grade,
            in_points(entry.points),
            *map(in_points, (entry.due, entry.received, entry.corrected, line.owed)),
            entry.receipt_id,
        ]
        for line in found.rows
        for entry in [line.entry]
    ]
