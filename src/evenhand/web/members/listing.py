"""成员: the list of people, and inviting somebody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.people.actor import Actor
from evenhand.people.models import DataScope, Role
from evenhand.people.operations.invitations import invitation_for
from evenhand.people.operations.members import PersonIn, invite
from evenhand.people.queries.absences import away_until
from evenhand.people.queries.members import STATES, MemberFilter, levels_within, members
from evenhand.people.scope import Right, may
from evenhand.platform.clock import now
from evenhand.platform.refusal import Refused
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.members.choosing import team_choices
from evenhand.web.members.forms import InviteForm
from evenhand.web.paging import asked_rows
from evenhand.wording.catalogue import Words


@signed_in(Right.SEE_PEOPLE)
def show_members(request: HttpRequest) -> HttpResponse:
    """People within reach: who receives how much, who is away, who never came in."""
    actor, words, at = actor_in(request), words_of(request), now()
    asked = request.GET
    wanted = MemberFilter(
        q=asked.get("q", "").strip()[:80],
        team_id=number_of(asked.get("team")),
        role=asked.get("role", "") if asked.get("role", "") in Role.values else "",
        level=asked.get("level", "")[:40],
        # Who left is found where one looks for him.
        state=asked.get("state", "active"),
    )
    rows = members(actor, wanted, at, order=asked.get("sort", "name"))
    page = asked_rows(rows, asked, size=50)
    context = {
        "page": page,
        "away": away_until([row.pk for row in page.rows if row.is_away], at),
        "filters": _filters(actor, words, wanted),
        "is_filtered": wanted != MemberFilter(state="active"),
        "may_edit": may(actor, Right.EDIT_PEOPLE),
        "sort": "name",
    }
    return render(request, "web/members/list.html", context)


@signed_in(Right.EDIT_PEOPLE)
def show_invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link to copy stands in the answer, once."""
    actor, words = actor_in(request), words_of(request)
    teams = team_choices(actor)
    start = {"role": Role.REP, "scope": DataScope.SELF, "receives": True}
    form = InviteForm(
        words, teams, request.POST if request.method == "POST" else None, initial=start
    )
    if request.method == "POST":
        try:
            user = invite(_person(form), actor=actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            links = [invitation_for(user.pk, actor=actor)]
            return render(request, "web/members/links.html", {"links": links})
    context = {"form": form, "gives_roles": may(actor, Right.EDIT_ROLES)}
    return render(request, "web/members/invite.html", context, status=422 if form.errors else 200)


def _person(form: InviteForm) -> PersonIn:
    return PersonIn(
        name=form.typed("name"),
        email=form.typed("email"),
        phone=form.typed("phone"),
        team_id=number_of(form.typed("team")),
        role=form.typed("role") or Role.REP,
        scope=form.typed("scope") or DataScope.SELF,
        receives_items="receives" in form.data,
    )


def _filters(actor: Actor, words: Words, wanted: MemberFilter) -> list[dict[str, Any]]:
    levels = [(level, level) for level in levels_within(actor)]
    roles = [(role, words.text(f"web-role-{role}")) for role in Role.values]
    states = [(state, words.text(f"web-members-state-{state}")) for state in (*STATES, "all")]
    return [
        {"name": "q", "label": words.text("web-members-search"), "value": wanted.q},
        _choice("team", words.text("web-members-field-team"), wanted.team_id, team_choices(actor)),
        _choice("role", words.text("web-members-field-role"), wanted.role, roles),
        _choice("level", words.text("web-members-field-level"), wanted.level, levels),
        {
            **_choice("state", words.text("web-members-state"), wanted.state, states),
            "is_whole": True,
        },
    ]


def _choice(name: str, label: str, value: Any, choices: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "choices": choices or [("", "")]}
