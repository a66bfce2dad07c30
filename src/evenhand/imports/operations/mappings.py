"""Mappings kept for the next file with the same headings: used, renamed, forgotten."""

from django.db import transaction

from evenhand.engine.reasons import reason
from evenhand.imports.access import import_for
from evenhand.imports.mappings import fill_in
from evenhand.imports.models import Import, Mapping, Step
from evenhand.imports.operations.becoming import as_kind
from evenhand.imports.operations.begin import CannotImport
from evenhand.imports.operations.remember import LONGEST_NAME
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.platform.refusal import NotFound


def use_mapping(import_id: int, mapping_id: int, *, actor: Actor) -> None:
    """Read the file of an import by another mapping of the same headings.

    :raises NotAllowed, NotFound: no such import or mapping within his reach.
    :raises CannotImport: it has started.
    """
    with transaction.atomic():
        row, mapping = _both(import_id, mapping_id, actor)
        if row.step != Step.LOOKING:
            raise CannotImport(reason("import.has_started"))
        if row.kind != mapping.kind:
            as_kind(row, mapping.kind)
            row.stages = {}
        fill_in(row, mapping)
        row.save()


def rename_mapping(import_id: int, mapping_id: int, name: str, *, actor: Actor) -> None:
    """Call a mapping otherwise.

    :raises NotAllowed, NotFound: no such import or mapping within his reach.
    :raises CannotImport: no name, or too long a one.
    """
    text = name.strip()
    if not text:
        raise CannotImport(reason("import.name_missing"), field="name")
    if len(text) > LONGEST_NAME:
        raise CannotImport(reason("intake.too_long", limit=LONGEST_NAME), field="name")
    with transaction.atomic():
        _, mapping = _both(import_id, mapping_id, actor)
        mapping.name = text
        mapping.save(update_fields=["name"])


def forget_mapping(import_id: int, mapping_id: int, *, actor: Actor) -> None:
    """Propose a mapping no more.

    :raises NotAllowed, NotFound: no such import or mapping within his reach.
    """
    with transaction.atomic():
        row, mapping = _both(import_id, mapping_id, actor)
        data = {"mapping": mapping.pk}
        mapping.delete()
        record(
            "import.mapping_forgotten",
            actor=actor,
            object_kind="import",
            object_id=row.pk,
            data=data,
        )


def _both(import_id: int, mapping_id: int, actor: Actor) -> tuple[Import, Mapping]:
    """An import within reach, and a mapping of its headings."""
    row = import_for(actor, import_id)
    row = Import.objects.select_for_update(of=("self",)).get(pk=row.pk)
    found = Mapping.objects.filter(pk=mapping_id, fingerprint=row.fingerprint).first()
    if found is None or not row.fingerprint:
        raise NotFound("import_mapping", mapping_id)
    return row, found
