"""Leads: dealt by the rules, or placed with the past that the file tells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.imports.kinds.base import Around, Ended, RowRead
from evenhand.imports.models import Becomes, Import, ImportRow, Outcome, Strangers
from evenhand.imports.refusal import CannotImport
from evenhand.imports.stages import lead_stage, loss_of, outcome_stage
from evenhand.journal.models import Event
from evenhand.leads.intake import TEXT_LIMITS, LeadIn, read_lead
from evenhand.leads.models import VOIDED, Lead, Stage, State
from evenhand.people.actor import Actor
from evenhand.routing.desk import hold_books
from evenhand.routing.operations.give_up import void
from evenhand.routing.place_in import Past, Placing, place_in_now
from evenhand.routing.recognize import Arrival
from evenhand.routing.take_in import take_in_now
from evenhand.sheets.columns.roles import ROLES, Purpose

# What a column can be, and which field of a lead it fills; other roles become fields of its own.
FIELDS: Mapping[str, str] = {
    "id": "external_id",
    **{
        name: name
        for name in (
            *("name", "title", "phone", "email", "company", "region", "industry", "product"),
            *("source", "campaign", "size", "language", "skill", "budget", "employees", "grade"),
            *("note", "collected_by"),
        )
    },
}
# What has become of a lead before; of a lead that is dealt now only whether it is over.
_PAST = frozenset(
    (
        *("created_at", "assigned_at", "first_response_at", "last_contact_at", "closed_at"),
        *("lost_reason", "owner", "status", "outcome"),
    )
)
_TIMES = frozenset(
    ("created_at", "assigned_at", "first_response_at", "last_contact_at", "closed_at")
)
_SAYS_WHO = ("name", "company", "phone", "email")


@dataclass(frozen=True, slots=True)
class LeadRead:
    """A lead, its past, and whose it is."""

    lead: LeadIn
    past: Past
    owner_id: int | None = None
    is_owner_here: bool = False


class Leads:
    """See the module."""

    purpose = Purpose.PAST
    roles = frozenset(FIELDS) | _PAST | {"value", "revenue", "score", "points"}
    # A masked phone or a misspelt mail is no key, but worth keeping; what is no field of a lead
    # must not keep a customer out either.
    lenient = frozenset({"phone", "name", "note", "title"}) | (
        frozenset(ROLES[Purpose.PAST]) - frozenset(FIELDS)
    )

    keeps_own = True

    def read(self, row: RowRead, around: Around) -> LeadRead:
        """A row as a lead.

        :raises InvalidIntake: it cannot be used; every wrong field is named.
        """
        past, used = _past(row, around)
        meant = around.owner(row.text("owner", 200))
        given: dict[str, Any] = {}
        extra = {name: around.plain(value) for name, value in row.extra.items()}
        for role, value in row.values.items():
            if role in FIELDS:
                given[FIELDS[role]] = value
            elif role in _TIMES and role in used and not isinstance(value, datetime):
                extra[role] = around.plain(value)  # not a time that could be read
            elif role not in used and not (role == "owner" and meant is not None):
                extra[role] = around.plain(value)
        _complete(given, extra, row.number, around)
        return LeadRead(
            read_lead(given, via="import"),
            past,
            None if meant is None else meant.rep_id,
            meant is not None and meant.is_here,
        )

    def write(
        self, row: Import, part: Sequence[tuple[int, LeadRead]], *, actor: Actor
    ) -> dict[int, Ended]:
        """Deal or place the leads of a part; those that are here already stay as they are."""
        lock_external_ids()
        known = _Known(one.lead for _, one in part)
        done: dict[int, Ended] = {}
        dealt: list[tuple[int, Arrival]] = []
        placed: list[tuple[int, Placing]] = []
        again: list[tuple[int, int]] = []  # a row that repeats an earlier one of this part
        for number, one in part:
            if (lead_id := known.find(one.lead)) is not None:
                done[number] = Ended(Outcome.REPEATED, lead_id=lead_id)
            elif (first := known.meet(number, one.lead)) is not None:
                again.append((number, first))
            elif (placing := _placing(row, one)) is None:
                dealt.append((number, Arrival(one.lead, actor, is_told=False)))
            else:
                placed.append((number, placing))
        taken = take_in_now([one for _, one in dealt]) if dealt else []
        done |= _ended(zip(dealt, taken, strict=True))
        found = place_in_now([one for _, one in placed], actor=actor) if placed else []
        done |= _ended(zip(placed, found, strict=True))
        return done | {
            number: Ended(Outcome.REPEATED, lead_id=done[first].lead_id) for number, first in again
        }

    def undo(self, row: Import, one: ImportRow, *, actor: Actor) -> None:
        """Void a lead that nobody has worked on since.

        :raises Refused: somebody has, or it is void already.
        """
        assert one.lead_id is not None, "a row that made a lead"
        hold_books(ItemKind.LEAD, [one.lead_id])
        lead = Lead.objects.select_for_update().get(pk=one.lead_id)
        was_placed = lead.receipt_id is None
        if _has_history(lead) if was_placed else _is_worked_on(lead):
            raise CannotImport(reason("import.worked_on"))
        if was_placed and lead.state == State.CLOSED:
            # It was never anybody's work here: nothing is booked that could be reversed.
            lead.stage, lead.close_reason = Stage.LOST, f"{VOIDED}other"
            lead.save(update_fields=["stage", "close_reason"])
            return
        note = f"#{row.pk} {row.file_name}"
        # Owners are told once, when all is undone.
        void(ItemKind.LEAD, lead.pk, reason="other", note=note, actor=actor, is_told=False)


def _past(row: RowRead, around: Around) -> tuple[Past, frozenset[str]]:
    """What the file tells of the past, and the roles that are thereby used up."""
    status, outcome = row.text("status", 200), row.text("outcome", 200)
    stage = _stage(status, outcome, around)
    times = {
        name: around.moment(row.values.get(role))
        for name, role in (
            ("created_at", "created_at"),
            ("assigned_at", "assigned_at"),
            ("contacted_at", "first_response_at"),
            ("active_at", "last_contact_at"),
            ("closed_at", "closed_at"),
        )
    }
    if stage == Stage.NEW and times["contacted_at"] is not None:
        stage = Stage.CONTACTED
    if not status and not outcome and times["closed_at"] is not None:
        stage = Stage.CONVERTED
    why = loss_of(row.text("lost_reason", 200), status) if stage == Stage.LOST else ""
    past = Past(stage=str(stage), close_reason=why, **times)
    if past.is_over or around.row.becomes != Becomes.ROUTE:
        # The words of the other system stay readable beside our stage.
        return past, _PAST - {"owner", "status", "lost_reason"}
    return past, frozenset()


def _stage(status: str, outcome: str, around: Around) -> str:
    said = around.row.stages
    beside = "status" in around.roles
    found = said.get(f"outcome:{outcome}") if outcome else None
    if found is None and outcome:
        found = outcome_stage(outcome, beside_status=beside)
    if not found and status:
        found = said.get(f"status:{status}") or lead_stage(status)
    return str(found or Stage.NEW)


def _complete(given: dict[str, Any], extra: dict[str, Any], number: int, around: Around) -> None:
    row = around.row
    for name in ("source", "campaign"):
        if not given.get(name) and getattr(row, name):
            given[name] = getattr(row, name)
    if row.line is not None:
        given["line"] = row.line.key
    if collector := given.pop("collected_by", ""):
        meant = around.owners.find(str(collector))
        if meant is not None and meant.is_here:
            given["collected_by"] = meant.rep_id
        else:
            extra["collected_by"] = str(collector)
    for name, value in given.items():
        if name in TEXT_LIMITS and not isinstance(value, str):
            given[name] = str(around.plain(value))
    if row.keeps_nameless and not any(given.get(name) for name in _SAYS_WHO):
        given.setdefault("external_id", f"{row.file_name[:100]} #{number}")
        given["name"] = str(given["external_id"])[: TEXT_LIMITS["name"]]
    if extra:
        given["extra"] = extra


def _placing(row: Import, one: LeadRead) -> Placing | None:
    """Where a lead goes; None = the rules say."""
    if one.past.is_over:
        return Placing(one.lead, one.past, one.owner_id)
    match row.becomes:
        case Becomes.POOL:
            return Placing(one.lead, one.past, pool=row.pool)
        case Becomes.LEAVE | Becomes.PLAN:
            return Placing(one.lead, one.past)
        case Becomes.KEEP_OWNER:
            if one.is_owner_here:
                return Placing(one.lead, one.past, one.owner_id)
            return _stranger(row, one)
    return None


def to_be_dealt(row: Import, one: LeadRead) -> bool:
    """Whether the rules or a plan give this lead to somebody."""
    if row.becomes == Becomes.PLAN:
        return not one.past.is_over
    return _placing(row, one) is None


def _stranger(row: Import, one: LeadRead) -> Placing | None:
    match row.strangers:
        case Strangers.LEAVE:
            return Placing(one.lead, one.past)
        case Strangers.GIVE:
            return Placing(one.lead, one.past, row.strangers_to_id)
    return None


def _ended(pairs: Iterable[tuple[tuple[int, Any], Any]]) -> dict[int, Ended]:
    return {
        number: Ended(
            Outcome.REPEATED if found.is_duplicate else Outcome.CREATED, lead_id=found.lead_id
        )
        for (number, _), found in pairs
    }


def _is_worked_on(lead: Lead) -> bool:
    has_moved = lead.stage != Stage.NEW or lead.contacted_at is not None
    return has_moved or lead.active_at is not None or lead.state == State.CLOSED


def _has_history(lead: Lead) -> bool:
    """Whether anything has happened to a placed lead since it was placed."""
    events = Event.objects.filter(object_kind="lead", object_id=lead.pk)
    return events.exclude(kind="lead.imported").exists()


def lock_external_ids() -> None:
    """Let no other import look for ids that this one is about to write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import.external_id'))")


