"""The public web form of a business line: opened, given another address, closed."""

import secrets

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused
from evenhand.policies.models import Line


class NoSuchForm(Refused):
    """There is no such active line to have a form."""

    def __init__(self, key: str) -> None:
        super().__init__(reason("intake.no_such_line", line=key), field="line")


def open_form(line_key: str, *, actor: Actor) -> str:
    """Open the form of a line, or give it another address: the former one ends. Its key.

    :raises NotAllowed: the actor may not edit policies.
    :raises NoSuchForm: there is no such active line.
    """
    return _set(line_key, secrets.token_urlsafe(12), "form.opened", actor)


def close_form(line_key: str, *, actor: Actor) -> None:
    """Close the form of a line; raises as `open_form`."""
    _set(line_key, None, "form.closed", actor)


def _set(line_key: str, form_key: str | None, event: str, actor: Actor) -> str:
    demand(actor, Right.EDIT_POLICY)
    with transaction.atomic():
        line = Line.objects.select_for_update().filter(key=line_key, is_active=True).first()
        if line is None:
            raise NoSuchForm(line_key)
        line.form_key = form_key
        line.save(update_fields=["form_key"])
        record(event, actor=actor, object_kind="line", object_id=line.pk)
    return form_key or ""
