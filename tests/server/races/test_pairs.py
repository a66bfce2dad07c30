"""C3: every act that changes an owner or a state, and every other in the middle of it.

The rival comes at a lock or a write of the first, or before its commit. Whatever the two were told,
the doctor finds nothing, nobody was told of a deadlock or learned what is the winner's, and the
rows are those of one after the other.
"""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import combinations_with_replacement
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.server.races.apart import APART, RACED, SAME_AS
from tests.server.races.guards import unlock_everything
from tests.server.races.interleaved import Copy, Ran, Stage, watched
from tests.server.races.judged import broken, is_done, story, wrong_answers
from tests.server.races.moves import MOVES, Move, Scene, scene

# Schemas that hold the rows as they were: when nothing had happened, and when two acts can begin.
KEPT, PREPARED = "kept", "prepared"

pytestmark = pytest.mark.django_db(transaction=True)

Story = frozenset[tuple[Any, ...]]


@dataclass
class Ring:
    """Where two acts meet: the scene, its copy, the threads; and what was found."""

    scene: Scene
    copy: Copy
    stage: Stage
    runs: int = 0
    found: list[str] = field(default_factory=list)

    def meet(self, one: Move, other: Move, at_most: int, *, luck: Random | None = None) -> None:
        """Each comes at so many points of the other, or of itself at twice as many."""
        own = self._prepared(one, other)
        try:
            serial = self._serial(own, one, other)
            if one == other:
                self._meet(own, serial, one, one, 2 * at_most, luck)
            else:
                self._meet(own, serial, one, other, at_most, luck)
                self._meet(own, serial.turned(), other, one, at_most, luck)
        finally:
            self.copy.back()

    def _meet(
        self,
        own: Copy,
        serial: "Serial",
        first: Move,
        rival: Move,
        at_most: int,
        luck: Random | None,
    ) -> None:
        several = first.portions or rival.portions  # then another may well come in between
        for point in _spread(serial.points, at_most, luck):
            own.back()
            ran = self.stage.run(self._act(first), self._act(rival), at=point)
            self.runs += ran.met
            wrong = wrong_answers(ran, first, rival) + broken()
            if not several and not wrong and story() not in _possible(serial, ran):
                wrong = ["the rows are those of no order: " + _differs(serial, ran)]
            self.found += [f"{first.name} < {rival.name} at {point}: {one}" for one in wrong]

    def _act(self, move: Move) -> Any:
        return lambda: move.act(self.scene)

    def _prepared(self, *moves: Move) -> Copy:
        needed = {one.name: one.ready for one in moves if one.ready is not None}
        if not needed:
            return self.copy
        for ready in needed.values():
            ready(self.scene)
        return Copy(PREPARED)

    def _serial(self, own: Copy, one: Move, other: Move) -> "Serial":
        own.back()
        found: list[Any] = [story()]
        for order in ((one, other), (other, one)):
            own.back()
            found += [self.stage.run(self._act(order[0])).points, story()]
            self.stage.run(self._act(order[1]))
            found.append(story())
        return Serial(*found)


@dataclass(frozen=True)
class Serial:
    """The rows before, and after each act alone and after both in either order."""

    before: Story
    points: int  # of the first
    first: Story
    first_then_rival: Story
    rival_points: int
    rival: Story
    rival_then_first: Story

    def turned(self) -> "Serial":
        """The same with the other one first."""
        return Serial(
            self.before,
            self.rival_points, self.rival, self.rival_then_first,
            self.points, self.first, self.first_then_rival,
        )  # fmt: skip


def _possible(serial: Serial, ran: Ran) -> set[Story]:
    both = {serial.first_then_rival, serial.rival_then_first}
    if not is_done(ran.rival):
        both.add(serial.first)
    if not is_done(ran.first):
        both.add(serial.rival)
    if not is_done(ran.first) and not is_done(ran.rival):
        both.add(serial.before)
    return both


def _differs(serial: Serial, ran: Ran) -> str:
    now = story()
    nearest = min(_possible(serial, ran), key=lambda one: len(one ^ now))
    return f"{sorted(map(str, now - nearest))} not {sorted(map(str, nearest - now))}"


