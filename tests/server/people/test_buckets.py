"""Buckets in the database: so many at once, then by the clock."""

from datetime import timedelta

import pytest
from django.db.models import F

from evenhand.people.models import Bucket
from evenhand.people.operations.buckets import take

pytestmark = pytest.mark.django_db

RATE, BURST = 0.01, 3  # too slow to fill while the test runs


def test_so_many_at_once_and_then_the_time_to_wait() -> None:
    taken = [take("login:a", RATE, BURST) for _ in range(4)]

    assert taken[:3] == [0.0, 0.0, 0.0]
    assert 90 < taken[3] <= 100


def test_a_refusal_costs_nothing() -> None:
    waits = [take("login:a", RATE, BURST) for _ in range(9)][3:]

    assert waits == sorted(waits, reverse=True)


def test_a_bucket_fills_by_the_clock_up_to_its_burst() -> None:
    for _ in range(3):
        take("login:a", RATE, BURST)

    Bucket.objects.update(at=F("at") - timedelta(days=1))

    assert [take("login:a", RATE, BURST) == 0.0 for _ in range(4)] == [True, True, True, False]


def test_each_key_has_its_own() -> None:
    for _ in range(4):
        take("login:a", RATE, BURST)

    assert take("login:b", RATE, BURST) == 0.0
