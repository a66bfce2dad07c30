"""Telling routing that people changed: snapshots of an older revision are read anew."""

from django.db import connection
from django.db.models import F

from evenhand.people.models import Organization


def people_changed() -> None:
    """Raise the revision in the transaction of the change."""
    assert connection.in_atomic_block, "the revision belongs to the transaction of the change"
    Organization.objects.filter(pk=1).update(people_revision=F("people_revision") + 1)
