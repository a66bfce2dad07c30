"""The journal is read by an index, however long it is: days, and programs among people."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from evenhand.journal.models import Event
from evenhand.journal.queries import EventFilter, events

pytestmark = pytest.mark.django_db
PAGE = 51
NOW = timezone.now()
DAY = EventFilter(since=NOW - timedelta(days=300), until=NOW - timedelta(days=299))


@pytest.fixture(autouse=True)
def year() -> None:
    """Many acts of people over a year, and one of a form."""
    Event.objects.bulk_create(
        Event(
            kind="lead.logged" if number % 2 else "lead.taken_in",
            actor_kind="user" if number else "form",
            actor_id=number % 40,
            object_kind="lead",
            object_id=number,
            at=NOW - timedelta(hours=8_760 - number),
        )
        for number in range(8_760)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE event")


@pytest.mark.parametrize(
    ("wanted", "index", "found"),
    [
        (DAY, "event_by_time", 24),
        (replace(DAY, kind="lead.logged"), "event_by_time", 12),
        (EventFilter(actor_kind="form"), "event_of_programs", 1),
        (EventFilter(actor_kind="connector"), "event_of_programs", 0),
        (EventFilter(actor_id=7), "event_of_actor", PAGE),
        (EventFilter(object_kind="lead", object_id=7), "event_of_object", 1),
    ],
)
def test_a_page_of_the_journal_is_found_by_an_index(
    wanted: EventFilter, index: str, found: int
) -> None:
    rows = events(wanted)[:PAGE]

    assert len(rows) == found
    assert index in rows.explain()


def test_a_span_is_shown_newest_first() -> None:
    numbers = [one.object_id for one in events(DAY)]

    assert numbers == sorted(numbers, key=lambda one: -(one or 0))
