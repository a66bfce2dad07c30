"""Lets the engine deal half a year of leads, and tells what their owners made of them.

Every lead goes through the same door as a real one, with the moment at which it came; so each has
its receipt, and the books are true. What people did afterwards is written in bulk.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from evenhand.cli.demo_company.load_pools import give_up
from evenhand.cli.demo_company.load_staff import Staff
from evenhand.cli.demo_company.plans import ActivityPlan, DealPlan, DemoCompany, LeadPlan, day_of
from evenhand.engine.facts import ItemKind
from evenhand.leads.custody import Taking, add_loads, open_assignments, subtract_loads
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Activity, Company, Lead, Opportunity, Relationship, Stage, State
from evenhand.leads.relationships import faded, strengthened
from evenhand.leads.work import NOTE, contacted
from evenhand.people.actor import SYSTEM
from evenhand.people.snapshot import CACHE, people_now
from evenhand.routing.take_in import take_in

# So long without a contact, and the rules take it back.
IDLE = timedelta(days=14)
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Story:
    """A lead in somebody's hands."""

    plan: LeadPlan
    lead_id: int
    rep_id: int
    points: int
    at: datetime
    contacts: list[tuple[datetime, ActivityPlan]]
    end_at: datetime | None
    deal: list[tuple[str, datetime]] = field(default_factory=list)
    opportunity: Opportunity | None = None
    is_given_up: bool = False  # it went into a pool

    def contacted_at(self, until: datetime) -> datetime | None:
        """When the customer was first turned to, if he was by then."""
        first = next((at for at, one in self.contacts if one.channel != NOTE), None)
        return first if first is not None and first <= until else None


