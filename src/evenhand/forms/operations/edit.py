"""Making a form: new, saved as a draft, published, turned off and on, copied, deleted, restored."""

import secrets
from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from evenhand.engine.reasons import Reason, reason
from evenhand.forms.access import form_for
from evenhand.forms.definition import Definition, first_definition, from_plain, problems
from evenhand.forms.models import Form, FormVersion
from evenhand.forms.queries import own_fields_of
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused
from evenhand.policies.models import Line

LONGEST_NAME = 80


class CannotEditForm(Refused):
    """A form cannot be as it was asked for."""


class CannotPublishForm(Refused):
    """A draft has mistakes; `problems` names them all, the first one is `why`."""

    def __init__(self, found: list[tuple[str, Reason]]) -> None:
        super().__init__(found[0][1], field=found[0][0])
        self.problems = found


def make_form(line_key: str, name: str, *, actor: Actor) -> Form:
    """A new draft in a line.

    :raises NotAllowed: the actor does not edit rules.
    :raises CannotEditForm: there is no such active line.
    """
    demand(actor, Right.EDIT_POLICY)
    with transaction.atomic():
        line = Line.objects.filter(key=line_key, is_active=True).first()
        if line is None:
            raise CannotEditForm(reason("intake.no_such_line", line=line_key[:80]), field="line")
        return _created(line, _name(name) or line.name, first_definition(), actor)


def save_form(
    form_id: int, name: str, definition: Definition, *, edition: int, actor: Actor
) -> Form:
    """Keep the draft; visitors see nothing of it.

    :raises NotAllowed, NotFound: as `access.form_for`.
    :raises CannotEditForm: somebody else saved it since `edition`.
    """
    with transaction.atomic():
        row = form_for(actor, form_id, locked=True)
        if row.edition != edition:
            raise CannotEditForm(reason("form.changed_meanwhile"))
        row.name, row.draft = _name(name) or row.name, definition.as_plain()
        row.edition += 1
        row.save(update_fields=["name", "draft", "edition"])
    return row


def publish_form(form_id: int, *, actor: Actor) -> FormVersion:
    """Let visitors see the draft, as a new version, and turn the form on.

    :raises NotAllowed, NotFound: as `access.form_for`.
    :raises CannotPublishForm: it has mistakes; nothing is changed.
    """
    with transaction.atomic():
        row = form_for(actor, form_id, locked=True)
        found = list(problems(from_plain(row.draft), own_fields_of(row.line)))
        if found:
            raise CannotPublishForm(found)
        last = row.versions.aggregate(last=Max("number"))["last"] or 0
        version = FormVersion.objects.create(
            form=row,
            number=last + 1,
            definition=row.draft,
            published_at=timezone.now(),
            published_by_id=actor.user_id,
        )
        row.live, row.is_on = version, True
        row.save(update_fields=["live", "is_on"])
        _tell("form.opened", row, actor, version=version.number)
    return version


def turn_form(form_id: int, *, on: bool, actor: Actor) -> None:
    """Turn a published form off, or on again at the same address.

    :raises NotAllowed, NotFound: as `access.form_for`.
    :raises CannotEditForm: it was never published.
    """
    with transaction.atomic():
        row = form_for(actor, form_id, locked=True)
        if row.live is None:
            raise CannotEditForm(reason("form.never_published"))
        if row.is_on != on:
            row.is_on = on
            row.save(update_fields=["is_on"])
            _tell("form.opened" if on else "form.closed", row, actor, version=row.live.number)


def renew_address(form_id: int, *, actor: Actor) -> Form:
    """Give a form another address: the former one ends. Raises as `access.form_for`."""
    with transaction.atomic():
        row = form_for(actor, form_id, locked=True)
        row.key = _new_key()
        row.save(update_fields=["key"])
        record("form.readdressed", actor=actor, object_kind="form", object_id=row.pk)
    return row


def copy_form(form_id: int, name: str, *, actor: Actor) -> Form:
    """A new draft like this one's. Raises as `access.form_for`."""
    with transaction.atomic():
        row = form_for(actor, form_id)
        copied = replace(from_plain(row.draft), opens_on="", closes_on="")
        return _created(row.line, _name(name) or row.name, copied, actor)


def delete_form(form_id: int, *, actor: Actor) -> None:
    """Take a form away; `restore_form` brings it back. Raises as `access.form_for`."""
    with transaction.atomic():
        row = form_for(actor, form_id, locked=True)
        row.deleted_at = timezone.now()
        row.save(update_fields=["deleted_at"])
        record("form.deleted", actor=actor, object_kind="form", object_id=row.pk)


def restore_form(form_id: int, *, actor: Actor) -> None:
    """Bring a deleted form back as it was. Raises as `access.form_for`."""
    with transaction.atomic():
        row = form_for(actor, form_id, locked=True, deleted=True)
        row.deleted_at = None
        row.save(update_fields=["deleted_at"])
        record("form.restored", actor=actor, object_kind="form", object_id=row.pk)


def open_form(line_key: str, *, actor: Actor) -> str:
    """A new form of the usual fields, published at once; the key of its address.

    :raises NotAllowed, CannotEditForm: as `make_form`.
    """
    with transaction.atomic():
        row = make_form(line_key, "", actor=actor)
        publish_form(row.pk, actor=actor)
    return row.key


def _created(line: Line, name: str, definition: Definition, actor: Actor) -> Form:
    row = Form.objects.create(line=line, key=_new_key(), name=name, draft=definition.as_plain())
    record("form.made", actor=actor, object_kind="form", object_id=row.pk)
    return Form.objects.select_related("line", "live").get(pk=row.pk)


def _tell(kind: str, row: Form, actor: Actor, *, version: int) -> None:
    data = {"form": row.pk, "version": version}
    record(kind, actor=actor, object_kind="line", object_id=row.line_id, data=data)


def _new_key() -> str:
    return secrets.token_urlsafe(12)


def _name(text: str) -> str:
    return " ".join(text.split())[:LONGEST_NAME]
