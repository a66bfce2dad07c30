"""The journal (流水), for who may read it."""

from django.http import HttpRequest
from ninja import Query, Router

from evenhand.api.auth import actor_of
from evenhand.api.cursors import newest_first
from evenhand.api.schemas.policies import EventListing, EventOut, EventsOut
from evenhand.journal.queries import EventFilter, events
from evenhand.people.scope import Right, demand

router = Router(tags=["journal"])


@router.get(
    "/journal",
    response=EventsOut,
    operation_id="journal_list",
    summary="api-op-journal-list",
)
def list_events(request: HttpRequest, wanted: Query[EventListing]) -> EventsOut:
    """What happened, newest first."""
    demand(actor_of(request), Right.SEE_JOURNAL)
    narrowed = EventFilter(**wanted.model_dump(exclude={"limit", "cursor"}))
    shown, following = newest_first(
        events(narrowed), cursor=wanted.cursor, limit=wanted.limit, of="journal"
    )
    items = [
        EventOut(**{name: getattr(row, name) for name in EventOut.model_fields}) for row in shown
    ]
    return EventsOut(items=items, next=following)
