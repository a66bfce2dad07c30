"""Rules in order, whom they hand to, and what each says happens if nobody can take it."""

from datetime import timedelta
from typing import Any

import pytest

from evenhand.engine.facts import ItemKind, Leave, Load, Rep
from evenhand.engine.reasons import reason
from evenhand.engine.routing.decision import Cause, Decision, Outcome, Tried
from tests.engine.routing.world import (
    NEXT,
    NOW,
    deal,
    document,
    fair,
    lead,
    leads,
    one,
    owner,
    person,
    points,
    replayed,
    reps,
    rotation,
    rule,
    start,
    team,
)

AWAY: dict[str, Any] = {"leaves": (Leave(NOW, NOW + timedelta(days=3)),)}
TWO = reps("ana", "ben")


# -- the order ---------------------------------------------------------------------------------


def test_the_first_rule_that_applies_and_finds_somebody_decides() -> None:
    rules = document(
        fair("for A", when="lead.grade = A", group="seniors"),
        fair("for the rest"),
        groups=[{"group": "seniors", "members": ["ana"]}, {"group": "all", "members": ["ben"]}],
    )

    run = deal(rules, team(TWO), lead("L1", "A"), lead("L2", "B"))

    assert [(one.rule, one.rep_id) for one in run.decisions] == [
        ("for A", "ana"),
        ("for the rest", "ben"),
    ]


def test_a_disabled_rule_is_as_if_it_were_not_there() -> None:
    rules = document(person("to ana", "ana", is_enabled=False), fair())

    decision = one(rules, team(reps("ben")), lead())

    assert (decision.rule, decision.tried) == ("fair", ())


def test_an_item_that_no_rule_catches_is_an_outcome_and_moves_nothing() -> None:
    run = deal(document(fair(when="lead.grade = A")), team(TWO), lead(grade="C"))

    assert run.decisions == [Decision("L1", Outcome.NO_RULE)]
    assert run.router.books == {}
    assert run.loads == {"ana": Load(), "ben": Load()}


def test_rules_see_score_grade_and_points() -> None:
    rules = document(
        fair("dear", when="lead.points >= 5 and lead.grade = B and lead.score = 50"),
        person("cheap", "ben"),
    )

    assert one(rules, team(TWO), lead(grade="B", score=50)).rule == "dear"
    assert one(rules, team(TWO), lead(grade="C", score=50)).rule == "cheap"


def test_a_kind_of_item_may_have_rules_of_its_own() -> None:
    rules = document(fair("tasks", when="lead.kind = task"), person("others", "ben"))

    assert one(rules, team(TWO), lead(kind=ItemKind.TASK)).rule == "tasks"
    assert one(rules, team(TWO), lead(kind=ItemKind.OUTLET)).rule == "others"


# -- if nobody can take it -------------------------------------------------------------------------

NOBODY = fair("first", who=False)
EXCLUDED = (Tried("first", reason("rule.nobody_eligible", excluded=2)),)


def nobody_then(**if_nobody: Any) -> Decision:
    return one(
        document({**NOBODY, "if_nobody": if_nobody}, fair("second"), pools=[{"pool": "公海"}]),
        team(TWO, Rep("idle", is_active=False)),
        lead(),
    )


def test_next_rule_goes_on_and_says_what_was_tried() -> None:
    decision = nobody_then(do="next_rule")

    assert (decision.outcome, decision.rule) == (Outcome.ASSIGNED, "second")
    assert decision.tried == EXCLUDED


def test_wait_keeps_the_item_unassigned() -> None:
    assert nobody_then(do="wait") == Decision("L1", Outcome.WAITING, rule="first", tried=EXCLUDED)


def test_pool_puts_the_item_into_the_named_pool() -> None:
    assert nobody_then(do="pool", pool="公海") == Decision(
        "L1", Outcome.POOLED, rule="first", where="公海", tried=EXCLUDED
    )


def test_escalate_names_who_has_to_decide() -> None:
    assert nobody_then(do="escalate", to="the manager") == Decision(
        "L1", Outcome.ESCALATED, rule="first", where="the manager", tried=EXCLUDED
    )