class History:
    """The half year, day by day."""

    def __init__(self, plan: DemoCompany, staff: Staff, companies: dict[str, Company]) -> None:
        self.plan = plan
        self.staff = staff
        self.companies = companies
        self.paces = {
            staff.users[one.email].pk: one.rep.pace
            for one in plan.staff.reps
            if one.rep and one.email in staff.users
        }
        self.stories: list[Story] = []
        # What will end: (moment, number, story, how)
        self.ends: list[tuple[datetime, int, Story, str]] = []
        # What nobody goes on with: (moment, lead, story)
        self.idle: list[tuple[datetime, int, Story]] = []
        self.accounts = {row.pk for row in companies.values() if row.owner_id}

    def load(self, said: Progress) -> None:
        """Deal everything up to the end of the plan."""
        CACHE.forget()
        total, done = len(self.plan.leads), 0
        for at, bunch in groupby(self.plan.leads, key=lambda lead: lead.at):
            leads = list(bunch)
            self.staff.join(day_of(at), self.plan.until)
            self._finish_until(at)
            self._give_up_until(at)
            self._take_in(leads, at)
            done += len(leads)
            said(done, total)
        self._finish_until(self.plan.until)
        self._give_up_until(self.plan.until)
        with transaction.atomic():
            self._tell()
            self.staff.settle()
        CACHE.forget()

    # -- coming in -------------------------------------------------------------------------

    def _take_in(self, leads: list[LeadPlan], at: datetime) -> None:
        taken = take_in([self._lead_in(one) for one in leads], actor=SYSTEM, now=at)
        for plan, one in zip(leads, taken, strict=True):
            if one.owner_id is not None and not one.is_duplicate:
                self._begin(plan, one.lead_id, one.owner_id, one.points, at)

    def _lead_in(self, plan: LeadPlan) -> LeadIn:
        texts = {
            name: getattr(plan, name)
            for name in (
                *("line", "name", "title", "company", "phone", "email", "region", "industry"),
                *("product", "source", "campaign", "size", "language", "currency", "grade"),
                *("note", "budget", "employees", "extra", "via"),
            )
        }
        collector = self.staff.reps.get(plan.collected_by)
        return LeadIn(
            **texts,
            external_id=plan.number,
            collected_by=None if collector is None else collector.pk,
        )

    def _begin(self, plan: LeadPlan, lead_id: int, rep_id: int, points: int, at: datetime) -> None:
        team = people_now(at).team
        rep = team.find(str(rep_id))
        assert rep is not None
        clock = team.calendar_of(rep)
        pace = self.paces.get(rep_id, 100)
        # The first contact depends on the person; what comes later, on the customer.
        first = plan.fate.activities[0].after_minutes if plan.fate.activities else 0
        shift = first * pace // 100 - first

        def moment(minutes: int) -> datetime:
            return clock.deadline(at, timedelta(minutes=minutes + shift))

        contacts = [(moment(one.after_minutes), one) for one in plan.fate.activities]
        end_at = moment(plan.fate.end_after_minutes) if plan.fate.end else None
        story = Story(plan, lead_id, rep_id, points, at, contacts, end_at)
        if plan.fate.deal is not None:
            story.deal = [(stage, moment(minutes)) for stage, minutes in plan.fate.deal.stages]
        self.stories.append(story)
        if end_at is not None:
            self._expect(end_at, story, plan.fate.end)
        if end_at is None or end_at > self.plan.until:
            last = max((when for when, _ in contacts if when <= self.plan.until), default=at)
            heappush(self.idle, (last + IDLE, lead_id, story))

    # -- going on --------------------------------------------------------------------------

    def _expect(self, at: datetime, story: Story, how: str) -> None:
        if at <= self.plan.until:
            heappush(self.ends, (at, story.lead_id, story, how))

    def _give_up_until(self, now: datetime) -> None:
        """Put into their pool what was not followed up, or what its owner gave back."""
        while self.idle and self.idle[0][0] <= now:
            at, _, story = heappop(self.idle)
            story.is_given_up = give_up(story.lead_id, at=at)

    def _finish_until(self, now: datetime) -> None:
        """Close what ended before a moment, so that its owners have room again."""
        due: list[tuple[datetime, Story, str]] = []
        while self.ends and self.ends[0][0] <= now:
            at, _, story, how = heappop(self.ends)
            due.append((at, story, how))
            if how == "converted":
                self._expect(story.deal[-1][1], story, story.deal[-1][0])
        if not due:
            return
        with transaction.atomic():
            leads = [
                (at, story.lead_id, how)
                for at, story, how in due
                if story.end_at == at and how == story.plan.fate.end
            ]
            self._close(ItemKind.LEAD, leads)
            converted = [(at, story) for at, story, how in due if how == "converted"]
            self._open_deals(converted)
            ended = [
                (at, story.opportunity.pk, how)
                for at, story, how in due
                if story.opportunity is not None and (how, at) == story.deal[-1]
            ]
            self._close(ItemKind.OPPORTUNITY, ended)

    def _close(self, kind: ItemKind, items: list[tuple[datetime, int, str]]) -> None:
        if not items:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE assignment AS a SET closed_at = d.at, closed_by = d.how"
                " FROM unnest(%s::timestamptz[], %s::bigint[], %s::text[]) AS d(at, id, how)"
                " WHERE a.item_kind = %s AND a.item_id = d.id AND a.closed_at IS NULL"
                " RETURNING a.rep_id, a.points",
                [
                    [at for at, _, _ in items],
                    [one for _, one, _ in items],
                    [how for _, _, how in items],
                    kind.value,
                ],
            )
            loads: dict[int, tuple[int, int]] = {}
            for rep, points in cursor.fetchall():
                count, carried = loads.get(rep, (0, 0))
                loads[rep] = (count + 1, carried + points)
            subtract_loads(loads)
            model = Lead if kind is ItemKind.LEAD else Opportunity
            model._default_manager.filter(pk__in=[one for _, one, _ in items]).update(
                state=State.CLOSED
            )

    def _open_deals(self, converted: list[tuple[datetime, Story]]) -> None:
        rows: list[Opportunity] = []
        for at, story in converted:
            deal = story.plan.fate.deal
            assert deal is not None
            story.opportunity = self._opportunity(story, deal, at)
            rows.append(story.opportunity)
        Opportunity.objects.bulk_create(rows)
        for (at, story), row in zip(converted, rows, strict=True):
            self._own(ItemKind.OPPORTUNITY, row.pk, story.rep_id, at)
            self._take_account(story, at)

    def _opportunity(self, story: Story, deal: DealPlan, at: datetime) -> Opportunity:
        reached = [(stage, when) for stage, when in story.deal if when <= self.plan.until]
        stage, stage_at = reached[-1]
        is_over = stage in ("won", "lost")
        company = self.companies[story.plan.company]
        return Opportunity(
            company=company,
            lead_id=story.lead_id,
            name=deal.name,
            stage=stage,
            value=deal.value,
            currency=deal.currency,
            close_on=day_of(at) + timedelta(days=deal.close_in_days),
            closed_at=stage_at if is_over else None,
            created_at=at,
            stage_at=stage_at,
            state=State.OWNED,
            owner_id=story.rep_id,
            assigned_at=at,
            line_id=None,
        )

    def _take_account(self, story: Story, at: datetime) -> None:
        """Who converts a lead looks after the firm from then on, if nobody does yet."""
        company = self.companies[story.plan.company]
        if company.pk in self.accounts:
            return
        self.accounts.add(company.pk)
        self._own(ItemKind.ACCOUNT, company.pk, story.rep_id, at)
        Company.objects.filter(pk=company.pk).update(
            state=State.OWNED, owner_id=story.rep_id, assigned_at=at
        )

    def _own(self, kind: ItemKind, item_id: int, rep_id: int, at: datetime) -> None:
        open_assignments([Taking(kind, item_id, rep_id, "converted", 0, None)], at=at)
        add_loads({rep_id: (1, 0)})

    # -- what is told at the end -----------------------------------------------------------

    def _tell(self) -> None:
        until = self.plan.until
        logged = Activity.objects.bulk_create(self._activities(until), batch_size=1000)
        rows = [self._progress(story, until) for story in self.stories]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE lead AS l SET stage = s.stage, lost_stage = s.lost,"
                " contacted_at = s.contacted, active_at = s.active,"
                " closed_at = s.closed, close_reason = s.reason,"
                " contact_due_at = CASE WHEN s.contacted IS NULL AND s.closed IS NULL"
                " THEN l.contact_due_at END"
                " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::timestamptz[],"
                " %s::timestamptz[], %s::timestamptz[], %s::text[])"
                " AS s(id, stage, lost, contacted, active, closed, reason)"
                " WHERE l.id = s.id",
                [list(column) for column in zip(*rows, strict=True)],
            )
            cursor.execute(_DEAL_DETAILS)
        self._know(logged)

    def _know(self, logged: list[Activity]) -> None:
        """How well people know each other by now, contact by contact."""
        contacts = dict(Lead.objects.values_list("pk", "contact_id"))
        known: dict[tuple[int, int], tuple[int, datetime]] = {}
        for one in logged:
            contact = contacts.get(one.item_id)
            if contact is None or one.user_id is None or one.channel == NOTE:
                continue
            before, since = known.get((one.user_id, contact), (0, one.at))
            left = faded(before, since, one.at)
            strength = strengthened(left, channel=one.channel, direction=one.direction)
            known[one.user_id, contact] = (strength, one.at)
        Relationship.objects.bulk_create(
            Relationship(rep_id=rep, contact_id=contact, strength=strength, updated_at=at)
            for (rep, contact), (strength, at) in known.items()
        )

    def _activities(self, until: datetime) -> Iterator[Activity]:
        found = [
            (at, story, one)
            for story in self.stories
            for at, one in story.contacts
            if at <= until and (story.end_at is None or at <= story.end_at)
        ]
        for at, story, one in sorted(found, key=lambda entry: (entry[0], entry[1].lead_id)):
            yield Activity(
                item_kind=ItemKind.LEAD,
                item_id=story.lead_id,
                user_id=story.rep_id,
                at=at,
                channel=one.channel,
                direction=contacted(one.channel, one.outcome).direction,
                outcome=one.outcome,
                evidence=one.evidence,
                seconds=one.seconds,
                note=one.note,
            )

    def _progress(self, story: Story, until: datetime) -> tuple[Any, ...]:
        first = None if story.is_given_up else story.contacted_at(until)
        done = [at for at, _ in story.contacts if at <= until]
        has_ended = story.end_at is not None and story.end_at <= until
        talks = sum(
            at <= until and contacted(one.channel, one.outcome).is_two_way
            for at, one in story.contacts
        )
        stage = (Stage.NEW, Stage.CONTACTED, Stage.CONTACTED, Stage.QUALIFIED)[min(talks, 3)]
        is_lost = has_ended and story.plan.fate.end == "lost"
        lost_stage = stage.value if is_lost else ""
        if has_ended:
            stage = Stage.LOST if is_lost else Stage.CONVERTED
        return (
            story.lead_id,
            stage.value,
            lost_stage,
            first,
            done[-1] if done else None,
            story.end_at if has_ended else None,
            story.plan.fate.reason if has_ended else "",
        )


# Company and contact of what was written by lead alone.
_DEAL_DETAILS = """
UPDATE opportunity AS o SET contact_id = l.contact_id, line_id = l.line_id
FROM lead AS l WHERE l.id = o.lead_id;
UPDATE activity AS a SET company_id = l.company_id, contact_id = l.contact_id
FROM lead AS l WHERE a.item_kind = 'lead' AND a.item_id = l.id;
UPDATE company AS c SET line_id = (
    SELECT l.line_id FROM lead AS l WHERE l.company_id = c.id ORDER BY l.id LIMIT 1
);
"""
