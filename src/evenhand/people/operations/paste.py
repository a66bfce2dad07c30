"""A pasted or uploaded team list: looked at first, then its good rows applied together."""

from dataclasses import dataclass, replace

from django.db import transaction

from evenhand.people.actor import Actor
from evenhand.people.models import Rep, Role, Team, User
from evenhand.people.operations.invitations import Invitation, invitation_for
from evenhand.people.operations.members import PersonIn, edit_person, invite
from evenhand.people.operations.paste_plan import Plan, Planner, RowPlan, Verdict, new_data
from evenhand.people.operations.reps import edit_rep
from evenhand.people.operations.roles import USUAL_SCOPES, set_role
from evenhand.people.operations.teams import create_team
from evenhand.people.scope import Right, demand
from evenhand.people.teamsheet import read_list


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done, with the links of those who are new."""

    plan: Plan
    invitations: tuple[Invitation, ...]


def plan_list(text: str, *, actor: Actor) -> Plan:
    """Look at a list without changing anything.

    :raises NotAllowed: the actor may not edit people.
    :raises UnreadableSheet: the text is no table.
    """
    demand(actor, Right.EDIT_PEOPLE)
    return Planner(read_list(text), actor).plan()


def apply_list(text: str, *, actor: Actor) -> Applied:
    """Apply the good rows of a list, all in one transaction; rejected ones are left out.

    :raises NotAllowed, UnreadableSheet: as `plan_list`.
    :raises CannotEdit: something changed meanwhile so that a row fits no longer; nothing is done.
    """
    demand(actor, Right.EDIT_PEOPLE)
    sheet = read_list(text)
    with transaction.atomic():
        # One list after the other: what is planned here is what is done.
        list(Team.objects.select_for_update().order_by("pk").values_list("pk"))
        plan = Planner(sheet, actor).plan()
        done = _apply(plan, actor)
    return Applied(plan, done)


def _apply(plan: Plan, actor: Actor) -> tuple[Invitation, ...]:
    for path in plan.new_teams:
        above = Team.objects.filter(name=path[-2]).values_list("pk", flat=True) if path[1:] else ()
        create_team(path[-1], parent_id=next(iter(above), None), actor=actor)
    teams = dict(Team.objects.filter(is_active=True).values_list("name", "pk"))
    good = [row for row in plan.rows if row.verdict in (Verdict.NEW, Verdict.CHANGED)]
    invited = []
    for row in good:
        path = row.row.team_path
        team_id = teams[path[-1]] if path else None
        if row.user is None:
            row.user = _invite(row, team_id, actor)
            invited.append(row.user)
        else:
            _edit(row, row.user, team_id, actor)
    for row in good:
        _edit_rep(row, actor)
    return tuple(invitation_for(user.pk, actor=actor) for user in invited)


def _invite(row: RowPlan, team_id: int | None, actor: Actor) -> User:
    role = str(row.row.values.get("role") or Role.REP)
    person = PersonIn(
        name=row.name,
        email=row.email,
        phone=str(row.row.values.get("phone") or ""),
        team_id=team_id,
        role=role,
        scope=USUAL_SCOPES[role],
        receives_items=role == Role.REP,
    )
    return invite(person, actor=actor)


def _edit(row: RowPlan, user: User, team_id: int | None, actor: Actor) -> None:
    values = row.row.values
    edit_person(
        user.pk,
        name=row.name,
        email=user.email,
        phone=str(values.get("phone") or user.phone),
        team_id=user.team_id if team_id is None else team_id,
        actor=actor,
    )
    if "role" in row.changes:
        role = str(values["role"])
        set_role(user.pk, role, USUAL_SCOPES[role], actor=actor)


def _edit_rep(row: RowPlan, actor: Actor) -> None:
    assert row.user is not None
    rep = Rep.objects.filter(pk=row.user.pk).first()
    if rep is None:
        return
    new = new_data(row)
    mentor = str(row.row.values.get("mentor") or "")
    if mentor:
        reps = Rep.objects.filter(is_active=True, user__is_active=True)
        found = reps.filter(user__email=mentor.lower()).first() or (
            reps.filter(user__name=mentor).order_by("pk").first()
        )
        new = replace(new, mentor_id=None if found is None else found.pk)
    edit_rep(row.user.pk, new, actor=actor)
