"""Example leads: found ones are real, the search is bounded, its order never changes."""

from datetime import datetime
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.conditions import (
    ALWAYS,
    NEVER,
    Condition,
    all_of,
    any_of,
    parse,
)
from evenhand.engine.facts import Item, ItemKind, Value
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.example import Example, item_of
from evenhand.engine.policy.witness import Demand, WitnessSearch
from evenhand.engine.routing.plan import Plan, plan
from evenhand.engine.routing.policy import Policy
from tests.engine.policy.documents import NOW, rich, rule, small

REGIONS = {"华东": ["上海", "江苏"], "江苏": ["南京"]}
CARD = {
    "dimensions": {"fit": {"cap": 60}, "engagement": {"cap": 40}},
    "signals": [
        {"id": "a", "dimension": "fit", "points": 40, "when": "lead.industry = 机械"},
        {"id": "b", "dimension": "fit", "points": 20, "when": "lead.employees >= 200"},
        {"id": "c", "dimension": "fit", "points": -30, "when": "lead.title contains 学生"},
        {
            "id": "d",
            "dimension": "engagement",
            "points": 10,
            "behavior": "询价",
            "half_life_days": 7,
            "max_count": 4,
        },
    ],
}


def _search(document: PolicyDocument | None = None, steps: int = 2_000) -> WitnessSearch:
    policy = Policy(document or small(regions=REGIONS))
    return WitnessSearch(policy, now=NOW, steps_per_search=steps, steps=20 * steps)


def _demands(*wanted: str) -> list[Demand]:
    """Conditions; those behind an exclamation mark must not hold."""
    return [
        Demand(parse(text.removeprefix("!")), holds=not text.startswith("!")) for text in wanted
    ]


def _values(example: Example | None) -> dict[str, Value]:
    assert example is not None
    return dict(example.values)


@pytest.mark.parametrize(
    "wanted",
    [
        ["lead.source = 百度", "!lead.region is within 华东"],
        ["lead.source in (百度, 抖音)", "!lead.source = 百度"],
        ["lead.region is within 华东", "!lead.region = 华东", "!lead.region is within 江苏"],
        ["lead.budget >= 50000", "!lead.budget >= 80000", "!lead.budget = 50000"],
        ["lead.value > lead.budget"],
        ["lead.region is within company.region", "!lead.region = company.region"],
        ["lead.source != lead.campaign"],
        ["lead.value between lead.budget and 10", "!lead.value = 10"],
        ["lead.created_at older than 2wd", "!lead.created_at older than 30d"],
        ["lead.created_at within next 3d"],
        ["now.weekday = 7", "now.time between 22:00 and 06:00"],
        ["not now.is_working_time", "now.weekday between 1 and 5"],
        ["lead.created_at older than 2d", "now.date = 2027-03-01"],
        [
            "lead.created_at older than 90d",
            "lead.created_at >= 2026-11-22",
            "now.date = 2027-03-01",
        ],
        ["company.owner is empty", "company.size = 大"],
        ["company.is_key_account", "company.owner is not empty"],
        ["!lead.region is empty", "!lead.region is within 华东"],
        ["lead.kind = task"],
        ["!lead.kind = lead", "!lead.kind = task"],
        ["lead.grade = A", "!lead.score >= 90"],
        ["lead.grade = B", "lead.score >= 90"],
        ["lead.points = 8"],
        ['lead.phone starts with "138"', "!lead.phone is empty"],
        ["rep.region contains lead.region", "lead.region is within 华东"],
        ["rep.skill contains all (机械, 出口)", "lead.skill in rep.skill"],
        ["rep.joined_on older than 90d", "!rep.is_new"],
        ["lead.`意向车型` = SUV"],
        ["lead.title contains all (销售, 总监)", "lead.title starts with 华东"],
        ["lead.budget is not empty"],
        ["lead.created_at is not empty", "lead.source is empty"],
        ["lead.`自己的` is not empty", "rep.joined_on is not empty", "rep.skill is not empty"],
    ],
    ids=" & ".join,
)
def test_an_example_is_found(wanted: list[str]) -> None:
    found = _search().find(*_demands(*wanted))

    assert found.example is not None


