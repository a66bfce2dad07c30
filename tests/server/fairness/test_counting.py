"""Days of books are what their postings add up to, whenever they were counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.fairness.counting import count_again, count_all
from evenhand.fairness.figures import Figures, figures_of
from evenhand.fairness.models import BookDay, Counted
from evenhand.fairness.periods import period_of
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead
from evenhand.ledger.models import Balance, Book, Posting
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.clocks import company_zone
from evenhand.routing.operations.give import transfer
from evenhand.routing.operations.give_up import hand_back, void
from evenhand.routing.take_in import take_in
from tests.server.cast import act_as
from tests.server.routing.world import company, policy

pytestmark = pytest.mark.django_db

GRADED = policy(
    grades={
        "source": "field_only",
        "field": "grade",
        "thresholds": [{"grade": "A"}, {"grade": "B"}],
        "ungraded": "B",
    }
)


def take(count: int, start: int = 0) -> None:
    take_in(
        [
            LeadIn(name=f"客户{number}", phone=f"1380013{number:04}")
            for number in range(start, start + count)
        ],
        actor=SYSTEM,
    )


def book() -> Book:
    return Book.objects.get()


def figures(span: str = "30") -> Figures:
    zone = company_zone()
    today = timezone.now().astimezone(zone).date()
    return figures_of([book().pk], period_of(span, today), zone=zone.key)[book().pk]


def told(found: Figures) -> list[tuple[int, ...]]:
    columns = (found.members, *found.sums, found.owed)
    return [tuple(int(one) for one in row) for row in zip(*columns, strict=True)]


def test_due_less_received_and_corrected_is_the_balance() -> None:
    company(3)
    take(10)
    count_all()

    found = figures()

    (stored,) = Balance.objects.filter(book=book(), row=1)
    assert found.owed.tolist() == stored.amounts
    assert found.sums.counts.sum() == 10
    assert found.sums.due.sum() == found.sums.received.sum() == 20_000_000
    change = found.sums.due - found.sums.received + found.sums.corrected
    assert change.tolist() == stored.amounts


def test_what_is_not_counted_yet_is_read_live() -> None:
    company(3)
    take(5)
    before_counting = told(figures())
    count_all()
    assert told(figures()) == before_counting

    take(4, start=5)

    half = told(figures())
    count_all()
    assert told(figures()) == half
    count_again(book().pk)
    assert told(figures()) == half
    assert Counted.objects.get().number == book().postings


def test_counting_twice_adds_nothing() -> None:
    company(2)
    take(3)
    assert count_all() == 3

    days = list(BookDay.objects.values())
    assert count_all() == 0
    assert list(BookDay.objects.values()) == days


def test_acts_by_hand_are_corrections_and_the_sums_still_close(ops: Actor) -> None:
    reps = company(3)
    take(6)
    first, second, third = Lead.objects.order_by("pk")[:3]
    assert first.owner_id is not None
    other = next(rep.pk for rep in reps if rep.pk != first.owner_id)
    transfer(ItemKind.LEAD, first.pk, to=other, reason="overload", note="", actor=ops)
    void(ItemKind.LEAD, second.pk, reason="spam", note="", actor=ops)
    owner = next(rep for rep in reps if rep.pk == third.owner_id)
    hand_back(ItemKind.LEAD, third.pk, reason="overload", note="", actor=act_as(owner.user))
    live = told(figures())

    count_all()

    found = figures()
    assert told(found) == live
    assert found.sums.corrected.any()
    balances = {
        who: sum(one.amounts[place] for one in Balance.objects.filter(book=book()))
        for place, who in enumerate(book().members)
    }
    assert {
        int(who): int(owed) for who, owed in zip(found.members, found.owed, strict=True)
    } == balances
    change = found.sums.due - found.sums.received + found.sums.corrected
    assert dict(zip(found.members.tolist(), change.tolist(), strict=True)) == balances


def test_balances_of_earlier_days_are_those_of_then() -> None:
    company(3)
    take(4)
    Posting.objects.update(at=timezone.now() - timedelta(days=3))
    then = told(figures())
    take(3, start=4)
    count_all()

    found = figures()

    by_day = found.balances
    assert by_day[-1].tolist() == found.owed.tolist()
    assert by_day[-4].tolist() == by_day[-2].tolist() == [row[-1] for row in then]
    assert not by_day[-5].any()
    days = found.by_day()
    assert [one.items for one in days[-4:]] == [4, 0, 0, 3]


def test_other_days_of_the_company_are_counted_anew() -> None:
    company(2)
    take(3)
    count_all()
    Counted.objects.update(zone="America/New_York")

    assert count_all() == 3
    assert Counted.objects.get().zone == company_zone().key
