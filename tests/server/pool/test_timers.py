"""The limit for the first contact that the past speaks for, against a past worked out by hand.

Ren works Monday to Friday, 9 to 12 and 13 to 18, by Shanghai's clock. What counts of his leads:

    a   given Friday 17:30, called Monday 9:30     1 h, in time for a deal
    b   given Tuesday 11:30, called Tuesday 13:30  1 h, lost later
    c   given Wednesday 9:00, gone at 9:30         half an hour, then taken from him
    d   given Thursday 9:00, gone at 11:00         two hours, then taken from him

After half an hour three of four still wait (c is cut off), and two of these are called at one hour:
by Kaplan and Meier two thirds are called then, and a third waits on. Half of what is called after
an hour is won, so that 2/3 · 1/2 = 1/3 is won if nothing ever goes on. Within less than an hour
nobody is called. With a limit of an hour or more the third that waits gets a second and a third
chance: at most 1/3 · (1 + 1/3 + 1/9) = 13/27 is won, less as later calls win less.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from evenhand.leads.models import Activity, Assignment, Lead, Opportunity, State
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Calendar, Rep
from evenhand.people.scope import NotAllowed
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.pool.timers import Timers, first_contact
from tests.server.cast import Cast, act_as, cast
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 27, 17, tzinfo=SHANGHAI)
HOURS = [*["09:00-12:00, 13:00-18:00"] * 5, "", ""]


def at(day: int, clock: str) -> datetime:
    """A time of October 2026 by Shanghai's clock; the 16th is a Friday."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 10, day, hour, minute, tzinfo=SHANGHAI)


class Past:
    """The leads of Ren, and whatever else must not count."""

    def __init__(self) -> None:
        self.people: Cast = cast()
        publish("direct", policy(), actor=SYSTEM)
        self.line = Line.objects.get(key="direct")
        hours = Calendar.objects.create(name="五天", zone="Asia/Shanghai", hours=HOURS)
        Rep.objects.update(calendar=hours)
        won = self.lead(at(16, "17:30"), called=at(19, "9:30"))
        Opportunity.objects.create(lead=won, name="x", stage="won", value=1, currency="CNY")
        self.lead(at(20, "11:30"), called=at(20, "13:30"), stage="lost")
        self.lead(at(21, "9:00"), gone=at(21, "9:30"))
        self.lead(at(22, "9:00"), gone=at(22, "11:00"))

    def lead(
        self,
        given: datetime,
        *,
        called: datetime | None = None,
        gone: datetime | None = None,
        stage: str = "new",
        cause: str = "dealt",
        direction: str = "out",
        by: Any = None,
        **fields: Any,
    ) -> Lead:
        """A lead that Ren had, closed where it was called."""
        fields = {"line": self.line, "state": State.CLOSED, **fields}
        made: Lead = Lead.objects.create(
            name="x", stage=stage, closed_at=called and at(30, "9:00"), **fields
        )
        Assignment.objects.create(
            item_kind="lead", item_id=made.pk, rep=self.people.ren.rep, cause=cause,
            opened_at=given, closed_at=gone,
        )  # fmt: skip
        if called is not None:
            Activity.objects.create(
                item_kind="lead", item_id=made.pk, user=by or self.people.ren, channel="call",
                at=called, direction=direction,
            )  # fmt: skip
        return made

    def found(self, line: int | None = None) -> Timers:
        return first_contact(act_as(self.people.olga), line or self.line.pk, NOW)


def expect_the_four(found: Timers) -> None:
    proposal = found.proposal
    assert proposal is not None
    assert (proposal.waits, proposal.contacted, proposal.won) == (4, 2, 1)
    assert proposal.without == pytest.approx(1 / 3)
    values = {one.hours: one.value for one in proposal.choices}
    assert values[0.25] == values[0.5] == values[0.75] == 0
    assert 1 / 3 < values[1.0] < 13 / 27
    # The longer the limit, the later the second chance, and the less it is worth.
    later = [value for hours, value in values.items() if hours >= 1]
    assert later == sorted(later, reverse=True) and len(set(later)) == len(later)
    assert proposal.best.hours == 1.0 and not proposal.is_enough


def test_the_proposal_is_what_the_past_says_by_hand() -> None:
    expect_the_four(Past().found())


def test_what_says_nothing_of_first_contact_does_not_count() -> None:
    past = Past()
    past.lead(at(21, "9:00"), called=at(21, "9:01"), cause="imported")
    past.lead(at(21, "9:00"), called=at(21, "9:01"), cause="manual")
    past.lead(at(21, "9:00"), called=at(21, "9:01"), state=State.REJECTED)
    past.lead(NOW - timedelta(days=366), called=NOW - timedelta(days=365, hours=20))
    other = Line.objects.create(key="other", name="另一条")
    past.lead(at(21, "9:00"), called=at(21, "9:01"), line=other)

    expect_the_four(past.found())


def test_only_the_owners_own_word_with_the_customer_is_a_first_contact() -> None:
    past = Past()
    past.lead(at(22, "9:00"), gone=at(22, "11:00"), called=at(22, "9:30"), by=past.people.rui)
    past.lead(at(22, "9:00"), gone=at(22, "11:00"), called=at(22, "9:30"), direction="none")
    past.lead(at(22, "9:00"), gone=at(22, "11:00"), called=at(22, "12:30"))

    proposal = past.found().proposal

    assert proposal is not None and (proposal.waits, proposal.contacted) == (7, 2)


def test_what_came_of_a_fresh_contact_cannot_be_said_yet() -> None:
    past = Past()
    fresh = NOW - timedelta(days=3)  # a Tuesday, 17:00
    made = past.lead(
        fresh, called=fresh + timedelta(minutes=30), state=State.OWNED, owner=past.people.ren.rep
    )
    Lead.objects.filter(pk=made.pk).update(closed_at=None)

    proposal = past.found().proposal

    # Of three that were called one is still open: half of the other two were won, as before.
    assert proposal is not None and (proposal.contacted, proposal.won) == (3, 1)
    share = {one.hours: one.value for one in proposal.choices}[0.5]
    assert share > 0


def test_who_may_not_see_decisions_is_told_nothing() -> None:
    past = Past()

    with pytest.raises(NotAllowed):
        first_contact(act_as(past.people.ren), past.line.pk, NOW)
