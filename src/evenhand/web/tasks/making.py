"""New to-dos: one, one for everything that a filter of a list finds, or a series."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenhand.exports.sources import params_of
from evenhand.leads.access import item_for
from evenhand.leads.queries.options import owners_for
from evenhand.leads.queries.titles import item_titles
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day
from evenhand.people.scope import Right, demand, may
from evenhand.platform.clock import now
from evenhand.platform.days import day_of
from evenhand.platform.refusal import Refused
from evenhand.tasks.facts import Link
from evenhand.tasks.making import HOLDER, MARKET, OWN, REP, RULES, Wish
from evenhand.tasks.models import SeriesTo
from evenhand.tasks.operations.create import count_of_filter, create, create_for_filter
from evenhand.tasks.operations.series import SeriesIn, make_series
from evenhand.tasks.queries import types_of
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, numbers_of, words_of
from evenhand.web.context import zone_for
from evenhand.web.tasks.asking import moment_typed
from evenhand.web.tasks.forms import TaskForm
from evenhand.web.tasks.shown import PLACES
from evenhand.wording.reasons import say

_PAGES = {place.strip("/"): kind for kind, place in PLACES.items()}


@dataclass(frozen=True, slots=True)
class _About:
    """What new to-dos are for: one thing, everything that a filter finds, or nothing."""

    link: Link | None = None
    title: str = ""
    page: str = ""  # of the list whose filter is meant
    query: str = ""
    count: int = 0

    @property
    def is_many(self) -> bool:
        """Whether there will be one for each of many."""
        return bool(self.page)

    @property
    def path(self) -> str:
        """The page of the one thing, or of the list."""
        if self.link is not None:
            return f"{PLACES[self.link[0]]}/{self.link[1]}"
        return f"/{self.page}?{self.query}" if self.page else "/tasks"


@signed_in(Right.WORK)
def new(request: HttpRequest) -> HttpResponse:
    """The form, and making what it says."""
    actor, words = actor_in(request), words_of(request)
    about = _about(request, actor)
    types = types_of()
    data = request.POST if request.method == "POST" else None
    ways = _ways(actor, about)
    form = TaskForm(words, types, ways, owners_for(actor), data)
    status = 200
    if request.method == "POST":
        try:
            return _make(request, form, about, ways, actor)
        except Refused as refused:
            form.refuse(refused.field, say(words, refused.why))
            status = 422
    context = {
        "form": form,
        "about": about,
        "types": types,
        "may_edit": may(actor, Right.EDIT_POLICY),
    }
    return render(request, "web/tasks/new.html", context, status=status)


def _make(
    request: HttpRequest, form: TaskForm, about: _About, ways: tuple[str, ...], actor: Actor
) -> HttpResponse:
    words = words_of(request)
    wish = _wish(request, form, about, ways, actor)
    if form.typed("unit") and may(actor, Right.ASSIGN):
        make_series(_series(form, wish, about), actor=actor)
        messages.success(request, words.text("web-tasks-made-series"))
        return redirect("/tasks?view=list")
    if about.is_many:
        kind, seen = _PAGES[about.page], number_of(request.POST.get("seen"))
        made = create_for_filter(wish, kind, params_of(about.query), seen=seen, actor=actor)
        messages.success(request, words.text("web-tasks-made-many", count=len(made)))
        return redirect("/tasks?view=list")
    task = create(wish, actor=actor)
    messages.success(request, words.text("web-tasks-made"))
    return redirect(about.path if about.link is not None else f"/tasks/{task.pk}")


def _wish(
    request: HttpRequest, form: TaskForm, about: _About, ways: tuple[str, ...], actor: Actor
) -> Wish:
    way = form.typed("way") or ways[0]
    rep_id = number_of(form.typed("rep")) if way == REP else None
    if way == OWN:
        rep_id = actor.user_id
    return Wish(
        form.typed("type"),
        way,
        rep_id,
        title=form.typed("title"),
        note=form.typed("note"),
        link=about.link,
        quantity=form.number("quantity"),
        minutes=form.number("minutes"),
        due_at=moment_typed(form.typed("due_at"), zone_for(request)),
    )


def _series(form: TaskForm, wish: Wish, about: _About) -> SeriesIn:
    """The same, coming again: from the day that was typed, else from today."""
    today = company_day(now())
    every = form.typed("every")
    return SeriesIn(
        wish.type,
        form.typed("unit"),
        day_of(form.typed("from_on")) or today,
        every=(number_of(every) or 0) if every else 1,
        weekdays=numbers_of(form.chosen("weekdays")),
        until_on=day_of(form.typed("until_on")),
        to=_SERIES_TO[wish.way],
        rep_id=wish.rep_id,
        title=wish.title,
        note=wish.note,
        link=wish.link,
        kind=_PAGES[about.page] if about.is_many else "",
        filter=params_of(about.query) if about.is_many else {},
    )


_SERIES_TO = {
    HOLDER: SeriesTo.HOLDER.value,
    REP: SeriesTo.REP.value,
    OWN: SeriesTo.REP.value,
    RULES: SeriesTo.RULES.value,
    MARKET: SeriesTo.MARKET.value,
}


def _about(request: HttpRequest, actor: Actor) -> _About:
    """What the address says that the to-dos are for."""
    sent = request.POST if request.method == "POST" else request.GET
    kind, item_id = sent.get("kind", ""), number_of(sent.get("id"))
    if kind in PLACES and item_id is not None:
        item_for(actor, kind, item_id)
        title = item_titles(actor, kind, [item_id]).get(item_id, "")
        return _About(link=(kind, item_id), title=title or str(item_id))
    page = sent.get("of", "")
    if page in _PAGES:
        demand(actor, Right.ASSIGN)
        query = sent.get("query", "")[:2_000]
        found = count_of_filter(_PAGES[page], params_of(query), actor=actor)
        return _About(page=page, query=query, count=found.count)
    return _About()


def _ways(actor: Actor, about: _About) -> tuple[str, ...]:
    """To whom new to-dos can go; the first is the usual one."""
    if not may(actor, Right.ASSIGN):
        return (OWN,)
    holder = (HOLDER,) if about.is_many or about.link is not None else ()
    own = (OWN,) if actor.is_rep and not about.is_many else ()
    return (*holder, REP, RULES, MARKET, *own)
