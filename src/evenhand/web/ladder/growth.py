"""我的成长: where somebody stands, what is missing, the ladder, stretch work and mentors."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evenhand.engine.conditions.field import ALWAYS
from evenhand.ladder.access import growth_of, rep_of_proposal
from evenhand.ladder.operations.decide import accept, put_off
from evenhand.ladder.queries.growth import Growth, growth
from evenhand.ladder.steps import Step
from evenhand.people.actor import Actor
from evenhand.people.operations.growing import name_mentor
from evenhand.people.scope import Right, may
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.members.choosing import rep_choices
from evenhand.web.trying import try_act
from evenhand.wording.catalogue import Words
from evenhand.wording.conditions import condition_words


@require_safe
@signed_in(Right.SEE_ITEMS)
def show(request: HttpRequest) -> HttpResponse:
    """One's own growth; with `rep`, that of somebody within reach."""
    actor = actor_in(request)
    if (told := number_of(request.GET.get("proposal"))) is not None:
        return redirect(_place(actor, told))
    rep_id = number_of(request.GET.get("rep"))
    if rep_id is None and not actor.is_rep and may(actor, Right.SEE_PEOPLE):
        return redirect("/bench")
    return _page(request, rep_id)


def _place(actor: Actor, proposal_id: int) -> str:
    """Where a notice about a proposal leads: one's own page, or the page of whom it is about."""
    rep_id = rep_of_proposal(actor, proposal_id)
    return "/growth" if rep_id == actor.user_id else f"/growth?rep={rep_id}"


@require_POST
@signed_in(Right.GROW_PEOPLE)
def decide(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Give the next level, or say why not yet."""
    note = request.POST.get("note", "")
    rep_id = rep_of_proposal(actor_in(request), proposal_id)
    is_yes = request.POST.get("act") == "accept"

    def act(actor: Actor) -> object:
        if is_yes:
            return accept(proposal_id, note=note, actor=actor)
        return put_off(proposal_id, note=note, actor=actor)

    said = "web-ladder-done-accepted" if is_yes else "web-ladder-done-put-off"
    return _done(request, rep_id, act, said, form="accept" if is_yes else "put_off")


@require_POST
@signed_in(Right.GROW_PEOPLE)
def choose_mentor(request: HttpRequest, rep_id: int) -> HttpResponse:
    """Say who stands beside somebody from now on."""

    def act(actor: Actor) -> object:
        return name_mentor(rep_id, number_of(request.POST.get("mentor")), actor=actor)

    return _done(request, rep_id, act, "web-ladder-done-mentor", form="mentor")


def _done(
    request: HttpRequest, rep_id: int, act: Callable[[Actor], object], said: str, *, form: str
) -> HttpResponse:
    def again(wrong: dict[str, str], status: int) -> HttpResponse:
        return _page(request, rep_id, wrong, status=status)

    return try_act(request, act, said, form=form, again=again, place=f"/growth?rep={rep_id}")


def _page(
    request: HttpRequest,
    rep_id: int | None,
    wrong: dict[str, str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    actor, words = actor_in(request), words_of(request)
    rep = growth_of(actor, rep_id)
    found = growth(rep, timezone.now())
    is_own = rep.pk == actor.user_id
    decides = may(actor, Right.GROW_PEOPLE) and not is_own
    context: dict[str, Any] = {
        "growth": found,
        "rep": rep,
        "is_own": is_own,
        "decides": decides,
        "path": _path(found, words),
        "mentors": rep_choices(actor, without=rep.pk) if decides else [],
        "note": request.POST.get("note", ""),
        "wrong": wrong or {},
    }
    return render(request, "web/ladder/growth.html", context, status=status)


def _path(found: Growth, words: Words) -> Sequence[dict[str, Any]]:
    """The ladder from below, with what each level takes and should mostly take, line by line."""
    passed = found.step is not None
    steps = []
    for step in found.ladder.steps:
        is_here = step.level == found.rep.level
        passed = passed and not is_here
        steps.append(
            {
                "level": step.level,
                "is_here": is_here,
                "is_passed": passed,
                "is_next": step.level == found.next_level,
                "lines": _lines(step, words),
            }
        )
    return steps


def _lines(step: Step, words: Words) -> list[dict[str, str]]:
    return [
        {
            "line": name if len(step.lines) > 1 else "",
            "takes": words.text("web-ladder-all-leads")
            if level.takes == ALWAYS
            else condition_words(level.takes, words),
            "mostly": "" if level.mostly is None else condition_words(level.mostly, words),
            "note": level.note,
        }
        for name, level in step.lines.items()
    ]
