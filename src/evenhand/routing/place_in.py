"""The door for leads with a past: placed where somebody says, not dealt.

Nobody is charged and no clock starts. Contacts, companies and people who come again are recognized
as at intake; what is over already (won, lost) is written as history, whoever's lead is open now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.engine.facts import Item, ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.live import hint
from evenhand.leads.arrivals import Found, Keys, OpenLead, keys_of, lock_keys, look_up
from evenhand.leads.arrive import (
    NewLead,
    take_ids,
    write_companies,
    write_contacts,
    write_leads,
    write_repeats,
)
from evenhand.leads.custody import PastTaking, Place, write_past
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Stage, State
from evenhand.people.actor import Actor
from evenhand.people.models import Organization
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused
from evenhand.platform.rows import array_of, insert_rows
from evenhand.routing.recognize import Recognizer
from evenhand.routing.undealt import undealt
from evenhand.routing.world import World, present, world_of

IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Past:
    """What has become of a lead before it came here; None = not known."""

    stage: str = Stage.NEW
    created_at: datetime | None = None
    assigned_at: datetime | None = None
    contacted_at: datetime | None = None
    active_at: datetime | None = None
    closed_at: datetime | None = None
    close_reason: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it is won or lost already."""
        return self.stage in (Stage.CONVERTED, Stage.LOST)