def test_overflow_gives_it_to_one_person_who_pays_in_the_next_group_there_is() -> None:
    decision = nobody_then(do="overflow", rep="ben")

    assert (decision.outcome, decision.cause) == (Outcome.ASSIGNED, Cause.OVERFLOW)
    assert (decision.rule, decision.rep_id, decision.book) == ("first", "ben", "all|value")
    assert decision.tried == EXCLUDED


@pytest.mark.parametrize("name", ["idle", "nobody"])
def test_overflow_to_somebody_who_left_is_escalated_never_given_away(name: str) -> None:
    decision = nobody_then(do="overflow", rep=name)

    assert (decision.outcome, decision.where) == (Outcome.ESCALATED, name)
    assert decision.rep_id is None


def test_overflow_goes_over_capacity_and_nobody_is_credited_who_has_no_room() -> None:
    rules = document(fair(if_nobody={"do": "overflow", "rep": "ben"}), capacity={"open_items": 1})
    run = start(rules, team(TWO))

    run.deal(leads(5))

    assert run.received == {"ana": 1, "ben": 4}
    overflow = run.decisions[-1]
    assert overflow.cause is Cause.OVERFLOW
    # Everybody was full: nobody had a claim, so nothing was booked; what was full is said.
    assert overflow.posting is None
    assert overflow.tried == (Tried("fair", reason("rule.everybody_full", full=2)),)
    assert dict(overflow.full) == {
        "ana": reason("capacity.open_items", open=1, limit=1),
        "ben": reason("capacity.open_items", open=3, limit=1),
    }
    assert run.loads["ben"].open_count == 4
    assert replayed(run.lines).is_identical


def test_an_empty_group_is_told_from_one_whose_members_are_excluded() -> None:
    rules = document(
        fair("empty", group="ghosts", if_nobody=NEXT),
        fair("excluded", who=False, if_nobody=NEXT),
        fair("full"),
        groups=[{"group": "ghosts", "members": ["ghost"]}, {"group": "all", "who": True}],
        capacity={"open_items": 0},
    )

    decision = one(rules, team(TWO), lead())

    assert [tried.why for tried in decision.tried] == [
        reason("rule.group_empty"),
        reason("rule.nobody_eligible", excluded=2),
        reason("rule.everybody_full", full=2),
    ]


def test_all_weights_zero_is_a_typed_outcome_not_a_crash() -> None:
    decision = one(document(fair()), team(reps("ana", "ben", weight=0)), lead())

    assert decision.outcome is Outcome.WAITING
    assert decision.tried == (Tried("fair", reason("rule.nobody_eligible", excluded=2)),)


# -- the owner of the company --------------------------------------------------------------------


def with_owner(people: list[Rep], item_owner: str | None = "oda", **rule_: Any) -> Decision:
    rules = document(owner(**rule_), fair(), capacity={"open_items": 5})
    return one(rules, team(people), lead(owned_by=item_owner, company={}))


def test_the_owner_of_the_company_comes_first() -> None:
    decision = with_owner([*TWO, Rep("oda")])

    assert (decision.rep_id, decision.cause, decision.rule) == ("oda", Cause.OWNER, "owner")


def test_a_company_that_nobody_owns_goes_on_by_if_nobody() -> None:
    decision = with_owner([*TWO, Rep("oda")], None)

    assert decision.tried == (Tried("owner", reason("owner.none")),)
    assert decision.cause is Cause.FAIR_SHARE


def test_an_item_without_company_has_no_owner() -> None:
    rules = document(owner(if_nobody={"do": "escalate", "to": "boss"}))

    assert one(rules, team(TWO), lead()).outcome is Outcome.ESCALATED


ABSENCES: dict[str, tuple[Rep, str]] = {
    "on leave": (Rep("oda", **AWAY), "availability.on_leave"),
    "switched off": (Rep("oda", is_accepting=False), "availability.switched_off"),
    "full": (Rep("oda", capacity=0), "capacity.open_items"),
}


