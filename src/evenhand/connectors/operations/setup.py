"""Connectors: added from a template, changed, their mapping saved, secrets replaced, taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.connectors.access import connector_for, visible_connectors
from evenhand.connectors.mapping.document import Document, Origin
from evenhand.connectors.mapping.load import InvalidMapping, read_mapping
from evenhand.connectors.models import Connector, Delivery, MappingVersion, Outcome
from evenhand.connectors.secrets import new_secret, sealed, secrets_of
from evenhand.connectors.templates import TEMPLATES, template_text
from evenhand.engine.policy.problem import PolicyProblem
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.models import Organization, User
from evenhand.people.sealing import reseal
from evenhand.platform.ids import new_token
from evenhand.platform.refusal import Refused
from evenhand.policies.queries import line_by_id

# While secrets are replaced, both sets are good for so long.
BOTH_GOOD = timedelta(hours=24)
MOST = 100
_LONGEST_SECRET, _LONGEST_NAME, _LONGEST_SOURCE = 500, 80, 60
MOST_NUMBERS = 2_000


class CannotConnect(Refused):
    """A connector cannot be like this; `field` names what is wrong."""


class MappingRefused(CannotConnect):
    """A mapping cannot be used; `problems` are its mistakes."""

    def __init__(self, problems: tuple[PolicyProblem, ...]) -> None:
        super().__init__(reason("connector.mapping_wrong", count=len(problems)), field="mapping")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen on the page of a connector."""

    name: str
    line_id: int | None = None
    source: str = ""
    is_on: bool = True
    given: Mapping[str, str] | None = None  # secrets of the platform; "" = as it is
    numbers: str = ""  # lines "8001 = mail address"


def document_of(text: str) -> Document:
    """The mapping of a text, in the company's zone.

    :raises MappingRefused: it is none.
    """
    zone = Organization.objects.values_list("zone", flat=True).filter(pk=1).first()
    try:
        return read_mapping(text, zone=zone or "Asia/Shanghai")
    except InvalidMapping as error:
        raise MappingRefused(error.problems) from None


def add_connector(
    template: str, name: str, *, line_id: int | None = None, source: str = "", actor: Actor
) -> tuple[Connector, dict[str, str]]:
    """A new connector, and the secrets made for it, which are shown now and never again.

    :raises NotAllowed: the actor may not.
    :raises CannotConnect: no such template, no name, too many.
    """
    if visible_connectors(actor).count() >= MOST:
        raise CannotConnect(reason("connector.too_many", limit=MOST))
    if template not in TEMPLATES:
        raise CannotConnect(reason("connector.template_unknown"), field="template")
    text = template_text(template)
    settings = Settings(name or document_of(text).platform, line_id, source)
    return _added(template, text, settings, actor)


def copy_connector(
    connector_id: int, name: str, *, actor: Actor
) -> tuple[Connector, dict[str, str]]:
    """A new connector with the mapping, line and source of another, and secrets of its own.

    :raises NotAllowed, NotFound: as `connector_for`.
    :raises CannotConnect: too many, or its mapping has mistakes.
    """
    row = connector_for(actor, connector_id)
    if visible_connectors(actor).count() >= MOST:
        raise CannotConnect(reason("connector.too_many", limit=MOST))
    settings = Settings(name[:_LONGEST_NAME], row.line_id, row.source)
    return _added(row.template, row.mapping, settings, actor)


def _added(
    template: str, text: str, settings: Settings, actor: Actor
) -> tuple[Connector, dict[str, str]]:
    document = document_of(text)
    secrets = {one: new_secret() for one, origin in document.secrets.items() if _is_made(origin)}
    row = Connector(
        key=new_token(),
        template=template,
        mapping=text,
        secrets=sealed(secrets),
        created_at=timezone.now(),
    )
    _set(row, settings)
    with transaction.atomic():
        row.save(force_insert=True)
        _keep_version(row, actor)
        _note("connector.added", row, actor, {"name": row.name, "template": template})
    return row, secrets


def _is_made(origin: Origin) -> bool:
    return origin == Origin.MADE


def edit_connector(connector_id: int, settings: Settings, *, actor: Actor) -> Connector:
    """Change what is chosen on the page; turned on again, what waited is taken in.

    :raises NotAllowed, NotFound: as `connector_for`.
    :raises CannotConnect: something of it cannot be.
    """
    with transaction.atomic():
        row = _locked(connector_id, actor)
        _set(row, settings)
        if settings.given:
            document = document_of(row.mapping)
            row.secrets = sealed(_with_given(row, document, settings.given))
        row.save()
        if row.is_on:
            Delivery.objects.filter(connector=row, outcome=Outcome.WAITING).update(
                due_at=timezone.now()
            )
        _note("connector.edited", row, actor, {"name": row.name, "is_on": row.is_on})
    return row


