"""The live stream: who is told of what, and what happens when a stream or a listener is lost."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.db import transaction

from evenhand.journal.live import hint
from evenhand.people.models import Role
from evenhand.people.scope import actor_of
from evenhand.web import live
from evenhand.web.live import Listener, Station, events
from tests.server.cast import browser
from tests.server.web.staff import hire


def _listener(user_id: int, *topics: str) -> Listener:
    return Listener(user_id, frozenset(topics or live.TOPICS))


def test_a_hint_wakes_those_it_names_and_nobody_else() -> None:
    station = Station()
    station.hear(json.dumps({"inbox": [7]}))

    assert station.wait(_listener(7), 0, 0) == (["inbox"], 1)
    assert station.wait(_listener(8), 0, 0) == ([], 1)


def test_a_hint_without_names_is_for_everybody_who_may_see_the_topic() -> None:
    station = Station()
    station.hear(json.dumps({"decisions": []}))

    assert station.wait(_listener(7), 0, 0)[0] == ["decisions"]
    assert station.wait(_listener(7, "inbox"), 0, 0)[0] == []


@pytest.mark.parametrize("payload", ["", "null", "[1]", '{"inbox": 7}', '{"other": [7]}', "{"])
def test_a_notification_that_is_none_of_ours_is_ignored(payload: str) -> None:
    station = Station()
    station.hear(payload)

    assert station.wait(_listener(7), 0, 0) == ([], 0)


def test_a_stream_that_comes_back_hears_what_it_missed() -> None:
    station = Station()
    station.hear(json.dumps({"inbox": [7]}))
    seen = f"{station.name}-{station.position()}"
    station.hear(json.dumps({"notices": [7]}))

    stream = events(station, _listener(7), seen)

    assert next(stream).startswith("retry:")
    assert next(stream) == f"id: {station.name}-2\nevent: notices\ndata: 1\n\n"


def test_a_stream_that_comes_from_another_process_is_told_to_look_at_everything() -> None:
    stream = events(Station(), _listener(7, "inbox", "notices"), "elsewhere-5")

    assert [next(stream).split("\n")[1:2] for _ in range(3)] == [
        [""],
        ["event: inbox"],
        ["event: notices"],
    ]


@pytest.mark.django_db(transaction=True)
def test_what_happens_between_a_page_and_its_stream_is_not_missed() -> None:
    client = browser(hire("rep"))
    page = client.get("/").content.decode()
    address = unescape(re.search(r'data-live="([^"]+)"', page)[1])  # type: ignore[index]
    live.STATION.hear(json.dumps({"inbox": []}))

    stream = client.get(address)
    try:
        said = iter(stream.streaming_content)
        next(said)  # how soon to come back
        assert b"event: inbox" in next(said)
    finally:
        stream.close()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "hears_decisions"),
    [(Role.REP, False), (Role.MANAGER, True), (Role.ADMIN, True)],
)
def test_only_who_sees_decisions_is_told_of_them(role: str, hears_decisions: bool) -> None:
    assert ("decisions" in Listener.of(actor_of(hire(role))).topics) is hears_decisions


@pytest.mark.django_db(transaction=True)
def test_what_commits_reaches_the_stream() -> None:
    station = Station()
    station.start()
    try:
        assert station.is_listening.wait(30)
        listener = _listener(7, "inbox")
        _, after = station.wait(listener, 0, 30)

        with transaction.atomic():
            hint({"inbox": [7]})

        assert station.wait(listener, after, 30)[0] == ["inbox"]
    finally:
        station.stop()


@pytest.mark.django_db
def test_the_stream_is_neither_kept_nor_held_back() -> None:
    page = browser(hire("rep")).get("/live")
    try:
        assert page.headers["Content-Type"] == "text/event-stream"
        assert page.headers["Cache-Control"] == "no-cache"
        assert page.headers["X-Accel-Buffering"] == "no"
        assert next(iter(page.streaming_content)) == b"retry: 1000\n\n"
    finally:
        page.close()


@pytest.mark.django_db
def test_a_place_is_given_back_when_the_stream_ends(settings: Any) -> None:
    before = live.STATION._streams
    settings.LIVE_STREAMS = before + 1
    client = browser(hire("rep"))

    first = client.get("/live")
    assert client.get("/live").status_code == 503
    first.close()
    first.close()

    assert live.STATION._streams == before


@pytest.mark.django_db
def test_nobody_listens_without_a_login(client: Any) -> None:
    page = client.get("/live")

    assert page.status_code == 302
    assert page.headers["Location"].startswith("/login")