@pytest.mark.parametrize("state", ABSENCES)
def test_an_absent_owner_gets_it_anyway_where_the_rule_says_so(state: str) -> None:
    oda, _ = ABSENCES[state]

    decision = with_owner([*TWO, oda], absent="assign_anyway")

    assert (decision.rep_id, decision.tried) == ("oda", ())


@pytest.mark.parametrize("state", ABSENCES)
def test_an_absent_owner_s_item_waits_where_the_rule_says_so(state: str) -> None:
    oda, code = ABSENCES[state]

    decision = with_owner([*TWO, oda], absent="wait")

    assert (decision.outcome, decision.rule) == (Outcome.WAITING, "owner")
    assert [(tried.rule, tried.why.code) for tried in decision.tried] == [("owner", code)]


@pytest.mark.parametrize("state", ABSENCES)
@pytest.mark.parametrize("if_nobody", [{"do": "next_rule"}, {"do": "wait"}])
def test_an_absent_owner_s_item_goes_to_the_next_rule_where_the_rule_says_so(
    state: str, if_nobody: dict[str, str]
) -> None:
    """Its own word for an absent owner counts, whatever it says for no owner at all."""
    oda, code = ABSENCES[state]

    decision = with_owner([*TWO, oda], absent="next_rule", if_nobody=if_nobody)

    assert (decision.rule, decision.rep_id in ("ana", "ben")) == ("fair", True)
    assert [(tried.rule, tried.why.code) for tried in decision.tried] == [("owner", code)]


@pytest.mark.parametrize("people", [TWO, [*TWO, Rep("oda", is_active=False, **AWAY)]])
@pytest.mark.parametrize(
    ("departed", "outcome", "rule_name"),
    [("wait", Outcome.WAITING, "owner"), ("next_rule", Outcome.ASSIGNED, "fair")],
)
def test_a_departed_owner_never_receives_it_even_where_absent_ones_do(
    people: list[Rep], departed: str, outcome: Outcome, rule_name: str
) -> None:
    decision = with_owner(
        people, absent="assign_anyway", departed=departed, if_nobody={"do": "wait"}
    )

    assert (decision.outcome, decision.rule) == (outcome, rule_name)
    assert decision.tried == (Tried("owner", reason("owner.departed", rep="oda")),)


def test_an_owner_is_found_by_name_as_well_as_by_id() -> None:
    decision = with_owner([*TWO, Rep("o7", name="欧达")], "欧达")

    assert decision.rep_id == "o7"


# -- other owners, and named people ----------------------------------------------------------------


def test_the_first_territory_that_covers_the_item_names_its_owner() -> None:
    rules = document(
        owner("area", of="territory"),
        fair(),
        territories=[
            {"territory": "Hangzhou", "when": "lead.region is within 杭州市", "owner": "ana"},
            {"territory": "Zhejiang", "when": "lead.region is within 浙江省", "owner": "ben"},
        ],
        regions={"浙江省": ["杭州市", "宁波市"]},
    )
    people = team(TWO)

    assert one(rules, people, lead(region="杭州市")).rep_id == "ana"
    assert one(rules, people, lead(region="宁波市")).rep_id == "ben"
    elsewhere = one(rules, people, lead(region="上海市"))
    assert elsewhere.tried == (Tried("area", reason("owner.none")),)


def test_whoever_collected_the_lead_may_come_first() -> None:
    rules = document(owner("collector", of="collector"), fair())

    assert one(rules, team(TWO), lead(collected_by="ben")).rep_id == "ben"
    assert one(rules, team(TWO), lead()).tried == (Tried("collector", reason("owner.none")),)


def test_a_named_person_gets_it_and_an_absent_one_as_the_rule_says() -> None:
    people = team(Rep("ana", **AWAY), Rep("ben"))

    assert one(document(person("p", "ben")), people, lead()).cause is Cause.PERSON
    assert one(document(person("p", "ana", absent="assign_anyway")), people, lead()).rep_id == "ana"
    assert (
        one(document(person("p", "ana", absent="wait"), fair()), people, lead()).outcome
        is Outcome.WAITING
    )
    assert one(document(person("p", "ana"), fair()), people, lead()).rep_id == "ben"


