"""A newcomer's first months end to end: the ramp, a mentor beside him, the next level proposed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from evenhand.ladder.models import Proposal, Standing
from evenhand.ladder.operations.counting import count_all
from evenhand.ladder.operations.decide import CannotDecide, accept, put_off
from evenhand.ladder.queries.bench import bench
from evenhand.ladder.queries.beside import credits_of, stretches
from evenhand.ladder.queries.growth import growth
from evenhand.leads.access import NotFound, lead_for, visible
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Assignment, Guidance, Lead
from evenhand.leads.operations.converting import convert_lead
from evenhand.leads.queries.titles import item_titles
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Leave, Rep
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.snapshot import people_now
from evenhand.policies.operations.publish import publish
from evenhand.routing.take_in import take_in
from tests.server.builders import organization, person, team
from tests.server.cast import act_as
from tests.server.routing.world import hire, policy
from tests.server.simulated.virtual import VirtualClock, virtual_time

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
LADDER = [
    {
        "level": "新人",
        "takes": "lead.grade = B",
        "mostly": "lead.grade = B",
        "ramp": {"start_percent": 40, "days": 90, "results": 40},
        "stretch": {"percent": 30, "credit_percent": 25},
        "graduation": {"days": 90, "expected": 4},
    },
    {"level": "资深", "mentees": 2},
]


def same_numbers() -> None:
    """Draws go by numbers of items and people: whatever ran before, here they are the same."""
    with connection.cursor() as cursor:
        for table in ("lead", "person"):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1000000)", [table])


class Company:
    """Two seniors, one of whom is the newcomer's mentor, and a manager."""

    def __init__(self) -> None:
        same_numbers()
        organization()
        home = team()
        self.manager = person("Tom", "manager", "team", home)
        home.manager = self.manager
        home.save()
        joined = START.date() - timedelta(days=800)
        self.elder = hire(home, "elder", level="资深", joined_on=joined)
        self.other = hire(home, "other", level="资深", joined_on=joined)
        self.newcomer = hire(home, "new", level="新人", joined_on=START.date(), mentor=self.elder)
        publish("direct", policy(levels=LADDER, points={"base": {"A": 3, "B": 2}}), actor=SYSTEM)
        self.number = 0

    def work(self, *, leads: int, every: int) -> None:
        """So many leads come in; of each owner's, one of `every` becomes a customer."""
        found = []
        for _ in range(leads):
            self.number += 1
            grade = "A" if self.number % 3 == 0 else "B"
            found.append(LeadIn(name=f"客户{self.number}", grade=grade))
        take_in(found, actor=SYSTEM)
        held: dict[int, int] = {}
        rows = Lead.objects.filter(state="owned", stage="new").order_by("pk")
        for lead in rows[:leads]:
            assert lead.owner_id is not None
            held[lead.owner_id] = held.get(lead.owner_id, 0) + 1
            if held[lead.owner_id] % every == 0:
                convert_lead(lead.pk, {"name": "x", "currency": "CNY"}, actor=SYSTEM)

    def weight(self, now: datetime) -> int:
        """The ramp of the newcomer in percent, as dealing has it."""
        rep = growth(Rep.objects.get(pk=self.newcomer.pk), now)
        assert rep.ramp is not None
        return rep.ramp.percent


def live(company: Company, clock: VirtualClock, *, until: int) -> list[int]:
    """Every ten days leads, some of them customers, and a night's count; the ramp each time."""
    ramps = []
    while (clock.at - START).days < until:
        company.work(leads=24, every=3)
        clock.go_to(clock.at + timedelta(days=10))
        count_all(clock.at)
        ramps.append(company.weight(clock.at))
    return ramps


