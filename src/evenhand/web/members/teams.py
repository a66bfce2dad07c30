"""团队: the tree with its heads; add, change, move, dissolve."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.people.access import team_for
from evenhand.people.operations.teams import (
    create_team,
    dissolve_team,
    move_team,
    rename_team,
    set_team_manager,
)
from evenhand.people.queries.members import MemberFilter, members
from evenhand.people.queries.teams import team_tree
from evenhand.people.scope import Right, may
from evenhand.platform.clock import now
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.members.choosing import leader_choices, team_choices
from evenhand.web.members.forms import TeamForm
from evenhand.wording.reasons import say


@signed_in(Right.SEE_PEOPLE)
def show_teams(request: HttpRequest) -> HttpResponse:
    """The tree."""
    actor = actor_in(request)
    context = {"teams": team_tree(actor), "may_edit": may(actor, Right.EDIT_PEOPLE)}
    return render(request, "web/members/teams.html", context)


@signed_in(Right.EDIT_PEOPLE)
def new_team(request: HttpRequest) -> HttpResponse:
    """Add a team."""
    form = _form(request, initial={"parent": number_of(request.GET.get("parent"))})
    if request.method == "POST":
        try:
            in_transaction(lambda: _create(request, form))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, words_of(request).text("web-members-saved"))
            return redirect("/teams")
    return _page(request, form, None)


@signed_in(Right.EDIT_PEOPLE)
def edit_team(request: HttpRequest, team_id: int) -> HttpResponse:
    """Change name, place or manager."""
    team = team_for(actor_in(request), team_id, Right.EDIT_PEOPLE)
    start = {"name": team.name, "parent": team.parent_id, "manager": team.manager_id}
    form = _form(request, initial=start)
    if request.method == "POST":
        try:
            in_transaction(lambda: _edit(request, team_id, form))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, words_of(request).text("web-members-saved"))
            return redirect("/teams")
    return _page(request, form, team)


@require_POST
@signed_in(Right.EDIT_PEOPLE)
def end_team(request: HttpRequest, team_id: int) -> HttpResponse:
    """Dissolve an empty team."""
    words = words_of(request)
    try:
        dissolve_team(team_id, actor=actor_in(request))
    except Refused as refusal:
        messages.error(request, say(words, refusal.why))
        return redirect(f"/teams/{team_id}")
    messages.success(request, words.text("web-members-saved"))
    return redirect("/teams")


def _form(request: HttpRequest, *, initial: dict[str, Any]) -> TeamForm:
    actor = actor_in(request)
    people = members(actor, MemberFilter(state="active"), now()).exclude(role="auditor")
    leaders = leader_choices(list(people.exclude(role="rep")))
    data = request.POST if request.method == "POST" else None
    return TeamForm(words_of(request), team_choices(actor), leaders, data, initial=initial)


def _create(request: HttpRequest, form: TeamForm) -> None:
    actor = actor_in(request)
    team = create_team(form.typed("name"), parent_id=number_of(form.typed("parent")), actor=actor)
    set_team_manager(team.pk, number_of(form.typed("manager")), actor=actor)


def _edit(request: HttpRequest, team_id: int, form: TeamForm) -> None:
    actor = actor_in(request)
    rename_team(team_id, form.typed("name"), actor=actor)
    move_team(team_id, number_of(form.typed("parent")), actor=actor)
    set_team_manager(team_id, number_of(form.typed("manager")), actor=actor)


def _page(request: HttpRequest, form: TeamForm, team: Any) -> HttpResponse:
    context = {"form": form, "team": team}
    return render(request, "web/members/team.html", context, status=422 if form.errors else 200)
