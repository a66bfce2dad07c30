"""Roles and data scopes: who may give them, and what always holds."""

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.access import user_for
from evenhand.people.actor import Actor
from evenhand.people.models import DataScope, Role, Team, User
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.epoch import end_logins
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import Right, demand
from evenhand.platform.transactions import one_transaction

# What somebody with a role usually sees; another scope can be chosen.
USUAL_SCOPES: dict[str, str] = {
    Role.REP: DataScope.SELF,
    Role.MANAGER: DataScope.TEAM_BELOW,
    Role.SALES_OPS: DataScope.ALL,
    Role.ADMIN: DataScope.ALL,
    Role.AUDITOR: DataScope.ALL,
}


@one_transaction
def set_role(user_id: int, role: str, scope: str, *, actor: Actor) -> bool:
    """Give somebody another role or data scope; whether it is another one.

    His logins end in the same transaction: what he could do, he can do no longer.

    :raises NotAllowed, NotFound: as `access.user_for`.
    :raises CannotEdit: oneself, the last administrator, or no such role for this person.
    """
    demand(actor, Right.EDIT_ROLES)
    admins = locked_admins()
    user = user_for(actor, user_id, Right.EDIT_ROLES, locked=True)
    check_role(role, scope, user.team)
    if (user.role, user.scope) == (role, scope):
        return False
    if user.pk == actor.user_id:
        raise CannotEdit(reason("people.not_yourself"), field="role")
    if role != Role.ADMIN:
        keep_an_admin(user, admins)
    data = {"role": [user.role, role], "scope": [user.scope, scope]}
    user.role, user.scope = role, scope
    user.save(update_fields=["role", "scope"])
    end_logins(user.pk)
    people_changed()
    record("person.role_changed", actor=actor, object_kind="person", object_id=user.pk, data=data)
    return True


def check_role(role: str, scope: str, team: Team | None) -> None:
    """What always holds between role, data scope and team.

    :raises CannotEdit: it does not hold.
    """
    if role not in Role.values:
        raise CannotEdit(reason("people.choice_gone"), field="role")
    if scope not in DataScope.values:
        raise CannotEdit(reason("people.choice_gone"), field="scope")
    if role == Role.ADMIN and scope != DataScope.ALL:
        raise CannotEdit(reason("people.admin_sees_all"), field="scope")
    if scope in (DataScope.TEAM, DataScope.TEAM_BELOW) and team is None:
        raise CannotEdit(reason("people.scope_needs_team"), field="team")


def locked_admins() -> frozenset[int]:
    """The administrators in service, locked in one order before anybody else is.

    So two of them cannot both take out the other.
    """
    admins = User.objects.select_for_update(no_key=True).filter(role=Role.ADMIN, is_active=True)
    return frozenset(admins.order_by("pk").values_list("pk", flat=True))


def keep_an_admin(user: User, admins: frozenset[int]) -> None:
    """Refuse what would leave the company without an administrator.

    :raises CannotEdit: this is the last one.
    """
    if admins == {user.pk}:
        raise CannotEdit(reason("people.last_admin"))
