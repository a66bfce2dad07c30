"""Verifying the whole chain in the database, or from where an interrupted run stopped."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from evenhand.journal.seals.reading import seal_before, walk
from evenhand.journal.seals.verify_alone import Anchor, Chain, Finding

# How many events are verified between two notes of how far it came.
_NOTED = 50_000


@dataclass(slots=True)
class Verified:
    """What verifying found, and how much it looked at."""

    seals: int = 0
    position: int = 0
    resumed_at: int = 0  # the position behind which this run began
    findings: list[Finding] = field(default_factory=list)


def verify(
    anchors: Iterable[Anchor],
    *,
    notes: Path,
    is_resumed: bool = False,
    tell: Callable[[int], None] = lambda position: None,
) -> Verified:
    """Verify every seal and event, and compare with anchors.

    How far it came is written into `notes`, so that an interrupted run can go on there. `tell`
    hears the position now and then.
    """
    chain = Chain(anchors)
    if is_resumed:
        _go_on(chain, notes)
    resumed_at = noted = chain.position
    for seal, events in walk(chain.number):
        chain.check(seal, events)
        if chain.position - noted >= _NOTED:
            noted = chain.position
            _note(chain, notes)
            tell(noted)
    found = Verified(chain.number, chain.position, resumed_at, chain.end())
    notes.unlink(missing_ok=True)
    tell(chain.position)
    return found


def verify_last(anchors: Iterable[Anchor]) -> list[Finding]:
    """Verify the newest seal alone, and that the anchors given lie on the chain as it stands."""
    last = seal_before(2**62)
    if last is None:
        return Chain(anchors).end()
    chain = Chain(one for one in anchors if one.seal >= last.number)
    before = seal_before(last.number)
    if before is not None:
        chain.go_on_from(before.number, before.last, before.head)
    for seal, events in walk(last.number - 1):
        chain.check(seal, events)
    older = (one for one in anchors if one.seal < last.number)
    return [*(one for anchor in older for one in _compared(anchor)), *chain.end()]


def positions() -> int:
    """How many events are sealed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT first + cardinality(events) - 1 FROM seal ORDER BY number DESC LIMIT 1"
        )
        row = cursor.fetchone()
    return 0 if row is None else int(row[0])


def _compared(anchor: Anchor) -> list[Finding]:
    seal = seal_before(anchor.seal + 1)
    if seal is not None and (seal.number, seal.last, seal.head.hex()) == (
        *(anchor.seal, anchor.position),
        anchor.head,
    ):
        return []
    return [Finding("anchor", anchor.position, anchor.event, name=anchor.name)]


def _note(chain: Chain, notes: Path) -> None:
    notes.parent.mkdir(parents=True, exist_ok=True)
    said = {
        "seal": chain.number,
        "position": chain.position,
        "head": chain.head.hex(),
        "findings": [list(one) for one in chain.findings],
    }
    part = notes.with_suffix(".part")
    part.write_text(json.dumps(said), encoding="utf-8")
    part.replace(notes)


def _go_on(chain: Chain, notes: Path) -> None:
    """Begin where the notes say, if the chain there is still what it was."""
    try:
        said = json.loads(notes.read_text(encoding="utf-8"))
        number, position, head = int(said["seal"]), int(said["position"]), str(said["head"])
        findings = [Finding(*one) for one in said["findings"]]
    except (OSError, ValueError, KeyError, TypeError):
        return
    seal = seal_before(number + 1)
    if seal is None or (seal.number, seal.last, seal.head.hex()) != (number, position, head):
        return
    chain.go_on_from(number, position, bytes.fromhex(head), findings)
