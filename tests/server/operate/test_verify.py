"""`evenhand verify` and `evenhand journal`, as programs on a database of their own."""

import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.journal.seals import verify_alone
from tests.server.operate.conftest import MakeSpare

pytestmark = pytest.mark.slow

SEALING = """
from evenhand.config.setup import set_up_django
set_up_django()
from evenhand.journal.seals.sealing import seal_on
print(seal_on())
"""


def test_a_journal_is_verified_exported_and_verified_elsewhere(
    make_spare: MakeSpare, tmp_path: Path
) -> None:
    spare = make_spare("company")
    file = tmp_path / "journal.jsonl"

    def seal() -> int:
        said = subprocess.check_output([sys.executable, "-c", SEALING], env=spare.environ())
        return int(said)

    before = spare.run("journal", "anchor")
    sealed = seal()
    anchored, exported = spare.run("journal", "anchor"), spare.run("journal", "export", str(file))
    well, doctor = spare.run("verify"), spare.run("doctor")
    (event,) = spare.ask("SELECT id FROM event ORDER BY id OFFSET 9 LIMIT 1")[0]
    spare.ask("ALTER TABLE event DISABLE TRIGGER event_append_only")
    spare.ask(f"UPDATE event SET actor_id = 999 WHERE id = {event}")
    ill = spare.run("verify")
    spare.ask("ALTER TABLE seal DISABLE TRIGGER seal_append_only")
    spare.ask("DELETE FROM seal")
    cut, cut_doctor = spare.run("verify"), spare.run("doctor")

    assert before.returncode == 1 and "Nothing is sealed yet" in before.stderr
    assert sealed == spare.ask("SELECT count(*) - 1 FROM event")[0][0]
    assert anchored.returncode == exported.returncode == 0, anchored.stderr + exported.stderr
    (anchor,) = (spare.data / "anchors").glob("*.json")
    alone = [sys.executable, "-I", "-S", verify_alone.__file__, str(file), str(anchor)]
    assert f"{sealed} events" in subprocess.check_output(alone, text=True)
    assert well.returncode == 0, well.stderr
    assert f"{sealed} events in 1 seals verified, 1 anchors agree" in well.stdout
    assert doctor.returncode == 0 and f"{sealed} events sealed" in doctor.stdout, doctor.stderr
    assert ill.returncode == 1 and f"Event {event} (position" in ill.stderr
    assert cut.returncode == cut_doctor.returncode == 1
    assert "The end was cut off: positions 1 to" in cut.stderr
    assert "I6 is not kept: The end was cut off" in cut_doctor.stderr
