"""The figures of the pools as files."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from evenhand.people.scope import Right
from evenhand.pool import flow, habits
from evenhand.pool.overview import overview_of
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.pools.figures import Asked, read
from evenhand.wording.catalogue import Words, message_id

_MICRO = Decimal(1_000_000)
_DAY = 86_400
_HABITS = ("claims", "paid", "gave-up", "reclaimed", "hoarded", "pick")


@require_POST
@signed_in(Right.EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """The pools, or everybody who used them, as the page shows them."""
    found, words = read(request), words_of(request)
    if request.POST.get("part") == "people":
        columns, rows = _people_columns(words), list(_people(request, found, words))
    else:
        columns, rows = _pool_columns(words), list(_pools(found))
    return figures_as_file(
        request,
        "pool.exported",
        columns,
        rows,
        name="pools",
        sheet=words.text("web-pools-title"),
        object_kind="line",
        object_id=found.wanted.line,
    )


def _pool_columns(words: Words) -> list[SheetColumn]:
    text, number = words.text, NumberFormat.INTEGER
    return [
        SheetColumn(text("web-distribution-line")),
        SheetColumn(text("web-pools-pool")),
        SheetColumn(text("web-pools-came"), number),
        SheetColumn(text("web-pools-left"), number),
        SheetColumn(text("web-pools-claimed"), number),
        SheetColumn(text("web-pools-paid"), NumberFormat.DECIMAL),
        SheetColumn(text("web-pools-lies"), number),
        *(SheetColumn(text(f"web-pools-age-{band}"), number) for band in range(_BANDS)),
        SheetColumn(text("web-pools-median-days"), NumberFormat.DECIMAL),
    ]


_BANDS = len(flow.AGE_DAYS) + 1


def _pools(found: Asked) -> Iterator[Sequence[Out]]:
    overview = overview_of(found.pools, found.since, found.until, found.now)
    for pool in found.pools:
        one = overview.flow_of(pool.key)
        median = None if one.median_age is None else round(Decimal(one.median_age) / _DAY, 1)
        counts = (one.all_came, one.all_left, one.left.get("claim", 0))
        yield [pool.line, pool.name, *counts, one.paid / _MICRO, one.lies, *one.ages, median]


def _people_columns(words: Words) -> list[SheetColumn]:
    decimal = ("paid", "pick")
    return [
        SheetColumn(words.text("web-fairness-who")),
        *(
            SheetColumn(
                words.text(f"web-pools-{message_id(one)}"),
                NumberFormat.DECIMAL if one in decimal else NumberFormat.INTEGER,
            )
            for one in _HABITS
        ),
    ]


def _people(request: HttpRequest, found: Asked, words: Words) -> Iterator[Sequence[Out]]:
    actor = actor_in(request)
    overview = overview_of(found.pools, found.since, found.until, found.now)
    for one in habits.habits(actor, overview.used):
        name = one.name if one.rep_id else words.text("web-pools-others")
        pick = None if one.pick is None else round(Decimal(one.pick.index.value), 3)
        counts = (one.gave_up, one.reclaimed, one.hoarded)
        yield [name, one.claims, one.paid / _MICRO, *counts, pick]
