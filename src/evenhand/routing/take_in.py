"""The only door for new leads, one or a thousand: recognize, decide, write, in one transaction.

A lead of somebody whose earlier lead is still open becomes a touch of that lead and costs nothing;
everything else is decided by the rules.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from evenhand.engine.facts import Item
from evenhand.engine.reasons import reason
from evenhand.leads.arrivals import CompanyRow, Found, Keys, OpenLead, keys_of, lock_keys, look_up
from evenhand.leads.arrive import (
    NewCompany,
    NewLead,
    take_ids,
    write_companies,
    write_contacts,
    write_leads,
)
from evenhand.leads.custody import LoadsMoved, Place
from evenhand.leads.intake import LeadIn
from evenhand.people.actor import Actor
from evenhand.people.models import Organization
from evenhand.people.scope import Right, demand
from evenhand.people.snapshot import CACHE, People
from evenhand.platform.refusal import Refused
from evenhand.platform.rows import insert_rows, pipelined
from evenhand.platform.transactions import in_transaction
from evenhand.policies.live import LivePolicy, lock_live
from evenhand.routing.announce import announce
from evenhand.routing.deal import Placement, World, deal
from evenhand.routing.facts import Known, lead_item
from evenhand.sheets.values.problem import Problem
from evenhand.sheets.values.regions import parse_region


class UnknownCollector(Refused):
    """`collected_by` is nobody who works here."""

    def __init__(self, rep_id: int) -> None:
        super().__init__(reason("intake.no_such_rep", rep=str(rep_id)), field="collected_by")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a lead that came in."""

    lead_id: int
    state: str
    owner_id: int | None
    owner_name: str
    receipt_id: int | None
    why: Mapping[str, Any] | None  # a reason as JSON, where nobody owns it
    grade: str = ""
    points: int = 0
    is_duplicate: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values, as stored with an idempotency key."""
        return {
            "lead_id": self.lead_id,
            "state": self.state,
            "owner_id": self.owner_id,
            "owner_name": self.owner_name,
            "receipt_id": self.receipt_id,
            "why": None if self.why is None else dict(self.why),
            "grade": self.grade,
            "points": self.points,
            "is_duplicate": self.is_duplicate,
        }


@dataclass(frozen=True, slots=True)
class Arrival:
    """A lead and whose hand it came through."""

    lead: LeadIn
    actor: Actor


def take_in(leads: Sequence[LeadIn], *, actor: Actor, now: datetime | None = None) -> list[TakenIn]:
    """Take in leads in this order; all of them or none.

    `now` is for history that is loaded afterwards; intake leaves it out.

    :raises NotAllowed: the actor may not enter leads.
    :raises NoSuchLine, UnknownCollector: a lead names what is not there.
    """
    demand(actor, Right.TAKE_IN)
    arrivals = [Arrival(lead, actor) for lead in leads]
    return in_transaction(lambda: take_in_now(arrivals, now=now), again=(LoadsMoved,))


def take_in_now(arrivals: Sequence[Arrival], *, now: datetime | None = None) -> list[TakenIn]:
    """The same inside the caller's transaction; see `take_in`.

    :raises LoadsMoved: run the transaction again.
    """
    with pipelined():
        return _take_in(arrivals, now)


def _take_in(arrivals: Sequence[Arrival], now: datetime | None) -> list[TakenIn]:
    at = now or timezone.now()
    organization = Organization.objects.get(pk=1)
    keys = [keys_of(one.lead, organization.country) for one in arrivals]
    lock_keys(keys)
    done: dict[int, TakenIn] = {}
    for line_key in dict.fromkeys(one.lead.line for one in arrivals):
        live = lock_live(line_key)
        # Locked before people are read: whoever was deactivated before is not considered.
        people = _people(at)
        world = World(
            live,
            people,
            organization.seed,
            at,
            timedelta(minutes=organization.first_contact_minutes),
        )
        numbers = [k for k, one in enumerate(arrivals) if one.lead.line == line_key]
        done |= _Intake(world, arrivals, keys, numbers).run()
    return [done[number] for number in range(len(arrivals))]


def _people(at: datetime) -> People:
    revision = Organization.objects.values_list("people_revision", flat=True).get(pk=1)
    return CACHE.get(revision, at)


@dataclass(slots=True)
class _Intake:
    """The leads of one line on their way in."""

    world: World
    arrivals: Sequence[Arrival]
    keys: Sequence[Keys]
    numbers: Sequence[int]
    new: list[tuple[int, NewLead, Item]] = field(default_factory=list)
    companies: list[NewCompany] = field(default_factory=list)
    repeats: dict[int, OpenLead] = field(default_factory=dict)
    # Leads of this batch that repeat an earlier one of it: number → number of the first.
    twins: dict[int, int] = field(default_factory=dict)
    number_of: dict[int, int] = field(default_factory=dict)  # of the new leads, by id

    def run(self) -> dict[int, TakenIn]:
        """Recognize, decide, write; by number of the arrival."""
        found = look_up([self.keys[number] for number in self.numbers])
        lead_ids, contact_ids, company_ids = take_ids(len(self.numbers))
        ids = zip(lead_ids, contact_ids, company_ids, strict=True)
        for number, own in zip(self.numbers, ids, strict=True):
            self._recognize(number, own, found)
        write_companies(self.companies, at=self.world.now)
        leads = [lead for _, lead, _ in self.new]
        write_contacts(leads, at=self.world.now)
        placements = self._deal()
        write_leads(
            leads, [place_of(one, self.world.live) for one in placements], at=self.world.now
        )
        done = {
            number: self._told(placement)
            for (number, _, _), placement in zip(self.new, placements, strict=True)
        }
        self._touch_repeats()
        for number, lead in self.repeats.items():
            done[number] = self._again(lead)
        for number, first in self.twins.items():
            done[number] = _twin(done[first])
        self._record(placements, done)
        return done

    def _recognize(self, number: int, ids: tuple[int, int, int], found: Found) -> None:
        lead, keys = self.arrivals[number].lead, self.keys[number]
        lead_id, contact_id, company_id = ids
        known = found.contact_of(keys)
        if known is not None:
            open_leads = found.open_by_contact.get(known[0], ())
            same = next((o for o in open_leads if o.line_id == self.world.live.line_id), None)
            if same is not None:
                if same.id in self.number_of:
                    self.twins[number] = self.number_of[same.id]
                else:
                    self.repeats[number] = same
                return
        self._check_collector(lead)
        region = region_of(lead.region)
        company = self._company(lead, keys, region, company_id, known, found)
        contact = contact_id if known is None else known[0]
        new = NewLead(
            id=lead_id,
            lead=lead,
            keys=keys,
            region=region,
            contact_id=contact,
            is_new_contact=known is None,
            company_id=None if company is None else company.id,
        )
        self._learn(new, found)
        texts = {name: getattr(lead, name) for name in _READ} | {
            "region": region,
            "given_grade": lead.grade,
            "collected_by_id": lead.collected_by,
        }
        item = lead_item(
            lead_id,
            texts,
            company=company,
            created_at=self.world.now,
            extra=lead.extra,
            schema=self.world.live.policy.schema,
        )
        self.new.append((number, new, item))
        self.number_of[lead_id] = number

    def _check_collector(self, lead: LeadIn) -> None:
        if lead.collected_by is not None and (
            str(lead.collected_by) not in self.world.people.names
        ):
            raise UnknownCollector(lead.collected_by)

    def _company(
        self,
        lead: LeadIn,
        keys: Keys,
        region: str,
        new_id: int,
        contact: tuple[int, int | None] | None,
        found: Found,
    ) -> Known | None:
        """By its name; without one, by the contact or the mail's domain; new if only named."""
        company_id = found.company_by_key.get(keys.company) if keys.company else None
        if company_id is None and not keys.company:
            company_id = contact[1] if contact is not None else None
            if company_id is None and keys.domain:
                company_id = found.company_by_domain.get(keys.domain)
        if company_id is not None:
            return _known(found.companies[company_id])
        if not keys.company:
            return None
        domain = "" if keys.domain in found.company_by_domain else keys.domain
        self.companies.append(
            NewCompany(new_id, lead.company, keys.company, domain, region, lead.industry, lead.size)
        )
        row = CompanyRow(
            new_id, lead.company, region, lead.industry, lead.size, None, None, False, None
        )
        found.companies[new_id] = row
        found.company_by_key[keys.company] = new_id
        if domain:
            found.company_by_domain[domain] = new_id
        return _known(row)

    def _learn(self, new: NewLead, found: Found) -> None:
        """Later leads of this batch recognize this one."""
        if new.contact_id is None:
            return
        entry = (new.contact_id, new.company_id)
        if new.keys.phone:
            found.contact_by_phone.setdefault(new.keys.phone, entry)
        if new.keys.email:
            found.contact_by_email.setdefault(new.keys.email, entry)
        if new.keys.phone or new.keys.email:
            line_id = self.world.live.line_id
            found.open_by_contact.setdefault(new.contact_id, []).append(
                OpenLead(new.id, line_id, "", None, None)
            )

    def _deal(self) -> list[Placement]:
        """Decide in order. A second lead of a company waits for the first: it may have an owner."""
        placements: list[Placement] = []
        owners: dict[int, int] = {}
        for run in _runs([(lead.company_id, item) for _, lead, item in self.new], owners):
            dealt = deal(self.world, [item for _, item in run])
            for (company_id, _), placement in zip(run, dealt, strict=True):
                if company_id is not None and placement.rep_id is not None:
                    owners.setdefault(company_id, placement.rep_id)
            placements += dealt
        return placements

    # -- after -----------------------------------------------------------------------------

    def _name(self, rep_id: int | None) -> str:
        return "" if rep_id is None else self.world.people.names.get(str(rep_id), "")

    def _told(self, placement: Placement) -> TakenIn:
        return TakenIn(
            lead_id=placement.item_id,
            state=placement.state,
            owner_id=placement.rep_id,
            owner_name=self._name(placement.rep_id),
            receipt_id=placement.receipt_id,
            why=None if placement.why is None else placement.why.as_json(),
            grade=placement.grade,
            points=placement.points,
        )

    def _again(self, lead: OpenLead) -> TakenIn:
        return TakenIn(
            lead_id=lead.id,
            state=lead.state,
            owner_id=lead.owner_id,
            owner_name=self._name(lead.owner_id),
            receipt_id=lead.receipt_id,
            why=None,
            is_duplicate=True,
        )

    def _touch_repeats(self) -> None:
        """What came again stays readable at the lead it belongs to."""
        rows = [(number, lead.id) for number, lead in self.repeats.items()]
        by_number = {number: lead_id for lead_id, number in self.number_of.items()}
        rows += [(number, by_number[first]) for number, first in self.twins.items()]
        if not rows:
            return
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO activity (item_kind, item_id, at, channel, direction, note)"
                " VALUES ('lead', %s, %s, 'system', 'in', %s)",
                [
                    (lead_id, self.world.now, _said(self.arrivals[number].lead))
                    for number, lead_id in rows
                ],
            )

    def _record(self, placements: Sequence[Placement], done: Mapping[int, TakenIn]) -> None:
        rows = [
            (
                "lead.taken_in",
                number,
                done[number].lead_id,
                _event(placement, self.arrivals[number]),
            )
            for (number, lead, _), placement in zip(self.new, placements, strict=True)
        ]
        rows += [
            ("lead.repeated", number, done[number].lead_id, {"via": self.arrivals[number].lead.via})
            for number in (*self.repeats, *self.twins)
        ]
        insert_rows(
            "event",
            _EVENT,
            [
                (
                    kind,
                    (actor := self.arrivals[number].actor).kind.value,
                    actor.token_id or actor.user_id,
                    lead_id,
                    data,
                )
                for kind, number, lead_id, data in rows
            ],
            same={"at": self.world.now, "object_kind": "lead"},
        )
        announce(placements, self.world)


