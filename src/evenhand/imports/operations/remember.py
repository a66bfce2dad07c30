"""What was confirmed of a file is kept for the next one with the same headings."""

from django.utils import timezone

from evenhand.imports.models import Import, Mapping
from evenhand.people.actor import Actor

LONGEST_NAME = 80


def remember(row: Import, *, actor: Actor) -> None:
    """Keep how an import is read, once for its headings, kind and source; in a transaction."""
    if not row.fingerprint:
        return
    confirmed = {
        "said": row.said,
        "line": row.line,
        "confirmed_by_id": actor.user_id,
        "confirmed_at": timezone.now(),
    }
    row.mapping, _ = Mapping.objects.update_or_create(
        fingerprint=row.fingerprint,
        kind=row.kind,
        source=row.source,
        defaults=confirmed,
        create_defaults=confirmed | {"name": (row.source or row.file_name)[:LONGEST_NAME]},
    )
    row.save(update_fields=["mapping"])