@dataclass(frozen=True, slots=True)
class Placing:
    """A lead, its past, and where it goes: to an owner, to a pool, or aside."""

    lead: LeadIn
    past: Past
    owner_id: int | None = None  # a rep's id; of what is over also one who has left
    pool: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of it: a lead of its own, or a touch of an open one."""

    lead_id: int
    is_duplicate: bool


class NoSuchPool(Refused):
    """The policy of the line names no such pool."""

    def __init__(self, pool: str) -> None:
        super().__init__(reason("import.no_such_pool", value=pool), field="pool")


def place_in_now(placings: Sequence[Placing], *, actor: Actor) -> list[Placed]:
    """Place leads in this order, inside the caller's transaction.

    Whoever has left in the meantime holds nothing new: his open leads are left aside.

    :raises NotAllowed: the actor may not import.
    :raises NoSuchLine, NoSuchPool, UnknownCollector: a lead names what is not there.
    """
    demand(actor, Right.IMPORT)
    country = Organization.objects.values_list("country", flat=True).get(pk=1)
    keys = [keys_of(one.lead, country) for one in placings]
    lock_keys(keys)
    done: dict[int, Placed] = {}
    for line_key in dict.fromkeys(one.lead.line for one in placings):
        numbers = [k for k, one in enumerate(placings) if one.lead.line == line_key]
        done |= _Placer(world_of(line_key), placings, keys, actor).run(numbers)
    return [done[number] for number in range(len(placings))]


class _NobodyOpen(dict[int, list[OpenLead]]):
    """What is over touches no open lead, and is touched by none."""

    def get(self, key: int, default: Any = None) -> Any:
        return default

    def setdefault(self, key: int, default: Any = None) -> Any:
        return default


class _Placer:
    """The leads of one line on their way in."""

    def __init__(
        self, world: World, placings: Sequence[Placing], keys: Sequence[Keys], actor: Actor
    ) -> None:
        self.world = world
        self.placings = placings
        self.keys = keys
        self.actor = actor
        self.here = present(world)

    def run(self, numbers: Sequence[int]) -> dict[int, Placed]:
        """Recognize and write; by number."""
        self._check_pools(numbers)
        found = look_up([self.keys[number] for number in numbers])
        over = [number for number in numbers if self.placings[number].past.is_over]
        is_over = set(over)
        done = self._write(over, replace(found, open_by_contact=_NobodyOpen()))
        return done | self._write([k for k in numbers if k not in is_over], found)

    def _check_pools(self, numbers: Sequence[int]) -> None:
        pools = {one["pool"] for one in self.world.live.document.get("pools", ())}
        for number in numbers:
            if (pool := self.placings[number].pool) and pool not in pools:
                raise NoSuchPool(pool)

    def _write(self, numbers: Sequence[int], found: Found) -> dict[int, Placed]:
        if not numbers:
            return {}
        world = self.world
        known = Recognizer(world.live, world.people.names, world.now, found)
        for number, *ids in zip(numbers, *take_ids(len(numbers)), strict=True):
            known.recognize(number, self.placings[number].lead, self.keys[number], ids)
        write_companies(known.companies, at=world.now)
        write_contacts([lead for _, lead, _ in known.new], at=world.now)
        leads = [lead for _, lead, _ in known.new]
        placings = [self.placings[number] for number, _, _ in known.new]
        places = [
            self._place(one, item, lead.id)
            for one, (_, lead, item) in zip(placings, known.new, strict=True)
        ]
        write_leads(leads, places, at=world.now)
        self._write_past(leads, placings, places)
        done = {number: Placed(lead.id, False) for number, lead, _ in known.new}
        done |= {number: Placed(lead.id, True) for number, lead in known.repeats.items()}
        done |= {k: Placed(done[first].lead_id, True) for k, first in known.twins.items()}
        self._record(places)
        self._touch({k: done[k].lead_id for k in (*known.repeats, *known.twins)})
        return done

    def _place(self, one: Placing, item: Item, lead_id: int) -> Place:
        owner, state = one.owner_id, State.UNTENDED
        if one.past.is_over:
            state = State.CLOSED
        elif one.pool:
            owner, state = None, State.POOLED
        elif owner in self.here:
            state = State.OWNED
        else:
            owner = None
        why = reason("unassigned.left_aside") if state == State.UNTENDED else None
        pool = one.pool if state == State.POOLED else ""
        return undealt(self.world, item, lead_id, state=state, owner_id=owner, pool=pool, why=why)

    def _write_past(
        self, leads: Sequence[NewLead], placings: Sequence[Placing], places: Sequence[Place]
    ) -> None:
        """Dates and stages as they were, and who held it from when."""
        rows, takings = [], []
        for lead, one, place in zip(leads, placings, places, strict=True):
            past = one.past
            created = past.created_at or self.world.now
            assigned = past.assigned_at or created
            closed = (past.closed_at or past.active_at or assigned) if past.is_over else None
            stage = Stage(past.stage)
            reached = Stage.CONTACTED if past.contacted_at else Stage.NEW
            rows.append(
                (
                    lead.id, created, stage.value, assigned if place.owner_id else None,
                    past.contacted_at, past.active_at, closed,
                    past.close_reason if stage == Stage.LOST else "",
                    reached.value if stage == Stage.LOST else "",
                )
            )  # fmt: skip
            if place.owner_id is not None:
                by = "" if closed is None else stage.value
                taking = (ItemKind.LEAD.value, lead.id, place.owner_id, IMPORTED)
                takings.append(PastTaking(*taking, assigned, closed, by))
        _backdate(rows)
        write_past(takings)

    def _record(self, places: Sequence[Place]) -> None:
        self._events(
            (
                "lead.imported",
                one.item_id,
                {"state": str(one.state), "rep": one.owner_id, "pool": one.pool},
            )
            for one in places
        )
        reps = sorted({one.owner_id for one in places if one.owner_id is not None})
        if places:
            hint({"inbox": reps})

    def _touch(self, touched: Mapping[int, int]) -> None:
        """What came again stays readable at the lead it belongs to."""
        self._events(("lead.repeated", one, {"via": "import"}) for one in touched.values())
        write_repeats(
            [(lead_id, self.placings[number].lead) for number, lead_id in touched.items()],
            at=self.world.now,
        )

    def _events(self, rows: Iterable[tuple[str, int, Mapping[str, Any]]]) -> None:
        actor = self.actor
        insert_rows(
            "event",
            {"kind": "text", "object_id": "bigint", "data": "jsonb"},
            list(rows),
            same={
                "at": self.world.now,
                "object_kind": "lead",
                "actor_kind": actor.kind.value,
                "actor_id": actor.token_id or actor.user_id,
            },
        )


_PAST = {
    "id": "bigint",
    "created_at": "timestamptz",
    "stage": "text",
    "assigned_at": "timestamptz",
    "contacted_at": "timestamptz",
    "active_at": "timestamptz",
    "closed_at": "timestamptz",
    "close_reason": "text",
    "lost_stage": "text",
}


def _backdate(rows: Sequence[Sequence[Any]]) -> None:
    if not rows:
        return
    arrays = [
        array_of([None if v is None else str(v) for v in values], kind)
        for values, kind in zip(zip(*rows, strict=True), _PAST.values(), strict=True)
    ]
    names = list(_PAST)[1:]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE lead AS t SET {', '.join(f'{name} = p.{name}' for name in names)}"
            f" FROM unnest({', '.join(f'%s::{kind}[]' for kind in _PAST.values())})"
            f" AS p({', '.join(_PAST)}) WHERE t.id = p.id",
            arrays,
        )
