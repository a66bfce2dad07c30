"""The journal, and events as programs follow them."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Id, Listing, Moment, OneOf, Text20, Text60
from evenhand.journal.catalogue import CATALOGUE

STARTS = ("first", "now")


class EventOut(Schema):
    """One entry of the journal (流水)."""

    id: int
    at: datetime
    kind: str
    actor_kind: str
    actor_id: int | None
    object_kind: str
    object_id: int | None
    data: dict[str, Any]


class EventsOut(Schema):
    """A page of the journal, newest first."""

    items: list[EventOut]
    next: str | None = Field(description="api-doc-next")


class EventListing(Listing):
    """Which entries are wanted."""

    kind: Text60 = ""
    actor_kind: Text20 = ""
    actor_id: Id | None = None
    object_kind: Text20 = ""
    object_id: Id | None = None
    since: Moment | None = None
    until: Moment | None = None


class Actor(Schema):
    """Who did it: a user, a token, the public form, the system."""

    kind: str
    id: int | None


class Object(Schema):
    """What it was done to."""

    kind: str
    id: int | None


class PublishedEvent(Schema):
    """An event as the catalogue of types promises it; the same in webhooks."""

    id: int
    type: str
    version: int
    at: datetime
    actor: Actor
    object: Object
    data: dict[str, Any]


class FeedOut(Schema):
    """The next events, oldest first."""

    items: list[PublishedEvent]
    next: str = Field(description="api-doc-position")


class Following(Listing):
    """From where on, and which types; none = all."""

    type: list[Annotated[str, OneOf(tuple(CATALOGUE))]] = Field(default=[])
    start: Annotated[str, OneOf(STARTS)] = Field(default="first", description="api-doc-start")


class EventTypeOut(Schema):
    """One type of the catalogue."""

    type: str
    version: int
    object: str = Field(description="api-doc-object")
    data: dict[str, Any] = Field(description="api-doc-event-data")


class EventTypesOut(Schema):
    """The catalogue of event types."""

    items: list[EventTypeOut]