_EVENT = {
    "kind": "text",
    "actor_kind": "text",
    "actor_id": "bigint",
    "object_id": "bigint",
    "data": "jsonb",
}

_READ = (
    "name",
    "title",
    "phone",
    "email",
    "industry",
    "product",
    "source",
    "campaign",
    "size",
    "language",
    "skill",
    "note",
    "budget",
    "employees",
)


def region_of(text: str) -> str:
    """A region as a path from large to small, where the text can be read as one."""
    if not text:
        return ""
    found = parse_region(text)
    return text if found is None or isinstance(found, Problem) else found


def _known(row: CompanyRow) -> Known:
    return Known(
        id=row.id,
        name=row.name,
        region=row.region,
        industry=row.industry,
        size=row.size,
        employees=row.employees,
        revenue=row.revenue,
        is_key_account=row.is_key_account,
        owner_id=row.owner_id,
    )


def _runs(
    items: Iterable[tuple[int | None, Item]], owners: Mapping[int, int]
) -> Iterator[list[tuple[int | None, Item]]]:
    """Cut where a company comes again: its owner may be known only after the run before."""
    run: list[tuple[int | None, Item]] = []
    met: set[int] = set()
    for company_id, item in items:
        if company_id is not None and company_id in met:
            yield run
            run, met = [], set()
        if company_id is not None:
            met.add(company_id)
        run.append((company_id, _owned(item, owners)))
    if run:
        yield run


