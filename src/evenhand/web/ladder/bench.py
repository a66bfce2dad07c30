"""人才梯队: people by level, who is ready, who could accompany one more, what is thin."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.ladder.queries.bench import Bench, Person, bench, has_mentor
from evenhand.leads.queries.options import options_for
from evenhand.people.scope import Right, may
from evenhand.sheets.writing.safe_text import Out
from evenhand.sheets.writing.xlsx_file import NumberFormat, SheetColumn
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.exports.figures import figures_as_file
from evenhand.web.paging import cut
from evenhand.wording.catalogue import Words

_MILLION = 1_000_000
_NAMED = 12  # people named in a gap; the others are counted


@require_safe
@signed_in(Right.SEE_PEOPLE)
def show(request: HttpRequest) -> HttpResponse:
    """The bench of everybody within reach."""
    actor = actor_in(request)
    found = _asked(request, request.GET)
    chosen = _chosen(found, request.GET)
    options = options_for(actor)
    context: dict[str, Any] = {
        "bench": found,
        "page": cut(chosen, request.GET, size=50),
        "level": request.GET.get("level", ""),
        "team": request.GET.get("team", ""),
        "teams": options.teams,
        "levels": [(one.step.level, one.step.level) for one in found.rungs],
        "newcomers": sum(one.is_new for one in found.people),
        "without_mentor": found.without_mentor[:_NAMED],
        "more_without": max(0, len(found.without_mentor) - _NAMED),
        "may_export": may(actor, Right.EXPORT),
        "decides": may(actor, Right.GROW_PEOPLE),
    }
    return render(request, "web/ladder/bench.html", context)


@require_POST
@signed_in(Right.EXPORT)
def take_out(request: HttpRequest) -> HttpResponse:
    """The rows that the page shows, all of them, as a file."""
    words = words_of(request)
    query = QueryDict(request.POST.get("query", ""))
    rows = list(_cells(_chosen(_asked(request, query), query)))
    return figures_as_file(
        request,
        "bench.exported",
        _columns(words),
        rows,
        name="bench",
        sheet=words.text("web-nav-bench"),
        object_kind="bench",
    )


def _asked(request: HttpRequest, query: Mapping[str, str]) -> Bench:
    return bench(actor_in(request), timezone.now(), team=number_of(query.get("team")))


def _chosen(found: Bench, query: Mapping[str, str]) -> Sequence[Person]:
    level = query.get("level", "")
    return [one for one in found.people if not level or one.rep.level == level]


def _columns(words: Words) -> list[SheetColumn]:
    def named(key: str, format: NumberFormat | None = None) -> SheetColumn:
        label = words.text(f"web-ladder-out-{key}")
        return SheetColumn(label) if format is None else SheetColumn(label, format)

    whole, part = NumberFormat.INTEGER, NumberFormat.DECIMAL
    return [
        named("person"),
        named("team"),
        named("level"),
        named("next"),
        named("days", whole),
        named("ramp", whole),
        named("outcomes", whole),
        named("expected", part),
        named("probability", whole),
        named("met", whole),
        named("mentor"),
        named("mentees", whole),
        named("credit", part),
    ]


def _cells(people: Sequence[Person]) -> Iterator[list[Out]]:
    for one in people:
        rep, standing = one.rep, one.standing
        yield [
            rep.user.name,
            rep.user.team.name if rep.user.team else "",
            rep.level,
            one.next_level,
            None if standing is None else standing.days,
            None if one.ramp is None else one.ramp.percent,
            None if standing is None else standing.outcomes,
            None if standing is None else round(standing.expected / _MILLION, 2),
            None if standing is None else standing.probability // 10_000,
            one.met if one.needs else None,
            rep.mentor.user.name if rep.mentor and has_mentor(rep) else "",
            one.mentees,
            round(one.credit / 100, 2),
        ]
