"""How much anybody carries: open items, open points, and windows that stack."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.facts import Load, Rep
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.capacity import Limits, Loads, limits_of, window_start
from evenhand.engine.routing.section import CapacitySection, WindowCap
from tests.engine.routing.world import (
    NOW,
    SHANGHAI,
    deal,
    document,
    fair,
    lead,
    leads,
    points,
    replayed,
    reps,
    start,
    team,
)

BEIJING = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def loads(
    *,
    limits: Limits | None = None,
    load: Load | None = None,
    now: datetime = NOW,
    zone: Any = BEIJING,
) -> Loads:
    """What one person carries."""
    return Loads(reps("li"), [limits or Limits()], {"li": load} if load else {}, now=now, zone=zone)


def cap(per: str, kind: str = "fixed", *, name: str = "cap", **limits: Any) -> WindowCap:
    return WindowCap.model_validate({"cap": name, "per": per, "kind": kind, **limits})


def received(*moments: datetime, points_each: int = 1) -> Load:
    return Load(received=tuple((moment, points(points_each)) for moment in moments))


# -- open items and points -------------------------------------------------------------------------


def test_without_limits_nobody_is_ever_full() -> None:
    unlimited = loads(load=Load(open_count=10**6, open_points=10**15))

    assert unlimited.why_full(0, points(8)) is None
    assert not unlimited.has_limits
    assert unlimited.room_millionths(0) == 1_000_000
    assert unlimited.full(points(8)) == frozenset()


@pytest.mark.parametrize(("open_count", "is_full"), [(0, False), (2, False), (3, True), (7, True)])
def test_open_items_are_capped(open_count: int, is_full: bool) -> None:
    one = loads(limits=Limits(open_items=3), load=Load(open_count=open_count))

    expected = reason("capacity.open_items", open=open_count, limit=3) if is_full else None
    assert one.why_full(0, points(1)) == expected


@pytest.mark.parametrize(("item_points", "is_full"), [(0, False), (2, False), (3, True)])
def test_open_points_leave_room_for_the_item_itself(item_points: int, is_full: bool) -> None:
    one = loads(limits=Limits(open_points=points(10)), load=Load(open_points=points(8)))

    expected = reason(
        "capacity.open_points", open=points(8), points=points(item_points), limit=points(10)
    )
    assert one.why_full(0, points(item_points)) == (expected if is_full else None)


def test_own_capacity_replaces_the_level_s_and_the_level_s_the_general_one() -> None:
    section = CapacitySection.model_validate(
        {
            "open_items": 30,
            "open_points": 100,
            "by_level": [{"level": "new", "open_items": 10}],
        }
    )
    windows = (cap("day", items=5),)

    assert limits_of(Rep("li"), section, windows) == Limits(30, points(100), windows)
    # A level's entry replaces the whole general one: no points here means no limit on points.
    assert limits_of(Rep("li", level="new"), section, ()) == Limits(10, None, ())
    assert limits_of(Rep("li", level="new", capacity=3), section, ()) == Limits(3, None, ())
    assert limits_of(Rep("li", capacity=0), section, ()).open_items == 0


@pytest.mark.parametrize(
    ("open_count", "limit", "room"),
    [(0, 4, 1_000_000), (1, 4, 750_000), (4, 4, 0), (9, 4, 0), (0, 0, 0), (1, 3, 666_666)],
)
def test_room_is_the_free_part_of_the_open_items(open_count: int, limit: int, room: int) -> None:
    one = loads(limits=Limits(open_items=limit), load=Load(open_count=open_count))

    assert one.room_millionths(0) == room


def test_dealing_fills_and_handing_back_frees() -> None:
    one = loads(limits=Limits(open_items=2))
    assert one.full(points(1)) == frozenset()

    one.take(0, points(5))
    one.take(0, points(3))
    filled = one.full(points(1))
    one.give_back(0, points(5))

    assert filled == {0}
    assert one.full(points(1)) == frozenset()
    assert one.as_loads(["li"]) == {"li": Load(open_count=1, open_points=points(3))}


def test_handing_back_more_than_there_is_leaves_nothing_not_less() -> None:
    one = loads(limits=Limits(open_items=2))

    one.give_back(0, points(5))

    assert one.as_loads(["li"]) == {"li": Load()}


# -- windows ---------------------------------------------------------------------------------------


def test_a_window_without_a_limit_is_refused() -> None:
    with pytest.raises(ValidationError, match="limits nothing: give items, points or both"):
        cap("day")


@pytest.mark.parametrize(
    ("per", "first"),
    [
        ("hour", "2026-03-04 10:00"),
        ("day", "2026-03-04 00:00"),
        ("week", "2026-03-02 00:00"),
        ("month", "2026-03-01 00:00"),
    ],
)
def test_a_fixed_window_begins_by_the_company_s_clock(per: str, first: str) -> None:
    now = NOW.replace(minute=35, second=7, microsecond=9)
    begins = datetime.fromisoformat(first).replace(tzinfo=SHANGHAI)

    assert window_start(cap(per, items=1), now, BEIJING) == begins
    # The same moment told elsewhere changes nothing.
    assert window_start(cap(per, items=1), now.astimezone(BERLIN), BEIJING) == begins


@pytest.mark.parametrize(
    ("per", "length"),
    [
        ("hour", timedelta(hours=1)),
        ("day", timedelta(days=1)),
        ("week", timedelta(days=7)),
        ("month", timedelta(days=30)),
    ],
)
@pytest.mark.parametrize(
    ("age", "counts"),
    [(timedelta(0), True), (timedelta(microseconds=1), True), (timedelta(microseconds=-1), False)],
)
def test_a_rolling_window_leaves_out_what_is_exactly_as_old_as_itself(
    per: str, length: timedelta, age: timedelta, counts: bool
) -> None:
    limits = Limits(windows=(cap(per, "rolling", items=1),))
    # `age` zero: received just now; otherwise a microsecond younger than the window, or older.
    moment = NOW if not age else NOW - length + age
    at_the_edge = loads(limits=limits, load=received(NOW - length))

    one = loads(limits=limits, load=received(moment))

    assert (one.why_full(0, points(1)) is not None) == counts
    assert at_the_edge.why_full(0, points(1)) is None


@pytest.mark.parametrize(
    ("per", "last_counted", "first_free"),
    [
        ("hour", "2026-03-04 10:59:59", "2026-03-04 11:00:00"),
        ("day", "2026-03-04 23:59:59", "2026-03-05 00:00:00"),
        ("week", "2026-03-08 23:59:59", "2026-03-09 00:00:00"),
        ("month", "2026-03-31 23:59:59", "2026-04-01 00:00:00"),
    ],
)
def test_a_fixed_window_is_free_again_for_all_at_its_boundary(
    per: str, last_counted: str, first_free: str
) -> None:
    one = loads(limits=Limits(windows=(cap(per, items=1),)), load=received(NOW))

    def is_full(moment: str) -> bool:
        one.move_to(datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI))
        return one.why_full(0, points(1)) is not None

    assert is_full(last_counted)
    assert not is_full(first_free)


def test_the_hour_and_the_day_are_counted_right_when_the_clock_is_set_back() -> None:
    """25 October 2026 in Berlin: 2:30 comes twice; the second one is an hour later."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    second = first.replace(fold=1)
    hourly = Limits(windows=(cap("hour", items=1),))
    rolling_day = Limits(windows=(cap("day", "rolling", items=1),))

    an_hour_later = loads(limits=hourly, load=received(first), now=second, zone=BERLIN)
    a_day_before = loads(
        limits=rolling_day,
        load=received(datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN)),
        now=datetime(2026, 10, 25, 11, 30, tzinfo=BERLIN),
        zone=BERLIN,
    )

    assert an_hour_later.why_full(0, points(1)) is None
    # 23 and a half hours by the wall clock are 24 and a half in truth.
    assert a_day_before.why_full(0, points(1)) is None


