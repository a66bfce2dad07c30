"""What the tests of people look at: the snapshot, the journal, whether anything changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from evenhand.engine.facts import Rep as RepFacts
from evenhand.journal.models import Event
from evenhand.people.models import Organization
from evenhand.people.snapshot import people_now
from evenhand.platform.clock import now


def revision() -> int:
    """The revision as it stands in the database."""
    return Organization.objects.values_list("people_revision", flat=True).get(pk=1)


def facts_of(user_id: int) -> RepFacts:
    """A rep as routing sees him now."""
    return next(rep for rep in people_now(now()).team.reps if rep.id == str(user_id))


def last_event() -> Event:
    """The latest entry of the journal."""
    return Event.objects.latest("id")


@contextmanager
def changed(kind: str) -> Iterator[None]:
    """One event of this kind is written, and routing is told."""
    events, before = Event.objects.count(), revision()
    yield
    assert (Event.objects.count() - events, last_event().kind) == (1, kind)
    assert revision() == before + 1


@contextmanager
def unchanged() -> Iterator[None]:
    """Nothing is written and routing is told nothing."""
    events, before = Event.objects.count(), revision()
    yield
    assert (Event.objects.count(), revision()) == (events, before)