@pytest.mark.parametrize(
    "wanted",
    [
        ["lead.source = 百度", "lead.source = 抖音"],
        ["lead.budget >= 8", "!lead.budget >= 5"],
        ["lead.region is within 江苏", "!lead.region is within 华东"],
        ["false"],
        ["!true"],
        ["!lead.source = 百度", "lead.source in (百度)"],
        ["company.region = 上海", "company.id is empty"],
        ["lead.id is empty"],
        ["lead.grade = A", "lead.grade = B"],
        ["lead.points = 5"],
        ["now.weekday = 1", "now.weekday = 2"],
    ],
    ids=" & ".join,
)
def test_no_example_is_found_where_there_is_none(wanted: list[str]) -> None:
    found = _search().find(*_demands(*wanted))

    assert found.example is None
    assert found.is_complete


_ATOMS = [
    "lead.source = 百度",
    "lead.source in (百度, 抖音)",
    "lead.region is within 华东",
    "lead.region = 南京",
    "lead.budget >= 5",
    "lead.budget between 5 and 9",
    "lead.grade = A",
    "lead.score >= 90",
    "lead.points >= 8",
    "company.owner is not empty",
    "company.is_key_account",
    "lead.created_at older than 3d",
    "now.weekday <= 5",
    "lead.value > lead.budget",
    "lead.title contains 学生",
]
_conditions: st.SearchStrategy[Condition] = st.recursive(
    st.one_of(st.sampled_from([parse(text) for text in _ATOMS]), st.sampled_from([ALWAYS, NEVER])),
    lambda inner: st.one_of(
        st.builds(all_of, inner, inner),
        st.builds(any_of, inner, inner),
        st.builds(lambda part: parse(f"not ({part.text})"), inner),
    ),
    max_leaves=5,
)


@given(
    wanted=st.lists(st.tuples(_conditions, st.booleans()), min_size=1, max_size=4),
    card=st.sampled_from([None, CARD]),
)
def test_every_example_meets_its_demands_by_the_plan_of_the_policy(
    wanted: list[tuple[Condition, bool]], card: Any
) -> None:
    rules = [rule(f"{k}", condition.text) for k, (condition, _) in enumerate(wanted)]
    search = _search(small(regions=REGIONS, scoring=card, rules=rules), steps=300)

    example = search.find(*(Demand(condition, holds) for condition, holds in wanted)).example

    if example is not None:
        applies = {ready.rule.rule for ready in _planned(search, example).rules}
        assert applies == {f"{k}" for k, (_, holds) in enumerate(wanted) if holds}


def _planned(search: WitnessSearch, example: Example) -> Plan:
    """What the policy plans for the example."""
    values = dict(example.values)
    now = values.pop("now", search.now)
    assert isinstance(now, datetime)
    item = item_of(values, example.behaviours)
    assert item is not None
    reading = search.policy.read(item, now=now, clock=search.clock)
    return plan(reading, search.policy, now=now, clock=search.clock)


@given(conditions=st.lists(st.tuples(_conditions, st.booleans()), min_size=1, max_size=3))
def test_one_search_twice_gives_one_example(conditions: list[tuple[Condition, bool]]) -> None:
    demands = [Demand(condition, holds) for condition, holds in conditions]

    assert _search().find(*demands) == _search().find(*demands)


def test_a_search_is_given_up_at_its_bound_and_says_so() -> None:
    search = _search(steps=50)
    # Five pigeons in four holes, no two in one.
    names = [f"lead.f{k}" for k in range(5)]
    homes = [f"{name} in (a, b, c, d)" for name in names]
    apart = [f"{one} != {two}" for one, two in combinations(names, 2)]

    found = search.find(*_demands(*homes, *apart))

    assert found.example is None
    assert not found.is_complete
    assert search.unfinished == 1
    assert _search(steps=100_000).find(*_demands(*homes, *apart)).is_complete