def _spread(points: int, at_most: int, luck: Random | None) -> list[int]:
    """So many of the points, spread evenly; the last is before the last commit."""
    every = range(1, points + 1)
    if points <= at_most:
        return list(every)
    if luck is not None:
        return sorted(luck.sample(every, at_most))
    return sorted({1 + k * (points - 1) // (at_most - 1) for k in range(at_most)})


@pytest.fixture
def ring() -> Iterator[Ring]:
    """A ring in which nothing has happened."""
    of = scene()
    assert broken() == []
    stage = Stage()
    try:
        with watched():
            yield Ring(of, Copy(KEPT), stage)
    finally:
        stage.close()
        Copy.go_on_from_here()
        Copy.clear_away(KEPT, PREPARED)


PAIRS = list(combinations_with_replacement(sorted(MOVES), 2))
# `bin/drill pairs` races all of them, `bin/test --all` these with each other.
CORE = (
    "accepted", "claimed", "comes_in", "deactivated", "given_back_to_the_pool", "handed_back",
    "leave_covered", "lost", "merged", "rules_changed", "swept", "taken_apart",
    "task_transferred", "transferred",
)  # fmt: skip
WHOLE = sorted(MOVES) if os.environ.get("EVENHAND_DRILL_PAIRS") else sorted(CORE)
EACH_WAY = 10
# The sweep happens eleven days ahead: what it deals seems to come after somebody left today (I4).
NOT_COMPARABLE = {("deactivated", "swept")}


# Each of these once left what no order leaves.
MENDED = [
    ("accepted", "transferred"),
    ("declined", "accepted"),
    ("departed", "leave_covered"),
    ("deactivated", "comes_in"),
    ("taken_over", "lost"),
]


def test_acts_that_meet_leave_what_one_after_the_other_leaves(ring: Ring) -> None:
    luck = Random(20_261_129)
    for one, other in [*MENDED, *luck.sample(PAIRS, 8)]:
        ring.meet(MOVES[one], MOVES[other], 2, luck=luck)

    assert ring.found == []


@pytest.mark.slow
@pytest.mark.parametrize("name", WHOLE)
def test_an_act_against_every_other_leaves_what_one_after_the_other_leaves(
    name: str, ring: Ring
) -> None:
    others = [one for one in WHOLE if one >= name and (name, one) not in NOT_COMPARABLE]
    for other in others:
        ring.meet(MOVES[name], MOVES[other], EACH_WAY)
    print(f"{name}: {len(others)} pairs, {ring.runs} interleavings")

    assert ring.found == []


UNGUARDED = [
    ("transferred", "transferred"),
    ("handed_back", "transferred"),
    ("lost", "transferred"),
    ("accepted", "transferred"),
    ("task_transferred", "task_done"),
    ("task_claimed", "task_claimed"),
]


def test_without_locks_the_same_finds_what_is_wrong(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlock_everything(monkeypatch)

    for one, other in UNGUARDED:
        before = len(ring.found)
        ring.meet(MOVES[one], MOVES[other], 2)
        assert len(ring.found) > before, (one, other)


def operations() -> set[str]:
    """Every public function of every operation, as package.module.function."""
    found = set()
    for path in Path(ROOT, "src/evenhand").glob("*/operations/*.py"):
        package = path.parts[-3]
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found.add(f"{package}.{path.stem}.{node.name}")
    return found


def test_every_operation_is_raced_or_says_why_not() -> None:
    listed = {*RACED, *SAME_AS}
    listed |= {
        f"{package}.{one}"
        for package, why in APART.items()
        for names in why.values()
        for one in names
    }
    known = operations()

    unlisted = {one for one in known if not any(fnmatch(one, name) for name in listed)}
    stale = {name for name in listed if not any(fnmatch(one, name) for one in known)}

    assert (unlisted, stale) == (set(), set())
    assert {*RACED.values(), *SAME_AS.values()} == {*MOVES}
