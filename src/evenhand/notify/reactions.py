"""Acts upon people that those concerned are told of."""

from evenhand.journal.models import Event
from evenhand.journal.operations import listen
from evenhand.notify.operations import tell
from evenhand.people.models import LinkKind, OneTimeLink


def start() -> None:
    """React from now on, in this process."""
    listen("leave.entered", leave_entered)
    listen("person.joined", person_joined)


def leave_entered(event: Event, by: int | None) -> None:
    """Whose leave it is, unless he entered it himself."""
    if event.object_id is not None and event.object_id != by:
        tell(event.object_id, "leave_set", params={"by": by})


def person_joined(event: Event, by: int | None) -> None:
    """Whoever invited him."""
    assert event.object_id is not None, "somebody joined"
    invitations = OneTimeLink.objects.filter(user_id=event.object_id, kind=LinkKind.INVITE)
    last = invitations.exclude(created_by=None).order_by("-pk").first()
    if last is not None and last.created_by_id is not None:
        tell(
            last.created_by_id,
            "invited",
            params={"by": event.object_id},
            object_kind="person",
            object_id=event.object_id,
        )
