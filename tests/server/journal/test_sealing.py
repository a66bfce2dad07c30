"""A1: whatever is changed in what was sealed is found, and the row is named."""

from random import Random

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from evenhand.journal.models import Event, Seal
from evenhand.journal.seals.reading import last_seal, walk
from evenhand.journal.seals.sealing import seal_next, seal_on
from evenhand.journal.seals.verify_alone import Anchor, Chain
from tests.server.journal.settling import settled
from tests.server.journal.tampering import OTHERWISE, events_sealed, found, named, tampered

pytestmark = pytest.mark.django_db(transaction=True)


def _anchor() -> Anchor:
    seal = last_seal()
    assert seal is not None
    return Anchor("", seal.number, seal.last, seal.ids[-1], seal.head.hex(), "", "today")


def test_two_hundred_changed_rows_are_all_found_and_named() -> None:
    ids = events_sealed(400)
    some = Random(2026)
    assert found() == []

    for event_id in some.sample(ids, 200):
        column = some.choice(sorted(OTHERWISE))
        change = f"UPDATE event SET {column} = {OTHERWISE[column]} WHERE id = {event_id}"
        with tampered(change):
            is_gone = ("missing", event_id) in named(found())
            assert is_gone if column == "id" else named(found()) == {("changed", event_id)}, change
            if column == "id":
                assert ("inserted", event_id + 1_000_000) in named(found())
    assert found() == []


def test_deleted_swapped_and_inserted_rows_are_named() -> None:
    ids = events_sealed(200)
    some = Random(11)
    for one, two in (some.sample(ids, 2) for _ in range(15)):
        with tampered(f"DELETE FROM event WHERE id = {one}"):
            assert named(found()) == {("missing", one)}
        swap = (
            "UPDATE event AS e SET object_id = o.object_id, xact = o.xact FROM event AS o"
            f" WHERE (e.id, o.id) IN (({one}, {two}), ({two}, {one}))"
        )
        with tampered(swap):
            assert named(found()) == {("changed", one), ("changed", two)}
        copy = (
            "INSERT INTO event (id, xact, kind, actor_kind, object_kind, data)"
            f" SELECT -id, xact, 'lead.lost', 'system', 'lead', '{{}}' FROM event WHERE id = {one}"
        )
        with tampered(copy):
            assert named(found()) == {("inserted", -one)}
    assert found() == []


def test_an_end_that_was_cut_off_is_known_by_the_anchor() -> None:
    ids = events_sealed(100)
    anchor = _anchor()
    some = Random(5)

    for _ in range(10):
        kept = some.randrange(3)  # of four seals with 25 events each
        cut = f"DELETE FROM seal WHERE number > {kept}"
        gone = f"DELETE FROM event WHERE id = ANY(ARRAY{ids[kept * 25 :]})"
        with tampered(cut, gone):
            (finding,) = found(anchor)
            said = (finding.kind, finding.position, finding.until, finding.event)
            assert said == ("cut", kept * 25 + 1, 100, ids[-1])
            assert found() == []  # the control: without the anchor nothing shows
    assert found(anchor) == []


def test_a_chain_that_was_written_anew_is_known_by_the_anchor() -> None:
    events_sealed(50)
    anchor = _anchor()

    with tampered("UPDATE event SET actor_id = 9 WHERE object_id = 3", "DELETE FROM seal"):
        assert seal_next(25) == seal_next(25) == 25
        assert found() == []
        assert {one.kind for one in found(anchor)} == {"anchor"}


def test_changed_seals_are_named() -> None:
    ids = events_sealed(100)

    digest = "UPDATE seal SET hashes = set_byte(hashes, 70, get_byte(hashes, 70) # 1)"
    with tampered(f"{digest} WHERE number = 2"):
        assert named(found()) == {("digest", ids[26])}
    with tampered("UPDATE seal SET at = at + interval '1 second' WHERE number = 3"):
        assert [(one.kind, one.name) for one in found()] == [("seal", "3")]
    with tampered("DELETE FROM seal WHERE number = 2"):
        (first, *_) = found()
        assert (first.kind, first.position, first.until) == ("seals_missing", 26, 50)
    with tampered("UPDATE seal SET last_id = 0 WHERE number = 4"):
        assert ("seal", "4") in {(one.kind, one.name) for one in found()}
    with tampered("UPDATE seal SET hashes = '\\x00' WHERE number = 1"):
        assert ("seal", "1") in {(one.kind, one.name) for one in found()}
    assert found() == []


def test_sealing_waits_for_whoever_is_still_writing_and_nobody_waits_for_it() -> None:
    settings = connection.get_connection_params()
    settings.pop("cursor_factory", None)
    settings.pop("context", None)
    settled()
    with psycopg.connect(**settings) as slow:
        slow.execute(
            "INSERT INTO event (kind, actor_kind, object_kind, object_id, data)"
            " VALUES ('lead.lost', 'system', 'lead', 1, '{}')"
        )
        Event.objects.create(kind="lead.lost", actor_kind="system", object_kind="lead", object_id=2)
        early = seal_on()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x45_56_53])
            # Somebody seals: writing goes on.
            slow.execute(
                "INSERT INTO event (kind, actor_kind, object_kind, object_id, data)"
                " VALUES ('lead.lost', 'system', 'lead', 3, '{}')"
            )
            slow.commit()
    settled()
    sealed = seal_on()

    assert (early, sealed) == (0, 3)
    told = [event[7] for seal, events in walk() for event in (events[one] for one in seal.ids)]
    assert sorted(told) == [1, 2, 3]
    assert found() == []


def test_only_one_seals_at_a_time() -> None:
    settings = connection.get_connection_params()
    settings.pop("cursor_factory", None)
    settings.pop("context", None)
    Event.objects.create(kind="lead.lost", actor_kind="system", object_kind="lead", object_id=2)
    settled()
    with psycopg.connect(**settings) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [0x45_56_53])
        meanwhile = seal_on()

    assert (meanwhile, seal_on(), seal_on()) == (0, 1, 0)


@pytest.mark.parametrize("table", ["event", "seal"])
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_owner_too_changes_nothing_while_the_triggers_stand(table: str, act: str) -> None:
    events_sealed(2)
    column = "kind" if table == "event" else "at"
    statement = act.format(table, column, column)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert (Event.objects.count(), Seal.objects.count()) == (2, 1)
    with tampered(statement.replace("TRUNCATE", "DELETE FROM")):
        pass  # the control: it is the trigger that refuses


def test_verifying_goes_on_behind_what_was_verified() -> None:
    ids = events_sealed(100)
    first = Chain()
    for seal, events in walk():
        first.check(seal, events)
        if seal.number == 2:
            break
    later = Chain()
    later.go_on_from(first.number, first.position, first.head)
    with tampered(
        f"UPDATE event SET object_id = 0 WHERE id IN ({ids[10]}, {ids[60]})",
    ):
        for seal, events in walk(first.number):
            later.check(seal, events)

    assert named(later.end()) == {("changed", ids[60])}
    assert (later.position, first.position) == (100, 50)
