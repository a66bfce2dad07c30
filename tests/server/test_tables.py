"""The database is the last judge."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from evenhand.journal.models import Event
from evenhand.people.models import Organization

pytestmark = pytest.mark.django_db


def test_the_journal_refuses_changes() -> None:
    event = Event.objects.create(kind="test.done", actor_kind="system", object_kind="test")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(kind="test.undone")

    assert Event.objects.get(pk=event.pk).kind == "test.done"


def test_the_migrations_make_the_tables_that_the_models_say() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_a_model_without_its_migration_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(Organization._meta.get_field("name"), "max_length", 121)

    with pytest.raises(SystemExit):
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
