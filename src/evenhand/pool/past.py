"""What happened with an item in a pool: who had it, what they did, how it came and went.

Seen before it is claimed. Notes are masked as the pool says; of a blind pool nobody asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.leads.masking import masked_text
from evenhand.leads.models import Activity, Assignment, PoolStay
from evenhand.pool.access import SeenPool
from evenhand.pool.masking import hidden_fields

MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Past:
    """Newest first. Never save the rows: their notes are masked."""

    owners: Sequence[Assignment]
    stays: Sequence[PoolStay]
    contacts: Sequence[Activity]


def past_of(seen: SeenPool, kind: str, item_id: int) -> Past:
    """The past of an item that lies in a pool which whoever asks sees; three queries."""
    of_item = {"item_kind": kind, "item_id": item_id}
    owners = Assignment.objects.filter(**of_item, closed_at__isnull=False)
    stays = PoolStay.objects.filter(**of_item).select_related("from_rep__user", "taken_by__user")
    contacts = Activity.objects.filter(**of_item).select_related("user")
    past = Past(
        list(owners.select_related("rep__user").order_by("-closed_at", "-pk")[:MOST_SHOWN]),
        list(stays.order_by("-entered_at", "-pk")[:MOST_SHOWN]),
        list(contacts.order_by("-at", "-pk")[:MOST_SHOWN]),
    )
    if not seen.is_administrator:
        hides_notes = "note" in hidden_fields(seen)
        for one in past.contacts:
            one.note = "" if hides_notes else masked_text(one.note)
        for stay in past.stays:
            stay.note = masked_text(stay.note)
    return past


def last_pool_of(kind: str, item_id: int) -> tuple[int, str] | None:
    """Line and name of the pool in which an item lies or last lay."""
    stays = PoolStay.objects.filter(item_kind=kind, item_id=item_id, line_id__isnull=False)
    found = stays.order_by("-pk").values_list("line_id", "pool").first()
    return None if found is None or found[0] is None else (found[0], found[1])
