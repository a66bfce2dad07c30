"""What a comparison says a draft would have done is what it does when it is live."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.simulate.run import Done, Run
from evenhand.people.models import Calendar, Duty, Leave, Organization
from evenhand.policies.models import Line
from evenhand.policies.queries import live_version
from evenhand.review.operations.comparing import as_published
from evenhand.review.reading import read_intakes
from tests.server.review.rerun import (
    FIRST,
    UNTIL,
    decisions,
    intake,
    start_over,
    take_in_for_real,
)
from tests.server.routing.world import SHARE, company, policy

pytestmark = pytest.mark.django_db

NEXT: dict[str, Any] = {"do": "next_rule"}
WAIT: dict[str, Any] = {"do": "wait"}
GROUPS = [
    {"group": "全体", "who": True},
    {"group": "华东组", "who": "rep.region contains 上海市"},
]
TURNS = {**SHARE, "to": {"strategy": "rotation", "group": "全体"}}
FIT = {**SHARE, "to": {"strategy": "best_fit", "group": "全体"}, "if_nobody": WAIT}
OWNER = {
    "rule": "老客户",
    "to": {"strategy": "owner", "of": "company", "if_absent": "next_rule", "if_departed": "wait"},
    "if_nobody": NEXT,
}
EAST = {
    "rule": "华东",
    "when": "lead.region = 上海市",
    "to": {"strategy": "fair_share", "group": "华东组"},
    "if_nobody": NEXT,
}
NIGHT = {
    "rule": "夜间给一人",
    "when": "now.time >= 20:00 or now.weekday in (6, 7)",
    "to": {"strategy": "person", "rep": "r1", "if_absent": "next_rule"},
    "if_nobody": NEXT,
}
DECLARED = {"mode": "declared", "weights": {"industry": 2, "region": 1}}

DRAFTS: dict[str, dict[str, Any]] = {
    "fair share with fit": policy(fit=DECLARED),
    "in turns": policy(rules=[TURNS]),
    "best fit": policy(rules=[FIT], fit=DECLARED),
    "sticky owners": policy(rules=[OWNER, SHARE]),
    "regions and industries": policy(
        rules=[EAST, {**SHARE, "match": ["region", "industry"]}], groups=GROUPS
    ),
    "few open items": policy(
        rules=[EAST, {**SHARE, "match": ["industry"]}],
        groups=GROUPS,
        capacity={"open_items": 6},
    ),
    "few points a day": policy(
        capacity={
            "open_points": 40,
            "windows": [
                {"cap": "日", "per": "day", "points": 8},
                {"cap": "滚动", "per": "hour", "kind": "rolling", "items": 2},
            ],
        }
    ),
    "only in working time": policy(
        rules=[OWNER, SHARE], availability={"working_hours": "exclude"}, capacity={"open_items": 9}
    ),
    "by the clock": policy(rules=[NIGHT, {**SHARE, "when": "lead.created_at within last 1 hour"}]),
    "catching up after leave": policy(
        fairness={"catch_up": {"mode": "bounded", "percent": 50}, "tau": 2}
    ),
    "equal totals": policy(rules=[EAST, SHARE], groups=GROUPS, fairness={"basis": "equal_totals"}),
    "random calibration": policy(exploration={"rate_millionths": 200_000}, fit=DECLARED),
    "own fields": policy(
        fields=[{"field": "lead.urgency", "type": "number"}],
        rules=[{**SHARE, "rule": "急", "when": "lead.urgency >= 4"}, TURNS],
    ),
    "names decide": policy(
        rules=[{**TURNS, "rule": "客户1", "when": "lead.name starts with 客户1"}, SHARE]
    ),
    "who is on duty": policy(
        rules=[
            {
                "rule": "值班",
                "to": {"strategy": "fair_share", "group": "值班组"},
                "if_nobody": {"do": "next_rule"},
            },
            SHARE,
        ],
        groups=[
            {"group": "全体", "who": True},
            {"group": "值班组", "who": "rep.duty contains 周末"},
        ],
    ),
    "nobody and no rule": policy(
        rules=[
            {
                "rule": "软件",
                "when": "lead.industry = 软件",
                "to": {"strategy": "pool", "pool": "公海"},
                "if_nobody": WAIT,
            },
            {**SHARE, "when": "lead.source = 展会", "who": "rep.industry contains 机械"},
        ],
        pools=[{"pool": "公海"}],
    ),
}


def people() -> None:
    """Five reps who differ in all that rules look at; one is away for a week, one is new."""
    reps = company(5)
    office = Calendar.objects.create(
        name="办公", zone="Asia/Shanghai", hours=["09:00-18:00"] * 5 + ["", ""], is_default=True
    )
    for number, rep in enumerate(reps):
        rep.regions = [["上海市"], ["上海市", "江苏省"], ["广东省"], [], []][number]
        rep.industries = [["软件"], [], ["机械"], ["软件", "机械"], ["机械"]][number]
        rep.weight = (100, 100, 50, 150, 100)[number]
        rep.joined_on = (FIRST - timedelta(days=300)).date()
        rep.calendar = office if number < 3 else None
        rep.save()
    Leave.objects.create(
        rep=reps[1], from_at=FIRST + timedelta(days=4), until_at=FIRST + timedelta(days=11)
    )
    for number, day in ((3, 1), (4, 3), (3, 9), (4, 9)):
        Duty.objects.create(
            rep=reps[number],
            roster="周末",
            from_at=FIRST + timedelta(days=day, hours=2),
            until_at=FIRST + timedelta(days=day + 2, hours=number),
        )
    Organization.objects.update(people_revision=7, zone="Asia/Shanghai")


def told(done: Sequence[Done]) -> list[tuple[Any, ...]]:
    return [
        (
            one.outcome.value,
            one.rep_id,
            one.rule,
            one.cause,
            one.grade,
            one.points,
            one.rounds,
            one.at,
        )
        for one in done
    ]


# Each of them takes 110 leads in three times, so the others are of the whole gate.
_QUICK = ("fair share with fit", "few open items", "who is on duty")


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in _QUICK else pytest.mark.slow) for name in DRAFTS],
)
def test_a_draft_run_over_an_intake_decides_as_it_does_once_it_is_live(name: str) -> None:
    people()
    came = intake(list(DRAFTS).index(name), 110)
    take_in_for_real(came)
    line = Line.objects.get()
    base = live_version(line)
    assert base is not None
    draft = as_published(policy_from_plain(DRAFTS[name]), line, base)
    policies = [policy_from_json(base.document), policy_from_json(draft.as_plain())]
    _, asked = read_intakes(policies, line_id=line.pk, since=FIRST, until=UNTIL)
    said = told(Run(policies[1], asked, seed="test-seed").run().done)

    start_over(draft.as_plain())
    ids = take_in_for_real(came)

    version = live_version(line)
    assert version is not None and version.label == draft.label
    happened = decisions(ids)
    for number, (one, other) in enumerate(zip(said, happened, strict=True)):
        assert one == other, f"lead {number} of {len(said)}"
    assert len({one[1] for one in said}) > 2
