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
from itertools import combinations_with_replacement, count
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.server.races.apart import APART, RACED, SAME_AS
from tests.server.races.guards import unlock_everything
from tests.server.races.interleaved import Copy, Ran, Stage, watched
from tests.server.races.judged import Story, broken, is_done, outline, story, wrong_answers
from tests.server.races.moves import MOVES, Move, Scene, done_by, let_pass, numbered, scene

# Schemas that hold the rows as they were: when nothing had happened, and when two acts can begin.
KEPT, PREPARED = "kept", "prepared"

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Ring:
    """Where two acts meet: the scene, its copy, the threads; and what was found."""

    scene: Scene
    copy: Copy
    stage: Stage
    runs: int = 0
    outlined: int = 0  # of them: who got what the rules dealt differs from every order
    found: list[str] = field(default_factory=list)
    # The rows where the second came between two transactions of the first, once asked for.
    between: dict[tuple[str, int, str], set[Story]] = field(default_factory=dict)

    def meet(self, one: Move, other: Move, at_most: int, *, luck: Random | None = None) -> None:
        """Each comes at so many points of the other, or of itself at twice as many."""
        own = self._prepared(one, other)
        self.between.clear()
        try:
            first, second = Side(one, 0), Side(other, 1)
            serial = self._serial(own, first, second)
            if one == other:
                self._meet(own, serial, first, second, 2 * at_most, luck)
            else:
                self._meet(own, serial, first, second, at_most, luck)
                self._meet(own, serial.turned(), second, first, at_most, luck)
        finally:
            self.copy.back()

    def _meet(
        self,
        own: Copy,
        serial: "Serial",
        first: "Side",
        rival: "Side",
        at_most: int,
        luck: Random | None,
    ) -> None:
        for point in _spread(serial.points, at_most, luck):
            own.back()
            ran = self.stage.run(self._act(first), self._act(rival), at=point)
            self.runs += ran.met
            wrong = wrong_answers(ran, first.move, rival.move) + broken()
            if not wrong:
                self._again(first, rival)
                now = story()
                if now not in (possible := _possible(serial, ran)):
                    wrong = self._compared(own, now, possible, first, rival)
            name = f"{first.move.name} < {rival.move.name} at {point}"
            self.found += [f"{name}: {one}" for one in wrong]

    def _compared(
        self, own: Copy, now: Story, possible: set[Story], first: "Side", rival: "Side"
    ) -> list[str]:
        """What is wrong with rows that are not those of one after the other.

        One of several transactions may have the other between them, where it holds nothing: the
        rows are those of such a run, but for whom the rules dealt what (`judged.outline`).
        """
        if first.move.portions or rival.move.portions:
            possible = possible | self._between(own, first, rival)
            if now not in possible:
                possible |= self._between(own, rival, first)
            if now in possible:
                return []
            now, possible = outline(now), {outline(one) for one in possible}
            if now in possible:
                self.outlined += 1
                return []
        return [f"the rows are those of no order: {_differs(now, possible)}"]

    def _between(self, own: Copy, first: "Side", rival: "Side") -> set[Story]:
        """The rows where the whole rival came between two transactions of the first.

        They are the same at every point, so that they are looked for once a pair.
        """
        key = (first.move.name, first.number, rival.move.name)
        if key not in self.between:
            self.between[key] = self._looked_between(own, first, rival)
        return self.between[key]

    def _looked_between(self, own: Copy, first: "Side", rival: "Side") -> set[Story]:
        found: set[Story] = set()
        if not first.move.portions:
            return found
        for after in count(1):
            own.back()
            ran = self.stage.run(self._act(first), self._act(rival), after=after)
            if not ran.met:
                return found
            self._again(first, rival)
            found.add(story())
        return found

    def _act(self, side: "Side") -> Any:
        return lambda: done_by(side.number, side.move, self.scene)

    def _again(self, *sides: "Side") -> None:
        """What comes again by itself within a minute has come."""
        for one in sides:
            if one.move.again is not None:
                self.stage.alone(one.move.again)
                return

    def _prepared(self, *moves: Move) -> Copy:
        in_turn = sorted(moves, key=lambda one: not one.ready_first)
        needed = {one.name: one.ready for one in in_turn if one.ready is not None}
        passed = max(one.passed for one in moves)
        if not needed and not passed:
            return self.copy
        if passed:
            let_pass(passed)
        for ready in needed.values():
            ready(self.scene)
        return Copy(PREPARED)

    def _serial(self, own: Copy, one: "Side", other: "Side") -> "Serial":
        own.back()
        found: list[Any] = [story()]
        for order in ((one, other), (other, one)):
            own.back()
            found.append(self.stage.run(self._act(order[0])).points)
            self._again(one, other)
            found.append(story())
            own.back()
            for side in order:
                self.stage.alone(self._act(side))
            self._again(one, other)
            found.append(story())
        return Serial(*found)


