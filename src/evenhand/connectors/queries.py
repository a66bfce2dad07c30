"""How connectors do, what was delivered, and what a mapping makes of a body."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncDate

from evenhand.connectors.access import connector_for, visible_connectors
from evenhand.connectors.calls import MOST_BYTES, Call, UnreadableBody
from evenhand.connectors.mapping.document import Document, Kind
from evenhand.connectors.models import Connector, Delivery, MappingVersion, Outcome, Record
from evenhand.connectors.reading import Entry, TooManyEntries, lead_of, read_call
from evenhand.engine.reasons import Reason, reason
from evenhand.leads.intake import FieldProblem, InvalidIntake, LeadIn
from evenhand.people.actor import Actor

DAYS = 7
_COUNTED = ("last_at", "today", "week", "to_mend", "refused", "waiting")


@dataclass(frozen=True, slots=True)
class State:
    """How a connector does."""

    connector: Connector
    last_at: datetime | None
    today: int  # accepted within a day
    week: int  # accepted within seven days
    to_mend: int
    refused: int  # within a day
    waiting: int


def states(actor: Actor, now: datetime, only: int | None = None) -> list[State]:
    """All connectors and how they do: two queries.

    :raises NotAllowed: the actor may not see them.
    """
    rows = visible_connectors(actor)
    if only is not None:
        rows = rows.filter(pk=only)
    day, week = Q(at__gte=now - timedelta(days=1)), Q(at__gte=now - timedelta(days=DAYS))
    taken = Q(outcome__in=(Outcome.ACCEPTED,))
    counted = (
        Delivery.objects.filter(connector__in=rows)
        .order_by()
        .values("connector_id")
        .annotate(
            last_at=Max("at"),
            today=Count("pk", filter=taken & day),
            week=Count("pk", filter=taken & week),
            to_mend=Count("pk", filter=Q(outcome=Outcome.TO_MEND)),
            refused=Count("pk", filter=Q(outcome=Outcome.REFUSED) & day),
            waiting=Count("pk", filter=Q(outcome=Outcome.WAITING)),
        )
    )
    found: dict[int, Any] = {one["connector_id"]: dict(one) for one in counted}
    nothing: dict[str, Any] = dict.fromkeys(_COUNTED, 0) | {"last_at": None}
    return [
        State(row, **{name: found.get(row.pk, nothing)[name] for name in _COUNTED}) for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Day:
    """How many deliveries of a day ended where."""

    on: date
    accepted: int
    others: int  # tests, duplicates, events that are not ours
    to_mend: int
    refused: int


def days(actor: Actor, connector_id: int, now: datetime, zone: tzinfo) -> list[Day]:
    """The last DAYS days of a connector, the newest first, days by this zone.

    :raises NotAllowed, NotFound: as `connector_for`.
    """
    row, today = connector_for(actor, connector_id), now.astimezone(zone).date()
    counted = (
        Delivery.objects.filter(connector=row, at__gte=now - timedelta(days=DAYS))
        .order_by()
        .annotate(day=TruncDate("at", tzinfo=zone))
        .values_list("day", "outcome")
        .annotate(count=Count("pk"))
    )
    found: Counter[tuple[date, str]] = Counter()
    for day, outcome, count in counted:
        found[(day, outcome)] += count
    rows = []
    for on in (today - timedelta(days=back) for back in range(DAYS)):
        others = (Outcome.TEST, Outcome.DUPLICATE, Outcome.IGNORED, Outcome.WAITING)
        rows.append(
            Day(
                on,
                accepted=found[(on, Outcome.ACCEPTED)],
                others=sum(found[(on, one)] for one in others),
                to_mend=found[(on, Outcome.TO_MEND)],
                refused=found[(on, Outcome.REFUSED)],
            )
        )
    return rows


def deliveries(actor: Actor, connector_id: int, outcome: str = "") -> QuerySet[Delivery]:
    """The deliveries of a connector, the newest first.

    :raises NotAllowed, NotFound: as `connector_for`.
    """
    rows = Delivery.objects.filter(connector=connector_for(actor, connector_id))
    if outcome in Outcome.values:
        rows = rows.filter(outcome=outcome)
    return rows.order_by("-pk")


def versions(actor: Actor, connector_id: int, most: int = 20) -> list[MappingVersion]:
    """The latest versions of a mapping, the newest first.

    :raises NotAllowed, NotFound: as `connector_for`.
    """
    row = connector_for(actor, connector_id)
    return list(row.versions.select_related("user").order_by("-number")[:most])


def unmatched(actor: Actor, connector_id: int, most: int = 100) -> Sequence[Record]:
    """Recorded contacts that no item was found for yet, the newest first.

    :raises NotAllowed, NotFound: as `connector_for`.
    """
    rows = Record.objects.filter(connector=connector_for(actor, connector_id), activity_id=None)
    return list(rows.select_related("user").order_by("-at")[:most])


@dataclass(frozen=True, slots=True)
class Tried:
    """What a mapping makes of one entry of a body; nothing is written."""

    entry: Entry
    lead: LeadIn | None = None
    problems: Sequence[FieldProblem] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What a mapping makes of a body, or why it cannot be read."""

    entries: Sequence[Tried] = field(default_factory=list)
    why: Reason | None = None


def try_body(document: Document, text: str, *, line: str = "", source: str = "") -> Trial:
    """Read a body as a delivery would be; nothing is written, nothing fetched."""
    body = text.encode("utf-8", "replace")
    if len(body) > MOST_BYTES:
        return Trial(why=reason("connector.too_large", limit=MOST_BYTES // 1024))
    try:
        read = read_call(document, Call("POST", "", body=body), is_kept=True)
    except UnreadableBody:
        return Trial(why=reason("connector.body_unreadable"))
    except TooManyEntries:
        return Trial(why=reason("connector.too_many_entries"))
    if not read.entries:
        return Trial(why=reason("connector.not_ours"))
    return Trial([_tried(document, one, line, source) for one in read.entries[:20]])


def _tried(document: Document, entry: Entry, line: str, source: str) -> Tried:
    if document.kind == Kind.ACTIVITIES:
        return Tried(entry)
    try:
        return Tried(entry, lead_of(entry, line=line, source=source))
    except InvalidIntake as error:
        return Tried(entry, problems=error.problems)
