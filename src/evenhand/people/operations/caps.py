"""How many open items somebody may have: set by hand until a day, or worked out from his time."""

from collections.abc import Mapping
from datetime import date, timedelta

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record, record_many
from evenhand.people.access import rep_for
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.clocks import zone_of_rep
from evenhand.people.models import Cap, Rep
from evenhand.people.operations.checks import CannotEdit, needed, within
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import Right
from evenhand.platform.clock import now
from evenhand.platform.transactions import one_transaction

LONGEST_DAYS = 366
MOST_ITEMS = 10_000


@one_transaction
def set_cap(user_id: int, *, open_items: int, until_date: date, note: str, actor: Actor) -> Cap:
    """Let a rep have so many open items until the end of a day; one set before ends.

    It stands above the number on his member page and above the derived one.

    :raises NotAllowed, NotFound: as `access.rep_for`.
    :raises CannotEdit: no reason, a number out of range, an end in the past or more than a year
        away.
    """
    rep = rep_for(actor, user_id, Right.EDIT_CAPS, locked=True)
    within(open_items, 0, MOST_ITEMS, "open_items")
    today = now().astimezone(zone_of_rep(rep)).date()
    if until_date < today:
        raise CannotEdit(reason("people.over_already"), field="until_date")
    if until_date - today >= timedelta(days=LONGEST_DAYS):
        raise CannotEdit(reason("people.cap_too_long", limit=LONGEST_DAYS), field="until_date")
    note = needed(note, "note", longest=200)
    Cap.objects.filter(rep=rep, ended_at=None).update(ended_at=now())
    made = Cap.objects.create(
        rep=rep,
        open_items=open_items,
        until_date=until_date,
        note=note,
        made_by_id=actor.user_id,
    )
    people_changed()
    record(
        "rep.cap_set",
        actor=actor,
        object_kind="person",
        object_id=rep.pk,
        data={"items": open_items, "until": until_date.isoformat(), "note": note},
    )
    return made


@one_transaction
def end_cap(user_id: int, *, actor: Actor) -> bool:
    """End the cap that was set by hand, now; whether there was one.

    :raises NotAllowed, NotFound: as `access.rep_for`.
    """
    rep = rep_for(actor, user_id, Right.EDIT_CAPS, locked=True)
    found = Cap.objects.select_for_update().filter(rep=rep, ended_at=None).first()
    if found is None:
        return False
    found.ended_at = now()
    found.save(update_fields=["ended_at"])
    people_changed()
    record(
        "rep.cap_ended",
        actor=actor,
        object_kind="person",
        object_id=rep.pk,
        data={"items": found.open_items},
    )
    return True


@one_transaction
def keep_derived(caps: Mapping[int, int | None]) -> int:
    """Keep what was worked out for these reps (None = nothing holds); says how many changed.

    A write only where something changed: snapshots of people stay good otherwise.
    """
    rows = (
        Rep.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=caps).order_by("pk")
    )
    changed = [row for row in rows if row.derived_capacity != caps[row.pk]]
    if not changed:
        return 0
    told = {row.pk: {"items": [row.derived_capacity, caps[row.pk]]} for row in changed}
    for row in changed:
        row.derived_capacity = caps[row.pk]
    Rep.objects.bulk_update(changed, ["derived_capacity"], batch_size=1_000)
    people_changed()
    record_many("rep.cap_derived", actor=SYSTEM, object_kind="person", data=told)
    return len(changed)