def _owned(item: Item, owners: Mapping[int, int]) -> Item:
    """The item with the owner that its company got meanwhile."""
    company = item.company
    if company is None or company.owner_id is not None or int(company.id) not in owners:
        return item
    return replace(item, company=replace(company, owner_id=str(owners[int(company.id)])))


def place_of(placement: Placement, live: LivePolicy) -> Place:
    return Place(
        item_id=placement.item_id,
        state=placement.state,
        owner_id=placement.rep_id,
        pool=placement.pool,
        grade=placement.grade,
        score=placement.score,
        points=placement.points,
        round=placement.round,
        why=None if placement.why is None else json.dumps(placement.why.as_json()),
        receipt_id=placement.receipt_id,
        contact_due_at=placement.contact_due_at,
        line_id=live.line_id,
    )


def _twin(first: TakenIn) -> TakenIn:
    return replace(first, is_duplicate=True)


def _said(lead: LeadIn) -> str:
    """What a repeated submission said, for the time line."""
    parts = (lead.source, lead.campaign, lead.product, lead.name, lead.company, lead.note)
    return " · ".join(part for part in parts if part)


def _event(placement: Placement, arrival: Arrival) -> dict[str, Any]:
    return {
        "state": placement.state,
        "rep": placement.rep_id,
        "receipt": placement.receipt_id,
        "via": arrival.lead.via,
        **({"why": placement.why.code} if placement.why is not None else {}),
    }
