"""Values worth trying: both answers of every atom are shown by some witness."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from evenhand.engine.conditions import (
    Bindings,
    Condition,
    constants,
    evaluate,
    moments,
    parse,
    witnesses,
)
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSpec, FieldType
from tests.engine.conditions.strategies import NOW, REGIONS, EveryOtherHour, conditions

SCHEMA = BUILT_IN_FIELDS.extended(
    [
        FieldSpec("lead", "due_on", FieldType.DATE),
        FieldSpec("lead", "best_time", FieldType.TIME),
        FieldSpec("lead", "tier", FieldType.TEXT, choices=("gold", "silver")),
        FieldSpec("lead", "tags", FieldType.LIST, choices=("hot",)),
    ]
)


def _witnesses(*texts: str) -> Any:
    return witnesses(*map(parse, texts), now=NOW, schema=SCHEMA, regions=REGIONS)


@pytest.mark.parametrize(
    "text",
    [
        "lead.source = web",
        "lead.source != web",
        "lead.source in (web, other, 别的)",
        "lead.source not in (web)",
        "lead.source contains o",
        "lead.source starts with we",
        "lead.source is empty",
        "lead.tier = gold",
        "lead.budget >= 50000",
        "lead.budget < 0.5",
        "lead.budget between 10 and 20",
        "company.is_key_account",
        "lead.created_at within last 7d",
        "lead.created_at within next 4h",
        "lead.created_at older than 4h",
        "lead.created_at older than 4wh",
        "lead.created_at within last 2wd",
        "lead.created_at between 2026-05-01 and 2026-05-31",
        "lead.created_at < 2026-05-01T12:00",
        "lead.due_on within last 7d",
        "lead.due_on = 2026-05-01",
        "lead.due_on > 2026-05-01T12:00Z",
        "lead.best_time between 22:00 and 06:00",
        "lead.region is within 浙江省",
        "lead.region = 杭州市",
        "rep.region contains 杭州市",
        "rep.skill contains all (a, b)",
        "rep.skill contains any (a, b)",
        "lead.unknown = 5",
        "lead.unknown = true",
        "lead.unknown = web",
    ],
)
def test_some_witness_makes_it_hold_and_some_other_makes_it_fail(text: str) -> None:
    condition = parse(text)
    ((path, values),) = _witnesses(text).items()
    root, _, name = path.partition(".")

    answers = set()
    for value in values:
        roots: dict[str, Any] = {"lead": {}, "company": {}, "rep": {}, root: {name: value}}
        bound = Bindings(**roots, now=NOW, regions=REGIONS, clock=EveryOtherHour())
        answers.add(evaluate(condition, bound, SCHEMA))

    assert answers == {True, False}
    assert values[-1] is None
    assert None not in values[:-1]


def test_witnesses_lie_on_beside_inside_and_outside() -> None:
    found = _witnesses("lead.budget > 5", "lead.budget < 2.5 and lead.source = web")

    assert found["lead.budget"] == (
        *(4, 5, 6),
        *(Decimal("2.4"), Decimal("2.5"), Decimal("2.6")),
        None,
    )
    assert found["lead.source"] == ("web", "other", None)
    assert _witnesses("lead.source = other")["lead.source"] == ("other", "别的", None)


def test_choices_of_the_schema_are_witnesses() -> None:
    found = _witnesses("lead.tier = gold or lead.tags is empty")

    assert "silver" in found["lead.tier"]
    assert ("hot",) in found["lead.tags"]


def test_regions_are_tried_inside_around_and_elsewhere() -> None:
    values = _witnesses("lead.region is within 杭州市")["lead.region"]

    assert values == ("杭州市", "浙江省", "西湖区", "California", None)


def test_a_field_without_constants_still_gets_some() -> None:
    found = _witnesses("lead.skill in rep.skill and lead.budget is empty")

    assert found == {
        "lead.skill": ("other", None),
        "rep.skill": (("other",), None),
        "lead.budget": (None,),
    }


def test_the_ends_of_the_calendar_are_left_out() -> None:
    found = _witnesses("lead.due_on > 0001-01-01", "lead.created_at < 9999-12-31T23:59:59Z")

    assert found["lead.due_on"] == (date(1, 1, 1), date(1, 1, 2), None)
    assert found["lead.created_at"] == (
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 58, tzinfo=UTC),
        None,
    )


def test_an_outsider_is_found_whatever_is_taken() -> None:
    everything = "".join(chr(code) for code in range(0x2460, 0x3000))
    listed = ", ".join(f'"{sign}"' for sign in everything if sign.strip())

    some = _witnesses("lead.source contains any (o, 的)")["lead.source"]
    none_left = witnesses(
        *(parse(f"lead.source contains any ({part})") for part in _chunks(listed)),
        parse("lead.source contains any (o, 的)"),
        now=NOW,
    )["lead.source"]

    assert some[2] == "①" or some[2] == "1"
    assert none_left[-1] is None


def _chunks(listed: str) -> list[str]:
    signs = listed.split(", ")
    return [", ".join(signs[start : start + 900]) for start in range(0, len(signs), 900)]


def test_constants_are_listed_per_field_without_repeats() -> None:
    found = constants(
        parse("lead.a = 1 or lead.a = true or lead.a in (1, 2) or lead.b = rep.c"),
        parse("lead.a between 2 and rep.c and now.weekday = 3"),
    )

    assert found == {"lead.a": (1, True, 2), "lead.b": (), "rep.c": (), "now.weekday": (3,)}
    assert [type(value) for value in found["lead.a"]] == [int, bool, int]


def test_moments_show_both_answers_of_every_question_about_now() -> None:
    for text in (
        "now.weekday in (6, 7)",
        "now.time between 09:00 and 18:00",
        "now.is_working_time",
        "now.date between 2026-06-01 and 2026-06-30",
        "now.at > 2026-06-01T12:00",
        "now.weekday = 1 and now.time < 08:00",
    ):
        condition = parse(text)
        tried = moments(condition, now=NOW)
        answers = {
            evaluate(condition, Bindings(lead={}, now=at, clock=EveryOtherHour())) for at in tried
        }
        assert answers == {True, False}, text
        assert tried[0] == NOW
        assert len(set(tried)) == len(tried)


def test_moments_without_a_question_about_now_is_now_alone() -> None:
    assert moments(parse("lead.a = 1"), now=NOW) == (NOW,)


def test_fields_of_now_are_no_witnesses() -> None:
    assert _witnesses("now.weekday = 1 and lead.budget = 1").keys() == {"lead.budget"}


@given(conditions)
def test_witnesses_are_found_for_any_condition(condition: Condition) -> None:
    found = witnesses(condition, now=NOW, schema=SCHEMA, regions=REGIONS)

    assert all(values[-1] is None for values in found.values())
    assert found == witnesses(condition, now=NOW, schema=SCHEMA, regions=REGIONS)
    assert NOW in moments(condition, now=NOW)
