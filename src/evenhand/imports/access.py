"""The gate: which imports somebody reaches."""

from django.db.models import QuerySet

from evenhand.imports.models import Import
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand, sees_everybody
from evenhand.platform.refusal import NotFound


def visible_imports(actor: Actor) -> QuerySet[Import]:
    """One's own imports; whoever sees everybody sees all.

    :raises NotAllowed: the actor may not import.
    """
    demand(actor, Right.IMPORT)
    rows = Import.objects.select_related("user", "line")
    return rows if sees_everybody(actor) else rows.filter(user_id=actor.user_id or 0)


def import_for(actor: Actor, import_id: int) -> Import:
    """An import by id.

    :raises NotAllowed: the actor may not import.
    :raises NotFound: there is none within his reach.
    """
    found = visible_imports(actor).filter(pk=import_id).first()
    if found is None:
        raise NotFound("import", import_id)
    return found
