"""The product's own ledger on the benchmark scenarios, as the router uses it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bench.scenarios import GRADE_POINTS, Scenario
from evenhand.engine.ledger.book import Book, Contest
from evenhand.engine.ledger.draw import MILLION, draw_for, draw_number, happens
from evenhand.engine.ledger.split import split

Ints = NDArray[np.int64]
SEED = "bench"


def deal(scenario: Scenario, *, tau: int, exploration: int = 0) -> tuple[Ints, Book]:
    """Deal a scenario through `Book`, all grade books on; the rep of each lead, and the book.

    `tau` in micro-points, `exploration` in millionths.
    """
    names = [f"rep-{rep:04}" for rep in range(scenario.rep_count)]
    book = Book([str(points) for points in GRADE_POINTS], names)
    dealt = np.full(scenario.lead_count, -1, np.int64)
    shared: dict[tuple[bytes, int], tuple[Ints, NDArray[np.intp] | None]] = {}
    for first, open_to in _chunks(scenario):
        for offset, allowed in enumerate(open_to):
            lead = first + offset
            points = int(scenario.points[lead])
            key = (allowed.tobytes(), points)
            if key not in shared:
                ids = np.flatnonzero(allowed)
                if ids.size == 0:
                    continue
                shares = split(points, scenario.weights[ids].tolist())
                everybody = ids.size == scenario.rep_count
                shared[key] = np.array(shares, np.int64), None if everybody else ids
            shares, positions = shared[key]
            fit = scenario.fit[lead].astype(np.int64)
            bonus = tau * (fit if positions is None else fit[positions]) // MILLION
            contest = Contest(int(scenario.grades[lead]), points, shares, positions, bonus)
            draw = _draw(lead)
            pick = None
            if exploration and happens(draw(), "explore", exploration):
                pick = draw_number(draw(), "explore:whom")
            dealt[lead] = book.take(contest, slack=tau, draw=draw, explore=pick)
    return dealt, book


def _chunks(scenario: Scenario, size: int = 4_096):  # type: ignore[no-untyped-def]
    for first in range(0, scenario.lead_count, size):
        end = min(first + size, scenario.lead_count)
        yield first, scenario.eligible(first, end)


def _draw(lead: int) -> Callable[[], bytes]:
    return lambda: draw_for(seed=SEED, item_id=str(lead), round_=0, policy_version="bench")
