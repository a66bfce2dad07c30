"""The database is the last judge."""

import pytest
from django.db import DatabaseError, transaction

from evenhand.journal.models import Event

pytestmark = pytest.mark.django_db


def test_the_journal_refuses_changes() -> None:
    event = Event.objects.create(kind="test.done", actor_kind="system", object_kind="test")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(kind="test.undone")

    assert Event.objects.get(pk=event.pk).kind == "test.done"
