"""K3: the process dies at every named point; the doctor finds nothing, and the act is done again.

Each act dies at each of its points, one after the other; then it is done to its end, and once more.
"""

import re
from pathlib import Path

import pytest
from django.db import connection

from evenhand.platform.crashpoint import EXIT_CODE, POINTS
from evenhand.platform.invariants import examine
from tests.server.drills.conftest import everything
from tests.server.drills.crashes import DRILLS, Ready
from tests.server.drills.prepared import ROOT, Prepared

pytestmark = pytest.mark.django_db(transaction=True)

# These have drills of their own: the embedded database, and the operator's commands.
ELSEWHERE = {
    "postgres.": "tests/platform/postgres/test_crashes.py",
    "backup.": "tests/server/operate/test_crashes.py",
    "restore.": "tests/server/operate/test_crashes.py",
    "key.": "tests/server/operate/test_crashes.py",
}


def broken() -> list[str]:
    """What the doctor finds."""
    with connection.cursor() as cursor:
        return [f"{one.invariant.id} {one.invariant.message}" for one in examine(cursor)]


@pytest.mark.parametrize("name", sorted(DRILLS))
def test_whoever_dies_breaks_no_promise_and_the_act_is_done_again(
    name: str, prepared: Prepared, data: Path
) -> None:
    drill = DRILLS[name]
    ready = drill.prepare(data)
    assert broken() == []

    before = everything()
    for point in drill.inside:
        _dies(prepared, ready, point)
        assert [old for old, new in zip(before, everything(), strict=True) if old != new] == []
    for point in drill.between:
        _dies(prepared, ready, point)
        assert broken() == [], point
        ready.before_next()

    assert prepared.do(ready.act) == 0, prepared.said.read_text()
    ready.ends()
    assert broken() == []


def _dies(prepared: Prepared, ready: Ready, point: str, *, is_guarded: bool = True) -> None:
    code = prepared.do(ready.act, dies_at=point, is_guarded=is_guarded)
    assert code == EXIT_CODE, (point, prepared.said.read_text())


# Where the doctor, too, sees what a death leaves behind if nothing holds an act together.
DOCTOR_SEES = {
    "claim.booked",
    "claim.part_written",
    "fairness.added",
    "merge.released",
    "tasks.dealt",
}
# What was written by then names rows that are not there yet: the database refuses to keep it.
DATABASE_REFUSES = {"deal.parts_written"}
QUICK = DOCTOR_SEES | {"give.booked", "convert.closed"}
CONTROLS = [
    pytest.param(name, point, marks=() if point in QUICK else pytest.mark.slow)
    for name, drill in sorted(DRILLS.items())
    for point in drill.inside
    if point not in DATABASE_REFUSES
]


@pytest.mark.parametrize(("name", "point"), CONTROLS)
def test_with_transactions_switched_off_the_drill_fails(
    name: str, point: str, prepared: Prepared, data: Path
) -> None:
    ready = DRILLS[name].prepare(data)
    before = everything()

    _dies(prepared, ready, point, is_guarded=False)

    assert [old for old, new in zip(before, everything(), strict=True) if old != new] != []
    assert bool(broken()) == (point in DOCTOR_SEES)


def test_every_crash_point_has_a_drill() -> None:
    source = Path(ROOT, "src")
    written = {
        point
        for file in source.rglob("*.py")
        for point in re.findall(r'crashpoint\("([\w.]+)"\)', file.read_text())
    }
    drilled = {point for one in DRILLS.values() for point in (*one.inside, *one.between)}
    for beginning, file in ELSEWHERE.items():
        assert beginning in Path(ROOT, file).read_text()
        drilled |= {point for point in POINTS if point.startswith(beginning)}

    assert written == POINTS == drilled
    assert len(POINTS) >= 30