def test_a_named_person_who_left_leads_to_if_nobody() -> None:
    rules = document(
        person("p", "eve", absent="assign_anyway", if_nobody={"do": "escalate", "to": "boss"})
    )

    decision = one(rules, team(TWO, Rep("eve", is_active=False)), lead())

    assert (decision.outcome, decision.where) == (Outcome.ESCALATED, "boss")
    assert decision.tried == (Tried("p", reason("owner.departed", rep="eve")),)


def test_a_pool_takes_everything_and_nobody_pays() -> None:
    rules = document(rule("pool", {"strategy": "pool", "pool": "公海"}), pools=[{"pool": "公海"}])

    run = deal(rules, team(TWO), leads(3))

    assert run.outcomes == {Outcome.POOLED: 3}
    assert {decision.where for decision in run.decisions} == {"公海"}
    assert run.router.books == {}


# -- who pays for what was handed over -------------------------------------------------------------


def test_the_sticky_owner_pays_and_those_who_would_have_shared_it_are_credited() -> None:
    rules = document(owner(), fair())
    people = team(Rep("ana", weight=300), Rep("ben"), Rep("oda"))

    run = deal(rules, people, lead(grade="B", owned_by="oda"))

    (decision,) = run.decisions
    assert (decision.book, decision.sequence) == ("all|value", 1)
    assert {rep.id: run.owed(rep.id) for rep in people.reps} == {
        "ana": points(3),
        "ben": points(1),
        "oda": points(1) - points(5),
    }
    assert run.is_sound()


def test_an_owner_from_outside_the_group_pays_as_a_guest() -> None:
    rules = document(
        owner(), fair(group="inner"), groups=[{"group": "inner", "members": ["ana", "ben"]}]
    )

    run = deal(rules, team(TWO, Rep("oda")), lead(grade="A", owned_by="oda"), leads(3, "A"))

    assert run.book.guests == {"oda"}
    assert run.owed("oda") == points(-8)
    assert run.received == {"oda": 1, "ana": 2, "ben": 1} or run.received == {
        "oda": 1,
        "ana": 1,
        "ben": 2,
    }
    assert run.is_sound()
    assert replayed(run.lines).is_identical


def test_whoever_is_excluded_or_full_is_not_credited_for_what_the_owner_got() -> None:
    rules = document(owner(absent="assign_anyway"), fair(), capacity={"open_items": 1})
    people = team(Rep("ana"), Rep("ben", is_accepting=False), Rep("cai"), Rep("oda"))
    before = {"ana": Load(open_count=1), "oda": Load(open_count=3)}

    run = deal(rules, people, lead(owned_by="oda"), loads=before)

    assert {rep.id: run.owed(rep.id) for rep in people.reps} == {
        "ana": 0,
        "ben": 0,
        "cai": points(5),
        "oda": -points(5),
    }
    assert [rep_id for rep_id, _ in run.decisions[0].full] == ["ana", "oda"]


def test_without_a_group_to_share_it_nothing_is_booked() -> None:
    run = deal(document(owner(), rotation()), team(TWO), lead(owned_by="ana"))

    (decision,) = run.decisions
    assert decision.rep_id == "ana"
    assert (decision.book, decision.sequence, decision.posting) == ("", 0, None)
    assert run.loads["ana"].open_points == points(5)
    assert replayed(run.lines).is_identical


def test_the_owner_s_lead_counts_when_the_next_one_is_dealt() -> None:
    rules = document(owner(), fair())

    run = deal(rules, team(TWO), lead("L0", "A", owned_by="ana"), leads(1, "A", first=1))

    assert [one.rep_id for one in run.decisions] == ["ana", "ben"]


def test_an_item_dealt_again_keeps_its_round() -> None:
    run = deal(document(fair()), team(TWO), lead("L1"), lead("L1", round_=3))

    assert [decision.round for decision in run.decisions] == [0, 3]
    assert replayed(run.lines).is_identical
