"""The figures of a group as a file."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from evenhand.fairness.queries import GroupPage, group_page
from evenhand.people.scope import Right
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.fairness.asking import asked
from evenhand.wording.catalogue import Words

_MICRO = Decimal(1_000_000)
PARTS = ("people", "days")


@require_POST
@signed_in(Right.EXPORT)
def export_group(request: HttpRequest, book_id: int) -> HttpResponse:
    """The members of a group, or its days, as CSV or XLSX: what the page shows, whole."""
    actor, wanted, words = actor_in(request), asked(request.POST), words_of(request)
    page = group_page(actor, book_id, wanted.period, grade=wanted.grade)
    if request.POST.get("part") == "days":
        columns, rows = _day_columns(words), list(_days(page))
    else:
        columns, rows = _people_columns(page, words), list(_people(page, words))
    return figures_as_file(
        request,
        "fairness.exported",
        columns,
        rows,
        name="fairness",
        sheet=words.text("web-fairness-title"),
        object_kind="book",
        object_id=page.group.id,
    )


def _people_columns(page: GroupPage, words: Words) -> list[SheetColumn]:
    def points(message: str, grade: str = "") -> SheetColumn:
        title = words.text(message)
        return SheetColumn(f"{grade} {title}".strip(), NumberFormat.DECIMAL)

    count = words.text("web-fairness-count")
    columns = [SheetColumn(words.text("web-fairness-who"))]
    columns += [points(f"web-fairness-{one}") for one in ("due", "received", "corrected", "owed")]
    columns.append(SheetColumn(count, NumberFormat.INTEGER))
    for grade in page.group.grades if not page.grade else ():
        columns += [points(f"web-fairness-{one}", grade) for one in ("due", "received")]
        columns.append(SheetColumn(f"{grade} {count}", NumberFormat.INTEGER))
    return columns


def _people(page: GroupPage, words: Words) -> Iterator[list[Out]]:
    for row in page.rows:
        name = row.name if row.id else words.text("web-fairness-others", count=row.people)
        total = row.total
        cells: list[Out] = [name, *map(in_points, (total.due, total.received, total.corrected))]
        cells += [in_points(row.owed), total.count]
        for one in row.grades:
            cells += [in_points(one.due), in_points(one.received), one.count]
        yield cells


def _day_columns(words: Words) -> list[SheetColumn]:
    decimal = ("due", "received", "most-owed", "most-ahead")
    return [
        SheetColumn(words.text("web-fairness-day"), NumberFormat.DATE),
        SheetColumn(words.text("web-fairness-count"), NumberFormat.INTEGER),
        *(SheetColumn(words.text(f"web-fairness-{one}"), NumberFormat.DECIMAL) for one in decimal),
        SheetColumn(words.text("web-fairness-jain"), NumberFormat.TEXT),
    ]


def _days(page: GroupPage) -> Iterator[list[Out]]:
    for one in page.figures.by_day():
        jain = None if one.jain is None else Decimal(one.jain) / 1_000
        amounts = (one.due, one.received, one.most_owed, one.most_ahead)
        yield [one.day, one.items, *map(in_points, amounts), jain]


def in_points(micro_points: int) -> Decimal:
    """Micro-points as points, as a spreadsheet counts on with them."""
    return Decimal(micro_points) / _MICRO
