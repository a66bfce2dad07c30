"""An import that may still be changed, under its lock."""

from evenhand.engine.reasons import reason
from evenhand.imports.access import import_for
from evenhand.imports.models import Import, Step
from evenhand.imports.refusal import CannotImport
from evenhand.people.actor import Actor


def looking(import_id: int, actor: Actor) -> Import:
    """An import that has not started, locked until the transaction ends.

    :raises NotAllowed, NotFound: as `access.import_for`.
    :raises CannotImport: it has started.
    """
    row = import_for(actor, import_id)
    found = Import.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if found.step != Step.LOOKING:
        raise CannotImport(reason("import.has_started"))
    return found
