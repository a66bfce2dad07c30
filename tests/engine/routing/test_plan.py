"""What can be said of an item before anybody is considered: facts, grade, points, rules."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from evenhand.engine.facts import Behaviour, Company, Item, ItemKind
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.routing.plan import Plan, plan
from evenhand.engine.routing.policy import OWNED, Policy
from tests.engine.routing.stock import PERSONAL
from tests.engine.routing.strategies import World, worlds
from tests.engine.routing.world import (
    NOW,
    fair,
    lead,
    owner,
    person,
    points,
    policy,
)

SCORED: dict[str, Any] = {
    "scoring": {
        "dimensions": {"fit": {"cap": 60}, "engagement": {"cap": 40}},
        "signals": [
            {"id": "big", "dimension": "fit", "when": "lead.employees >= 100", "points": 60},
            {"id": "visits", "dimension": "engagement", "behavior": "visit", "points": 20},
        ],
    },
    "grades": {
        "source": "score_first",
        "thresholds": [
            {"grade": "A", "from_score": 80},
            {"grade": "B", "from_score": 40},
            {"grade": "C"},
        ],
        "ungraded": "C",
    },
}


def planned(rules: Policy, item: Item) -> Plan:
    reading = rules.read(item, now=NOW, clock=None)
    return plan(reading, rules, now=NOW, clock=None)


def read_of(rules: Policy, item: Item) -> dict[str, Any]:
    return dict(zip(rules.paths_read, rules.read(item, now=NOW, clock=None).values, strict=True))


# -- what is read ----------------------------------------------------------------------------------


def test_a_policy_reads_what_its_conditions_and_matches_name_and_nothing_more() -> None:
    rules = policy(
        fair("a", when="lead.source = web and company.size = large", match=["region"]),
        fair("off", when="lead.campaign = spring", is_enabled=False),
        points={
            "base": {"A": 8, "B": 5, "C": 1},
            "adjustments": [{"id": "x", "when": "lead.budget > 5", "add": 1}],
        },
    )

    assert rules.paths_read == (
        "company.size",
        "lead.budget",
        "lead.grade",
        "lead.points",
        "lead.region",
        "lead.score",
        "lead.source",
    )


def test_owners_collectors_and_territories_are_read_where_rules_hand_over_to_them() -> None:
    rules = policy(
        owner("a"),
        owner("b", "collector"),
        owner("c", "territory"),
        territories=[{"territory": "t", "when": "lead.product = crane", "owner": "ana"}],
    )

    assert {"company.owner", "lead.collected_by", "lead.product"} <= set(rules.paths_read)


def test_key_accounts_are_read_as_soon_as_items_may_be_explored() -> None:
    """Nothing else in the policy names the field, and still they are never explored."""
    assert "company.is_key_account" not in policy().paths_read
    assert "company.is_key_account" in policy(exploration={"rate_millionths": 1}).paths_read


def test_fit_reads_what_it_matches_on() -> None:
    rules = policy(fit={"mode": "declared", "weights": {"industry": 1}})

    assert "lead.industry" in rules.paths_read


def test_values_stand_in_the_order_of_the_paths_and_what_is_missing_is_none() -> None:
    rules = policy(fair(when="lead.id = L7 and company.id = acme and lead.source = web"))

    with_company = read_of(rules, lead("L7", "A", company={}, source="web"))
    without = read_of(rules, lead("L7", None))

    assert with_company["lead.id"] == "L7"
    assert with_company["company.id"] == "acme"
    assert with_company["lead.source"] == "web"
    assert without["company.id"] is None
    assert without["lead.grade"] is None


def test_items_alike_in_what_is_read_have_one_reading() -> None:
    rules = policy(fair(when="lead.source = web"))

    one = rules.read(lead("L1", "A", source="web", region="杭州"), now=NOW, clock=None)
    other = rules.read(lead("L2", "A", source="web", campaign="x"), now=NOW, clock=None)

    assert one == other


def test_personal_fields_are_answered_and_not_read() -> None:
    rules = policy(
        fair(when='lead.email contains "@example.com" or not lead.phone is empty'),
        levels=[{"level": "x", "takes": "lead.name is not empty and lead.source = web"}],
    )
    item = lead(name="王", email="w@example.com", phone=None)

    reading = rules.read(item, now=NOW, clock=None)

    assert not {"lead.email", "lead.phone", "lead.name"} & set(rules.paths_read)
    answers = dict(zip((atom.text for atom in rules.personal), reading.answers, strict=True))
    assert answers == {
        'lead.email contains "@example.com"': True,
        "lead.phone is empty": True,
        "lead.name is not empty": True,
    }
    assert planned(rules, item).rules[0].rule.rule == "fair"


@given(worlds())
def test_no_reading_holds_anything_personal(world: World) -> None:
    rules = policy_from_json(world.rules)

    for item in world.items:
        reading = rules.read(item, now=NOW, clock=None)
        assert not set(PERSONAL) & {value for value in reading.values if isinstance(value, str)}


def test_behaviours_are_read_where_the_card_counts_them_and_else_not() -> None:
    item = Item("L1", behaviours=(Behaviour("visit", NOW),))

    assert policy().read(item, now=NOW, clock=None).behaviours == ()
    assert policy(**SCORED).read(item, now=NOW, clock=None).behaviours == item.behaviours


def test_who_owns_the_company_stays_apart_unless_a_condition_asks_for_the_name() -> None:
    """Leads of a thousand owned companies are alike until they are handed over."""
    apart = policy(owner(when="company.owner is not empty"), fair())
    named = policy(owner(), fair(when="company.owner != ana"))
    item = lead(owned_by="oda")

    assert read_of(apart, item)["company.owner"] == OWNED
    assert apart.owner_of(item) == "oda"
    assert read_of(named, item)["company.owner"] == "oda"
    assert named.owner_of(item) == ""
    assert apart.owner_of(lead()) == ""
    assert apart.owner_of(lead(company={})) == ""


def test_an_owner_whom_no_rule_asks_for_is_nobody_s_business() -> None:
    assert policy().owner_of(lead(owned_by="oda")) == ""


# -- grade, points, rules --------------------------------------------------------------------------


def test_a_plan_holds_grade_points_and_the_rules_that_apply_in_order() -> None:
    rules = policy(
        person("a", "ana", when="lead.grade = B"),
        fair("b", when="lead.grade = A"),
        fair("c"),
    )

    found = planned(rules, lead(grade="B"))

    assert (found.kind, found.grade, found.points) == (ItemKind.LEAD, "B", points(5))
    assert found.score is None
    assert [ready.rule.rule for ready in found.rules] == ["a", "c"]
    assert [ready.group for ready in found.rules] == [None, "all"]


def test_score_grade_and_points_follow_from_one_another() -> None:
    rules = policy(fair(when="lead.score = 80 and lead.grade = A and lead.points = 8"), **SCORED)
    item = Item("L1", {"employees": 500}, behaviours=(Behaviour("visit", NOW),))

    found = planned(rules, item)

    assert found.score is not None
    assert (found.score.total, found.grade, found.points) == (8_000, "A", points(8))
    assert found.bindings.lead["points"] == Decimal(8)
    assert [ready.rule.rule for ready in found.rules] == ["fair"]


def test_a_score_that_the_item_brings_is_seen_where_there_is_no_card() -> None:
    rules = policy(fair(when="lead.score >= 90"))

    assert len(planned(rules, lead(score=95)).rules) == 1
    assert len(planned(rules, lead(score=85)).rules) == 0


def test_a_policy_knows_whether_the_moment_matters() -> None:
    assert not policy().depends_on_now
    assert policy(fair(when="now.weekday < 6")).depends_on_now


def test_tau_is_the_largest_item_and_the_band_is_tau_unless_said_otherwise() -> None:
    plain, wide = policy(), policy(fairness={"tau": 40, "band": 12})

    assert (plain.tau, plain.band) == (points(8), points(8))
    assert (wide.tau, wide.band) == (points(40), points(12))
    assert policy(fairness={"tau": 16}).band == points(16)


def test_equal_policies_have_equal_labels_and_others_others() -> None:
    assert policy().label == policy().label
    assert policy(note="x").label != policy().label
    assert policy(line="华东").label.startswith("华东/1/")


@pytest.mark.parametrize("kind", list(ItemKind))
def test_the_kind_is_part_of_a_reading(kind: ItemKind) -> None:
    rules = policy(fair(when=f"lead.kind = {kind.value}"))

    assert len(planned(rules, lead(kind=kind)).rules) == 1


def test_conditions_about_now_see_the_moment_of_dealing() -> None:
    rules = policy(fair(when="now.date = 2026-03-04"))
    reading = rules.read(lead(), now=NOW, clock=None)

    assert len(plan(reading, rules, now=NOW, clock=None).rules) == 1
    later = NOW + timedelta(days=1)
    assert len(plan(reading, rules, now=later, clock=None).rules) == 0


def test_a_company_without_fields_is_a_company_all_the_same() -> None:
    rules = policy(fair(when="company.id = free"))

    assert len(planned(rules, Item("L1", company=Company("free"))).rules) == 1
