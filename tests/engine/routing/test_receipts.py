"""Receipts: everything that a decision rested on, and never a name, phone or mail of a lead."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.facts import Adjustment, Behaviour, Company, Item, Leave, Load, Rep
from evenhand.engine.ledger.draw import draw_for
from evenhand.engine.reasons import CODES, reason_from_json
from evenhand.engine.routing.decision import Outcome
from evenhand.engine.routing.receipt import CHECKPOINT_EVERY
from tests.engine.routing.stock import PERSONAL
from tests.engine.routing.strategies import World, worlds
from tests.engine.routing.world import (
    NEXT,
    NOW,
    Run,
    crowd,
    deal,
    document,
    fair,
    lead,
    leads,
    owner,
    points,
    replayed,
    reps,
    rule,
    start,
    team,
)

PEOPLE = team(
    Rep("ana", name="Ana Li", level="senior", performance=120, reward=110),
    Rep("ben", level="senior", fields={"region": ("浙江省",)}),
    Rep("cai", level="senior", is_accepting=False),
    Rep("dan", level="new", mentor_id="ana", joined_on=date(2026, 2, 2)),
    Rep("eve", level="senior", capacity=1),
)
RULES = document(
    owner(absent="next_rule"),
    fair("shared", match=["region"], if_nobody={"do": "escalate", "to": "boss"}),
    levels=[
        {
            "level": "new",
            "takes": "lead.grade in [B, C]",
            "ramp": {"start_percent": 50, "days": 60},
        },
        {"level": "senior"},
    ],
    scoring={
        "dimensions": {"fit": {"cap": 60}, "engagement": {"cap": 40}},
        "signals": [
            {
                "id": "machinery",
                "dimension": "fit",
                "when": "lead.industry = machinery",
                "points": 60,
            },
            {"id": "visits", "dimension": "engagement", "behavior": "visit", "points": 10},
        ],
    },
    grades={
        "source": "score_first",
        "thresholds": [
            {"grade": "A", "from_score": 80},
            {"grade": "B", "from_score": 40},
            {"grade": "C"},
        ],
        "ungraded": "C",
    },
    points={
        "base": {"A": 8, "B": 5, "C": 1},
        "adjustments": [{"id": "fair", "when": "lead.source = fair", "add": 2}],
    },
    fit={"mode": "declared", "weights": {"region": 1}},
    exploration={"rate_millionths": 100_000},
)
ITEM = Item(
    "L1",
    {
        "name": "Zhang Wei",
        "phone": "+8613800138000",
        "industry": "machinery",
        "region": "浙江省",
        "source": "fair",
    },
    company=Company("acme", {"name": "Acme", "is_key_account": False}, "gone"),
    behaviours=(Behaviour("visit", NOW, 1),),
)


def lines_of(run: Run, kind: str) -> list[dict[str, Any]]:
    parsed = [json.loads(line) for line in run.lines]
    return [data for data in parsed if data["t"] == kind]


def receipt() -> tuple[Run, dict[str, Any], dict[str, Any], dict[str, Any]]:
    """One item under these rules: the run, and its class, field and decision lines."""
    before = {"eve": Load(open_count=1, open_points=points(3))}
    run = deal(RULES, PEOPLE, ITEM, loads=before, seed="company seed")
    (class_,), (field,), (decision,) = (
        lines_of(run, kind) for kind in ("class", "field", "decision")
    )
    return run, class_, field, decision


# -- everything DESIGN.md lists ------------------------------------------------------------------


def test_the_run_names_the_moment_the_seed_the_policy_version_and_what_is_read() -> None:
    run, *_ = receipt()

    (opening,) = lines_of(run, "run")
    assert opening["now"] == "2026-03-04T10:00:00+08:00"
    assert opening["seed"] == "company seed"
    assert opening["policy"] == run.router.policy.label
    assert "lead.region" in opening["reads"]
    assert opening["compact"] is False
    assert run.lines[0].startswith('{"t":"run","format":1,')


def test_policy_team_and_state_stand_in_the_file_so_that_it_replays_by_itself() -> None:
    run, *_ = receipt()

    assert [json.loads(line)["t"] for line in run.lines[:4]] == ["run", "policy", "team", "start"]
    (policy,), (people,), (state,) = (lines_of(run, kind) for kind in ("policy", "team", "start"))
    assert policy["document"] == run.document
    assert [rep["id"] for rep in people["reps"]] == ["ana", "ben", "cai", "dan", "eve"]
    assert state["loads"] == {"eve": [1, points(3), []]}


def test_the_class_says_what_was_read_what_it_is_worth_and_why() -> None:
    run, class_, _, _ = receipt()

    (opening,) = lines_of(run, "run")
    read = dict(zip(opening["reads"], class_["reading"]["values"], strict=True))
    assert read["lead.region"] == "浙江省"
    assert "gone" not in read.values()  # who owns the company stands beside each decision
    assert class_["reading"]["kind"] == "lead"
    assert class_["reading"]["behaviours"] == [["visit", "2026-03-04T10:00:00+08:00", 1]]
    assert (class_["grade"], class_["points"], class_["score"]) == ("B", points(7), 7_000)
    assert [why["code"] for why in class_["worth"]] == [
        "grade.from_score",
        "points.base",
        "points.adjusted",
    ]
    assert {why["code"] for why in class_["scored"]} >= {"score.held", "score.behavior"}


def test_the_field_says_who_could_take_it_with_which_weight_and_by_which_factors() -> None:
    _, _, field, _ = receipt()

    assert field["rule"] == "shared"
    assert field["book"] == "all|value"
    # Person, weight in hundredths, fit in millionths.
    assert field["may"] == [
        ["ana", 125, 0],
        ["ben", 100, 1_000_000],
        ["dan", 75, 0],
        ["eve", 100, 0],
    ]
    # Person, base, ramp, merit, temporary; whoever is not listed has the plain base.
    assert field["factors"] == [["ana", 100, 100, 125, 100], ["dan", 100, 75, 100, 100]]


def test_stable_exclusions_stand_once_with_the_predicate_and_its_value() -> None:
    run = deal(RULES, PEOPLE, [lead(f"L{n}", region="苏州市") for n in range(5)])

    (field,) = lines_of(run, "field")
    excluded = {tuple(names): reason_from_json(why) for why, names in field["may_not"]}
    assert excluded[("cai",)].code == "availability.switched_off"
    assert dict(excluded[("ben",)].params) == {
        "field": "region",
        "wanted": "苏州市",
        "has": ("浙江省",),
    }
    assert [one["f"] for one in lines_of(run, "decision")] == [field["n"]] * 5


def test_reasons_that_hold_for_many_are_written_once() -> None:
    people = team(reps("ana"), reps("ben", "cai", "dan", is_accepting=False))

    run = deal(document(fair()), people, lead())

    (field,) = lines_of(run, "field")
    assert field["may_not"] == [[{"code": "availability.switched_off"}, ["ben", "cai", "dan"]]]


def test_dynamic_exclusions_stand_with_their_values_and_are_shared_while_they_last() -> None:
    run, _, _, decision = receipt()

    (full,) = lines_of(run, "full")
    assert full["who"] == [["eve", {"code": "capacity.open_items", "open": 1, "limit": 1}]]
    assert decision["full"] == full["n"]

    more = start(RULES, PEOPLE, loads={"eve": Load(open_count=1)})
    more.deal(leads(6, "B"))
    assert len(lines_of(more, "full")) == 1


def test_the_decision_says_rule_path_winner_runners_up_sequence_and_draw() -> None:
    run, _, _, decision = receipt()
    (told,) = run.decisions

    assert decision["i"] == "L1"
    assert (decision["rule"], decision["rep"]) == ("shared", told.rep_id)
    assert decision["tried"] == [["owner", {"code": "owner.departed", "rep": "gone"}]]
    assert decision["o"] == "gone"
    assert (decision["f"], decision["s"]) == (0, 1)
    assert decision["places"][0][0] == told.rep_id
    assert [place[0] for place in decision["places"]] == [one.member for one in told.places]
    expected = draw_for(
        seed="company seed", item_id="L1", round_=0, policy_version=run.router.policy.label
    )
    assert decision["draw"] == expected.hex()


def test_what_everybody_was_due_and_the_fit_bonus_stand_beside_each_place() -> None:
    run = deal(RULES, PEOPLE, ITEM)

    (decision,) = lines_of(run, "decision")
    shares = {place[0]: place[2] for place in decision["places"]}
    bonuses = {place[0]: place[4] for place in decision["places"]}
    assert sum(shares.values()) == points(7)
    assert bonuses == {"ana": 0, "ben": points(10), "dan": 0, "eve": 0}
    for member, before, share, grade_owed, bonus, score, is_in_band in decision["places"]:
        assert score == before + share + grade_owed + bonus
        assert is_in_band is True
        assert member in shares


def test_there_are_at_most_five_runners_up() -> None:
    run = deal(document(fair()), team(crowd(9)), lead())

    (decision,) = lines_of(run, "decision")
    assert len(decision["places"]) == 6
    assert decision["in_band"] == 9


def test_the_propensity_of_an_explored_item_is_an_exact_fraction() -> None:
    run, _, _, decision = receipt()

    exploration = run.decisions[0].exploration
    assert exploration is not None
    assert Fraction(*decision["propensity"]) == exploration.propensity
    assert decision["random"] == exploration.was_random


def test_a_mentor_stands_beside_a_stretched_item() -> None:
    ladder = [
        {"level": "new", "takes": False, "stretch": {"percent": 50}},
        {"level": "senior"},
    ]
    people = team(Rep("dan", level="new", mentor_id="ana"), Rep("ana", level="senior"))

    run = deal(document(fair(), levels=ladder), people, leads(12))

    mentored = [one for one in lines_of(run, "decision") if one["rep"] == "dan"]
    assert mentored
    assert {one["mentor"] for one in mentored} == {"ana"}
    assert {tuple(one.get("stretched", ())) for one in lines_of(run, "class")} == {(), ("new",)}


def test_an_item_that_nobody_got_says_where_it_is_and_what_was_tried() -> None:
    rules = document(
        fair("first", if_nobody=NEXT),
        rule("pool", {"strategy": "pool", "pool": "公海"}),
        pools=[{"pool": "公海"}],
        capacity={"open_items": 0},
    )

    run = deal(rules, team(reps("ana")), lead())

    (decision,) = lines_of(run, "decision")
    assert (decision["outcome"], decision["where"]) == ("pooled", "公海")
    assert decision["tried"] == [["first", {"code": "rule.everybody_full", "full": 1}]]
    (full,) = lines_of(run, "full")
    assert decision["full"] == full["n"]


@pytest.mark.parametrize(
    ("rules", "outcome"),
    [
        (document(fair(who=False)), Outcome.WAITING),
        (document(fair(who=False, if_nobody={"do": "escalate", "to": "x"})), Outcome.ESCALATED),
        (document(fair(when=False)), Outcome.NO_RULE),
    ],
)
def test_every_outcome_is_written(rules: dict[str, Any], outcome: Outcome) -> None:
    run = deal(rules, team(reps("ana")), lead())

    (decision,) = lines_of(run, "decision")
    assert decision["outcome"] == outcome.value


def test_what_was_handed_over_carries_its_cause() -> None:
    run = deal(document(owner(), fair()), team(reps("ana", "ben")), lead(owned_by="ben"))

    (decision,) = lines_of(run, "decision")
    assert (decision["cause"], decision["rep"], decision["s"]) == ("owner", "ben", 1)


def test_an_owner_whom_no_rule_asked_for_is_not_recorded() -> None:
    rules = document(fair("A", when="lead.grade = A"), owner(when="lead.grade != C"), fair("rest"))
    people = team(reps("ana", "ben", "oda"))

    run = deal(rules, people, [lead(f"L{n}", "ABC"[n], owned_by="oda") for n in range(3)])

    assert ["o" in one for one in lines_of(run, "decision")] == [False, True, False]


def test_books_and_loads_are_written_down_every_256_decisions() -> None:
    run = deal(document(fair()), team(crowd(3)), leads(2 * CHECKPOINT_EVERY + 3, "ABC"))

    checkpoints = lines_of(run, "checkpoint")
    assert [one["after"] for one in checkpoints] == [256, 512]
    assert CHECKPOINT_EVERY == 256
    assert checkpoints[-1]["books"]["all|value"]["sequence"] == 512


def test_temporary_adjustments_are_named_in_the_team_line() -> None:
    rep = Rep("ana", adjustments=(Adjustment(50, NOW.date(), NOW.date(), "半天"),))

    run = deal(document(fair()), team(rep), lead())

    (people,) = lines_of(run, "team")
    assert people["reps"][0]["adjustments"] == [[50, "2026-03-04", "2026-03-04", "半天"]]
    (field,) = lines_of(run, "field")
    assert field["factors"] == [["ana", 100, 100, 100, 50]]


# -- a compact file --------------------------------------------------------------------------------


def test_a_compact_file_leaves_out_what_a_replay_works_out_again() -> None:
    run = deal(RULES, PEOPLE, ITEM, is_compact=True)

    (decision,) = lines_of(run, "decision")
    assert lines_of(run, "field") == []
    assert not {"draw", "places", "in_band"} & set(decision)
    assert replayed(run.lines).is_identical


@given(worlds())
def test_a_compact_file_decides_as_a_full_one(world: World) -> None:
    full, compact = (
        deal(
            world.rules,
            team(world.reps),
            world.items,
            loads=world.loads,
            seed=world.seed,
            is_compact=is_compact,
        )
        for is_compact in (False, True)
    )

    assert [one.rep_id for one in full.decisions] == [one.rep_id for one in compact.decisions]
    assert sum(map(len, compact.lines)) < sum(map(len, full.lines))


# -- what must never stand there -------------------------------------------------------------------


@given(worlds(), st.booleans())
def test_no_line_holds_a_name_phone_mail_or_note_of_a_lead(world: World, is_compact: bool) -> None:
    """The conditions of these worlds ask for all of them; the answers go on, the values do not."""
    run = deal(
        world.rules,
        team(world.reps),
        world.items,
        loads=world.loads,
        seed=world.seed,
        is_compact=is_compact,
    )

    # The policy's own line holds what its author wrote; all others hold nothing of the kind.
    for line in run.lines:
        if line.startswith(('{"t":"policy"', '{"t":"run"')):
            continue
        for personal in (*PERSONAL, "Li Na"):
            assert personal not in line
    assert replayed(run.lines).is_identical


EVERYWHERE = "lead.phone is not empty"


def test_conditions_on_personal_fields_may_stand_anywhere_and_leak_nowhere() -> None:
    secret: dict[str, Any] = {
        "name": "王小明",
        "phone": "+8613912345678",
        "email": "xiaoming@secret.example",
        "note": "家里有急事",
        "wechat": "xm-secret",
    }
    rules = document(
        owner(when=f"{EVERYWHERE} and lead.name contains 小明"),
        fair(
            when='lead.email contains "@secret" or lead.wechat is not empty',
            who=f"{EVERYWHERE} or rep.team = north",
        ),
        fields=[{"field": "lead.wechat", "type": "text", "is_personal": True}],
        groups=[
            {
                "group": "all",
                "who": True,
                "weights": [{"when": f"{EVERYWHERE} and rep.team = north", "percent": 150}],
            }
        ],
        levels=[{"level": "new", "takes": EVERYWHERE}, {"level": "senior"}],
        points={
            "base": {"A": 8, "B": 5, "C": 1},
            "adjustments": [{"id": "reachable", "when": EVERYWHERE, "add": 1}],
        },
        territories=[{"territory": "t", "when": "lead.note is empty", "owner": "ana"}],
        exploration={"rate_millionths": 100_000, "never_when": "lead.name is empty"},
        scoring={
            "dimensions": {"fit": {"cap": 100}},
            "signals": [{"id": "phone", "dimension": "fit", "when": EVERYWHERE, "points": 50}],
        },
    )
    people = team(Rep("ana", team="north", level="new"), Rep("ben", team="south"))

    run = deal(rules, people, [lead(f"L{n}", **secret) for n in range(4)], lead("L9", owned_by="x"))

    everything = "\n".join(run.lines)
    assert not [value for value in secret.values() if value in everything]
    assert lines_of(run, "class")[0]["reading"]["answers"]
    assert {one.rep_id for one in run.decisions[:4]} == {"ana", "ben"}
    assert replayed(run.lines).is_identical


def test_a_reason_of_leave_stays_out_of_receipts() -> None:
    away = Rep("ana", leaves=(Leave(NOW, NOW.replace(hour=20), "surgery"),))

    run = deal(document(fair()), team(away, Rep("ben")), lead())

    assert "surgery" not in "\n".join(run.lines)
    assert replayed(run.lines).is_identical


@given(worlds())
def test_every_reason_in_a_file_is_one_that_can_be_worded(world: World) -> None:
    run = deal(world.rules, team(world.reps), world.items, loads=world.loads, seed=world.seed)

    def reasons_in(value: Any) -> list[dict[str, Any]]:
        if isinstance(value, dict):
            inner = [one for part in value.values() for one in reasons_in(part)]
            return [value, *inner] if "code" in value else inner
        if isinstance(value, list):
            return [one for part in value for one in reasons_in(part)]
        return []

    for line in run.lines[4:]:
        for data in reasons_in(json.loads(line)):
            assert reason_from_json(data).code in CODES