def _set(row: Connector, settings: Settings) -> None:
    name, source = settings.name.strip()[:_LONGEST_NAME], settings.source.strip()
    if not name:
        raise CannotConnect(reason("connector.name_missing"), field="name")
    if len(source) > _LONGEST_SOURCE:
        raise CannotConnect(reason("intake.too_long", limit=_LONGEST_SOURCE), field="source")
    if settings.line_id is not None and line_by_id(settings.line_id) is None:
        raise CannotConnect(reason("people.choice_gone"), field="line")
    row.name, row.source, row.line_id = name, source, settings.line_id
    row.is_on, row.numbers = settings.is_on, _numbers(settings.numbers)


def _numbers(text: str) -> dict[str, int]:
    """Work numbers and whose they are.

    :raises CannotConnect: a line cannot be read, or nobody has such an address.
    """
    found: dict[str, str] = {}
    for line in text.splitlines()[: MOST_NUMBERS + 1]:
        number, sign, mail = (part.strip() for part in line.partition("="))
        if not line.strip():
            continue
        if not (number and sign and mail) or len(number) > 120:
            raise CannotConnect(reason("connector.number_line", value=line[:80]), field="numbers")
        found[number] = mail.lower()
    users = dict(User.objects.filter(email__in=set(found.values())).values_list("email", "pk"))
    for mail in found.values():
        if mail not in users:
            raise CannotConnect(reason("connector.nobody_there", value=mail[:80]), field="numbers")
    return {number: users[mail] for number, mail in found.items()}


def _with_given(row: Connector, document: Document, given: Mapping[str, str]) -> dict[str, str]:
    secrets = secrets_of(row)
    for name, value in given.items():
        origin = document.secrets.get(name)
        if origin is None or _is_made(origin) or not value.strip():
            continue
        if len(value) > _LONGEST_SECRET:
            limit = _LONGEST_SECRET
            raise CannotConnect(reason("intake.too_long", limit=limit), field=f"secret-{name}")
        secrets[name] = value.strip()
    return secrets


def save_mapping(connector_id: int, text: str, *, actor: Actor) -> tuple[Connector, dict[str, str]]:
    """A new version of the mapping, and secrets that it wants to have made and were not yet.

    :raises NotAllowed, NotFound: as `connector_for`.
    :raises MappingRefused: it cannot be used; nothing changed.
    """
    text = text.replace("\r\n", "\n")
    with transaction.atomic():
        row = _locked(connector_id, actor)
        document = document_of(text)
        secrets = secrets_of(row)
        made = {
            one: new_secret()
            for one, origin in document.secrets.items()
            if _is_made(origin) and one not in secrets
        }
        if text == row.mapping:
            return row, {}
        row.mapping, row.version = text, row.version + 1
        row.secrets = sealed(secrets | made)
        row.save(update_fields=["mapping", "version", "secrets"])
        _keep_version(row, actor)
        data = {"name": row.name, "version": row.version}
        _note("connector.mapping_saved", row, actor, data)
    return row, made


def rotate_secrets(connector_id: int, *, actor: Actor) -> dict[str, str]:
    """New secrets in the place of those made here; the old ones are good for BOTH_GOOD too.

    :raises NotAllowed, NotFound: as `connector_for`.
    """
    with transaction.atomic():
        row = _locked(connector_id, actor)
        document = document_of(row.mapping)
        made = {one: new_secret() for one, origin in document.secrets.items() if _is_made(origin)}
        row.old_secrets, row.old_until = row.secrets, timezone.now() + BOTH_GOOD
        row.secrets = sealed(secrets_of(row) | made)
        row.save(update_fields=["secrets", "old_secrets", "old_until"])
        _note("connector.secret_rotated", row, actor, {"name": row.name})
    return made


def remove_connector(connector_id: int, *, actor: Actor) -> None:
    """Take a connector away with the list of its deliveries; leads stay.

    :raises NotAllowed, NotFound: as `connector_for`.
    """
    with transaction.atomic():
        row = _locked(connector_id, actor)
        _note("connector.removed", row, actor, {"name": row.name})
        row.delete()


def reseal_all() -> int:
    """Seal the secrets of every connector with the newest key.

    :raises Unopenable: one of them was sealed with a key that is not known here.
    """
    with transaction.atomic():
        rows = list(Connector.objects.select_for_update().exclude(secrets=""))
        for row in rows:
            row.secrets = reseal(row.secrets)
            row.old_secrets = reseal(row.old_secrets) if row.old_secrets else ""
            row.save(update_fields=["secrets", "old_secrets"])
    return len(rows)


def _locked(connector_id: int, actor: Actor) -> Connector:
    row = connector_for(actor, connector_id)
    return Connector.objects.select_for_update().get(pk=row.pk)


def _keep_version(row: Connector, actor: Actor) -> None:
    MappingVersion.objects.create(
        connector=row,
        number=row.version,
        text=row.mapping,
        user_id=actor.user_id,
        at=timezone.now(),
    )


def _note(kind: str, row: Connector, actor: Actor, data: Mapping[str, Any]) -> None:
    record(kind, actor=actor, object_kind="connector", object_id=row.pk, data=dict(data))
