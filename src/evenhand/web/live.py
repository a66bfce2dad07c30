"""Pages that change under one's eyes: server-sent events at /live.

One thread per process listens to the database and wakes all streams. A stream says only which
topic changed; the page fetches what it may see. Nothing personal travels here.
(reference: stack, section 2)
"""

import json
import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

import psycopg
from django.conf import settings
from django.db import close_old_connections, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from psycopg.conninfo import make_conninfo

from evenhand.journal.live import CHANNEL
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may
from evenhand.web.acting import actor_in, signed_in

log = logging.getLogger(__name__)

TOPICS = ("notices", "inbox", "decisions", "pool")
# A stream ends after this, and the browser opens the next: rights and threads are renewed.
STREAM_SECONDS = 50
BEAT_SECONDS = 15
# In a burst a stream speaks at most so often; what came meanwhile is said together.
PAUSE_SECONDS = 1
# Without a connection that listens, pages are told to look for themselves this often.
LOOK_SECONDS = 5
_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Hint:
    """A topic that changed for some people; no people = for everybody."""

    number: int
    topic: str
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class Listener:
    """Whose stream it is, and what it may be told."""

    user_id: int
    topics: frozenset[str]

    @classmethod
    def of(cls, actor: Actor) -> "Listener":
        """What an actor may be told of."""
        topics = {"notices", "inbox"}
        if may(actor, Right.SEE_ITEMS):
            topics |= {"pool", "tasks"}
        if may(actor, Right.SEE_DECISIONS):
            topics.add("decisions")
        return cls(actor.user_id or 0, frozenset(topics))

    def cares(self, hint: Hint) -> bool:
        """Whether a hint is for him."""
        return hint.topic in self.topics and (not hint.people or self.user_id in hint.people)


