"""申诉 for those who decide: what is due first, how others ended, and the list as a file."""

from collections.abc import Sequence
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.appeals.models import Appeal, AppealState
from evenhand.appeals.queries import AppealFilter, appeals, to_decide, upheld_shares
from evenhand.people.names import reps_within
from evenhand.people.scope import Right, may
from evenhand.policies.queries import lines
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.appeals.filing import reasons
from evenhand.web.appeals.shown import lines_of
from evenhand.web.asked import number_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.days import days_asked
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.paging import asked_rows
from evenhand.wording.catalogue import Words, message_id

STATES = tuple(state.value for state in AppealState)
_MICRO = Decimal(1_000_000)

MOST_ROWS = 10_000


@require_safe
@signed_in(Right.SEE_DECISIONS)
def show(request: HttpRequest) -> HttpResponse:
    """Appeals of people within reach, and the share upheld by rule and reason."""
    actor, words, now = actor_in(request), words_of(request), timezone.now()
    wanted = _asked(request.GET)
    rows = appeals(actor, wanted, now=now)
    page = asked_rows(rows, request.GET)
    context: dict[str, Any] = {
        "page": page,
        "rows": lines_of(page.rows, now),
        "wanted": wanted,
        "states": [(one, words.text(f"web-appeals-state-{one}")) for one in STATES],
        "whys": reasons(words),
        "lines": [(line.pk, line.name) for line in lines()],
        "people": [(rep.id, rep.name) for rep in reps_within(actor)],
        "only": "mine" if wanted.is_for_me else "overdue" if wanted.is_overdue else "",
        "onlies": [(one, words.text(f"web-appeals-only-{one}")) for one in ("mine", "overdue")],
        "shares": upheld_shares(rows),
        "waiting": to_decide(actor).count(),
        "may_export": may(actor, Right.EXPORT),
        "query": request.GET.urlencode(),
        "limit": MOST_ROWS,
    }
    return render(request, "web/appeals/listing.html", context)


@require_POST
@signed_in(Right.EXPORT, Right.SEE_DECISIONS)
def take_out(request: HttpRequest) -> HttpResponse:
    """The same list as a file."""
    actor, words, now = actor_in(request), words_of(request), timezone.now()
    wanted = _asked(QueryDict(request.POST.get("query", "")[:2_000]))
    found = appeals(actor, wanted, now=now).prefetch_related("rulings")[:MOST_ROWS]
    zone = zone_for(request)
    rows = [_row(one, words, zone) for one in found]
    sheet = words.text("web-appeals-title")
    return figures_as_file(
        request, "appeals.exported", _columns(words), rows, name="appeals", sheet=sheet,
        object_kind="appeals",
    )  # fmt: skip


def _asked(query: QueryDict) -> AppealFilter:
    period, only = days_asked(query), query.get("only", "")
    state, why = query.get("state", ""), query.get("why", "")
    return AppealFilter(
        state=state if state in STATES else "",
        why=why[:20],
        line_id=number_of(query.get("line")),
        rule=query.get("rule", "")[:120].strip(),
        person_id=number_of(query.get("rep")),
        is_overdue=only == "overdue",
        is_for_me=only == "mine",
        since=None if period is None else period[0],
        until=None if period is None else period[1],
    )


def _columns(words: Words) -> list[SheetColumn]:
    def column(name: str, format: NumberFormat = NumberFormat.TEXT) -> SheetColumn:
        return SheetColumn(words.text(f"web-appeals-{name}"), format)

    moment = NumberFormat.DATETIME
    return [
        column("id", NumberFormat.INTEGER),
        column("who"),
        column("item"),
        column("why"),
        column("note"),
        column("rule"),
        column("filed", moment),
        column("due", moment),
        column("state"),
        column("decider"),
        column("closed", moment),
        column("answer"),
        column("credit", NumberFormat.DECIMAL),
    ]


def _row(one: Appeal, words: Words, zone: tzinfo) -> Sequence[Out]:
    kind = words.text(f"item-kind-{message_id(one.item_kind)}")
    answers = [ruling.answer for ruling in one.rulings.all()]
    return [
        one.pk,
        one.person.name,
        f"{kind} {one.item_id}",
        words.text(f"act-reason-credit-{message_id(one.why)}"),
        one.note,
        one.rule,
        one.filed_at.astimezone(zone),
        one.due_at.astimezone(zone),
        words.text(f"web-appeals-state-{one.state}"),
        one.decider.name if one.decider is not None else words.text("web-appeals-sales-ops"),
        None if one.closed_at is None else one.closed_at.astimezone(zone),
        "\n".join(text for text in answers if text),
        Decimal(one.credit) / _MICRO,
    ]