def test_a_newcomer_grows_with_days_and_results_beside_a_mentor_and_is_proposed() -> None:
    with virtual_time(START) as clock:
        company = Company()
        new, elder = company.newcomer, company.elder
        # Five days of leave in the first weeks: they cost no practice.
        Leave.objects.create(
            rep=new, from_at=START + timedelta(days=12), until_at=START + timedelta(days=17)
        )
        ramps = live(company, clock, until=80)

        rep = Rep.objects.get(pk=new.pk)
        assert rep.days_away == 5
        assert rep.results == Assignment.objects.filter(rep=new, closed_by="converted").count() > 0
        facts = next(one for one in people_now(clock.at).team.reps if one.id == str(new.pk))
        assert (facts.results, facts.days_away) == (rep.results, 5)
        assert ramps == sorted(ramps)
        assert ramps[0] == 47, "ten days of ninety"
        assert ramps[-1] == max(90, 40 + (60 * rep.results + 20) // 40)
        assert not Proposal.objects.exists(), "not before the days are over"
        assert next(one.key for one in growth(rep, clock.at).missing) == "days"

        stretched = Guidance.objects.filter(rep=new, item_kind="lead")
        assert stretched.exists()
        assert set(stretched.values_list("mentor_id", "percent")) == {(elder.pk, 25)}
        above = Lead.objects.filter(
            pk__in=Assignment.objects.filter(rep=new, item_kind="lead").values("item_id"), grade="A"
        )
        assert set(above.values_list("pk", flat=True)) == set(
            stretched.values_list("item_id", flat=True)
        )
        told = Notice.objects.filter(kind="stretch_given", user_id=elder.pk)
        assert told.count() == stretched.count()
        _mentor_reads_what_he_stands_beside(company, stretched.latest("pk").item_id)
        of_mentor = stretches(mentors=[elder.pk])
        won = [one for one in of_mentor if one.outcome == "converted"]
        assert credits_of([elder.pk]).get(elder.pk, 0) == 25 * len(won) > 0

        live(company, clock, until=100)
        _is_proposed_and_decided(company, clock)

        # What comes of a lead that he was guided in stays guided: only new leads count here.
        guided = Guidance.objects.filter(item_kind="lead")
        before = guided.count()
        company.work(leads=30, every=3)
        grades = Lead.objects.filter(owner=new, state="owned").order_by("-pk")[:4]
        assert "A" in {one.grade for one in grades}, "his own level takes them now"
        assert guided.count() == before
        count_all(clock.at)
        assert Standing.objects.get(pk=new.pk).days == 0


def _mentor_reads_what_he_stands_beside(company: Company, lead_id: int) -> None:
    mentor = act_as(company.elder.user)
    assert lead_for(mentor, lead_id).pk == lead_id
    assert not visible(mentor).filter(pk=lead_id).exists(), "but it is in none of his lists"
    assert item_titles(mentor, "lead", [lead_id])
    with pytest.raises(NotFound):
        lead_for(act_as(company.other.user), lead_id)
    Lead.objects.filter(pk=lead_id).update(owner=company.other)
    with pytest.raises(NotFound):
        lead_for(mentor, lead_id)
    Lead.objects.filter(pk=lead_id).update(owner=company.newcomer)


def _is_proposed_and_decided(company: Company, clock: VirtualClock) -> None:
    new = company.newcomer
    proposal = Proposal.objects.get()
    assert (proposal.rep_id, proposal.from_level, proposal.to_level) == (new.pk, "新人", "资深")
    assert proposal.evidence["days"] >= 90
    assert Notice.objects.filter(kind="graduation_proposed", user=company.manager).count() == 1
    count_all(clock.at)
    assert Proposal.objects.count() == 1, "once"
    manager = act_as(company.manager)
    found = bench(manager, clock.at)
    assert [one.rep.pk for one in found.proposals] == [new.pk]
    assert {one.rep.pk: one.room for one in found.mentors} == {
        company.elder.pk: 1, company.other.pk: 2,
    }  # fmt: skip
    with pytest.raises(CannotDecide) as refused:
        put_off(proposal.pk, note=" ", actor=manager)
    assert refused.value.why.code == "ladder.note_missing"
    put_off(proposal.pk, note="再看一个月大单", actor=manager)
    with pytest.raises(CannotDecide) as refused:
        accept(proposal.pk, actor=manager)
    assert refused.value.why.code == "ladder.not_open"
    count_all(clock.at)
    assert Proposal.objects.count() == 1
    assert Rep.objects.get(pk=new.pk).level == "新人"
    clock.go_to(clock.at + timedelta(days=31))
    count_all(clock.at)
    again = Proposal.objects.get(state="open")
    accept(again.pk, note="恭喜", actor=manager)
    rep = Rep.objects.get(pk=new.pk)
    assert (rep.level, rep.level_since) == ("资深", (clock.at + timedelta(hours=8)).date())
    kinds: Any = Notice.objects.filter(user_id=new.pk).values_list("kind", flat=True)
    assert {"graduation_put_off", "graduation_accepted"} <= set(kinds)
    with pytest.raises(CannotEdit):
        accept(_stale(rep).pk, actor=manager)
    assert Rep.objects.get(pk=new.pk).level == "资深"
    count_all(clock.at)
    assert not Proposal.objects.filter(state="open").exists(), "what holds no more lapses"


def _stale(rep: Rep) -> Proposal:
    return Proposal.objects.create(rep=rep, from_level="新人", to_level="资深", evidence={})
