"""The gate to people: whom somebody may reach. Out of reach and not there are the same answer.

A manager reaches the people of his data scope, sales operations and administrators everybody, and
anybody himself.
"""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from evenhand.people.actor import Actor
from evenhand.people.models import Rep, Team, User
from evenhand.people.scope import NotAllowed, Right, demand, may, sees_everybody
from evenhand.platform.refusal import NotFound


def reaches_everybody(actor: Actor) -> bool:
    """Whether there is no wall between people for this actor."""
    return sees_everybody(actor) or may(actor, Right.EDIT_PEOPLE)


def visible_people(actor: Actor) -> QuerySet[User]:
    """All people the actor may see, whether they are still here or not."""
    himself = Q(pk=actor.user_id or 0)
    if not may(actor, Right.SEE_PEOPLE):
        return User.objects.filter(himself)
    if reaches_everybody(actor):
        return User.objects.all()
    return User.objects.filter(Q(team_id__in=sorted(actor.teams)) | himself)


def visible_teams(actor: Actor) -> QuerySet[Team]:
    """All teams the actor may see that were not dissolved."""
    teams = Team.objects.filter(is_active=True)
    if not may(actor, Right.SEE_PEOPLE):
        return teams.none()
    return teams if reaches_everybody(actor) else teams.filter(pk__in=sorted(actor.teams))


def user_for(
    actor: Actor, user_id: int, right: Right = Right.SEE_PEOPLE, *, locked: bool = False
) -> User:
    """A person by id, for somebody who wants to do something with him.

    `locked` keeps his row until the transaction ends.

    :raises NotAllowed: he may not do this to anybody.
    :raises NotFound: there is no such person within his reach.
    """
    demand(actor, right)
    rows = visible_people(actor).filter(pk=user_id)
    rows = rows.select_for_update(of=("self",), no_key=True) if locked else rows
    found = rows.select_related("team", "rep").first()
    if found is None:
        raise NotFound("person", user_id)
    return found


def rep_for(
    actor: Actor, user_id: int, right: Right = Right.SEE_PEOPLE, *, locked: bool = False
) -> Rep:
    """Somebody who receives items, by id; raises as `user_for`."""
    demand(actor, right)
    rows = Rep.objects.filter(pk=user_id, user__in=visible_people(actor))
    rows = rows.select_for_update(of=("self",), no_key=True) if locked else rows
    found = rows.select_related("user", "user__team", "calendar").first()
    if found is None:
        raise NotFound("person", user_id)
    return found


def reps_for(actor: Actor, user_ids: Collection[int], right: Right) -> list[Rep]:
    """Several who receive items, locked in the order of their ids; raises as `user_for`."""
    demand(actor, right)
    rows = Rep.objects.filter(pk__in=user_ids, user__in=visible_people(actor))
    found = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    missing = set(user_ids) - {rep.pk for rep in found}
    if missing:
        raise NotFound("person", min(missing))
    return found


def own_or_in_scope(actor: Actor, user_id: int, right: Right, *, locked: bool = False) -> Rep:
    """Oneself without any right, or somebody within reach with it; raises as `user_for`.

    A program does nothing in the name of its owner that he alone may do.
    """
    is_himself = actor.is_rep and actor.user_id == user_id and actor.token_scopes is None
    if is_himself:
        rows = Rep.objects.select_related("user", "user__team", "calendar").filter(pk=user_id)
        return (rows.select_for_update(of=("self",), no_key=True) if locked else rows).get()
    return rep_for(actor, user_id, right, locked=locked)


def team_for(actor: Actor, team_id: int, right: Right = Right.SEE_PEOPLE) -> Team:
    """A team by id; raises as `user_for`."""
    demand(actor, right)
    found = visible_teams(actor).select_related("parent", "manager").filter(pk=team_id).first()
    if found is None:
        raise NotFound("team", team_id)
    return found


def demand_for(actor: Actor, user: User) -> None:
    """Who is more than a rep is edited by those who may give roles.

    :raises NotAllowed: the actor may not.
    """
    if user.role != "rep" and not may(actor, Right.EDIT_ROLES):
        raise NotAllowed(Right.EDIT_ROLES)
