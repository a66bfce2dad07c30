"""What somebody may want to know of his own login: when it was used, and when it was tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from evenhand.journal.models import Event
from evenhand.people.models import Entry, Incident, User
from evenhand.people.operations.incidents import LOGIN

LOOK_BACK = timedelta(days=30)
_MOST = 10


@dataclass(frozen=True, slots=True)
class Failures:
    """How often somebody was not let in as this person, and when last; None = never."""

    count: int
    last_at: datetime | None


def last_entries(user: User) -> Sequence[Entry]:
    """A person's latest logins, newest first."""
    return list(Entry.objects.filter(user=user).order_by("-pk")[:_MOST])


def failures_of(user: User, now: datetime) -> Failures:
    """Failed tries of the last thirty days, told in the journal or still being counted."""
    since = now - LOOK_BACK
    told = Event.objects.filter(
        object_kind="person", object_id=user.pk, kind=LOGIN, at__gte=since
    ).values_list("data", "at")
    counted = Incident.objects.filter(user=user, kind=LOGIN).values_list("count", "last_at")
    found = [(int(data["count"]), at) for data, at in told] + list(counted)
    return Failures(sum(count for count, _ in found), max((at for _, at in found), default=None))