@dataclass(frozen=True)
class Side:
    """One of the two who meet."""

    move: Move
    number: int


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


def _differs(now: Story, possible: set[Story]) -> str:
    nearest = min(possible, key=lambda one: len(one ^ now))
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
        with watched(), numbered():
            yield Ring(of, Copy(KEPT), stage)
    finally:
        stage.close()
        Copy.go_on_from_here()
        Copy.clear_away(KEPT, PREPARED)


PAIRS = list(combinations_with_replacement(sorted(MOVES), 2))
# `bin/drill pairs` races all of them, or the acts that it is given with all others;
# `bin/test --all` these with each other.
CORE = (
    "accepted", "claimed", "comes_in", "deactivated", "given_back_to_the_pool", "handed_back",
    "leave_covered", "lost", "merged", "rules_changed", "swept", "taken_apart",
    "task_transferred", "transferred",
)  # fmt: skip
_ASKED = os.environ.get("EVENHAND_DRILL_PAIRS", "")
_NAMED = {} if _ASKED in ("", "1") else dict.fromkeys(_ASKED.split(","))
WHOLE = sorted(MOVES) if _ASKED else sorted(CORE)
EACH_WAY = 10


def _others(name: str) -> list[str]:
    """With whom an act is raced under its name: every pair once."""
    if not _NAMED:
        return [one for one in WHOLE if one >= name]
    earlier = [*_NAMED][: [*_NAMED].index(name)]
    return [one for one in WHOLE if one not in earlier]


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
@pytest.mark.parametrize("name", _NAMED or WHOLE)
def test_an_act_against_every_other_leaves_what_one_after_the_other_leaves(
    name: str, ring: Ring
) -> None:
    for other in (others := _others(name)):
        runs, found = ring.runs, len(ring.found)
        ring.meet(MOVES[name], MOVES[other], EACH_WAY)
        print(f"{name}, {other}: {ring.runs - runs}", *ring.found[found:], sep="\n  ", flush=True)
    print(f"{name}: {len(others)} pairs, {ring.runs} interleavings, {ring.outlined} in outline")

    assert ring.found == []


UNGUARDED = [
    ("transferred", "transferred"),
    ("handed_back", "transferred"),
    ("lost", "transferred"),
    ("accepted", "transferred"),
    ("task_transferred", "task_done"),
    ("task_claimed", "task_claimed"),
]


# Acts of several transactions, of which rows are compared that no constraint looks after.
UNGUARDED_PORTIONS = [("leave_covered", "lost")]


def _found_without_locks(
    ring: Ring, monkeypatch: pytest.MonkeyPatch, pairs: list[tuple[str, str]], at_most: int
) -> dict[tuple[str, str], list[str]]:
    """What each pair leaves broken where nothing is locked."""
    unlock_everything(monkeypatch)
    found = {}
    for one, other in pairs:
        before = len(ring.found)
        ring.meet(MOVES[one], MOVES[other], at_most)
        found[one, other] = ring.found[before:]
    return found


def test_without_locks_the_same_finds_what_is_wrong(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _found_without_locks(ring, monkeypatch, UNGUARDED, 2)

    assert [pair for pair, wrong in found.items() if not wrong] == []


def test_without_locks_rows_of_no_order_are_found_of_several_transactions_too(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong in _found_without_locks(ring, monkeypatch, UNGUARDED_PORTIONS, 3).values():
        assert any("the rows are those of no order" in one for one in wrong)


@pytest.mark.slow
def test_what_any_two_acts_need_can_be_there_for_both(ring: Ring) -> None:
    """Two who needed the same sheet of a departure could not be raced at all."""
    for one, other in PAIRS:
        if MOVES[one].ready is not None and MOVES[other].ready is not None:
            ring._prepared(MOVES[one], MOVES[other])
            assert broken() == [], (one, other)
            ring.copy.back()


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
