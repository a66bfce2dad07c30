"""Lanes: few at once, few who wait, nobody for long; who is refused has cost nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Barrier, Event, Thread

import pytest

from evenhand.platform.lanes import CROWDED_AFTER, CROWDED_PATIENCE, PATIENCE, Busy, Lane
from tests.processes import until

FOREVER = 60.0


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Guest:
    """Somebody who comes into a lane from a thread of his own, and stays until he is sent."""

    def __init__(self, lane: Lane, name: str, came: list[str], *, is_first: bool = False) -> None:
        self.refused: Busy | None = None
        self._lane, self._name, self._came, self._is_first = lane, name, came, is_first
        self._leaves = Event()
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            with self._lane.place(is_first=self._is_first):
                self._came.append(self._name)
                self._leaves.wait(FOREVER)
        except Busy as busy:
            self.refused = busy

    def leave(self) -> None:
        """Go, or be gone already."""
        self._leaves.set()
        self._thread.join()

    def given_up(self) -> Busy | None:
        """How he was refused, once he was."""
        self._thread.join()
        return self.refused


@contextmanager
def full(lane: Lane, at_once: int) -> Iterator[list[Guest]]:
    """All places are taken."""
    came: list[str] = []
    guests = [Guest(lane, f"served {number}", came) for number in range(at_once)]
    until(lambda: lane.traffic().under_way == at_once)
    try:
        yield guests
    finally:
        for guest in guests:
            guest.leave()


def waits(lane: Lane, count: int) -> None:
    """Until so many wait."""
    until(lambda: lane.traffic().waiting == count)


def test_no_more_are_served_at_once_than_there_are_places() -> None:
    lane = Lane(3, 40, patience=FOREVER)
    most, ready = [0], Barrier(40)

    def come() -> None:
        ready.wait(FOREVER)
        with lane.place():
            most.append(lane.traffic().under_way)

    threads = [Thread(target=come) for _ in range(40)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    seen = lane.traffic()
    assert max(most) <= 3
    assert (seen.served, seen.refused, seen.under_way, seen.waiting) == (40, 0, 0, 0)


def test_who_finds_no_room_to_wait_is_refused_at_once_and_told_when_to_come() -> None:
    lane = Lane(2)
    with full(lane, 2):
        told = []
        for _ in range(6):
            with pytest.raises(Busy) as busy, lane.place():
                pass
            told.append(busy.value.seconds)

    assert sorted(told) == [1, 1, 2, 2, 3, 3]  # not all at the same moment
    assert lane.traffic().refused == 6
    with lane.place():  # control: with a free place nobody is refused
        assert lane.traffic().under_way == 1


def test_nobody_waits_longer_than_his_time() -> None:
    lane = Lane(1, 5, patience=0.01)
    with full(lane, 1):
        late = Guest(lane, "late", [])
        assert late.given_up() is not None
        assert lane.traffic().waiting == 0


def test_who_waits_is_called_in_his_order_and_those_who_write_before_the_others() -> None:
    lane = Lane(1, 4, patience=FOREVER)
    came: list[str] = []
    with full(lane, 1) as (served,):
        guests = []
        for number, (name, is_first) in enumerate(
            [("reads 1", False), ("reads 2", False), ("writes 1", True), ("writes 2", True)]
        ):
            guests.append(Guest(lane, name, came, is_first=is_first))
            waits(lane, number + 1)
        served.leave()
        order = ("writes 1", "writes 2", "reads 1", "reads 2")
        for number, name in enumerate(order):
            until(lambda number=number: len(came) > number)  # type: ignore[misc]
            assert came[number] == name
            next(one for one in guests if one._name == name).leave()

    assert lane.traffic().waited_seconds > 0


def test_where_no_room_is_left_a_write_takes_that_of_the_last_read() -> None:
    lane = Lane(1, 2, patience=FOREVER)
    with full(lane, 1) as (served,):
        early = Guest(lane, "early", [])
        waits(lane, 1)
        last = Guest(lane, "last", [])
        waits(lane, 2)
        write = Guest(lane, "write", [], is_first=True)
        assert last.given_up() is not None
        second = Guest(lane, "second write", [], is_first=True)
        assert early.given_up() is not None
        waits(lane, 2)
        with pytest.raises(Busy), lane.place(is_first=True):  # writes do not push out writes
            pass
        served.leave()
        write.leave()
        second.leave()

    assert write.refused is None and second.refused is None


def test_a_lane_that_has_not_been_empty_for_a_while_lets_nobody_wait_long() -> None:
    clock = Clock()
    lane = Lane(1, 9, patience=FOREVER, clock=clock)
    with full(lane, 1) as (served,):
        patient = Guest(lane, "patient", [])
        waits(lane, 1)
        clock.now = CROWDED_AFTER  # control: until then he may wait as long as ever
        also = Guest(lane, "also patient", [])
        waits(lane, 2)
        clock.now += 1
        assert Guest(lane, "late", []).given_up() is not None
        assert lane.traffic().waiting == 2
        served.leave()
        patient.leave()
        also.leave()
    assert CROWDED_PATIENCE < PATIENCE


def test_while_those_who_go_before_have_work_there_are_half_as_many_places() -> None:
    before = Lane(5)
    lane = Lane(4, yields_to=before)
    with full(before, 1), full(lane, 2), pytest.raises(Busy), lane.place():
        pass
    with full(lane, 4):  # control
        assert lane.traffic().under_way == 4


def test_a_place_is_given_back_after_a_failure() -> None:
    lane = Lane(1)
    with pytest.raises(ValueError, match="of the view"), lane.place():
        raise ValueError("of the view")
    with lane.place():
        assert not lane.is_idle
    assert lane.is_idle
