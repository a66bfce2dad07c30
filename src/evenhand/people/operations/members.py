"""People come, change and leave: invite, edit, take out of service, bring back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record, record_many
from evenhand.people.access import demand_for, user_for
from evenhand.people.actor import Actor
from evenhand.people.models import ApiToken, DataScope, OneTimeLink, Rep, Role, Team, User
from evenhand.people.naming import name_key
from evenhand.people.operations.checks import (
    CannotEdit,
    active_team,
    address,
    needed,
    within_length,
)
from evenhand.people.operations.epoch import end_logins
from evenhand.people.operations.new_address import mail_old_address
from evenhand.people.operations.revision import people_changed
from evenhand.people.operations.roles import check_role, keep_an_admin, locked_admins
from evenhand.people.scope import Right, demand
from evenhand.platform.clock import now
from evenhand.platform.transactions import one_transaction


@dataclass(frozen=True, slots=True)
class PersonIn:
    """Somebody to invite: what is known before he was here."""

    name: str
    email: str
    phone: str = ""
    team_id: int | None = None
    role: str = Role.REP
    scope: str = DataScope.SELF
    receives_items: bool = True


def invite(person: PersonIn, *, actor: Actor) -> User:
    """Add somebody who cannot log in yet: he comes by a link (`operations.links`).

    :raises NotAllowed: the actor may not invite, or not give this role.
    :raises CannotEdit: a value cannot be used, or somebody has this address.
    """
    return invite_many([person], actor=actor)[0]


@one_transaction
def invite_many(people: Sequence[PersonIn], *, actor: Actor) -> list[User]:
    """Add several at once, in a few statements; all or none. Raises as `invite`."""
    demand(actor, Right.EDIT_PEOPLE)
    if any((person.role, person.scope) != (Role.REP, DataScope.SELF) for person in people):
        demand(actor, Right.EDIT_ROLES)
    if not people:
        return []
    # Locked in one order: two lists cannot wait for each other.
    named = sorted({one.team_id for one in people if one.team_id is not None})
    teams = {one: active_team(one) for one in (None, *named)}
    users = [_newcomer(person, teams[person.team_id]) for person in people]
    _check_free({user.email for user in users})
    _insert(users)
    receiving = zip(users, people, strict=True)
    Rep.objects.bulk_create(Rep(user=user) for user, one in receiving if one.receives_items)
    people_changed()
    events = {
        user.pk: {"role": user.role, "scope": user.scope, "team": user.team_id} for user in users
    }
    record_many("person.invited", actor=actor, object_kind="person", data=events)
    return users


def _newcomer(person: PersonIn, team: Team | None) -> User:
    check_role(person.role, person.scope, team)
    user = User(
        name=needed(person.name, "name"),
        email=address(person.email),
        phone=within_length(person.phone.strip(), "phone", longest=32),
        role=person.role,
        scope=person.scope,
        team=team,
    )
    user.name_key = name_key(user.name)
    user.set_unusable_password()
    return user


@one_transaction
def edit_person(
    user_id: int, *, name: str, email: str, phone: str, team_id: int | None, actor: Actor
) -> bool:
    """Change name, address, phone or team; whether anything is different now.

    A new address ends the person's logins: by it one comes in.

    :raises NotAllowed, NotFound: as `access.user_for`; the address of somebody who is more than a
        rep is changed only by those who may give roles.
    :raises CannotEdit: a value cannot be used, or somebody has this address.
    """
    user = user_for(actor, user_id, Right.EDIT_PEOPLE, locked=True)
    # The team somebody has already may have been dissolved since.
    team = user.team if team_id == user.team_id else active_team(team_id)
    check_role(user.role, user.scope, team)
    new = {
        "name": needed(name, "name"),
        "email": user.email if email.strip().lower() == user.email else _free_address(email),
        "phone": within_length(phone.strip(), "phone", longest=32),
        "team_id": team_id,
    }
    changed = sorted(field for field, value in new.items() if getattr(user, field) != value)
    if not changed:
        return False
    if "email" in changed:
        demand_for(actor, user)
        end_logins(user.pk)
        mail_old_address(user, user.email)
    for field in changed:
        setattr(user, field, new[field])
    user.name_key = name_key(user.name)
    _save(user, [*changed, "name_key"])
    people_changed()
    _record("person.edited", user, actor, fields=changed, team=team_id)
    return True


@one_transaction
def set_inactive(user_id: int, *, actor: Actor) -> bool:
    """Take somebody out of service; whether he was in it. What he held is handed over elsewhere.

    His logins, tokens and links end with it; he receives nothing from now on.

    :raises NotAllowed, NotFound: as `access.user_for`; who is more than a rep only by those who
        may give roles.
    :raises CannotEdit: oneself, or the last administrator.
    """
    demand(actor, Right.EDIT_PEOPLE)
    admins = locked_admins()
    user = user_for(actor, user_id, Right.EDIT_PEOPLE, locked=True)
    demand_for(actor, user)
    if user.pk == actor.user_id:
        raise CannotEdit(reason("people.not_yourself"))
    if not user.is_active:
        return False
    keep_an_admin(user, admins)
    user.is_active = False
    user.save(update_fields=["is_active"])
    Rep.objects.filter(pk=user.pk).update(is_active=False)
    end_logins(user.pk)
    at = now()
    tokens = ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    OneTimeLink.objects.filter(user=user, used_at=None, expires_at__gt=at).update(expires_at=at)
    people_changed()
    _record("person.deactivated", user, actor, tokens=tokens)
    return True


@one_transaction
def reactivate(user_id: int, *, actor: Actor) -> bool:
    """Bring somebody back into service; whether he was out of it. He logs in as before.

    :raises NotAllowed, NotFound: as `set_inactive`.
    :raises CannotEdit: his team was dissolved meanwhile; give him another first.
    """
    user = user_for(actor, user_id, Right.EDIT_PEOPLE, locked=True)
    demand_for(actor, user)
    if user.is_active:
        return False
    team = user.team
    if team is not None and not team.is_active:
        raise CannotEdit(reason("people.team_dissolved", name=team.name), field="team")
    user.is_active = True
    user.save(update_fields=["is_active"])
    Rep.objects.filter(pk=user.pk).update(is_active=True)
    people_changed()
    _record("person.reactivated", user, actor)
    return True


def _free_address(text: str) -> str:
    email = address(text)
    _check_free({email})
    return email


def _check_free(emails: Collection[str]) -> None:
    taken = User.objects.filter(email__in=emails).values_list("email", flat=True).first()
    if taken is not None:
        raise _taken(taken)


def _insert(users: Sequence[User]) -> None:
    """Add them, where somebody else may take an address at this very moment."""
    try:
        with transaction.atomic():
            User.objects.bulk_create(users, batch_size=1_000)
    except IntegrityError:
        _check_free({user.email for user in users})
        raise


def _taken(email: str) -> CannotEdit:
    return CannotEdit(reason("people.address_taken", value=email), field="email")


def _save(user: User, fields: list[str] | None = None) -> None:
    """Save, where somebody else may have taken the address at this very moment."""
    try:
        with transaction.atomic():
            user.save(update_fields=fields)
    except IntegrityError as error:
        raise _taken(user.email) from error


def _record(kind: str, user: User, actor: Actor, **data: object) -> None:
    record(kind, actor=actor, object_kind="person", object_id=user.pk, data=data)
