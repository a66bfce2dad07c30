"""The journal (流水), for who may read it."""

from django.http import HttpRequest
from ninja import Query, Router

from evenhand.api.auth import actor_of
from evenhand.api.cursors import newest_first, read_cursor, write_cursor
from evenhand.api.schemas.journal import (
    EventListing,
    EventOut,
    EventsOut,
    EventTypeOut,
    EventTypesOut,
    FeedOut,
    Following,
    PublishedEvent,
)
from evenhand.journal.catalogue import CATALOGUE
from evenhand.journal.feed import Position, as_published, newest_position, read_on
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


@router.get(
    "/events", response=FeedOut, operation_id="events_follow", summary="api-op-events-follow"
)
def follow_events(request: HttpRequest, wanted: Query[Following]) -> FeedOut:
    """What happened since a position, oldest first; ask again with `next`, also of an empty page.

    Nothing is missed: what is still being written comes later, behind the position.
    """
    demand(actor_of(request), Right.SEE_JOURNAL)
    known = read_cursor(wanted.cursor, of="events")
    after = Position(*known) if known else Position()
    if not known and wanted.start == "now":
        return FeedOut(items=[], next=write_cursor(newest_position(), of="events"))
    rows, following = read_on(after, kinds=wanted.type, limit=wanted.limit)
    items = [PublishedEvent(**as_published(row)) for row in rows]
    return FeedOut(items=items, next=write_cursor(following, of="events"))


@router.get(
    "/events/types",
    response=EventTypesOut,
    operation_id="events_types",
    summary="api-op-events-types",
)
def list_event_types(request: HttpRequest) -> EventTypesOut:
    """The catalogue of event types, each with its version and the schema of its data."""
    demand(actor_of(request), Right.SEE_JOURNAL)
    items = [
        EventTypeOut(type=kind, version=one.version, object=one.about, data=one.as_schema())
        for kind, one in sorted(CATALOGUE.items())
    ]
    return EventTypesOut(items=items)
