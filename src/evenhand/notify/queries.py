"""Reading notices: how many are unread, and the latest."""

from collections.abc import Sequence

from evenhand.notify.models import Notice

# The bell says "99+" beyond; counting further would be work for nothing.
MOST_COUNTED = 100


def unread_count(user_id: int) -> int:
    """How many notices somebody has not read, at most MOST_COUNTED."""
    return Notice.objects.filter(user_id=user_id, read_at=None)[:MOST_COUNTED].count()


def latest(user_id: int, *, most: int = 20, before_id: int | None = None) -> Sequence[Notice]:
    """Somebody's notices, the newest first; `before_id` goes on after the last one seen."""
    found = Notice.objects.filter(user_id=user_id)
    if before_id is not None:
        found = found.filter(pk__lt=before_id)
    return list(found.order_by("-pk")[:most])


def notice_of(user_id: int, notice_id: int) -> Notice | None:
    """One of somebody's own notices."""
    return Notice.objects.filter(user_id=user_id, pk=notice_id).first()
