"""The doctor finds claims beyond a limit, half claims, and items that lie nowhere."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from evenhand.leads.models import Assignment, Lead, PoolStay, State
from evenhand.people.models import Rep
from evenhand.platform.invariants import examine
from evenhand.policies.models import PolicyVersion
from tests.server.routing.world import company, policy

pytestmark = pytest.mark.django_db

TERMS: dict[str, Any] = {
    "pools": [{"pool": "公海", "claim": {"per_day": 2, "holding_items": 3, "holding_points": 12}}],
    "holding": {"items": 4},
}


@pytest.fixture
def rep() -> Rep:
    return company(1, policy(**TERMS))[0]


def claim(rep: Rep, at: datetime, *, until: datetime | None = None, points: int = 2) -> PoolStay:
    """Rows of a claim for nothing, as if a limit had been overlooked."""
    version = PolicyVersion.objects.get()
    owned = {"state": State.OWNED, "owner": rep, "assigned_at": at, "line": version.line}
    lead = Lead.objects.create(**(owned if until is None else {"state": State.REJECTED}))
    key = {"item_kind": "lead", "item_id": lead.pk}
    stay = PoolStay.objects.create(
        **key, line=version.line, pool="公海", entered_at=at, left_at=at, left_by="claim",
        taken_by=rep, price=0,
    )  # fmt: skip
    Assignment.objects.create(
        **key, rep=rep, cause="claimed", points=points * 1_000_000, opened_at=at, closed_at=until,
        stay_id=stay.pk,
    )  # fmt: skip
    return stay


def broken() -> dict[str, int]:
    """What is broken of claims; loads are not kept here."""
    with connection.cursor() as cursor:
        found = {one.invariant.message: one.count for one in examine(cursor)}
    found.pop("invariant-loads-are-recounts", None)
    return found


def long_ago(days: int) -> None:
    """Let the rules have been live for so many days."""
    PolicyVersion.objects.update(published_at=timezone.now() - timedelta(days=days))


def test_claiming_returning_and_claiming_beats_no_limit_of_the_day(rep: Rep) -> None:
    long_ago(9)
    at = datetime.now(UTC).replace(hour=2, minute=0) - timedelta(days=3)
    for hour in range(2):
        claim(rep, at + timedelta(hours=hour), until=at + timedelta(hours=hour, minutes=30))
    assert broken() == {}
    claim(rep, at + timedelta(hours=5), until=at + timedelta(hours=6))
    assert broken() == {"invariant-claims-a-day": 1}
    # Looser rules of the same day allow it; of what was live before and after nothing is asked.
    live = PolicyVersion.objects.get()
    live.pk, live.number, live.state = None, 0, "retired"
    live.document = policy(pools=[{"pool": "公海", "claim": {"per_day": 3}}])
    live.published_at = at - timedelta(days=30)
    live.save()
    PolicyVersion.objects.filter(state="live").update(published_at=at + timedelta(hours=3))
    assert broken() == {}


def test_more_than_the_holding_limit_is_found_at_the_claim_that_broke_it(rep: Rep) -> None:
    long_ago(30)
    now = timezone.now()
    for day in range(3):
        claim(rep, now - timedelta(days=20 - day))
    assert broken() == {}
    fourth = claim(rep, now - timedelta(days=10))
    assert broken() == {"invariant-claims-held": 1}
    # Had he given one back before, it would have been his right.
    first = Assignment.objects.order_by("pk")[0]
    Assignment.objects.filter(pk=first.pk).update(closed_at=now - timedelta(days=11))
    Lead.objects.filter(pk=first.item_id).update(state=State.REJECTED, owner=None)
    assert broken() == {}
    Assignment.objects.filter(stay_id=fourth.pk).update(points=9_000_000)
    assert broken() == {"invariant-claims-held": 1}


def test_half_a_claim_and_an_item_that_lies_nowhere_are_found(rep: Rep) -> None:
    long_ago(30)
    stay = claim(rep, timezone.now())
    assert broken() == {}
    PoolStay.objects.filter(pk=stay.pk).update(price=1_000_000)  # paid, and nothing booked
    assert broken() == {"invariant-claims-are-whole": 1}
    PoolStay.objects.filter(pk=stay.pk).update(price=0)
    Assignment.objects.update(stay_id=None)
    assert broken() == {"invariant-claims-are-whole": 1}
    Assignment.objects.update(stay_id=stay.pk)
    lead = Lead.objects.create(state=State.POOLED, pool="公海", line=stay.line)
    assert broken() == {}
    PoolStay.objects.filter(item_id=lead.pk).update(pool="别处")
    assert broken() == {"invariant-pooled-item-has-stay": 1}
    PoolStay.objects.filter(item_id=lead.pk).delete()
    assert broken() == {"invariant-pooled-item-has-stay": 1}
