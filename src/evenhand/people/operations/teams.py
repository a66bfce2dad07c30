"""The tree of teams: create, rename, move, name a manager, dissolve."""

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.access import team_for
from evenhand.people.actor import Actor
from evenhand.people.models import Team, User
from evenhand.people.operations.checks import CannotEdit, active_team, needed
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import Right, demand
from evenhand.platform.transactions import one_transaction

DEEPEST = 8  # levels, from the root down


@one_transaction
def create_team(name: str, *, parent_id: int | None = None, actor: Actor) -> Team:
    """Add a team below another, or at the top. A dissolved team of this name comes back.

    :raises NotAllowed: the actor may not edit people.
    :raises CannotEdit: no name, one that is taken, no such parent, or too many levels.
    """
    demand(actor, Right.EDIT_PEOPLE)
    _lock_tree()
    name = needed(name, "name")
    parent = active_team(parent_id, "parent")
    team = Team.objects.filter(name=name).first()
    if team is None:
        team = Team(name=name)
    elif team.is_active:
        raise _taken(name)
    team.is_active, team.manager, team.parent = True, None, parent
    team.save()
    team.path = [*(parent.path if parent else ()), team.pk]
    _check_depth(len(team.path))
    team.save(update_fields=["path"])
    _done("team.created", team, actor, name=name, parent=parent_id)
    return team


@one_transaction
def rename_team(team_id: int, name: str, *, actor: Actor) -> bool:
    """Call a team otherwise; whether it is another name. Rules name teams by their name.

    :raises NotAllowed, NotFound: as `access.team_for`.
    :raises CannotEdit: no name, or one that is taken.
    """
    _lock_tree()
    team = team_for(actor, team_id, Right.EDIT_PEOPLE)
    name = needed(name, "name")
    if name == team.name:
        return False
    if Team.objects.filter(name=name).exists():
        raise _taken(name)
    was, team.name = team.name, name
    team.save(update_fields=["name"])
    _done("team.renamed", team, actor, name=[was, name])
    return True


@one_transaction
def move_team(team_id: int, parent_id: int | None, *, actor: Actor) -> bool:
    """Put a team with everything below it under another, or at the top; whether it moved.

    :raises NotAllowed, NotFound: as `access.team_for`.
    :raises CannotEdit: it would stand below itself, no such parent, or too many levels.
    """
    _lock_tree()
    team = team_for(actor, team_id, Right.EDIT_PEOPLE)
    if team.parent_id == parent_id:
        return False
    parent = active_team(parent_id, "parent")
    if parent is not None and team.pk in parent.path:
        raise CannotEdit(reason("people.team_circle", name=team.name), field="parent")
    above = list(parent.path) if parent else []
    subtree = list(Team.objects.filter(path__contains=[team.pk]))
    cut = len(team.path) - 1
    for one in subtree:
        one.path = [*above, *one.path[cut:]]
        _check_depth(len(one.path))
    Team.objects.bulk_update(subtree, ["path"])
    Team.objects.filter(pk=team.pk).update(parent=parent)
    _done("team.moved", team, actor, parent=[team.parent_id, parent_id], teams=len(subtree))
    return True


@one_transaction
def set_team_manager(team_id: int, user_id: int | None, *, actor: Actor) -> bool:
    """Say who leads a team; whether it is somebody else. What he sees follows from his role.

    :raises NotAllowed, NotFound: as `access.team_for`.
    :raises CannotEdit: nobody in service has this id.
    """
    _lock_tree()
    team = team_for(actor, team_id, Right.EDIT_PEOPLE)
    if team.manager_id == user_id:
        return False
    if user_id is not None and not User.objects.filter(pk=user_id, is_active=True).exists():
        raise CannotEdit(reason("people.choice_gone"), field="manager")
    was, team.manager_id = team.manager_id, user_id
    team.save(update_fields=["manager"])
    _done("team.manager_changed", team, actor, manager=[was, user_id])
    return True


@one_transaction
def dissolve_team(team_id: int, *, actor: Actor) -> None:
    """End a team that is empty; its name and its past stay.

    :raises NotAllowed, NotFound: as `access.team_for`.
    :raises CannotEdit: somebody in service, or another team, belongs to it.
    """
    _lock_tree()
    team = team_for(actor, team_id, Right.EDIT_PEOPLE)
    people = User.objects.filter(team=team, is_active=True).count()
    below = Team.objects.filter(parent=team, is_active=True).count()
    if people or below:
        raise CannotEdit(reason("people.team_not_empty", members=people, teams=below))
    team.is_active = False
    team.save(update_fields=["is_active"])
    _done("team.dissolved", team, actor, name=team.name)


def _lock_tree() -> None:
    """The tree is changed by one at a time: two moves could otherwise close a circle."""
    list(Team.objects.select_for_update().order_by("pk").values_list("pk"))


def _check_depth(levels: int) -> None:
    if levels > DEEPEST:
        raise CannotEdit(reason("people.team_too_deep", limit=DEEPEST), field="parent")


def _taken(name: str) -> CannotEdit:
    return CannotEdit(reason("people.name_taken", name=name), field="name")


def _done(kind: str, team: Team, actor: Actor, **data: object) -> None:
    people_changed()
    record(kind, actor=actor, object_kind="team", object_id=team.pk, data=data)