class Station:
    """What this process heard lately, and the streams that wait for more."""

    def __init__(self) -> None:
        self.name = uuid.uuid4().hex[:8]  # of this process, in the ids of events
        self._changed = threading.Condition()
        self._hints: deque[Hint] = deque(maxlen=_KEPT)
        self._number = 0
        self._thread: threading.Thread | None = None
        self._streams = 0
        self.is_listening = threading.Event()
        self._is_ending = threading.Event()

    # -- listening ------------------------------------------------------------------------------

    def start(self) -> None:
        """Listen, from the first stream on; a fork gets a thread of its own."""
        with self._changed:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._listen, name="live", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Listen no longer, and give the connection back."""
        self._is_ending.set()
        if self._thread is not None:
            self._thread.join()

    def _listen(self) -> None:
        while True:
            try:
                with psycopg.connect(_address(), autocommit=True) as own:
                    own.execute(f"LISTEN {CHANNEL}")
                    self.is_listening.set()
                    self.hear_everything()  # what was said before is not said again
                    while not self._is_ending.is_set():
                        for notice in own.notifies(timeout=1):
                            self.hear(notice.payload)
                    return
            except psycopg.Error as error:
                log.warning("live: the connection that listens was lost: %s", error)
            self.is_listening.clear()
            self.hear_everything()
            if self._is_ending.wait(LOOK_SECONDS):
                return

    def hear(self, payload: str) -> None:
        """Take one notification; what is none of ours is ignored."""
        try:
            told = json.loads(payload)
        except ValueError:
            return
        if not isinstance(told, dict):
            return
        with self._changed:
            for topic, people in told.items():
                if topic in TOPICS and isinstance(people, list):
                    self._add(topic, frozenset(one for one in people if isinstance(one, int)))
            self._changed.notify_all()

    def hear_everything(self) -> None:
        """Any topic may have changed for anybody."""
        with self._changed:
            for topic in TOPICS:
                self._add(topic, frozenset())
            self._changed.notify_all()

    def _add(self, topic: str, people: frozenset[int]) -> None:
        self._number += 1
        self._hints.append(Hint(self._number, topic, people))

    # -- streams --------------------------------------------------------------------------------

    def enter(self) -> bool:
        """Take one of the places for streams; False if there is none."""
        with self._changed:
            if self._streams >= settings.LIVE_STREAMS:
                return False
            self._streams += 1
            return True

    def leave(self) -> None:
        """Give the place back."""
        with self._changed:
            self._streams -= 1

    def position(self, last_event_id: str = "") -> int | None:
        """Where a stream goes on; None if what it missed is not known here."""
        with self._changed:
            if not last_event_id:
                return self._number
            name, _, number = last_event_id.partition("-")
            oldest = self._hints[0].number if self._hints else self._number + 1
            is_known = name == self.name and number.isdecimal() and int(number) >= oldest - 1
            return int(number) if is_known else None

    def mark(self) -> str:
        """The id of the latest event: a page that is read from now on shows all before it."""
        with self._changed:
            return f"{self.name}-{self._number}"

    def wait(self, listener: Listener, after: int, seconds: float) -> tuple[list[str], int]:
        """The topics that changed for a listener since `after`, and where to go on.

        Returns when there is one, or empty after so many seconds.
        """
        ends_at = time.monotonic() + seconds
        with self._changed:
            while True:
                topics = {hint.topic for hint in self._since(after) if listener.cares(hint)}
                after = self._number
                if topics:
                    return sorted(topics), after
                left = ends_at - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    return [], after

    def _since(self, number: int) -> Iterator[Hint]:
        return takewhile(lambda hint: hint.number > number, reversed(self._hints))


STATION = Station()


def events(station: Station, listener: Listener, last_event_id: str = "") -> Iterator[str]:
    """The text of one stream, until it has lasted STREAM_SECONDS."""
    ends_at = time.monotonic() + STREAM_SECONDS
    after = station.position(last_event_id)
    yield "retry: 1000\n\n"
    if after is None:
        after = station.position() or 0
        yield from _said(station, sorted(listener.topics), after)
    while (left := ends_at - time.monotonic()) > 0:
        topics, after = station.wait(listener, after, min(left, BEAT_SECONDS))
        if topics:
            yield from _said(station, topics, after)
            time.sleep(PAUSE_SECONDS)
        else:
            yield f": beat\nid: {station.name}-{after}\n\n"


def _without_database(stream: Iterator[str]) -> Iterator[str]:
    """A stream only waits: meanwhile its connection to the database is in the pool."""
    close_old_connections()
    yield from stream


def _said(station: Station, topics: list[str], number: int) -> Iterator[str]:
    for topic in topics:
        yield f"id: {station.name}-{number}\nevent: {topic}\ndata: 1\n\n"


class _Stream(StreamingHttpResponse):
    """A stream that gives its place back when it ends, also if it was never read."""

    def close(self) -> None:
        super().close()
        if not getattr(self, "has_left", False):
            self.has_left = True
            STATION.leave()


@require_safe
@signed_in()
def stream(request: HttpRequest) -> HttpResponseBase:
    """What changes for whoever is logged in, as it happens."""
    STATION.start()
    if not STATION.enter():
        return HttpResponse(status=503, headers={"Retry-After": "15"})
    listener = Listener.of(actor_in(request))
    # A browser that comes back says what it heard last; at first, what the page was read after.
    seen = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    body = events(STATION, listener, seen)
    response = _Stream(_without_database(body), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _address() -> str:
    """The database of this process, without the pool and past a pooler."""
    if settings.DIRECT_DATABASE_URL:
        return make_conninfo(settings.DIRECT_DATABASE_URL, application_name="evenhand-live")
    at = connection.settings_dict
    named = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER"}
    parts = {name: str(at[key]) for name, key in named.items() if at[key]}
    if at["PASSWORD"]:
        parts["password"] = str(at["PASSWORD"])
    options = {name: str(v) for name, v in at["OPTIONS"].items() if isinstance(v, str)}
    return make_conninfo("", **{**options, **parts, "application_name": "evenhand-live"})


urlpatterns = [path("live", stream)]
