"""A pasted or uploaded team list: looked at first, then its good rows applied together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from evenhand.people.actor import Actor
from evenhand.people.models import Rep, Role, Team, User
from evenhand.people.operations.invitations import Invitation, invitations_for
from evenhand.people.operations.members import PersonIn, edit_person, invite_many
from evenhand.people.operations.paste_plan import Plan, Planner, RowPlan, Verdict, new_data
from evenhand.people.operations.reps import edit_reps
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
    new = [row for row in plan.rows if row.verdict == Verdict.NEW]
    changed = [row for row in plan.rows if row.verdict == Verdict.CHANGED]
    invited = invite_many([_person(row, _team_id(row, teams)) for row in new], actor=actor)
    for row, user in zip(new, invited, strict=True):
        row.user = user
    for row in changed:
        assert row.user is not None
        _edit(row, row.user, _team_id(row, teams), actor)
    _edit_reps([*new, *changed], actor)
    return invitations_for(invited, actor=actor)


def _team_id(row: RowPlan, teams: Mapping[str, int]) -> int | None:
    path = row.row.team_path
    return teams[path[-1]] if path else None


def _person(row: RowPlan, team_id: int | None) -> PersonIn:
    role = str(row.row.values.get("role") or Role.REP)
    return PersonIn(
        name=row.name,
        email=row.email,
        phone=str(row.row.values.get("phone") or ""),
        team_id=team_id,
        role=role,
        scope=USUAL_SCOPES[role],
        receives_items=role == Role.REP,
    )


def _edit(row: RowPlan, user: User, team_id: int | None, actor: Actor) -> None:
    values = row.row.values
    if row.changes.keys() & {"name", "phone", "team"}:
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


def _edit_reps(rows: Sequence[RowPlan], actor: Actor) -> None:
    people = [row.user.pk for row in rows if row.user is not None]
    reps = set(Rep.objects.filter(pk__in=people).values_list("pk", flat=True))
    mentors = _mentors({str(row.row.values.get("mentor") or "") for row in rows} - {""})
    new = {}
    for row in rows:
        assert row.user is not None
        if row.user.pk in reps:
            mentor = str(row.row.values.get("mentor") or "")
            data = new_data(row)
            # Whoever is meant may be new in this list himself.
            new[row.user.pk] = replace(data, mentor_id=mentors.get(mentor)) if mentor else data
    edit_reps(new, actor=actor)


def _mentors(wanted: Collection[str]) -> dict[str, int]:
    """Whom a list means by an address or a name; of two of one name the earlier."""
    reps = Rep.objects.filter(is_active=True, user__is_active=True).order_by("-pk")
    people = list(reps.values_list("user__name", "user__email", "pk"))
    by_name = {name: one for name, _, one in people}
    by_address = {email: one for _, email, one in people}
    found = {text: by_address.get(text.lower(), by_name.get(text)) for text in wanted}
    return {text: one for text, one in found.items() if one is not None}
