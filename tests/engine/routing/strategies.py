"""Random small worlds: policies, teams and items in which everything can meet everything."""

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from evenhand.engine.facts import Item, Load, Rep
from tests.engine.routing.stock import (
    CARRIED,
    ITEMS_OF_ALL_SORTS,
    LADDER,
    PEOPLE,
    PEOPLE_OF_ALL_SORTS,
)
from tests.engine.routing.world import (
    document,
    fair,
    owner,
    person,
    rotation,
    rule,
)

ITEM_CONDITIONS = (
    True,
    "lead.grade = A",
    "lead.grade in [B, C]",
    "lead.region is within 浙江省",
    "lead.source = web",
    "lead.product is empty",
    "company.is_key_account = true",
    "lead.points >= 5",
    'lead.email contains "example.com"',
    'lead.name = "Zhang Wei" or lead.source = fair',
    "lead.phone is not empty",
    "now.weekday <= 5",
)
PERSON_CONDITIONS: tuple[str | bool, ...] = (
    True,
    "rep.team = north",
    "rep.level is empty or rep.level = senior",
    "rep.product contains lead.product",
    "rep.is_new = false",
    'not (lead.email contains "example.com" and rep.team = north)',
)
GROUP_CONDITIONS = (True, True, "rep.team is not empty")

item_conditions = st.sampled_from(ITEM_CONDITIONS)
person_conditions: st.SearchStrategy[str | bool] = st.sampled_from(PERSON_CONDITIONS)
nobody = st.sampled_from(
    (
        {"do": "wait"},
        {"do": "pool", "pool": "公海"},
        {"do": "escalate", "to": "boss"},
        {"do": "overflow", "rep": "ana"},
        {"do": "overflow", "rep": "gone"},
    )
)
absences = st.sampled_from(("assign_anyway", "next_rule", "wait"))
dealing = st.sampled_from(("fair", "fair", "fair", "rotation", "best_fit"))
handing = st.sampled_from(("company", "company", "territory", "collector", "person", "pool"))


@st.composite
def first_rules(draw: st.DrawFn, /, number: int) -> dict[str, Any]:
    """A rule for some of the items, of any strategy, that often leaves them to the next."""
    more: dict[str, Any] = {
        "when": draw(item_conditions),
        "if_nobody": draw(st.just({"do": "next_rule"}) | nobody),
    }
    if draw(st.booleans()):
        return draw(group_rules(number, "north", draw(person_conditions), **more))
    kind = draw(handing)
    name = f"{kind} {number}"
    if kind == "pool":
        return rule(name, {"strategy": "pool", "pool": "公海"}, **more)
    if kind == "person":
        return person(name, draw(st.sampled_from(PEOPLE)), absent=draw(absences), **more)
    departed = draw(st.sampled_from(("next_rule", "wait")))
    return owner(name, kind, absent=draw(absences), departed=departed, **more)


@st.composite
def group_rules(
    draw: st.DrawFn, /, number: int, group: str, who: str | bool, **more: Any
) -> dict[str, Any]:
    """A rule that deals to a group."""
    kind = draw(dealing)
    name = f"{kind} {number}"
    more = {"match": draw(st.sampled_from(([], ["region"], ["product"]))), "who": who, **more}
    if kind == "best_fit":
        return rule(name, {"strategy": "best_fit", "group": group}, **more)
    return (fair if kind == "fair" else rotation)(name, group, **more)


CAPACITIES: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"open_items": 5},
    {"open_points": 20},
    {
        "windows": [
            {"cap": "daily", "per": "day", "items": 4, "who": "rep.team = north"},
            {"cap": "weekly", "per": "week", "kind": "rolling", "points": 30},
        ]
    },
)
FITS: tuple[dict[str, Any], ...] = (
    {},
    {"mode": "declared", "weights": {"product": 2, "region": 1}},
    {"mode": "declared", "weights": {"product": 1, "room": 1}},
)
FAIRNESS: tuple[dict[str, Any], ...] = (
    {},
    {"tau": 0},
    {"tau": 40, "band": 12},
    {"grade_books": False},
    {"scope": "company"},
    {"basis": "equal_totals"},
    {"catch_up": {"mode": "bounded", "percent": 20}},
)


@st.composite
def documents(draw: st.DrawFn, /, is_capped: bool = True) -> dict[str, Any]:
    """A policy document; without `is_capped` nobody is ever full."""
    first = [draw(first_rules(number)) for number in range(draw(st.integers(0, 2)))]
    last = draw(group_rules(9, "all", True, if_nobody=draw(nobody)))
    weights = draw(
        st.sampled_from(([], [{"when": "rep.team = north and lead.grade = A", "percent": 150}]))
    )
    north: dict[str, Any] = {"group": "north", "who": "rep.team = north", "members": ["ben"]}
    who = draw(st.sampled_from(GROUP_CONDITIONS))
    return document(
        *first,
        last,
        groups=[{"group": "all", "who": who, "weights": weights}, north],
        levels=draw(st.sampled_from(([], LADDER))),
        territories=[
            {"territory": "Hangzhou", "when": "lead.region is within 杭州市", "owner": "cai"},
            {"territory": "rest", "when": "lead.source = web", "owner": "gone"},
        ],
        pools=[{"pool": "公海"}],
        regions={"浙江省": ["杭州市", "宁波市"], "江苏省": ["苏州市"]},
        capacity=draw(st.sampled_from(CAPACITIES)) if is_capped else {},
        fit=draw(st.sampled_from(FITS)),
        fairness=draw(st.sampled_from(FAIRNESS)),
        exploration=draw(st.sampled_from(({}, {"rate_millionths": 150_000}))),
    )


# People and items are drawn whole from a stock of different ones: one choice each, so that
# hypothesis spends its time on worlds and not on their details.


@st.composite
def teams(draw: st.DrawFn, /, stock: tuple[Rep, ...] = PEOPLE_OF_ALL_SORTS) -> list[Rep]:
    """Between two and six people."""
    drawn = draw(st.lists(st.sampled_from(stock), min_size=2, max_size=len(PEOPLE)))
    return [replace(rep, id=rep_id) for rep_id, rep in zip(PEOPLE, drawn, strict=False)]


@st.composite
def item_lists(draw: st.DrawFn, /, max_size: int = 14) -> list[Item]:
    """Some items, L0, L1, …"""
    drawn = draw(st.lists(st.sampled_from(ITEMS_OF_ALL_SORTS), min_size=1, max_size=max_size))
    return [replace(item, id=f"L{number}") for number, item in enumerate(drawn)]


@dataclass(frozen=True)
class World:
    """Everything that a run depends on."""

    rules: dict[str, Any]
    reps: list[Rep]
    items: list[Item]
    loads: dict[str, Load]
    seed: str


@st.composite
def worlds(
    draw: st.DrawFn,
    /,
    is_capped: bool = True,
    max_items: int = 14,
    stock: tuple[Rep, ...] = PEOPLE_OF_ALL_SORTS,
) -> World:
    """A policy, a team, items, loads and a seed."""
    return World(
        draw(documents(is_capped=is_capped)),
        draw(teams(stock)),
        draw(item_lists(max_items)),
        draw(st.sampled_from(CARRIED)) if is_capped else {},
        draw(st.sampled_from(("seed", "另一个"))),
    )
