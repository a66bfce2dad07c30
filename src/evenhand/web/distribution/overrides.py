"""人工干预: who decided by hand how often and why; everybody who sees decisions sees this."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from evenhand.fairness.overrides import Cell, Matrix, overrides
from evenhand.people.scope import Right, may
from evenhand.routing.operations.acts import OVERRIDES
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import words_of
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.fairness.asking import asked, spans
from evenhand.wording.catalogue import Words, message_id

_TONES = {"assign": "owed", "transfer": "ahead"}


@require_safe
@signed_in(Right.SEE_DECISIONS)
def overrides_page(request: HttpRequest) -> HttpResponse:
    """Person × reason over a period, and the trend."""
    actor, wanted, words = actor_in(request), asked(request.GET), words_of(request)
    found = overrides(actor, wanted.period)
    context = {
        "wanted": wanted,
        "spans": spans(words),
        "found": found,
        "heads": [(act, sum(1 for one, _ in found.columns if one == act)) for act in OVERRIDES],
        "columns": [(act, why, reason_words(words, (act, why))) for act, why in found.columns],
        "rows": [(row, _by_act(row.cells), _cells(found, row.cells)) for row in found.rows],
        "totals": (_by_act(found.totals), _cells(found, found.totals)),
        "by_day": found.by_day[::-1],
        "chart": json.dumps(_chart(found, words), ensure_ascii=False),
        "may_export": may(actor, Right.EXPORT),
    }
    return render(request, "web/distribution/overrides.html", context)


@require_POST
@signed_in(Right.EXPORT)
def take_out(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    actor, wanted, words = actor_in(request), asked(request.POST), words_of(request)
    found = overrides(actor, wanted.period)
    heads = [f"{words.text(f'web-act-{act}')} · {reason_words(words, (act, why))}"
             for act, why in found.columns]  # fmt: skip
    columns = [
        SheetColumn(words.text("web-overrides-who")),
        *(SheetColumn(words.text(f"web-act-{act}"), NumberFormat.INTEGER) for act in OVERRIDES),
        SheetColumn(words.text("web-overrides-most"), NumberFormat.INTEGER),
        *(SheetColumn(head, NumberFormat.INTEGER) for head in heads),
    ]
    rows: list[Sequence[Out]] = [
        [row.name, *_by_act(row.cells).values(), row.most_a_day, *_counts(found, row.cells)]
        for row in found.rows
    ]
    sheet = words.text("web-overrides-title")
    return figures_as_file(
        request, "fairness.exported", columns, rows, name="overrides", sheet=sheet,
        object_kind="book",
    )  # fmt: skip


def reason_words(words: Words, cell: Cell) -> str:
    """A reason in words; the code itself where the list has it no more."""
    message = f"act-reason-{message_id(cell[0])}-{message_id(cell[1])}"
    return words.text(message) if words.has(message) else cell[1]


def _by_act(cells: Any) -> dict[str, int]:
    return {act: sum(n for (one, _), n in cells.items() if one == act) for act in OVERRIDES}


def _counts(found: Matrix, cells: Any) -> list[int]:
    return [cells.get(one, 0) for one in found.columns]


def _cells(found: Matrix, cells: Any) -> list[tuple[str, str, int]]:
    return [(act, why, cells.get((act, why), 0)) for act, why in found.columns]


def _chart(found: Matrix, words: Words) -> dict[str, Any]:
    return {
        "days": [day.isoformat() for day, _ in found.by_day],
        "lines": [
            {
                "name": words.text(f"web-act-{act}"),
                "values": [counts.get(act, 0) for _, counts in found.by_day],
                "tone": _TONES[act],
            }
            for act in OVERRIDES
        ],
        "bounds": [],
        "unit": words.text("web-fairness-count"),
    }
