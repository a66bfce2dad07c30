"""Who may take an item, and for everyone who may not, the first predicate that said so."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from evenhand.engine.facts import Bar, Item, Leave, Rep
from evenhand.engine.policy.problem import InvalidPolicy
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.decision import why_unassigned
from evenhand.engine.routing.eligible import Field
from tests.engine.routing.world import (
    NOW,
    document,
    fair,
    field_of,
    lead,
    one,
    policy,
    reps,
    start,
    team,
)

LADDER = [
    {
        "level": "new",
        "takes": "lead.grade = C",
        "stretch": {"percent": 10},
    },
    {"level": "middle", "takes": "lead.grade in [B, C]", "stretch": {"percent": 10}},
    {"level": "senior"},
]


def who_may(field: Field) -> list[str]:
    return [candidate.rep_id for candidate in field.candidates]


def why_not(field: Field) -> dict[str, Reason]:
    return {exclusion.rep_id: exclusion.why for exclusion in field.excluded}


# -- the group -----------------------------------------------------------------------------------


def test_a_group_is_whoever_meets_its_condition_or_is_named() -> None:
    rules = policy(
        fair(group="hunters"),
        groups=[{"group": "hunters", "who": "rep.team = north", "members": ["wu", "小徐"]}],
    )
    people = team(
        Rep("li", team="north"),
        Rep("wu", team="south"),
        Rep("xu", name="小徐"),
        Rep("zhao", team="south"),
    )

    field = field_of(rules, people, lead())

    assert who_may(field) == ["li", "wu", "xu"]
    assert field.excluded == ()


def test_a_deactivated_person_belongs_to_no_group_even_if_named() -> None:
    rules = policy(groups=[{"group": "all", "who": True, "members": ["li"]}])
    people = team(Rep("li", is_active=False), Rep("wu"))

    assert who_may(field_of(rules, people, lead())) == ["wu"]


def test_a_name_that_two_people_share_names_nobody() -> None:
    rules = policy(groups=[{"group": "all", "members": ["小李"]}])
    people = team(Rep("li1", name="小李"), Rep("li2", name="小李"))

    field = field_of(rules, people, lead())

    assert (field.candidates, field.excluded) == ((), ())


def test_a_group_that_names_nobody_is_refused() -> None:
    with pytest.raises(InvalidPolicy, match="names nobody: give who: true for everybody"):
        policy(groups=[{"group": "all"}])


# -- the ladder of levels ------------------------------------------------------------------------


def test_new_reps_are_kept_from_key_accounts_and_seniors_are_not() -> None:
    people = team(Rep("li", level="new"), Rep("wu", level="middle"), Rep("xu", level="senior"))

    field = field_of(policy(levels=LADDER), people, lead(grade="A"))

    assert who_may(field) == ["xu"]
    assert why_not(field) == {
        "li": reason("level.does_not_take", level="new", takers=("senior",)),
        "wu": reason("level.does_not_take", level="middle", takers=("senior",)),
    }


def test_everybody_takes_what_his_level_takes() -> None:
    people = team(Rep("li", level="new"), Rep("wu", level="middle"), Rep("xu", level="senior"))
    rules = policy(levels=LADDER)

    assert who_may(field_of(rules, people, lead(grade="B"))) == ["wu", "xu"]
    assert who_may(field_of(rules, people, lead(grade="C"))) == ["li", "wu", "xu"]


def test_a_level_that_the_policy_does_not_know_excludes_and_is_named() -> None:
    people = team(Rep("li", level="guru"), Rep("wu", level="senior"), Rep("xu"))

    field = field_of(policy(levels=LADDER), people, lead())

    assert why_not(field) == {"li": reason("level.unknown", level="guru")}
    # Whoever has no level stands outside the ladder.
    assert who_may(field) == ["wu", "xu"]


def test_without_a_ladder_levels_exclude_nobody() -> None:
    assert who_may(field_of(policy(), team(Rep("li", level="guru")), lead())) == ["li"]


def test_a_stretch_opens_one_level_up_beside_the_mentor() -> None:
    people = team(
        Rep("li", level="middle", mentor_id="xu"),
        Rep("wu", level="new", mentor_id="xu"),
        Rep("xu", level="senior"),
    )
    rules = policy(levels=LADDER)
    all_drawn = frozenset({"new", "middle"})

    field = field_of(rules, people, lead(grade="A"), stretched=all_drawn)

    assert who_may(field) == ["li", "xu"]
    assert [one.mentor_id for one in field.candidates] == ["xu", None]
    # Two levels up stays closed, drawn or not.
    assert why_not(field) == {"wu": reason("level.does_not_take", level="new", takers=("senior",))}


def test_a_stretch_is_for_the_drawn_level_only() -> None:
    people = team(Rep("li", level="new", mentor_id="xu"), Rep("xu", level="senior"))
    rules = policy(levels=LADDER)

    drawn = field_of(rules, people, lead(grade="B"), stretched=frozenset({"new"}))
    other = field_of(rules, people, lead(grade="B"), stretched=frozenset({"middle"}))

    assert who_may(drawn) == ["li", "xu"]
    assert who_may(other) == ["xu"]


@pytest.mark.parametrize("mentor_id", [None, "", "nobody", "gone", "li"])
def test_a_stretch_needs_a_mentor_who_is_here_and_somebody_else(mentor_id: str | None) -> None:
    people = team(
        Rep("gone", level="senior", is_active=False),
        Rep("li", level="new", mentor_id=mentor_id),
        Rep("wu", level="middle"),
    )

    field = field_of(policy(levels=LADDER), people, lead(grade="B"), stretched=frozenset({"new"}))

    assert why_not(field)["li"] == reason("level.no_mentor", level="new")


def test_a_stretch_without_mentor_is_open_where_the_policy_says_so() -> None:
    ladder = [
        {"level": "new", "takes": False, "stretch": {"percent": 10, "needs_mentor": False}},
        {"level": "senior"},
    ]
    people = team(Rep("li", level="new"), Rep("wu", level="new", mentor_id="xu"), Rep("xu"))

    field = field_of(policy(levels=ladder), people, lead(), stretched=frozenset({"new"}))

    assert [(one.rep_id, one.mentor_id) for one in field.candidates] == [
        ("li", None),
        ("wu", "xu"),
        ("xu", None),
    ]


def test_a_stretch_never_helps_at_the_top_of_the_ladder() -> None:
    ladder = [{"level": "only", "takes": "lead.grade = C", "stretch": {"percent": 50}}]
    people = team(Rep("li", level="only", mentor_id="wu"), Rep("wu"))

    field = field_of(policy(levels=ladder), people, lead(grade="A"), stretched=frozenset({"only"}))

    assert why_not(field) == {"li": reason("level.does_not_take", level="only", takers=())}


def test_the_share_of_items_that_stretch_is_the_one_in_the_policy() -> None:
    ladder = [
        {"level": "new", "takes": "lead.grade = C", "stretch": {"percent": 10}},
        {"level": "senior"},
    ]
    people = team(Rep("li", level="new", mentor_id="xu"), Rep("xu", level="senior"))
    run = start(document(fair(), levels=ladder), people)
    count = 2_000

    run.deal(lead(f"L{number}", "A") for number in range(count))

    stretched = [one for one in run.decisions if one.rep_id == "li"]
    open_to_li = sum("li" in [place.member for place in one.places] for one in run.decisions)
    # Ten percent, give or take four standard deviations.
    assert 200 - 54 <= open_to_li <= 200 + 54
    assert stretched
    assert {one.mentor_id for one in stretched} == {"xu"}
    assert {one.mentor_id for one in run.decisions if one.rep_id == "xu"} == {None}


# -- what a rep covers ---------------------------------------------------------------------------


def covering(**fields: Any) -> list[Rep]:
    return [Rep("covers", fields=fields), Rep("silent")]


@pytest.mark.parametrize(
    ("name", "wanted", "has"),
    [
        ("industry", "machinery", ("machinery", "steel")),
        ("product", "crane", ("crane",)),
        ("skill", "tender", ("tender",)),
        ("language", "en", ("zh", "en")),
        ("region", "浙江省", ("浙江省",)),
    ],
)
def test_a_rep_covers_what_he_lists_and_whoever_lists_nothing_covers_everything(
    name: str, wanted: str, has: tuple[str, ...]
) -> None:
    rules = policy(fair(match=[name]))
    people = team(covering(**{name: has}))

    def item(value: str) -> Item:
        return Item("L1", {name: value})

    inside = field_of(rules, people, item(wanted))
    outside = field_of(rules, people, item("something else"))
    unsaid = field_of(rules, people, lead())

    assert who_may(inside) == ["covers", "silent"]
    assert who_may(outside) == ["silent"]
    assert why_not(outside) == {
        "covers": reason("match.differs", field=name, wanted="something else", has=has)
    }
    assert who_may(unsaid) == ["covers", "silent"]


def test_a_number_or_date_that_differs_is_named_as_text() -> None:
    people = team(Rep("li", fields={"product": ("crane",)}))

    field = field_of(
        policy(fair(match=["product"])), people, Item("L1", {"product": Decimal("3.50")})
    )

    assert why_not(field) == {
        "li": reason("match.differs", field="product", wanted="3.50", has=("crane",))
    }


REGIONS: dict[str, Any] = {
    "regions": {"华东": ["浙江省", "江苏省"], "浙江省": ["杭州市"]},
    "region_aliases": {"杭州": "杭州市", "浙江": "浙江省"},
}


@pytest.mark.parametrize(
    ("region", "is_covered"),
    [
        ("浙江省", True),
        ("杭州市", True),  # inside
        ("杭州", True),  # another spelling
        ("浙江/宁波市", True),  # a path whose last step the tree does not know
        ("华东", False),  # larger
        ("江苏省", False),
    ],
)
def test_a_region_matches_inside_what_the_rep_covers(region: str, is_covered: bool) -> None:
    rules = policy(fair(match=["region"]), **REGIONS)
    people = team(Rep("li", fields={"region": ("浙江",)}))

    assert (who_may(field_of(rules, people, lead(region=region))) == ["li"]) == is_covered


def test_all_listed_fields_must_match_and_the_first_that_does_not_is_named() -> None:
    rules = policy(fair(match=["industry", "language"]))
    people = team(Rep("li", fields={"industry": ("steel",), "language": ("zh",)}))

    field = field_of(rules, people, lead(industry="steel", language="en"))

    assert why_not(field) == {
        "li": reason("match.differs", field="language", wanted="en", has=("zh",))
    }


def test_a_condition_on_people_names_the_atom_that_failed_with_its_values() -> None:
    rules = policy(fair(who="rep.team = north and (rep.language contains en or rep.is_new = true)"))
    people = team(
        Rep("li", team="north", fields={"language": ("zh", "en")}),
        Rep("wu", team="south", fields={"language": ("en",)}),
        Rep("xu", team="north"),
    )

    field = field_of(rules, people, lead())

    assert who_may(field) == ["li"]
    assert why_not(field) == {
        "wu": reason(
            "condition.failed",
            field="rep.team",
            operator="=",
            actual="south",
            other=None,
            wanted="north",
        ),
        "xu": reason(
            "condition.missing",
            field="rep.language",
            operator="contains",
            other=None,
            wanted="en",
            absent="rep.language",
        ),
    }


def test_a_condition_may_compare_the_item_with_the_rep() -> None:
    rules = policy(fair(who="rep.product contains lead.product"))
    people = team(Rep("li", fields={"product": ("crane",)}), Rep("wu"))

    assert who_may(field_of(rules, people, lead(product="crane"))) == ["li"]


def test_a_rule_that_admits_nobody_says_so() -> None:
    field = field_of(policy(fair(who=False)), team(reps("li")), lead())

    assert why_not(field) == {"li": reason("rule.never_admits")}


def test_a_weight_of_zero_excludes() -> None:
    field = field_of(policy(), team(Rep("li", weight=0), Rep("wu")), lead())

    assert who_may(field) == ["wu"]
    assert why_not(field) == {"li": reason("weight.zero")}


def test_the_first_predicate_in_the_fixed_order_is_the_one_that_is_named() -> None:
    """Level, match, who, weight, then being away."""
    rules = policy(
        fair(match=["industry"], who="rep.team = north"),
        levels=LADDER,
    )
    away: dict[str, Any] = {"leaves": (Leave(NOW, NOW.replace(hour=18)),)}
    nothing_fits: dict[str, Any] = {"weight": 0, "fields": {"industry": ("steel",)}, **away}
    people = team(
        Rep("1", level="new", **nothing_fits),
        Rep("2", level="senior", **nothing_fits),
        Rep("3", level="senior", **{**nothing_fits, "fields": {}}),
        Rep("4", level="senior", team="north", **{**nothing_fits, "fields": {}}),
        Rep("5", level="senior", team="north", **away),
        Rep("6", level="senior", team="north"),
    )

    field = field_of(rules, people, lead(grade="A", industry="machinery"))

    assert {rep_id: why.code for rep_id, why in why_not(field).items()} == {
        "1": "level.does_not_take",
        "2": "match.differs",
        "3": "condition.missing",
        "4": "weight.zero",
        "5": "availability.on_leave",
    }
    assert who_may(field) == ["6"]


def test_what_a_level_should_mostly_take_tips_the_balance_where_fit_counts_it() -> None:
    levels = [{"level": "new", "mostly": "lead.grade = C"}, {"level": "senior"}]
    people = team(Rep("li", level="senior"), Rep("wu", level="new"))
    weights = {"mode": "declared", "weights": {"level": 1}}

    counted = document(fair(), levels=levels, fit=weights)
    meant = one(counted, people, lead(grade="C"))
    assert meant.rep_id == "wu"
    assert {place.member: place.bonus > 0 for place in meant.places} == {"li": False, "wu": True}
    other = one(counted, people, lead(grade="A"))
    assert not any(place.bonus for place in other.places)


def test_who_is_new_is_seen_by_conditions() -> None:
    rules = document(
        fair(who="rep.is_new = false"),
        levels=[{"level": "new", "ramp": {"days": 30}}, {"level": "senior"}],
    )
    people = team(
        Rep("li", level="new", joined_on=NOW.date()),
        Rep("wu", level="senior", joined_on=NOW.date()),
    )

    assert one(rules, people, lead()).rep_id == "wu"


def test_dates_in_conditions_are_the_company_s_whatever_the_zone_of_now() -> None:
    rules = document(
        fair("morning", when="now.time < 12:00", group="early"),
        fair("later", group="late"),
        groups=[{"group": "early", "members": ["li"]}, {"group": "late", "members": ["wu"]}],
    )
    elsewhere = NOW.astimezone(ZoneInfo("America/New_York"))

    here = one(rules, team(reps("li", "wu")), lead())
    there = one(rules, team(reps("li", "wu")), lead(), now=elsewhere)

    assert here == there
    assert here.rep_id == "li"


def test_whoever_handed_an_item_back_does_not_get_it_again() -> None:
    people = [Rep("li"), Rep("wu"), Rep("xu")]

    again = replace(lead(), gave_back=(people[1].id,))
    field = field_of(policy(fair()), team(*people), again)

    assert who_may(field) == [people[0].id, people[2].id]
    assert why_not(field) == {people[1].id: reason("item.gave_back")}


def test_the_customers_peace_keeps_an_item_from_all_but_those_it_names() -> None:
    people = [Rep("li"), Rep("wu"), Rep("xu")]
    held = reason("peace.company_held")

    barred = replace(lead(), bars=(Bar(held, ("wu",)),))
    field = field_of(policy(fair()), team(*people), barred)
    rules = document(fair())
    nobody = one(rules, team(*people), replace(lead(), bars=(Bar(held),)))

    assert who_may(field) == ["wu"]
    assert why_not(field) == {"li": held, "xu": held}
    assert one(rules, team(*people), barred).rep_id == "wu"
    assert (nobody.rep_id, why_unassigned(nobody)) == (None, held)
