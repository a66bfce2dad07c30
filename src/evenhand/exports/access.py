"""The gate: one's own exports, and those that somebody may confirm for a colleague."""

from django.db.models import QuerySet

from evenhand.exports.models import Export, Step
from evenhand.exports.sources import SOURCES
from evenhand.people.actor import Actor
from evenhand.people.models import DataScope, User
from evenhand.people.scope import RIGHTS, Right, may, sees_everybody
from evenhand.platform.refusal import NotFound


def own_exports(actor: Actor) -> QuerySet[Export]:
    """What somebody asked for himself."""
    rows = Export.objects.select_related("file", "decided_by")
    return rows.filter(user_id=actor.user_id or 0)


def own_export(actor: Actor, export_id: int) -> Export:
    """One of one's own exports by id.

    :raises NotFound: there is none, or it is somebody else's.
    """
    found = own_exports(actor).filter(pk=export_id).first()
    if found is None:
        raise NotFound("export", export_id)
    return found


def to_confirm(actor: Actor) -> QuerySet[Export]:
    """What waits for this actor as the second person: never his own."""
    rows = Export.objects.filter(step=Step.WAITING).exclude(user_id=actor.user_id or 0)
    if not may_confirm(actor):
        return rows.none()
    pages = [one.page for one in SOURCES.values() if may(actor, one.right)]
    return rows.filter(page__in=pages).select_related("user")


def export_to_confirm(actor: Actor, export_id: int) -> Export:
    """One of those by id; locked until the transaction ends.

    :raises NotFound: there is none, it is his own, or he may not confirm it.
    """
    rows = to_confirm(actor).filter(pk=export_id)
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound("export", export_id)
    return found


def may_confirm(actor: Actor) -> bool:
    """Whether somebody can be the second person: he may export, and sees everybody's rows."""
    return may(actor, Right.EXPORT) and sees_everybody(actor) and actor.token_id is None


def confirmers(page: str, besides: int) -> list[int]:
    """Ids of those who could confirm an export of a page that `besides` asked for."""
    needed = {Right.EXPORT, SOURCES[page].right}
    roles = [role for role, rights in RIGHTS.items() if needed <= rights]
    people = User.objects.filter(is_active=True, role__in=roles, scope=DataScope.ALL)
    return list(people.exclude(pk=besides).order_by("pk").values_list("pk", flat=True))
