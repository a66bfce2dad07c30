"""A new business line; and whether its rules take a second person to publish."""

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.policies.models import Line
from evenhand.policies.operations.copies import editor_of, locked_line
from evenhand.policies.refusals import CannotEdit


def add_line(name: str, *, actor: Actor) -> Line:
    """A line without rules yet: it deals once its first version is published.

    :raises NotAllowed: the actor may not edit policies.
    :raises CannotEdit: the name is empty, too long, or taken.
    """
    editor_of(actor)
    name = " ".join(name.split())
    if not name or len(name) > 80:
        raise CannotEdit(reason("studio.line_name", limit=80), field="line")
    with transaction.atomic():
        if Line.objects.filter(key=name).exists():
            raise CannotEdit(reason("studio.line_taken", name=name), field="line")
        is_first = not Line.objects.exists()
        line = Line.objects.create(key=name, name=name, is_default=is_first)
        record("line.added", actor=actor, object_kind="line", object_id=line.pk)
    return line


def set_second_person(line_id: int, is_needed: bool, *, actor: Actor) -> None:
    """Whether publishing takes a second person (复核). Administrators decide it: whoever writes
    the rules does not switch off his own control.

    :raises NotAllowed: the actor is no administrator.
    :raises NotFound: there is no such line.
    """
    demand(actor, Right.EDIT_COMPANY)
    with transaction.atomic():
        line = locked_line(line_id)
        if line.needs_second == is_needed:
            return
        line.needs_second = is_needed
        line.save(update_fields=["needs_second"])
        record(
            "line.second_person",
            actor=actor,
            object_kind="line",
            object_id=line.pk,
            data={"is_needed": is_needed},
        )
