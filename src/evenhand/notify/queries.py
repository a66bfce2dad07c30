"""Reading notices: how many are unread, and the latest."""

from collections.abc import Sequence

from evenhand.notify.models import ChatLink, Notice
from evenhand.people.models import User
from evenhand.platform.prepared import send
from evenhand.platform.row_objects import rows_where

# The bell says "99+" beyond; counting further would be work for nothing.
MOST_COUNTED = 100


def unread_count(user_id: int) -> int:
    """How many notices somebody has not read, at most MOST_COUNTED."""
    ((count,),) = send(_UNREAD, [str(user_id)]).rows()
    return int(count)


_UNREAD = f"""
SELECT count(*) FROM (
    SELECT FROM notice WHERE user_id = %s AND read_at IS NULL LIMIT {MOST_COUNTED}
) AS unread
"""


def latest(user_id: int, *, most: int = 20, before_id: int | None = None) -> Sequence[Notice]:
    """Somebody's notices, the newest first; `before_id` goes on after the last one seen."""
    before = "" if before_id is None else "AND id < %s"
    values = [str(one) for one in (user_id, before_id, most) if one is not None]
    return rows_where(Notice, f"user_id = %s {before} ORDER BY id DESC LIMIT %s", values)


def notice_of(user_id: int, notice_id: int) -> Notice | None:
    """One of somebody's own notices."""
    return Notice.objects.filter(user_id=user_id, pk=notice_id).first()


def links_of(user_id: int) -> dict[str, str]:
    """Who somebody is in each chat system that he is linked to."""
    links = ChatLink.objects.filter(user_id=user_id)
    return dict(links.values_list("channel", "address"))


def linked_user(channel: str, address: str) -> User | None:
    """Who somebody of a chat system is here, if he is at work here."""
    links = ChatLink.objects.select_related("user").filter(channel=channel, address=address)
    link = links.filter(user__is_active=True).first()
    return None if link is None else link.user