class _Known:
    """Leads that are here already under the id that another system gave them.

    Two systems may number alike: what names somebody else is another lead.
    """

    def __init__(self, leads: Iterable[LeadIn]) -> None:
        wanted = {one.external_id for one in leads} - {""}
        self.here: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        self.met: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        rows = (
            Lead.objects.filter(external_id__in=sorted(wanted))
            .exclude(close_reason__startswith=VOIDED)
            .exclude(external_id="")
            .values_list("external_id", "pk", "name", "company_name", "phone", "email")
        )
        for key, pk, *who in rows if wanted else ():
            self.here.setdefault(key, []).append((pk, tuple(who)))

    def find(self, lead: LeadIn) -> int | None:
        """The lead that is here already."""
        return _same(self.here.get(lead.external_id, ()), _who(lead))

    def meet(self, number: int, lead: LeadIn) -> int | None:
        """The number of the earlier row that this one repeats; otherwise it is remembered."""
        if not lead.external_id:
            return None
        before = self.met.setdefault(lead.external_id, [])
        first = _same(before, _who(lead))
        if first is None:
            before.append((number, _who(lead)))
        return first


def _who(lead: LeadIn) -> tuple[str, ...]:
    return lead.name, lead.company, lead.phone, lead.email


def _same(known: Iterable[tuple[int, tuple[str, ...]]], who: tuple[str, ...]) -> int | None:
    for found, other in known:
        both = [(a, b) for a, b in zip(who, other, strict=True) if a and b]
        if not both or any(a == b for a, b in both):
            return found
    return None