def test_a_day_that_begins_twice_begins_with_its_first_midnight() -> None:
    """In Havana the clock goes from 1:00 back to 0:00."""
    havana = ZoneInfo("America/Havana")
    now = datetime(2026, 11, 1, 0, 30, fold=1, tzinfo=havana)

    begins = window_start(cap("day", items=1), now, havana)

    assert begins == datetime(2026, 11, 1, 0, 0, fold=0, tzinfo=havana).astimezone(BEIJING)


def test_windows_stack_and_the_first_one_broken_is_named_with_its_values() -> None:
    limits = Limits(
        windows=(
            cap("day", name="daily", items=2),
            cap("week", "rolling", name="weekly", points=10),
        )
    )
    busy_week = loads(limits=limits, load=received(NOW - timedelta(days=2), points_each=8))
    busy_day = loads(limits=limits, load=received(NOW, NOW))

    assert busy_week.why_full(0, points(2)) is None
    assert busy_week.why_full(0, points(3)) == reason(
        "capacity.window_points",
        cap="weekly",
        per="week",
        kind="rolling",
        received=points(8),
        points=points(3),
        limit=points(10),
    )
    assert busy_day.why_full(0, points(8)) == reason(
        "capacity.window_items", cap="daily", per="day", kind="fixed", received=2, limit=2
    )


def test_two_caps_of_one_name_are_counted_apart() -> None:
    limits = Limits(windows=(cap("day", items=3), cap("month", items=9)))
    one = loads(limits=limits)

    for _ in range(2):
        one.take(0, points(1))

    assert one.why_full(0, points(1)) is None