def test_all_searches_together_are_bounded() -> None:
    policy = Policy(small())
    search = WitnessSearch(policy, now=NOW, steps_per_search=10, steps=5)

    first = search.find(*_demands("lead.source = 百度"))
    for _ in range(10):
        search.find(*_demands("lead.source = 百度", "!lead.region = 上海"))
    last = search.find(*_demands("lead.source = 百度"))

    assert first.example is not None
    assert last.example is None
    assert not last.is_complete
    assert search.steps_left == 0


def test_what_needs_no_search_needs_no_steps() -> None:
    search = WitnessSearch(Policy(small()), now=NOW, steps_per_search=0, steps=0)

    assert search.find(*_demands("!true")).is_complete


# -- grades, scores and points -----------------------------------------------------------------


@pytest.mark.parametrize("grade", ["A", "B"])
@pytest.mark.parametrize("source", ["score_only", "score_first", "field_first"])
def test_a_grade_is_reached_through_the_card(grade: str, source: str) -> None:
    grades = {**small().grades.model_dump(mode="json"), "source": source}
    document = small(scoring=CARD, grades=grades)

    found = _search(document).find(*_demands(f"lead.grade = {grade}"))

    assert found.example is not None


def test_scores_between_and_below_are_reached_too() -> None:
    document = small(scoring=CARD)

    for wanted in ("lead.score = 40", "lead.score between 60 and 90", "lead.score < 0"):
        assert _search(document).find(*_demands(wanted)).example is not None, wanted


def test_a_behaviour_is_told_with_its_count() -> None:
    grades = {**small().grades.model_dump(mode="json"), "source": "score_only"}

    found = _search(small(scoring=CARD, grades=grades)).find(*_demands("lead.score > 70"))

    assert found.example is not None
    assert found.example.texts == (
        "lead.employees = 200",
        'lead.industry = "机械"',
        'behavior = "询价" × 4',
    )


def test_with_a_card_a_fruitless_search_is_never_called_complete() -> None:
    found = _search(small(scoring=CARD)).find(*_demands("lead.score = 41.5"))

    assert found.example is None
    assert not found.is_complete


def test_points_follow_from_grade_and_adjustments() -> None:
    search = _search(rich())

    found = search.find(*_demands("lead.points = 8.25"))

    assert _values(found.example)["lead.source"] == "展会"


# -- examples ----------------------------------------------------------------------------------


def test_an_example_reads_like_conditions() -> None:
    example = Example(
        (
            ("company.owner", None),
            ("lead.`x y`".replace("`", ""), 3),
            ("lead.kind", "lead"),
            ("lead.region", "上海"),
            ("now", NOW),
            ("rep.skill", ("a", "b")),
        )
    )

    assert example.texts == (
        "company.owner is empty",
        "lead.`x y` = 3",
        'lead.region = "上海"',
        "now.at = 2026-11-23T10:00+00:00",
        'rep.skill = ("a", "b")',
    )


@pytest.mark.parametrize(
    ("values", "has_company"),
    [
        ({"lead.source": "百度"}, False),
        ({"company.size": "大"}, True),
        ({"company.size": None, "company.owner": None}, False),
        ({"company.id": "c", "company.owner": None}, True),
        ({"company.owner": "r1"}, True),
    ],
)
def test_an_item_has_a_company_if_something_is_known_of_it(
    values: dict[str, Any], has_company: bool
) -> None:
    item = item_of(values)

    assert isinstance(item, Item)
    assert (item.company is not None) is has_company
    assert item.kind is ItemKind.LEAD


def test_a_company_without_an_id_knows_nothing() -> None:
    assert item_of({"company.id": None, "company.size": "大"}) is None
    assert item_of({"company.id": None, "company.owner": "r1"}) is None
