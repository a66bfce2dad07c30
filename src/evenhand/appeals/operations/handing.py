"""Whose an appeal is to decide, and telling him."""

from datetime import datetime

from evenhand.appeals.access import barred_from
from evenhand.appeals.models import Appeal
from evenhand.engine.reasons import reason
from evenhand.notify.operations import tell
from evenhand.people.models import Role, User
from evenhand.people.scope import RIGHTS, Right
from evenhand.platform.refusal import Refused


class CannotAppeal(Refused):
    """An appeal cannot be filed, answered or taken back like this; nothing is changed."""


def refuse(code: str, *, field: str = "", **params: str | int) -> CannotAppeal:
    """A refusal, in words."""
    return CannotAppeal(reason(code, **params), field=field)


def decider_of(appeal: Appeal) -> int | None:
    """The manager of the appellant's team; None = sales operations, where he may not decide."""
    team = appeal.person.team
    manager = team.manager if team is not None else None
    if manager is None or not manager.is_active or manager.pk in barred_from(appeal):
        return None
    return manager.pk if Right.DECIDE_APPEAL in RIGHTS[manager.role] else None


def who_is_told(appeal: Appeal) -> set[int]:
    """Whom a notice of an open appeal reaches: its decider, or sales operations.

    Administrators where sales operations have nobody who may decide.
    """
    if appeal.decider_id is not None:
        return {appeal.decider_id}
    barred = barred_from(appeal)
    for role in (Role.SALES_OPS, Role.ADMIN):
        people = User.objects.filter(is_active=True, role=role).values_list("pk", flat=True)
        found = set(people) - barred
        if found:
            return found
    return set()


def tell_deciders(appeal: Appeal, kind: str, *, needed_by: datetime | None) -> None:
    """Put a notice about an open appeal into the inbox of whoever decides."""
    tell(
        who_is_told(appeal),
        kind,
        params={"by": appeal.person_id},
        object_kind="appeal",
        object_id=appeal.pk,
        needed_by=needed_by,
    )
