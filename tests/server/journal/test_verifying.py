"""A5: an export is verified with Python alone; anchors, and verifying that was interrupted."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from evenhand.journal.models import Event, Outbox, Seal
from evenhand.journal.seals import verify_alone, verifying
from evenhand.journal.seals.anchoring import (
    anchor_daily,
    anchor_now,
    make_anchor,
    public_key,
    read_anchors,
)
from evenhand.journal.seals.exporting import export_lines
from evenhand.journal.seals.reading import walk
from evenhand.journal.seals.sealing import seal_on
from evenhand.journal.seals.verifying import verify, verify_last
from evenhand.people.actor import SYSTEM
from tests.server.journal.settling import settled
from tests.server.journal.tampering import events_sealed, named, tampered

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


@pytest.fixture
def anchors(settings: Any, tmp_path: Path) -> Path:
    settings.ANCHORS_FOLDER = str(tmp_path / "anchors")
    return tmp_path / "anchors"


def _exported(path: Path) -> list[str]:
    lines = [line for line, _ in export_lines()]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return lines


def _alone(export: Path, *more: object) -> tuple[int, str]:
    """Verified by a Python that knows nothing of ours: no site packages, no path."""
    program = Path(verify_alone.__file__)
    said = subprocess.run(
        [sys.executable, "-I", "-S", str(program), str(export), *(str(one) for one in more)],
        capture_output=True,
        text=True,
        check=False,
    )
    return said.returncode, said.stdout + said.stderr


def test_an_export_is_verified_with_python_alone(anchors: Path, tmp_path: Path) -> None:
    ids = events_sealed(60)
    path = anchor_now(NOW, actor=SYSTEM, locale="en")
    export = tmp_path / "journal.jsonl"
    lines = _exported(export)

    whole = _alone(export, path, "--key", public_key())
    line = next(one for one in lines if f'"id":{ids[30]},' in one)
    export.write_text("\n".join(lines).replace(line, line.replace("user", "form")))
    changed = _alone(export)
    with tampered(f"DELETE FROM event WHERE id = {ids[7]}"):
        _exported(export)
    gone = _alone(export, "--lang", "zh")
    stranger = _alone(export, path, "--key", "00" * 32)

    assert whole == (0, "60 events in 3 seals verified, 1 anchors agree.\n")
    assert changed[0] == gone[0] == 1
    assert f"event {ids[30]} (position 31) was changed" in changed[1]
    assert f"事件 {ids[7]}(第 8 条)不见了" in gone[1]
    assert stranger[0] == 2 and "another key" in stranger[1]


def _found_in(lines: list[str]) -> set[tuple[str, int]]:
    chain = verify_alone.Chain()
    for seal, events in verify_alone.read_export(lines):
        chain.check(seal, events)
    return named(chain.end())


def test_whatever_is_changed_in_the_file_is_named(tmp_path: Path) -> None:
    events_sealed(100)
    lines = _exported(tmp_path / "journal.jsonl")
    places = [place for place, line in enumerate(lines) if line.startswith('{"event"')]
    some = Random(3)

    assert _found_in(lines) == set()
    for place in some.sample(places, 40):
        event = json.loads(lines[place])["event"]
        name = some.choice([one for one in verify_alone.FIELDS if one != "id"])
        otherwise = {**event, name: 7 if event[name] != 7 else 8}
        changed = [*lines]
        changed[place] = json.dumps({"event": otherwise})
        assert _found_in(changed) == {("changed", event["id"])}
        assert _found_in([*lines[:place], *lines[place + 1 :]]) == {("missing", event["id"])}
        more = json.dumps({"event": {**event, "id": -1}})
        assert _found_in([*lines[: place + 1], more, *lines[place + 1 :]]) == {("inserted", -1)}


def test_an_anchor_a_day_goes_to_the_folder_and_to_the_auditor(
    anchors: Path, settings: Any
) -> None:
    settings.AUDITOR_MAIL = "auditor@firm.example"
    nothing = anchor_daily(NOW, actor=SYSTEM, locale="zh-Hans")
    events_sealed(30)

    first = anchor_daily(NOW, actor=SYSTEM, locale="zh-Hans")
    again = anchor_daily(datetime.now(UTC), actor=SYSTEM, locale="zh-Hans")

    assert nothing is None and again is None
    assert first is not None and first.name == "2026-11-29-00000002.json"
    mail = Outbox.objects.get(kind="mail").payload
    assert mail["to"] == "auditor@firm.example"
    assert json.loads(mail["params"]["anchor"]) == json.loads(first.read_text())
    told = Event.objects.get(kind="journal.anchored")
    assert told.data == {"seal": 2, "position": 30}
    found, findings = read_anchors(anchors)
    assert [(one.seal, one.position) for one in found] == [(2, 30)] and findings == []


def test_an_anchor_that_was_changed_or_is_a_strangers_is_not_trusted(
    anchors: Path, settings: Any
) -> None:
    events_sealed(30)
    path = anchor_now(NOW, actor=SYSTEM, locale="en")
    assert path is not None
    said = json.loads(path.read_text())

    path.write_text(json.dumps({**said, "position": 29}))
    changed = read_anchors(anchors)[1]
    kept = settings.SECRET_KEY
    settings.SECRET_KEY = "somebody-else-" + "z" * 50
    path.write_text(json.dumps(make_anchor(NOW)))
    other = read_anchors(anchors)[1]
    strangers_key = public_key()
    settings.SECRET_KEY = kept
    named_key = read_anchors(anchors, [strangers_key])[1]

    assert [one.kind for one in (*changed, *other)] == ["key"]
    assert changed and [one.name for one in read_anchors(anchors)[1]] == [path.name]
    assert named_key == []


def test_after_a_new_secret_key_old_anchors_still_count(anchors: Path, settings: Any) -> None:
    events_sealed(30)
    anchor_now(NOW, actor=SYSTEM, locale="en")
    settings.SECRET_KEY = "a-new-one-" + "y" * 50
    settled()
    assert seal_on()
    anchor_now(NOW + timedelta(days=1), actor=SYSTEM, locale="en")

    found, findings = read_anchors(anchors)

    assert len({one.key for one in found}) == 2 and findings == []


def test_a_run_that_was_interrupted_goes_on_and_forgets_nothing(
    anchors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "_NOTED", 25)
    ids = events_sealed(100)
    anchor_now(NOW, actor=SYSTEM, locale="en")
    known, _ = read_anchors(anchors)
    notes = tmp_path / "verify.json"

    def stop(position: int) -> None:
        if position == 50:
            raise KeyboardInterrupt

    with tampered(f"UPDATE event SET object_id = 0 WHERE id IN ({ids[3]}, {ids[80]})"):
        with pytest.raises(KeyboardInterrupt):
            verify(known, notes=notes, tell=stop)
        assert notes.exists()
        gone_on = verify(known, notes=notes, is_resumed=True)
        anew = verify(known, notes=notes)

    assert gone_on.resumed_at == 50 and anew.resumed_at == 0
    assert named(gone_on.findings) == named(anew.findings)
    assert named(anew.findings) == {("changed", ids[3]), ("changed", ids[80])}
    assert not notes.exists()


def test_notes_of_another_chain_are_not_gone_by(tmp_path: Path) -> None:
    events_sealed(50)
    notes = tmp_path / "verify.json"
    notes.write_text(json.dumps({"seal": 1, "position": 25, "head": "00", "findings": []}))

    assert verify((), notes=notes, is_resumed=True).resumed_at == 0


def test_a_glance_sees_the_newest_seal_and_the_newest_anchor(anchors: Path) -> None:
    ids = events_sealed(100)
    anchor_now(NOW, actor=SYSTEM, locale="en")
    known, _ = read_anchors(anchors)
    settled()
    assert seal_on()  # the event of the anchor: one seal more

    assert verify_last(known) == []
    with tampered("UPDATE event SET actor_id = 5 WHERE kind = 'journal.anchored'"):
        assert {one.kind for one in verify_last(known)} == {"changed"}
    with tampered(f"UPDATE event SET object_id = 0 WHERE id = {ids[0]}"):
        assert verify_last(known) == []  # that is for the whole chain
    with tampered("DELETE FROM seal WHERE number > 2"):
        assert [one.kind for one in verify_last(known)] == ["cut"]
    with tampered("DELETE FROM seal"):
        assert [one.kind for one in verify_last(known)] == ["cut"]


def test_floats_and_texts_that_look_alike_are_sealed_apart() -> None:
    Event.objects.create(kind="a.b", actor_kind="system", object_kind="x", data={"n": 1.5})
    settled()
    assert seal_on() == 1
    for other in ('{"n": 1.50}', '{"n": "1.5"}', '{"n": 15}'):
        with tampered("UPDATE event SET data = %s", params=[other]):
            ((seal, events),) = walk()
            chain = verify_alone.Chain()
            chain.check(seal, events)
            assert [one.kind for one in chain.end()] == ["changed"]
    assert Seal.objects.count() == 1
