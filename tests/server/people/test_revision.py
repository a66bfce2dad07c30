"""Routing learns of every change of people."""

import pytest
from django.db import transaction

from evenhand.people.models import Organization
from evenhand.people.operations.revision import people_changed


@pytest.mark.django_db
def test_a_change_raises_the_revision_by_one() -> None:
    company = Organization.objects.create(id=1, name="试验公司", seed="s")

    people_changed()

    before = company.people_revision or 1
    company.refresh_from_db()
    assert company.people_revision == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_a_transaction_is_a_mistake() -> None:
    with pytest.raises(AssertionError):
        people_changed()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_raises_nothing() -> None:
    company = Organization.objects.create(id=1, name="试验公司", seed="s")
    company.refresh_from_db()
    before = company.people_revision

    with transaction.atomic():
        people_changed()
        transaction.set_rollback(True)

    company.refresh_from_db()
    assert company.people_revision == before
