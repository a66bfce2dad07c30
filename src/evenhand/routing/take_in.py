"""The only door for new leads, one or a thousand: recognize, decide, write, in one transaction.

A lead of somebody who has one already goes where the policy's `duplicates` say, by default as a
touch of the open lead, and costs nothing; everything else is decided by the rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from evenhand.engine.facts import Item
from evenhand.leads.arrivals import Keys, OpenLead, keys_of, lock_keys
from evenhand.leads.arrive import (
    NewLead,
    note_alike,
    take_ids,
    write_companies,
    write_contacts,
    write_leads,
    write_repeats,
)
from evenhand.leads.custody import LoadsMoved, Place
from evenhand.leads.intake import LeadIn
from evenhand.leads.whereabouts import Whereabouts, whereabouts
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.prepared import send
from evenhand.platform.rows import insert_rows, pipelined
from evenhand.platform.transactions import in_transaction
from evenhand.routing.announce import announce, announce_attached
from evenhand.routing.attach import attach
from evenhand.routing.customers import Customer, customer_of, part_in_peace
from evenhand.routing.deal import Placement, deal_in_parts, place_of
from evenhand.routing.facts import has_own_owner, with_owner
from evenhand.routing.recognize import Arrival, Attached, recognizer_for
from evenhand.routing.world import World, world_of


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
    attached_to: int | None = None  # the lead of the same person whose owner has it
    known_by: Sequence[str] = ()  # the keys by which the person was recognized: phone, email

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
            "attached_to": self.attached_to,
            "known_by": list(self.known_by),
        }


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
    ((country,),) = send("SELECT country FROM organization WHERE id = 1").rows()
    keys = [keys_of(one.lead, country) for one in arrivals]
    places = whereabouts()  # before the locks: the first of a process reads lists for a while
    lock_keys(keys)
    done: dict[int, TakenIn] = {}
    for line_key in dict.fromkeys(one.lead.line for one in arrivals):
        numbers = [k for k, one in enumerate(arrivals) if one.lead.line == line_key]
        done |= _Intake(world_of(line_key, now), arrivals, keys, numbers, places).run()
    return [done[number] for number in range(len(arrivals))]


class _Intake:
    """The leads of one line on their way in."""

    def __init__(
        self,
        world: World,
        arrivals: Sequence[Arrival],
        keys: Sequence[Keys],
        numbers: Sequence[int],
        places: Whereabouts,
    ) -> None:
        self.world = world
        self.arrivals = arrivals
        self.keys = keys
        self.numbers = numbers
        self.attached_places: list[Place] = []
        self.new_firms: set[int] = set()
        own = [arrivals[number].lead for number in numbers]
        self.known = recognizer_for(world, own, [keys[number] for number in numbers], places)

    def run(self) -> dict[int, TakenIn]:
        """Recognize, decide, write; by number of the arrival."""
        known = self.known
        for number, *ids in zip(self.numbers, *take_ids(len(self.numbers)), strict=True):
            known.recognize(number, self.arrivals[number].lead, self.keys[number], ids)
        part_in_peace(known, self.world.live.pools.peace, self.world)
        self.new_firms = {one.id for one in known.companies}
        write_companies(known.companies, at=self.world.now)
        note_alike(known.alike)
        write_contacts([lead for _, lead, _ in known.new], at=self.world.now)
        placements = self._place()
        crashpoint("intake.placed")
        done = {
            number: self._told(placement)
            for (number, _, _), placement in zip(known.new, placements, strict=True)
        }
        attached = self._attach(done)
        for number, lead in known.repeats.items():
            done[number] = self._again(number, lead)
        for number, first in known.twins.items():
            done[number] = replace(done[first], is_duplicate=True, known_by=self._by(number))
        self._touch(done, attached)
        self._record(placements, attached, done)
        crashpoint("intake.recorded")
        return done

    def _attach(self, done: dict[int, TakenIn]) -> list[Attached]:
        """Write those that go to whoever has the other one; where nobody has it they are merged."""
        owners: dict[int, int] = {}
        attached: list[Attached] = []
        for one in self.known.attached:
            first = None if one.twin is None else done[one.twin]
            owner = one.owner_id if first is None else first.owner_id
            if owner is None:
                assert one.twin is not None, "only what this batch dealt may have found nobody"
                self.known.twins[one.number] = one.twin
                continue
            owners[one.number] = owner
            attached.append(one)
        self.attached_places = attach(self.world, attached, owners)
        for place, one in zip(self.attached_places, attached, strict=True):
            done[one.number] = TakenIn(
                lead_id=place.item_id,
                state=place.state,
                owner_id=place.owner_id,
                owner_name=self._name(place.owner_id),
                receipt_id=None,
                why=None,
                grade=place.grade,
                attached_to=one.to_lead,
                known_by=self._by(one.number),
            )
        return attached

    def _place(self) -> list[Placement]:
        """Decide in order and write. Where the rules ask for a company's owner, its second lead
        waits for the first: it may have one by then."""
        placements: list[Placement] = []
        owners: dict[int, int] = {}
        peace = self.world.live.pools.peace
        one_owner = peace is not None and peace.one_owner_per_company
        waits = self.world.live.policy.reads_company_owner or one_owner
        for run in _runs(self.known.new, owners, waits=waits):
            items = [item for _, item in run]
            for part in deal_in_parts(self.world, items, self._peaceful(run)):
                leads = [lead for lead, _ in run[: len(part)]]
                del run[: len(part)]
                places = [place_of(one, self.world.live) for one in part]
                write_leads(leads, places, at=self.world.now)
                for lead, placement in zip(leads, part, strict=True):
                    if lead.company_id is not None and placement.rep_id is not None:
                        owners.setdefault(lead.company_id, placement.rep_id)
                placements += part
        return placements

    def _peaceful(self, run: Sequence[tuple[NewLead, Item]]) -> Sequence[Customer]:
        """Whose leads these are, if any of them is about somebody who may have been known before.

        A company of this batch counts too, where it has one owner: its first lead may have one.
        """
        peace = self.world.live.pools.peace
        one_owner = peace is not None and peace.one_owner_per_company
        if not any(
            not lead.is_new_contact
            or (
                lead.company_id is not None and (one_owner or lead.company_id not in self.new_firms)
            )
            for lead, _ in run
        ):
            return ()
        return [customer_of(lead) for lead, _ in run]

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

    def _by(self, number: int) -> tuple[str, ...]:
        return self.known.keys_of.get(number, ())

    def _again(self, number: int, lead: OpenLead) -> TakenIn:
        return TakenIn(
            lead_id=lead.id,
            state=lead.state,
            owner_id=lead.owner_id,
            owner_name=self._name(lead.owner_id),
            receipt_id=lead.receipt_id,
            why=None,
            is_duplicate=True,
            known_by=self._by(number),
        )

    def _touch(self, done: Mapping[int, TakenIn], attached: Sequence[Attached]) -> None:
        """What came again stays readable at the lead it belongs to."""
        again = (*self.known.repeats, *self.known.twins)
        rows = [(number, done[number].lead_id) for number in again]
        rows += [(one.number, one.to_lead) for one in attached if one.is_open]
        repeats = [(lead_id, self.arrivals[number].lead) for number, lead_id in rows]
        write_repeats(repeats, at=self.world.now)

    def _record(
        self,
        placements: Sequence[Placement],
        attached: Sequence[Attached],
        done: Mapping[int, TakenIn],
    ) -> None:
        rows = [
            (
                "lead.taken_in",
                number,
                done[number].lead_id,
                _event(placement, self.arrivals[number]),
            )
            for (number, lead, _), placement in zip(self.known.new, placements, strict=True)
        ]
        rows += [
            (
                "lead.repeated",
                number,
                done[number].lead_id,
                {"via": self.arrivals[number].lead.via, "known_by": list(self._by(number))},
            )
            for number in (*self.known.repeats, *self.known.twins)
        ]
        rows += [
            (
                "lead.company_matched",
                number,
                done[number].lead_id,
                {"company": likely.company_id, "percent": likely.percent},
            )
            for number, likely in self.known.same_firm.items()
        ]
        for one in attached:
            taken = done[one.number]
            via = self.arrivals[one.number].lead.via
            given = {"state": taken.state, "rep": taken.owner_id, "receipt": None, "via": via}
            rows.append(("lead.taken_in", one.number, taken.lead_id, given))
            rows.append(
                (
                    "lead.attached",
                    one.number,
                    taken.lead_id,
                    {
                        "to": one.to_lead,
                        "rep": taken.owner_id,
                        "open": one.is_open,
                        "known_by": list(taken.known_by),
                    },
                )
            )
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
        told = {one.lead_id for number, one in done.items() if self.arrivals[number].is_told}
        announce(placements, self.world, told=told)
        announce_attached(self.attached_places, told=told)


_EVENT = {
    "kind": "text",
    "actor_kind": "text",
    "actor_id": "bigint",
    "object_id": "bigint",
    "data": "jsonb",
}


def _runs(
    new: Iterable[tuple[int, NewLead, Item]], owners: Mapping[int, int], *, waits: bool
) -> Iterator[list[tuple[NewLead, Item]]]:
    """Cut where a company comes again: its owner may be known only after the run before."""
    run: list[tuple[NewLead, Item]] = []
    met: set[int] = set()
    for _, lead, item in new:
        if waits and lead.company_id in met and not has_own_owner(item):
            yield run
            run, met = [], set()
        if lead.company_id is not None:
            met.add(lead.company_id)
        run.append((lead, with_owner(item, owners)))
    if run:
        yield run


def _event(placement: Placement, arrival: Arrival) -> dict[str, Any]:
    return {
        "state": placement.state,
        "rep": placement.rep_id,
        "receipt": placement.receipt_id,
        "via": arrival.lead.via,
        **({"why": placement.why.code} if placement.why is not None else {}),
    }
