"""Teams, loads and readings as JSON and back: exact, defaults left out, private reasons too."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.calendar.hours import WeekHours, parse_hours
from evenhand.engine.calendar.worktime import Calendar, Day, DayKind
from evenhand.engine.facts import Adjustment, Behaviour, ItemKind, Leave, Load, Rep, Value
from evenhand.engine.routing.reading import Reading, value_from_json, value_to_json
from evenhand.engine.routing.stored import (
    loads_from_json,
    loads_to_json,
    team_from_json,
    team_to_json,
)
from evenhand.engine.routing.team import CannotFormTeam, Team, rep_fields


def stored(value: Any) -> Any:
    """Through text and back, as a file would take it."""
    return json.loads(json.dumps(value, ensure_ascii=False))


zones = st.sampled_from(
    (UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30)))
)
instants = st.datetimes(
    min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1), timezones=zones
)
dates = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1))
texts = st.text(max_size=12)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=4)
values: st.SearchStrategy[Value] = (
    st.none()
    | texts
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | numbers
    | instants
    | dates
    | st.times()
    | st.lists(texts, max_size=4).map(tuple)
)
ids = st.text(min_size=1, max_size=8)
field_maps = st.dictionaries(ids, values, max_size=4)
leaves = st.lists(st.builds(Leave, instants, instants), max_size=3).map(tuple)
adjustments = st.lists(
    st.builds(Adjustment, st.integers(0, 500), dates, dates, texts), max_size=3
).map(tuple)
people = st.builds(
    Rep,
    id=ids,
    name=texts,
    team=texts,
    level=texts,
    weight=st.integers(0, 1_000),
    fields=field_maps,
    is_active=st.booleans(),
    is_accepting=st.booleans(),
    joined_on=st.none() | dates,
    leaves=leaves,
    calendar=texts,
    mentor_id=st.none() | ids,
    capacity=st.none() | st.integers(0, 500),
    performance=st.integers(0, 300),
    reward=st.integers(0, 300),
    weights=st.dictionaries(ids, st.integers(0, 500), max_size=3),
    adjustments=adjustments,
)

HOURS = tuple(
    parse_hours(text)
    for text in ("09:00-18:00", "08:30-12:00 13:00-17:30", "22:00-06:00", "00:00-24:00")
)
days = st.one_of(
    st.builds(Day, st.just(DayKind.HOLIDAY), texts),
    st.builds(Day, st.just(DayKind.WORKDAY), texts, stands_for=st.none() | st.integers(1, 7)),
    st.builds(Day, st.just(DayKind.HOURS), texts, st.sampled_from(HOURS)),
)
years = st.frozensets(st.integers(2020, 2030), max_size=3)
calendars = st.builds(
    Calendar,
    zone=st.sampled_from(("UTC", "Asia/Shanghai", "America/Havana")),
    hours=st.none()
    | st.lists(st.sampled_from(((), *HOURS[:2])), min_size=7, max_size=7).map(
        lambda week: WeekHours(tuple(week))
    ),
    days=st.dictionaries(dates, days, max_size=4),
    provisional_years=years,
    covered_years=st.none() | years,
)


@st.composite
def teams(draw: st.DrawFn) -> Team:
    members = draw(st.lists(people, max_size=4, unique_by=lambda rep: rep.id))
    return Team.of(members, draw(st.dictionaries(texts, calendars, max_size=2)))


@given(teams())
def test_a_team_survives_storing(team: Team) -> None:
    again = team_from_json(stored(team_to_json(team)))

    assert again == team
    assert team_to_json(again) == team_to_json(team)


def test_defaults_are_left_out() -> None:
    assert team_to_json(Team.of([Rep("li")])) == {"reps": [{"id": "li"}], "calendars": {}}


def test_the_private_reason_of_a_leave_is_not_stored() -> None:
    away = Leave(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC), "surgery")

    data = team_to_json(Team.of([Rep("li", leaves=(away,))]))

    assert "surgery" not in json.dumps(data)
    assert team_from_json(data).reps[0].leaves == (Leave(away.from_at, away.until_at),)


@given(
    st.dictionaries(
        ids,
        st.builds(
            Load,
            st.integers(0, 1_000),
            st.integers(0, 10**15),
            st.lists(st.tuples(instants, st.integers(0, 10**12)), max_size=4).map(tuple),
        ),
        max_size=4,
    )
)
def test_loads_survive_storing_and_whoever_carries_nothing_is_left_out(
    loads: dict[str, Load],
) -> None:
    data = stored(loads_to_json(loads))

    assert loads_from_json(data) == {who: load for who, load in loads.items() if load != Load()}
    assert list(data) == sorted(data)


@given(values)
def test_a_value_comes_back_as_it_was_its_type_too(value: Value) -> None:
    again = value_from_json(stored(value_to_json(value)))

    assert again == value
    assert type(again) is type(value)
    assert str(again) == str(value)


@pytest.mark.parametrize("damaged", [1.5, {"year": 2026}, {}])
def test_what_no_value_looks_like_is_refused(damaged: Any) -> None:
    with pytest.raises(ValueError, match="not a value"):
        value_from_json(damaged)


@given(
    st.builds(
        Reading,
        st.sampled_from(ItemKind),
        st.lists(values, max_size=5).map(tuple),
        st.lists(st.booleans(), max_size=3).map(tuple),
        st.lists(st.builds(Behaviour, ids, instants, st.integers(1, 9)), max_size=3).map(tuple),
    )
)
def test_a_reading_survives_storing(reading: Reading) -> None:
    assert Reading.from_json(stored(reading.as_json())) == reading


def test_a_reading_without_answers_or_behaviours_does_not_mention_them() -> None:
    reading = Reading(ItemKind.LEAD, (None, time(9, 30)))

    assert reading.as_json() == {"kind": "lead", "values": [None, {"time": "09:30:00"}]}


# -- the team itself -------------------------------------------------------------------------------


def test_an_id_stands_for_one_person() -> None:
    with pytest.raises(CannotFormTeam, match="'li' stands for two people") as refused:
        Team.of([Rep("li"), Rep("wu"), Rep("li", name="another")])

    assert refused.value.rep_id == "li"


def test_people_stand_in_the_order_of_their_ids() -> None:
    team = Team.of([Rep("wu"), Rep("李"), Rep("li")])

    assert [rep.id for rep in team.reps] == ["li", "wu", "李"]
    assert team.positions() == {"li": 0, "wu": 1, "李": 2}


def test_somebody_is_found_by_id_first_and_by_name_if_only_one_has_it() -> None:
    li, wu = Rep("li", name="wu"), Rep("wu", name="小吴")
    team = Team.of([li, wu, Rep("a", name="同名"), Rep("b", name="同名")])

    assert team.find("wu") is wu
    assert team.find("小吴") is wu
    assert team.find("同名") is None
    assert team.find("nobody") is None


def test_whoever_names_no_calendar_works_by_the_company_s_which_may_be_always_open() -> None:
    shanghai, nights = Calendar(zone="Asia/Shanghai"), Calendar(zone="UTC")
    plain, named, lost = Rep("a"), Rep("b", calendar="nights"), Rep("c", calendar="unknown")
    team = Team.of([plain, named, lost], {"": shanghai, "nights": nights})

    assert team.calendar_of(plain) is shanghai
    assert team.calendar_of(named) is nights
    assert team.calendar_of(lost) is shanghai
    assert Team.of([plain]).company_calendar.zone == "UTC"
    assert Team.of([plain]).company_calendar.is_working(datetime(2026, 1, 1, tzinfo=UTC))


def test_what_conditions_may_ask_of_a_person() -> None:
    rep = Rep("li", name="李", team="north", fields={"region": ("浙江省",), "id": "not this"})

    assert rep_fields(rep, is_new=True) == {
        "region": ("浙江省",),
        "id": "li",
        "team": "north",
        "level": None,
        "joined_on": None,
        "is_new": True,
    }
