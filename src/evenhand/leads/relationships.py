"""How well a rep and a contact know each other: 0 … 100.

Every contact closes a part of the distance to 100, a two-way one more than one that nobody
answered; without contact half of it is gone after 90 days. In between it falls in a straight line,
so that the figure is an integer computed from integers.
"""

from collections.abc import Iterable
from datetime import datetime

from evenhand.leads.models import Direction, Relationship
from evenhand.platform.prepared import send
from evenhand.platform.row_objects import rows_where

HALF_LIFE_DAYS = 90
FULL = 100
# Percent of the distance to 100 that one contact closes, by channel where somebody answered.
GAINS = {"visit": 25, "meeting": 25, "call": 15, "wechat": 10, "mail": 8}
UNANSWERED_GAIN = 2
_LOCKED = "rep_id = %s AND contact_id = %s FOR UPDATE"
_SET = "UPDATE relationship SET strength = %s::smallint, updated_at = %s WHERE id = %s"


def faded(strength: int, since: datetime, now: datetime) -> int:
    """What is left of a strength."""
    days = max(0, (now - since).days)
    halves, rest = divmod(days, HALF_LIFE_DAYS)
    return (strength * (2 * HALF_LIFE_DAYS - rest) // (2 * HALF_LIFE_DAYS)) >> min(halves, 8)


def strengthened(strength: int, *, channel: str, direction: str) -> int:
    """A strength after one contact; a note changes nothing."""
    if direction == Direction.NONE:
        return strength
    answered = direction in (Direction.BOTH, Direction.IN)
    gain = GAINS.get(channel, UNANSWERED_GAIN) if answered else UNANSWERED_GAIN
    return min(FULL, strength + max(1, (FULL - strength) * gain // 100))


def strengthen(
    rep_id: int, contact_id: int, *, channel: str, direction: str, now: datetime
) -> None:
    """Write one contact between a rep and a person into their relationship."""
    known = rows_where(Relationship, _LOCKED, [str(rep_id), str(contact_id)])
    row = known[0] if known else _first_met(rep_id, contact_id, channel, direction, now)
    if row is None:
        return
    left = faded(row.strength, row.updated_at, now)
    strength = strengthened(left, channel=channel, direction=direction)
    send(_SET, [str(strength), max(now, row.updated_at), str(row.pk)])


def _first_met(
    rep_id: int, contact_id: int, channel: str, direction: str, now: datetime
) -> Relationship | None:
    """Begin their relationship with this contact; the one that somebody else began just now."""
    strength = strengthened(0, channel=channel, direction=direction)
    row, is_new = Relationship.objects.select_for_update().get_or_create(
        rep_id=rep_id, contact_id=contact_id, defaults={"strength": strength, "updated_at": now}
    )
    return None if is_new else row


def strengths(rep_id: int, contact_ids: Iterable[int], *, now: datetime) -> dict[int, int]:
    """How well a rep knows some contacts now; who is not named is unknown to him."""
    rows = Relationship.objects.filter(rep_id=rep_id, contact_id__in=contact_ids)
    return {row.contact_id: faded(row.strength, row.updated_at, now) for row in rows}
