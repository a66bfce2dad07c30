"""A fairness target: set by those who edit policies, watched, told of once per crossing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.fairness.models import Alarm, Target
from evenhand.fairness.operations.targets import (
    MICRO,
    CannotSetTarget,
    Limits,
    check_targets,
    set_target,
)
from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.ledger.models import Balance, Book
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.scope import NotAllowed
from evenhand.policies.operations.publish import publish
from evenhand.routing.take_in import take_in
from tests.server.cast import Cast, act_as, browser, cast
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db

TIGHT = Limits(most_points=1 * MICRO, least_jain=None)


@pytest.fixture
def people() -> Cast:
    found = cast()
    publish("direct", policy(), actor=SYSTEM)
    take(1)  # one of three has two points, each was due two thirds
    return found


def take(count: int, start: int = 0) -> None:
    numbers = range(start, start + count)
    take_in([LeadIn(name=f"客户{n}", phone=f"138001380{n:02}") for n in numbers], actor=SYSTEM)


def book_id() -> int:
    return Book.objects.get().pk


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("user_id", flat=True))


def test_crossing_is_told_once_to_whoever_watches_the_group(people: Cast) -> None:
    set_target(book_id(), TIGHT, actor=act_as(people.olga))
    now = timezone.now()

    assert check_targets(now) == 1
    assert check_targets(now + timedelta(hours=1)) == 0

    watchers = {people.olga.pk, people.tom.pk, people.hua.pk}
    assert told("fairness_crossed") == watchers
    assert Notice.objects.filter(kind="fairness_crossed").count() == len(watchers)
    alarm = Alarm.objects.get()
    assert (alarm.cleared_at, alarm.points) == (
        None,
        max(map(abs, Balance.objects.get(row=1).amounts)),
    )
    assert Event.objects.filter(kind="fairness.alarm_raised").count() == 1


def test_it_is_cleared_and_told_when_the_target_is_kept_again(people: Cast) -> None:
    set_target(book_id(), TIGHT, actor=act_as(people.olga))
    check_targets(timezone.now())
    take(2, start=1)  # now everybody has had one

    assert check_targets(timezone.now()) == 1

    assert Alarm.objects.get().cleared_at is not None
    assert people.tom.pk in told("fairness_kept")
    assert Event.objects.filter(kind="fairness.alarm_ended").count() == 1
    take(1, start=3)
    assert check_targets(timezone.now()) == 1
    assert Alarm.objects.count() == 2


def test_the_index_of_the_window_can_be_the_target(people: Cast) -> None:
    set_target(book_id(), Limits(None, 990, 30), actor=act_as(people.olga))

    assert check_targets(timezone.now()) == 1
    assert Alarm.objects.get().jain == 333


def test_a_target_that_is_kept_tells_nobody(people: Cast) -> None:
    set_target(book_id(), Limits(10 * MICRO, None), actor=act_as(people.olga))

    assert check_targets(timezone.now()) == 0
    assert not Notice.objects.filter(kind__startswith="fairness").exists()


def test_taking_the_target_away_ends_its_alarm(people: Cast) -> None:
    set_target(book_id(), TIGHT, actor=act_as(people.olga))
    check_targets(timezone.now())
    set_target(book_id(), None, actor=act_as(people.olga))

    assert check_targets(timezone.now()) == 1
    assert not Alarm.objects.filter(cleared_at=None).exists()
    assert Event.objects.filter(kind="fairness.target_cleared").count() == 1


def test_managers_set_no_target(people: Cast) -> None:
    with pytest.raises(NotAllowed):
        set_target(book_id(), TIGHT, actor=act_as(people.tom))
    answer = browser(people.tom).post(f"/fairness/{book_id()}/target", {"most_points": "1"})

    assert answer.status_code == 403
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("limits", "field"),
    [
        (Limits(None, None), "most_points"),
        (Limits(0, None), "most_points"),
        (Limits(None, 1_001), "least_jain"),
        (Limits(MICRO, None, 6), "days"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(people: Cast, limits: Limits, field: str) -> None:
    with pytest.raises(CannotSetTarget) as refused:
        set_target(book_id(), limits, actor=act_as(people.olga))

    assert refused.value.field == field
    assert not Target.objects.exists()
    assert not Event.objects.filter(kind="fairness.target_set").exists()


def test_it_is_set_on_the_page_of_the_group(people: Cast) -> None:
    window = browser(people.olga, "en")
    address = f"/fairness/{book_id()}/target"

    wrong = window.post(address, {"most_points": "many", "least_jain": "0.98", "days": "30"})
    assert wrong.status_code == 422
    assert 'value="many"' in wrong.content.decode()
    done = window.post(address, {"most_points": "12.5", "least_jain": "", "days": "14"})

    assert done.status_code == 302
    target = Target.objects.get()
    assert (target.most_points, target.least_jain, target.days) == (12_500_000, None, 14)
    assert "12.50" in window.get(f"/fairness/{book_id()}").content.decode()
