"""Following the journal: every event once, none missed, whatever commits when."""

from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from evenhand.journal.catalogue import CATALOGUE
from evenhand.journal.catalogue.types import check_event
from evenhand.journal.feed import Position, as_published, newest_position, read_on
from evenhand.journal.models import Event
from evenhand.journal.operations import record
from evenhand.leads.intake import LeadIn
from evenhand.people.actor import SYSTEM
from evenhand.routing.take_in import take_in
from tests.server.journal.settling import settled
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db(transaction=True)


def _lost(lead_id: int) -> None:
    with transaction.atomic():
        record("lead.lost", actor=SYSTEM, object_kind="lead", object_id=lead_id)


def _objects(after: Position, **how: Any) -> tuple[list[int | None], Position]:
    settled()
    rows, following = read_on(after, **how)
    return [one.object_id for one in rows], following


def test_events_are_read_once_and_in_order() -> None:
    for number in range(1, 6):
        _lost(number)

    first, following = _objects(Position(), limit=2)
    second, following = _objects(following, limit=2)
    third, following = _objects(following, limit=2)

    assert (first, second, third) == ([1, 2], [3, 4], [5])
    assert _objects(following) == ([], following)
    assert following == newest_position()


def test_an_event_that_commits_late_is_not_missed() -> None:
    settings = connection.get_connection_params()
    settings.pop("cursor_factory", None)
    settings.pop("context", None)
    with psycopg.connect(**settings) as slow:
        slow.execute(
            "INSERT INTO event (kind, actor_kind, object_kind, object_id, data)"
            " VALUES ('lead.lost', 'system', 'lead', 1, '{}')"
        )
        _lost(2)  # has the higher number, and is there first
        rows, following = read_on(Position())
        early = [one.object_id for one in rows]
        slow.commit()
    late, _ = _objects(following)

    assert early == []
    assert late == [1, 2]


def test_only_the_kinds_that_are_wanted() -> None:
    _lost(1)
    with transaction.atomic():
        record("form.closed", actor=SYSTEM, object_kind="line", object_id=7)
    _lost(2)

    assert _objects(Position(), kinds=["form.closed"])[0] == [7]
    assert _objects(Position(), kinds=["lead.lost"])[0] == [1, 2]


def test_whoever_follows_misses_nothing_after_a_move_to_another_cluster() -> None:
    _lost(1)
    settled()
    with connection.cursor() as cursor:
        # As a restored row may say: transactions of the cluster it comes from were a million on.
        cursor.execute(
            "INSERT INTO event (kind, actor_kind, object_kind, object_id, data, xact) SELECT"
            " 'lead.lost', 'system', 'lead', 2, '{}', xact + 1000000 FROM event"
        )
        rows, following = read_on(Position())
        hidden = [one.object_id for one in rows]
        cursor.execute("SELECT event_feed_moved()")
    _lost(3)
    _lost(4)

    assert hidden == [1]
    assert _objects(following)[0] == [2, 3, 4]
    assert _objects(Position(), limit=2)[0] == [1, 2]


def test_moving_twice_is_as_moving_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT event_feed_moved()")
        cursor.execute("SELECT event_feed_moved()")
    _lost(1)

    assert _objects(Position())[0] == [1]


def test_leads_that_come_in_together_write_events_as_promised() -> None:
    company(2)
    take_in([LeadIn(name="王芳", phone="13800138000")] * 2, actor=SYSTEM)

    told = [one for one in read_on(Position())[0] if one.kind.startswith("lead.")]

    assert {one.kind for one in told} == {"lead.taken_in", "lead.repeated"}
    for one in told:
        check_event(CATALOGUE, one.kind, one.object_kind, one.data)
    assert as_published(told[0])["version"] == 1


def test_the_feed_is_read_by_its_index() -> None:
    events = [
        Event(kind="lead.lost", actor_kind="system", object_kind="lead", object_id=number)
        for number in range(3_000)
    ]
    Event.objects.bulk_create(events)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE event")
    with CaptureQueriesContext(connection) as asked:
        read_on(Position(5, 1), limit=20)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked.captured_queries[-1]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "event_feed" in plan and "Sort" not in plan
