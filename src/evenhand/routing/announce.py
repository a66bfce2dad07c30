"""Telling those concerned: live pages, and notices to people who have to decide."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Min

from evenhand.engine.facts import ItemKind
from evenhand.journal.live import hint
from evenhand.leads.access import MODELS
from evenhand.leads.models import State
from evenhand.notify.letters import Told, write_letters
from evenhand.notify.models import Notice
from evenhand.notify.operations import tell, tell_many
from evenhand.people.models import Role, User
from evenhand.policies.models import Line

if TYPE_CHECKING:
    from evenhand.leads.custody import Place
    from evenhand.routing.deal import Placement
    from evenhand.routing.world import World

# Shorter waits end by themselves more often than not: somebody comes back, or closes something.
WAITED_TOO_LONG = timedelta(minutes=15)


def announce(
    placements: Sequence["Placement"], world: "World", *, told: Collection[int] | None = None
) -> None:
    """Wake the pages of those who received something and of those who watch; one hint a batch.

    Outside the pages people are told of the items in `told` (None = of all).
    """
    reps = sorted({one.rep_id for one in placements if one.rep_id is not None})
    if placements:
        topics: dict[str, list[int]] = {"inbox": reps, "decisions": []}
        if any(one.state == State.POOLED for one in placements):
            topics["pool"] = []
        hint(topics)
    _tell_owners(
        ((one.rep_id, one.kind, one.item_id, one.contact_due_at) for one in placements), told
    )
    tell_many(
        [
            Told(one.mentor_id, "stretch_given", {"by": one.rep_id}, one.kind.value, one.item_id)
            for one in placements
            if one.mentor_id is not None
        ]
    )
    for one in placements:
        if one.escalated_to:
            people = _who_decides(one.escalated_to, world)
            kind = one.kind.value
            tell(people, "escalated", object_kind=kind, object_id=one.item_id, needed_by=world.now)


def announce_attached(places: Sequence["Place"], *, told: Collection[int]) -> None:
    """The same for leads that went to whoever has another of the same person."""
    reps = sorted({one.owner_id for one in places if one.owner_id is not None})
    if reps:
        hint({"inbox": reps})
    lead = ItemKind.LEAD
    _tell_owners(((one.owner_id, lead, one.item_id, one.contact_due_at) for one in places), told)


def _tell_owners(
    given: Iterable[tuple[int | None, ItemKind, int, datetime | None]],
    told: Collection[int] | None,
) -> None:
    """Write to whoever got an item: rep, kind and id of the item, and until when."""
    write_letters(
        Told(rep_id, "assigned", object_kind=kind.value, object_id=item_id, needed_by=due)
        for rep_id, kind, item_id, due in given
        if rep_id is not None and (told is None or item_id in told)
    )


def tell_of_waiting(now: datetime) -> int:
    """Tell sales operations of lines in which items wait for longer than WAITED_TOO_LONG.

    Once, until all that waited then have found their place; returns how many were told.
    """
    told = 0
    for line in Line.objects.filter(is_active=True).order_by("pk"):
        with transaction.atomic():
            count, oldest = _waiting(line, now - WAITED_TOO_LONG)
            if oldest is None:
                continue
            known = Notice.objects.filter(
                kind="unassigned_waiting", object_kind="line", object_id=line.pk, at__gte=oldest
            )
            people = set(_sales_operations()) - set(known.values_list("user_id", flat=True))
            tell(
                people,
                "unassigned_waiting",
                params={"count": count},
                object_kind="line",
                object_id=line.pk,
            )
            told += len(people)
    return told


def _waiting(line: Line, since: datetime) -> tuple[int, datetime | None]:
    """How many items of a line have waited since then or longer, and since when the first."""
    count, oldest = 0, None
    for kind in MODELS:
        rows = MODELS[kind]._default_manager.filter(
            state=State.QUEUED, line=line, queued_at__lte=since
        )
        found = rows.aggregate(count=Count("pk"), oldest=Min("queued_at"))
        count += found["count"]
        oldest = min(filter(None, (oldest, found["oldest"])), default=None)
    return count, oldest


def _who_decides(name: str, world: "World") -> Collection[int]:
    """Whom a rule escalates to, by id, name or mail; sales operations where that is nobody now."""
    rep = world.people.team.find(name)
    if rep is not None and rep.is_active:
        return {int(rep.id)}
    users = User.objects.filter(is_active=True)
    found = users.filter(email=name.lower()) or users.filter(name=name)
    return {one.pk for one in found} or set(_sales_operations())


def _sales_operations() -> list[int]:
    people = User.objects.filter(is_active=True, role=Role.SALES_OPS)
    return list(people.order_by("pk").values_list("pk", flat=True))
