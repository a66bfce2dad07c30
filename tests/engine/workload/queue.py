"""One rep as a small queue: items arrive, need some handling, and rest between with the customer.

Its own arithmetic, knowing nothing of the engine: what the engine derives is held against it.
"""

import heapq
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """What was observed after the warm-up: part of the time busy, items open, weeks each."""

    busy: float
    open_items: float
    weeks_open: float
    finished: int


def run_queue(
    *,
    arrivals_per_week: float,
    week_minutes: int,
    touches: int,
    minutes_per_touch: float,
    weeks_between: float,
    weeks: int,
    most_open: int | None = None,
    seed: int = 7,
) -> Seen:
    """Poisson arrivals, exponential touches at one desk, exponential rests with the customer.

    With `most_open`, an item that arrives when so many are open is turned away.
    """
    draws = random.Random(seed)
    warm_up = weeks / 10
    events: list[tuple[float, int, int]] = [(draws.expovariate(arrivals_per_week), -1, 0)]
    waiting: list[tuple[int, int]] = []
    began: dict[int, float] = {}
    is_free, number = True, 0
    clock = busy = open_time = time_in = 0.0
    finished = 0
    ends: list[tuple[float, int, int]] = []
    while True:
        at, item, done = min(events[0], ends[0] if ends else events[0])
        if at > weeks:
            break
        if at > warm_up:
            span = at - max(clock, warm_up)
            open_time += span * len(began)
            busy += 0 if is_free else span
        clock = at
        if ends and (at, item, done) == ends[0]:
            heapq.heappop(ends)
            is_free = True
            if done + 1 == touches:
                start = began.pop(item)
                if start > warm_up:
                    finished, time_in = finished + 1, time_in + at - start
            else:
                rest = draws.expovariate(1 / weeks_between)
                heapq.heappush(events, (at + rest, item, done + 1))
        else:
            heapq.heappop(events)
            if item < 0:
                heapq.heappush(events, (at + draws.expovariate(arrivals_per_week), -1, 0))
                if most_open is None or len(began) < most_open:
                    began[number] = at
                    waiting.append((number, 0))
                    number += 1
            else:
                waiting.append((item, done))
        if is_free and waiting:
            item, done = waiting.pop(0)
            is_free = False
            took = draws.expovariate(1 / minutes_per_touch) / week_minutes
            heapq.heappush(ends, (at + took, item, done))
    observed = weeks - warm_up
    return Seen(busy / observed, open_time / observed, time_in / finished, finished)
