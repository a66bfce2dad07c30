"""More time, locks, pauses, rules switched off, reaching back, declining: who, when, for what."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from evenhand.journal.models import Event
from evenhand.leads.access import NotFound
from evenhand.leads.models import Assignment, Lead
from evenhand.leads.operations.accepting import accept
from evenhand.ledger.models import Balance, Posting
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import User
from evenhand.people.scope import NotAllowed
from evenhand.platform.invariants import examine
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.pool.models import Extension, Pause
from evenhand.pool.operations.declining import decline
from evenhand.pool.operations.extending import ask_extension, decide_extension
from evenhand.pool.operations.locking import lock_item, unlock_item
from evenhand.pool.operations.pausing import end_pause, freeze_all, pause_item, pause_rep
from evenhand.pool.operations.reaching_back import reach_back
from evenhand.pool.pauses import standing_pauses
from evenhand.pool.reaching import preview_reach
from evenhand.pool.refusals import CannotKeep
from evenhand.pool.requests import waiting_requests
from evenhand.pool.winding import wind_all
from evenhand.routing.models import Receipt
from evenhand.routing.operations.give import transfer
from tests.server.appeals.cases import MICRO, POINTS, Case, case, dealt, owed, sums
from tests.server.cast import act_as
from tests.server.routing.test_take_in import everything_replays
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db

RULE: dict[str, Any] = {
    "rule": "保护",
    "clocks": [
        {"clock": "accept", "after": "2h", "missed": ["reassign"]},
        {"clock": "untouched", "after": "10d", "extends": "3d", "at_most": "20d"},
    ],
    "extension": {"by": "2d", "times": 1, "cost_percent": 50},
}


def rules(**changes: Any) -> dict[str, Any]:
    return policy(
        clocks={
            "rules": [{**RULE, **changes}],
            "locks": {"per_rep": 1, "at_most": "3d"},
        }
    )


@pytest.fixture
def one() -> Case:
    """A lead with its winner, under a rule with clocks; worked out once."""
    found = case()
    publish("direct", rules(), actor=SYSTEM)
    wound()
    return found


def wound() -> None:
    """As if the clocks had just been worked out under what is live."""
    version = Line.objects.get().versions.get(state="live")
    Assignment.objects.update(wound_at=timezone.now(), clocks_policy_id=version.pk)


def is_stale(lead: Lead) -> bool:
    return Assignment.objects.get(item_id=lead.pk, closed_at=None).wound_at is None


def broken() -> list[str]:
    with connection.cursor() as cursor:
        return [found.invariant.message for found in examine(cursor)]


def refused(act: Any, code: str) -> None:
    """The act is refused for this reason, and nothing at all is written."""
    before = (Event.objects.count(), Posting.objects.count(), Pause.objects.count())
    with pytest.raises(CannotKeep) as raised:
        act()
    assert raised.value.why.code == code
    assert (Event.objects.count(), Posting.objects.count(), Pause.objects.count()) == before


def test_more_time_is_paid_at_once_once_and_the_books_stay_even(one: Case) -> None:
    winner, before = act_as(one.winner), owed(one.winner)

    def ask(clock: str = "untouched") -> Extension:
        return ask_extension("lead", one.lead.pk, clock=clock, reason="visit_agreed", actor=winner)

    row = ask()

    assert (row.is_granted, row.days, row.cost) == (True, 2, POINTS // 2)
    assert owed(one.winner) == before - POINTS // 2 and sums() == {0}
    assert is_stale(one.lead)
    receipt = Receipt.objects.get(act="extend")
    assert (receipt.from_rep_id, receipt.points) == (one.winner.pk, POINTS // 2)
    assert Event.objects.get(kind="lead.extended").data["receipt"] == receipt.pk
    refused(ask, "extend.used_up")
    refused(lambda: ask("no_deal"), "extend.no_such_clock")
    with pytest.raises(NotFound):
        ask_extension(
            "lead", one.lead.pk, clock="untouched", reason="tender", actor=act_as(one.loser)
        )
    # Passed on, the item's price comes back, not what was paid for time.
    transfer("lead", one.lead.pk, to=one.loser.pk, reason="overload", actor=act_as(one.people.olga))
    assert sums() == {0} and broken() == []
    assert everything_replays() > 0


def test_where_a_manager_is_asked_he_decides_and_only_what_is_granted_is_paid(one: Case) -> None:
    publish(
        "direct",
        rules(extension={"by": "1d 2h", "times": 2, "cost_percent": 50, "needs_manager": True}),
        actor=SYSTEM,
    )
    wound()
    winner, tom = act_as(one.winner), act_as(one.people.tom)
    in_tom = one.winner.team_id == one.people.shanghai.pk
    decider = tom if in_tom else act_as(one.people.olga)

    def ask() -> Extension:
        return ask_extension("lead", one.lead.pk, clock="untouched", reason="tender", actor=winner)

    row, before = ask(), owed(one.winner)
    assert row.is_granted is None and not Posting.objects.filter(act="extended").exists()
    assert [found.pk for found in waiting_requests(decider)] == [row.pk]
    assert list(waiting_requests(winner)) == []
    assert Notice.objects.get(kind="extension_asked").user_id == decider.user_id
    refused(ask, "extend.waiting")
    with pytest.raises(NotAllowed):
        decide_extension(row.pk, is_granted=True, actor=winner)

    decide_extension(row.pk, is_granted=False, actor=decider)

    assert owed(one.winner) == before and not is_stale(one.lead)
    refused(lambda: decide_extension(row.pk, is_granted=True, actor=decider), "extend.decided")
    again = decide_extension(ask().pk, is_granted=True, actor=decider)
    assert (again.cost, owed(one.winner)) == (POINTS // 2, before - POINTS // 2)
    assert is_stale(one.lead) and sums() == {0}
    assert Notice.objects.get(kind="extension_granted").user_id == one.winner.pk


def test_what_changed_hands_meanwhile_is_not_extended(one: Case) -> None:
    publish("direct", rules(extension={"by": "1d", "needs_manager": True}), actor=SYSTEM)
    wound()
    row = ask_extension(
        "lead", one.lead.pk, clock="untouched", reason="tender", actor=act_as(one.winner)
    )
    olga = act_as(one.people.olga)
    transfer("lead", one.lead.pk, to=one.loser.pk, reason="overload", actor=olga)

    refused(lambda: decide_extension(row.pk, is_granted=True, actor=olga), "extend.over")
    assert list(waiting_requests(olga)) == []


def test_locks_are_few_and_last_as_long_as_they_may_in_all(one: Case) -> None:
    winner = act_as(one.winner)
    other = dealt(1)
    while other.owner_id != one.winner.pk:
        other = dealt(other.pk + 1)
    wound()

    row = lock_item("lead", one.lead.pk, actor=winner)

    assert row.until_at is not None and row.until_at - row.from_at == timedelta(days=3)
    assert is_stale(one.lead)
    refused(lambda: lock_item("lead", one.lead.pk, actor=winner), "lock.locked")
    refused(lambda: lock_item("lead", other.pk, actor=winner), "lock.too_many")
    unlock_item("lead", one.lead.pk, actor=winner)
    refused(lambda: unlock_item("lead", one.lead.pk, actor=winner), "lock.not_locked")
    # A lock that was used for two days leaves one.
    Pause.objects.update(from_at=timezone.now() - timedelta(days=2, hours=1))
    again = lock_item("lead", one.lead.pk, actor=winner)
    assert again.until_at is not None
    assert again.until_at - again.from_at < timedelta(days=1)
    Pause.objects.filter(pk=again.pk).update(
        from_at=timezone.now() - timedelta(days=2), until_at=timezone.now()
    )
    refused(lambda: lock_item("lead", one.lead.pk, actor=winner), "lock.used_up")
    with pytest.raises(NotFound):
        lock_item("lead", one.lead.pk, actor=act_as(one.loser))


def test_clocks_stop_for_the_company_a_person_or_an_item_and_go_on(one: Case) -> None:
    now, lead = timezone.now(), one.lead
    olga, tom, winner = act_as(one.people.olga), act_as(one.people.tom), act_as(one.winner)
    week = {"from_at": now, "until_at": now + timedelta(days=7)}

    company = freeze_all(**week, reason="holiday", actor=olga)
    assert is_stale(lead)
    wound()
    person = pause_rep(one.winner.pk, **week, reason="training", actor=olga)
    assert is_stale(lead)
    wound()
    item = pause_item("lead", lead.pk, until_at=None, reason="customer_wish", actor=olga)
    assert is_stale(lead)
    assert [found.kind for found in standing_pauses(olga, now)] == ["company", "rep", "item"]

    with pytest.raises(NotAllowed):
        freeze_all(**week, reason="holiday", actor=tom)
    with pytest.raises(NotAllowed):
        pause_item("lead", lead.pk, until_at=None, reason="system", actor=winner)
    with pytest.raises(NotAllowed):
        end_pause(company.pk, actor=tom)
    refused(lambda: freeze_all(**week, reason="because", actor=olga), "act.reason_unknown")
    backwards = {"from_at": now, "until_at": now - timedelta(days=1)}
    refused(lambda: freeze_all(**backwards, reason="holiday", actor=olga), "pause.times")
    long = {"from_at": now, "until_at": now + timedelta(days=400)}
    refused(lambda: freeze_all(**long, reason="holiday", actor=olga), "pause.too_long")

    for row in (company, person, item):
        wound()
        end_pause(row.pk, actor=olga)
        assert is_stale(lead)
        refused(lambda row=row: end_pause(row.pk, actor=olga), "pause.over")
    assert list(standing_pauses(olga, timezone.now())) == []


def test_a_rule_that_is_switched_off_stops_its_clocks_and_erases_nothing(one: Case) -> None:
    publish("direct", rules(is_on=False), actor=SYSTEM)

    (pause,) = Pause.objects.filter(kind="rule")
    assert (pause.rule, pause.until_at) == ("保护", None)
    assert is_stale(one.lead)
    olga = act_as(one.people.olga)
    refused(lambda: end_pause(pause.pk, actor=olga), "pause.of_a_rule")
    # Published again as it is: nothing new stops.
    publish("direct", rules(is_on=False, note="停用"), actor=SYSTEM)
    assert Pause.objects.count() == 1
    publish("direct", rules(), actor=SYSTEM)
    pause.refresh_from_db()
    assert pause.until_at is not None
    kinds = Event.objects.filter(kind__startswith="clocks.rule").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [
        "clocks.rule_stopped",
        "clocks.rule_resumed",
    ]


def test_new_rules_reach_back_only_where_chosen_and_start_on_that_day(one: Case) -> None:
    olga, line = act_as(one.people.olga), Line.objects.get()
    publish("direct", rules(note="新"), actor=SYSTEM)
    seen = preview_reach(line, actor=olga)
    assert seen is not None and seen.counts == (("lead", 1),)
    held = Assignment.objects.get()
    assert held.clocks_policy_id != seen.version and held.clocks_from is None
    with pytest.raises(NotAllowed):
        reach_back(line, version=seen.version, actor=act_as(one.people.tom))

    assert reach_back(line, version=seen.version, actor=olga) == seen.count

    held.refresh_from_db()
    assert (held.clocks_policy_id, held.wound_at) == (seen.version, None)
    assert held.clocks_from is not None and held.clocks_from > held.opened_at
    after = preview_reach(line, actor=olga)
    assert after is not None and after.count == 0
    publish("direct", rules(note="更新"), actor=SYSTEM)
    refused(lambda: reach_back(line, version=seen.version, actor=olga), "reach.other_rules")


def test_what_one_is_asked_to_accept_is_accepted_or_goes_on_to_somebody_else(one: Case) -> None:
    winner = act_as(one.winner)
    other = dealt(7)
    taker = act_as(User.objects.get(pk=other.owner_id))
    wound()
    accept("lead", other.pk, via="web", actor=taker)
    held = Assignment.objects.get(item_id=other.pk, closed_at=None)
    assert held.accepted_at is not None and held.wound_at is None
    refused(lambda: decline("lead", other.pk, reason="overload", actor=taker), "decline.accepted")

    decline("lead", one.lead.pk, reason="overload", actor=winner)

    one.lead.refresh_from_db()
    assert one.lead.owner_id != one.winner.pk
    assert Event.objects.filter(kind="lead.declined", object_id=one.lead.pk).count() == 1
    assert sums() == {0} and broken() == []
    assert Balance.objects.exists() and MICRO == POINTS // 2


def test_deadlines_follow_what_people_do_and_nothing_is_lost_meanwhile(one: Case) -> None:
    publish("direct", rules(time="real"), actor=SYSTEM)
    olga, winner, line = act_as(one.people.olga), act_as(one.winner), Line.objects.get()
    Assignment.objects.update(wound_at=None, clocks_policy_id=None)
    now = timezone.now()
    day = timedelta(days=1)

    def due(clock: str = "untouched") -> datetime | None:
        wind_all()
        held = Assignment.objects.get(item_id=one.lead.pk, closed_at=None)
        (found,) = (found for found in held.clocks["clocks"] if found["clock"] == clock)
        return datetime.fromisoformat(found["due"]) if "due" in found else None

    start = Assignment.objects.get().opened_at
    assert due() == start + 10 * day
    ask_extension("lead", one.lead.pk, clock="untouched", reason="tender", actor=winner)
    assert due() == start + 12 * day
    lock_item("lead", one.lead.pk, actor=winner)
    assert due() == start + 15 * day
    week = {"from_at": now + 20 * day, "until_at": now + 27 * day}
    freeze_all(**week, reason="holiday", actor=olga)
    assert due() == start + 15 * day
    pause = pause_rep(
        one.winner.pk, from_at=now + 5 * day, until_at=None, reason="training", actor=olga
    )
    assert due() is None
    end_pause(pause.pk, actor=olga)
    assert due() == start + 15 * day
    publish("direct", rules(time="real", is_on=False), actor=SYSTEM)
    assert due() is None
    publish("direct", rules(time="real"), actor=SYSTEM)
    on_again = due()
    assert on_again is not None and start + 15 * day <= on_again < start + 15 * day + day / 24
    # A later version holds for it only once it is put over it, and counts from then.
    later = [{"clock": "untouched", "after": "1d"}]
    publish("direct", rules(time="real", clocks=later), actor=SYSTEM)
    assert due() == on_again
    seen = preview_reach(line, actor=olga)
    assert seen is not None and reach_back(line, version=seen.version, actor=olga) == 1
    begun = Assignment.objects.get().clocks_from
    assert begun is not None and begun >= now
    # The extension that was granted and the lock hold on.
    moved = due()
    assert moved is not None and moved > begun + 3 * day
