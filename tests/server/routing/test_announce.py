"""People who have to decide are told: rules that escalate, lines in which items wait."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.leads.models import Lead, State
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep, User
from evenhand.routing.announce import WAITED_TOO_LONG, tell_of_waiting
from evenhand.routing.retry import retry_all
from evenhand.routing.take_in import take_in
from tests.server.cast import person
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import SHARE, company, policy

pytestmark = pytest.mark.django_db


def nobody_accepts() -> None:
    Rep.objects.update(is_accepting=False)


def told(kind: str) -> list[tuple[str, dict[str, object], int | None]]:
    rows = Notice.objects.filter(kind=kind).order_by("pk").select_related("user")
    return [(row.user.name, row.params, row.object_id) for row in rows]


@pytest.mark.parametrize(
    ("to", "who"), [("Max", "Max"), ("Max@Cast.example", "Max"), ("r1", "r1"), ("gone", "Olga")]
)
def test_whom_a_rule_escalates_to_is_told_of_each_item(to: str, who: str) -> None:
    company(1, policy(rules=[{**SHARE, "if_nobody": {"do": "escalate", "to": to}}]))
    nobody_accepts()
    person("Max", "manager", "all")
    person("Olga", "sales_ops", "all")

    taken = take_in(leads(2), actor=SYSTEM)

    assert told("escalated") == [(who, {}, one.lead_id) for one in taken]


def waiting_company() -> User:
    company(2)
    nobody_accepts()
    person("Off", "sales_ops", "all", is_active=False)
    person("Tom", "manager", "all")
    return person("Olga", "sales_ops", "all")


def test_sales_operations_are_told_once_of_what_waits_too_long() -> None:
    waiting_company()
    now = timezone.now()
    take_in(leads(3), actor=SYSTEM, now=now - WAITED_TOO_LONG)
    take_in(leads(1, "1370000"), actor=SYSTEM, now=now - WAITED_TOO_LONG + timedelta(seconds=1))

    assert tell_of_waiting(now) == 1
    assert tell_of_waiting(now + timedelta(hours=1)) == 0

    ((name, params, _),) = told("unassigned_waiting")
    assert (name, params) == ("Olga", {"count": 3})


def test_who_waits_a_moment_worries_nobody() -> None:
    waiting_company()
    take_in(leads(3), actor=SYSTEM)

    assert tell_of_waiting(timezone.now()) == 0


def test_once_all_found_their_place_the_next_that_wait_are_told_of_again() -> None:
    waiting_company()
    now = timezone.now()
    take_in(leads(3), actor=SYSTEM, now=now - WAITED_TOO_LONG)
    assert tell_of_waiting(now) == 1
    Lead.objects.update(state=State.CLOSED, queued_at=None)
    Notice.objects.update(at=now - timedelta(hours=2))
    take_in(leads(2, "1370000"), actor=SYSTEM, now=now - timedelta(hours=1))

    assert tell_of_waiting(now) == 1

    assert [params for _, params, _ in told("unassigned_waiting")] == [{"count": 3}, {"count": 2}]


def test_what_is_dealt_in_time_is_not_told_of() -> None:
    waiting_company()
    now = timezone.now()
    take_in(leads(2), actor=SYSTEM, now=now - WAITED_TOO_LONG)
    Rep.objects.update(is_accepting=True)
    from evenhand.people.snapshot import CACHE

    CACHE.forget()

    assert retry_all() == 2
    assert tell_of_waiting(now) == 0
