"""What people do by hand is booked, journaled, limited, and the books still add up."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from evenhand.engine.reasons import reason
from evenhand.journal.models import Event
from evenhand.leads.access import NotFound
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Assignment, Company, Lead, Load, Opportunity, State
from evenhand.ledger.models import Balance, Book, Posting
from evenhand.people.actor import SYSTEM, Actor, ActorKind
from evenhand.people.models import Calendar, Organization, Rep
from evenhand.people.scope import NotAllowed
from evenhand.routing.desk import CannotAct
from evenhand.routing.models import Receipt
from evenhand.routing.operations.acts import ReasonMissing, midnight_of_company
from evenhand.routing.operations.distribute import distribute
from evenhand.routing.operations.give import assign, transfer
from evenhand.routing.operations.give_up import hand_back, void
from evenhand.routing.retry import retry_all
from evenhand.routing.take_in import take_in
from tests.server.routing.test_take_in import everything_replays, leads
from tests.server.routing.world import company, policy

pytestmark = pytest.mark.django_db

OPS = Actor(ActorKind.USER, user_id=None, role="sales_ops", scope="all")


def as_rep(rep: Rep) -> Actor:
    return Actor(ActorKind.USER, user_id=rep.pk, role="rep", scope="self", is_rep=True)


def as_manager(rep: Rep) -> Actor:
    team = rep.user.team_id
    assert team is not None
    return Actor(
        ActorKind.USER,
        user_id=rep.pk,
        role="manager",
        scope="team",
        teams=frozenset({team}),
        reps=frozenset(Rep.objects.filter(user__team_id=team).values_list("pk", flat=True)),
    )


def owed() -> dict[int, int]:
    """What each rep is owed in all grades together, in micro-points."""
    book = Book.objects.get()
    rows = Balance.objects.filter(book=book).values_list("amounts", flat=True)
    assert all(sum(amounts) == 0 for amounts in rows)
    return {who: sum(a) for who, a in zip(book.members, zip(*rows, strict=True), strict=True)}


def state() -> tuple[Any, ...]:
    """Everything an act could change."""
    return (
        list(Lead.objects.order_by("pk").values_list("state", "owner_id", "receipt_id")),
        list(Assignment.objects.order_by("pk").values_list("rep_id", "closed_at")),
        list(Load.objects.order_by("pk").values_list("rep_id", "open_count", "open_points")),
        owed(),
        Event.objects.count(),
        Receipt.objects.count(),
        Posting.objects.count(),
    )


def loads_are_their_recount() -> None:
    for load in Load.objects.all():
        open_ones = Assignment.objects.filter(rep_id=load.pk, closed_at=None)
        points = sum(open_ones.values_list("points", flat=True))
        assert (load.open_count, load.open_points) == (open_ones.count(), points)


def test_a_transfer_refunds_the_old_owner_and_charges_the_new_one() -> None:
    reps = company(3)
    (taken,) = take_in(leads(1), actor=SYSTEM)
    old = taken.owner_id
    new = next(rep.pk for rep in reps if rep.pk != old)
    before = owed()

    transfer("lead", taken.lead_id, to=new, reason="leave", actor=OPS)

    after = owed()
    lead = Lead.objects.get()
    assert lead.owner_id == new and lead.state == State.OWNED
    assert old is not None
    assert after[old] > before[old] and after[new] < before[new]
    assert Assignment.objects.filter(closed_at=None).get().rep_id == new
    receipt = Receipt.objects.latest("pk")
    assert (receipt.act, receipt.from_rep_id, receipt.rep_id) == ("transfer", old, new)
    assert Event.objects.latest("pk").kind == "lead.transferred"
    loads_are_their_recount()


def test_after_acts_by_hand_later_decisions_still_replay() -> None:
    reps = company(4)
    taken = take_in(leads(10), actor=SYSTEM)
    new = next(rep.pk for rep in reps if rep.pk != taken[0].owner_id)
    transfer("lead", taken[0].lead_id, to=new, reason="leave", actor=OPS)
    void("lead", taken[1].lead_id, reason="spam", actor=OPS)

    take_in(leads(20, "1390000"), actor=SYSTEM)

    assert everything_replays() == 30
    loads_are_their_recount()


def test_void_is_the_exact_reverse_also_after_a_transfer() -> None:
    reps = company(3)
    take_in(leads(4), actor=SYSTEM)
    before = owed()
    (taken,) = take_in([LeadIn(name="x", phone="13900000000")], actor=SYSTEM)
    new = next(rep.pk for rep in reps if rep.pk != taken.owner_id)
    transfer("lead", taken.lead_id, to=new, reason="leave", actor=OPS)

    void("lead", taken.lead_id, reason="duplicate", actor=OPS)

    assert owed() == before
    assert Lead.objects.get(pk=taken.lead_id).state == State.CLOSED
    assert not Assignment.objects.filter(item_id=taken.lead_id, closed_at=None).exists()
    loads_are_their_recount()


def test_what_is_handed_back_goes_to_somebody_else_at_once() -> None:
    reps = {rep.pk: rep for rep in company(3)}
    (taken,) = take_in(leads(1), actor=SYSTEM)
    assert taken.owner_id is not None

    hand_back("lead", taken.lead_id, reason="overload", actor=as_rep(reps[taken.owner_id]))

    lead = Lead.objects.get()
    assert lead.state == State.OWNED and lead.owner_id not in (None, taken.owner_id)
    closed = Assignment.objects.get(closed_by="return")
    assert closed.rep_id == taken.owner_id
    assert everything_replays() == 2
    loads_are_their_recount()


def test_what_everybody_handed_back_waits_with_its_reason() -> None:
    reps = {rep.pk: rep for rep in company(2)}
    (taken,) = take_in(leads(1), actor=SYSTEM)

    for _ in range(2):
        owner = Lead.objects.get().owner_id
        assert owner is not None
        hand_back("lead", taken.lead_id, reason="overload", actor=as_rep(reps[owner]))

    lead = Lead.objects.get()
    assert lead.state == State.QUEUED and lead.owner_id is None
    assert lead.why_unassigned["code"] == "rule.nobody_eligible"
    assert sum(owed().values()) == 0 and set(owed().values()) == {0}


def test_an_unassigned_lead_is_dealt_the_moment_somebody_can_take_it() -> None:
    reps = company(1)
    Rep.objects.update(is_accepting=False)
    Organization.objects.update(people_revision=2)
    (taken,) = take_in(leads(1), actor=SYSTEM)
    assert taken.state == State.QUEUED and taken.why is not None
    receipts = Receipt.objects.count()

    assert retry_all() == 0
    assert Receipt.objects.count() == receipts

    Rep.objects.update(is_accepting=True)
    Organization.objects.update(people_revision=3)
    assert retry_all() == 1
    lead = Lead.objects.get()
    assert (lead.state, lead.owner_id, lead.why_unassigned) == (State.OWNED, reps[0].pk, None)
    assert lead.queued_at is None
    assert everything_replays() == 2


def test_a_queued_lead_can_be_assigned_by_hand_and_is_paid_for() -> None:
    reps = company(2)
    Rep.objects.update(is_accepting=False)
    Organization.objects.update(people_revision=2)
    (taken,) = take_in(leads(1), actor=SYSTEM)

    assign("lead", taken.lead_id, to=reps[0].pk, reason="waiting", actor=OPS)

    assert Lead.objects.get().owner_id == reps[0].pk
    assert Receipt.objects.latest("pk").act == "assign"
    loads_are_their_recount()


def test_a_lead_that_somebody_holds_cannot_be_assigned_and_nothing_changes() -> None:
    reps = company(2)
    (taken,) = take_in(leads(1), actor=SYSTEM)
    before = state()

    with pytest.raises(CannotAct) as refusal:
        assign("lead", taken.lead_id, to=reps[0].pk, reason="waiting", actor=OPS)

    assert refusal.value.why == reason("act.not_free", item=f"L{taken.lead_id}")
    assert state() == before


def test_a_rep_can_neither_transfer_nor_reach_the_lead_of_another() -> None:
    reps = company(2)
    (taken,) = take_in(leads(1), actor=SYSTEM)
    other = next(rep for rep in reps if rep.pk != taken.owner_id)
    before = state()

    with pytest.raises(NotAllowed):
        transfer("lead", taken.lead_id, to=other.pk, reason="leave", actor=as_rep(other))
    with pytest.raises(NotFound):
        hand_back("lead", taken.lead_id, reason="overload", actor=as_rep(other))

    assert state() == before


def test_an_act_needs_a_reason_from_its_list_and_a_note_for_other() -> None:
    company(2)
    (taken,) = take_in(leads(1), actor=SYSTEM)
    before = state()

    with pytest.raises(ReasonMissing):
        void("lead", taken.lead_id, reason="mood", actor=OPS)
    with pytest.raises(ReasonMissing):
        void("lead", taken.lead_id, reason="other", note="  ", actor=OPS)

    assert state() == before


def test_a_manager_has_a_daily_limit_of_acts_by_hand() -> None:
    reps = company(3)
    Organization.objects.update(overrides_per_day=2)
    manager = as_manager(reps[0])
    taken = take_in(leads(3), actor=SYSTEM)

    def move(number: int) -> None:
        new = next(rep.pk for rep in reps if rep.pk != taken[number].owner_id)
        transfer("lead", taken[number].lead_id, to=new, reason="leave", actor=manager)

    move(0)
    move(1)
    before = state()
    with pytest.raises(CannotAct) as refusal:
        move(2)
    assert refusal.value.why == reason("act.limit_reached", limit=2)
    assert state() == before


def test_the_day_of_the_limit_is_that_of_the_company_s_calendar_as_in_the_public_count() -> None:
    company(1)
    hours = ["09:00-18:00"] * 5 + ["", ""]
    Calendar.objects.create(name="纽约", zone="America/New_York", hours=hours, is_default=True)

    # In Shanghai the first of December has begun; in New York the thirtieth goes on until five.
    late = datetime(2026, 11, 30, 17, tzinfo=UTC)

    assert midnight_of_company(late) == datetime(2026, 11, 30, 5, tzinfo=UTC)
    assert midnight_of_company(late + timedelta(hours=12)) == datetime(2026, 12, 1, 5, tzinfo=UTC)


def test_capacity_holds_for_dealing_and_not_for_a_manager() -> None:
    reps = company(2, policy(capacity={"open_items": 1}))
    taken = take_in(leads(3), actor=SYSTEM)
    assert [one.state for one in taken] == [State.OWNED, State.OWNED, State.QUEUED]

    assign("lead", taken[2].lead_id, to=reps[0].pk, reason="waiting", actor=OPS)

    assert Load.objects.get(pk=reps[0].pk).open_count == 2


def test_accounts_and_opportunities_are_dealt_like_leads_and_replay() -> None:
    reps = company(3)
    account = Company.objects.create(name="海川机械", name_key="海川机械", state=State.UNTENDED)
    sale = Opportunity.objects.create(
        company=account, name="产线改造", stage="discovery", currency="CNY", state=State.QUEUED
    )

    (first,) = distribute("account", [account.pk], actor=OPS)
    (second,) = distribute("opportunity", [sale.pk], actor=OPS)

    account.refresh_from_db()
    sale.refresh_from_db()
    assert account.owner_id == first.rep_id and sale.owner_id == second.rep_id
    assert {first.rep_id, second.rep_id} <= {rep.pk for rep in reps}
    assert first.rep_id != second.rep_id
    assert everything_replays() == 2
    loads_are_their_recount()
    with pytest.raises(CannotAct):
        distribute("account", [account.pk], actor=OPS)
