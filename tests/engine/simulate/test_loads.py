"""Loads carried from moment to moment say what loads counted anew say."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.engine.calendar.worktime import zone_named
from evenhand.engine.facts import Load, Rep
from evenhand.engine.routing.capacity import Limits, Loads
from evenhand.engine.routing.section import WindowCap
from evenhand.engine.simulate.loads import MovingLoads

ZONE = zone_named("Asia/Shanghai")
START = datetime(2026, 6, 1, tzinfo=UTC)
CAPS = (
    WindowCap(cap="day", per="day", items=3),
    WindowCap(cap="rolling", per="hour", kind="rolling", points=4),
    WindowCap(cap="week", per="week", items=9),
)
REPS = tuple(Rep(f"r{number}") for number in range(3))
LIMITS = (
    Limits(open_items=5, windows=CAPS),
    Limits(open_points=9_000_000, windows=CAPS[:1]),
    Limits(windows=CAPS[1:]),
)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 200_000),
        st.integers(0, 2),
        st.sampled_from((1_000_000, 2_000_000)),
        st.booleans(),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(STEPS)
def test_what_is_carried_on_equals_what_is_counted_anew(
    steps: list[tuple[int, int, int, bool]],
) -> None:
    moving = MovingLoads(REPS, LIMITS, CAPS, now=START, zone=ZONE)
    carried = [(0, 0)] * len(REPS)
    received: list[list[tuple[datetime, int]]] = [[] for _ in REPS]
    at = START
    for seconds, who, points, is_given_back in steps:
        at += timedelta(seconds=seconds)
        moving.pass_to(at)
        loads = {rep.id: Load(*carried[k], tuple(received[k])) for k, rep in enumerate(REPS)}
        anew = Loads(REPS, LIMITS, loads, now=at, zone=ZONE)
        for amount in (1_000_000, 2_000_000):
            assert moving.full(amount) == anew.full(amount)
            for position in range(len(REPS)):
                assert moving.why_full(position, amount) == anew.why_full(position, amount)
        count, carrying = carried[who]
        if is_given_back and count and carrying >= points:
            moving.give_back(who, points)
            carried[who] = (count - 1, carrying - points)
        elif not is_given_back:
            moving.take(who, points)
            carried[who] = (count + 1, carrying + points)
            received[who].append((at, points))