def test_what_lies_ahead_of_the_moment_does_not_count() -> None:
    tomorrow = received(NOW + timedelta(days=1))

    one = loads(limits=Limits(windows=(cap("month", items=1),)), load=tomorrow)

    assert one.why_full(0, points(1)) is None


def test_handing_back_does_not_empty_a_window() -> None:
    one = loads(limits=Limits(windows=(cap("day", items=1),)))

    one.take(0, points(1))
    one.give_back(0, points(1))

    assert one.full(points(1)) == {0}


@given(
    st.lists(st.integers(-60, 0), max_size=20),
    st.sampled_from(("hour", "day", "week", "month")),
    st.sampled_from(("fixed", "rolling")),
    st.integers(0, 12),
)
def test_dealing_now_and_counting_later_agree(
    days: list[int], per: str, kind: str, taken: int
) -> None:
    """What `take` keeps up to date is what is counted from the stored history."""
    limits = Limits(windows=(cap(per, kind, items=5), cap(per, kind, name="points", points=9)))
    going = loads(limits=limits, load=received(*(NOW + timedelta(days=day) for day in days)))

    for _ in range(taken):
        going.take(0, points(2))
    recounted = loads(limits=limits, load=going.as_loads(["li"])["li"])

    for amount in (0, 1, 2):
        assert going.why_full(0, points(amount)) == recounted.why_full(0, points(amount))


# -- in a run --------------------------------------------------------------------------------------


def full_reasons(run: Any) -> list[dict[str, Reason]]:
    return [dict(decision.full) for decision in run.decisions]


def test_whoever_is_full_is_left_out_and_the_limit_is_said() -> None:
    rules = document(fair(), capacity={"open_items": 2})
    run = deal(rules, team(Rep("li"), Rep("wu", capacity=4)), leads(7))

    assert run.received == {"li": 2, "wu": 4}
    assert full_reasons(run)[4]["li"] == reason("capacity.open_items", open=2, limit=2)
    last = run.decisions[-1]
    assert last.tried[0].why == reason("rule.everybody_full", full=2)
    assert dict(last.full) == {
        "li": reason("capacity.open_items", open=2, limit=2),
        "wu": reason("capacity.open_items", open=4, limit=4),
    }


def test_a_level_may_carry_less() -> None:
    rules = document(
        fair(),
        levels=[{"level": "new"}],
        capacity={"open_items": 4, "by_level": [{"level": "new", "open_items": 1}]},
    )

    run = deal(rules, team(Rep("li", level="new"), Rep("wu")), leads(9))

    assert run.received == {"li": 1, "wu": 4}


def test_open_points_stop_large_items_before_small_ones() -> None:
    run = start(document(fair(), capacity={"open_points": 6}), team(reps("li")))

    outcomes = [one.outcome.value for one in run.deal(leads(4, "BACC"))]

    assert outcomes == ["assigned", "waiting", "assigned", "waiting"]


def test_a_cap_holds_only_for_whom_it_is_meant() -> None:
    rules = document(
        fair(),
        levels=[{"level": "new"}],
        capacity={"windows": [{"cap": "new", "per": "day", "items": 1, "who": "rep.level = new"}]},
    )

    run = deal(rules, team(Rep("li", level="new"), Rep("wu")), leads(6))

    assert run.received == {"li": 1, "wu": 5}


def test_what_was_received_before_the_run_counts() -> None:
    rules = document(fair(), capacity={"windows": [{"cap": "daily", "per": "day", "items": 3}]})
    this_morning = received(NOW - timedelta(hours=3), NOW - timedelta(hours=2))
    yesterday = received(NOW - timedelta(hours=11))

    run = deal(rules, team(reps("li", "wu")), leads(9), loads={"li": this_morning, "wu": yesterday})

    assert run.received == {"li": 1, "wu": 3}


@pytest.mark.parametrize("now", [NOW, NOW.astimezone(BERLIN), NOW.astimezone(ZoneInfo("UTC"))])
def test_windows_replay_whatever_the_zone_in_which_the_moment_was_given(now: datetime) -> None:
    rules = document(fair(), capacity={"windows": [{"cap": "d", "per": "day", "items": 60}]})

    run = deal(rules, team(reps("li", "wu", "xu", "yu", "zu")), leads(300, "ABC"), now=now)

    assert any('"t":"checkpoint"' in line for line in run.lines)
    assert replayed(run.lines).is_identical


def test_a_zone_with_summer_time_replays_too() -> None:
    rules = document(
        fair(), capacity={"windows": [{"cap": "d", "per": "day", "kind": "rolling", "items": 1}]}
    )
    now = datetime(2026, 10, 25, 11, 30, tzinfo=BERLIN)
    before = {"li": received(datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN))}
    people = team(reps("li"), calendars={"": Calendar(zone="Europe/Berlin")})

    run = deal(rules, people, lead(), now=now, loads=before)

    assert run.received == {"li": 1}
    assert replayed(run.lines).is_identical
