"""Policies for the tests: a small one to vary, a rich one that uses every section, random ones."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from evenhand.engine.conditions.values import fold
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import policy_from_plain

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday

Plain = dict[str, Any]

SMALL: Plain = {
    "schema": 1,
    "line": "test",
    "grades": {
        "thresholds": [{"grade": "A", "from_score": 80}, {"grade": "B", "from_score": 40}],
        "ungraded": "B",
    },
    "points": {"base": {"A": 8, "B": 1}},
    "groups": [{"group": "全员", "who": True}],
    "rules": [
        {
            "rule": "普通",
            "to": {"strategy": "fair_share", "group": "全员"},
            "if_nobody": {"do": "wait"},
        }
    ],
}

RICH: Plain = {
    "schema": 1,
    "line": "企业",
    "version": 3,
    "note": "第一行\n第二行",
    "fields": [
        {"field": "lead.urgency", "type": "text", "choices": ["急", "不急"], "note": "表里有"},
        {"field": "rep.certificate", "type": "list"},
    ],
    "regions": {"华东": ["上海", "江苏"], "江苏": ["南京"], "华南": ["广东"]},
    "region_aliases": {"沪": "上海", "粤": "广东"},
    "scoring": {
        "dimensions": {"fit": {"cap": 60, "floor": -20}, "engagement": {"cap": "40.5"}},
        "signals": [
            {"id": "行业", "dimension": "fit", "points": 20, "when": "lead.industry = 机械"},
            {
                "id": "询价",
                "dimension": "engagement",
                "points": 10,
                "behavior": "询价",
                "half_life_days": "7.5",
                "max_count": 3,
                "cap": 25,
            },
            {"id": "学生", "dimension": "fit", "points": -15, "when": "lead.title contains 学生"},
        ],
        "cap": 90,
        "floor": -10,
        "note": "卡",
    },
    "grades": {
        "source": "field_first",
        "thresholds": [
            {"grade": "A", "from_score": "60.5", "aliases": ["高", "hot"]},
            {"grade": "B", "from_score": 20, "note": "中"},
            {"grade": "C"},
        ],
        "ungraded": "C",
    },
    "points": {
        "base": {"A": 8, "B": "2.5", "C": 1},
        "kinds": {"opportunity": {"A": 10}},
        "adjustments": [
            {"id": "展会", "when": "lead.source = 展会", "add": "0.25"},
            {"id": "老资料", "when": "lead.created_at older than 30d", "multiply_percent": 50},
        ],
        "min": "0.5",
        "max": 12,
    },
    "levels": [
        {
            "level": "新人",
            "takes": "lead.grade in (B, C)",
            "mostly": "lead.grade = C",
            "ramp": {"start_percent": 30, "days": 60, "results": 20},
            "stretch": {"percent": 20, "needs_mentor": False, "credit_percent": 25},
            "graduation": {"days": 120, "expected": 20, "probability_percent": 85},
        },
        {"level": "资深", "note": "全部", "mentees": 3},
    ],
    "groups": [
        {
            "group": "华东组",
            "who": "rep.region contains 华东",
            "weights": [{"when": "rep.is_new", "percent": 50}],
        },
        {"group": "点名", "members": ["张三", "李四"]},
        {"group": "全员", "who": True, "note": "所有人"},
    ],
    "territories": [{"territory": "浦东", "when": "lead.region = 上海", "owner": "张三"}],
    "pools": [{"pool": "公海"}, {"pool": "冷线索", "note": "放一放"}],
    "rules": [
        {
            "rule": "老客户",
            "when": "company.owner is not empty",
            "to": {
                "strategy": "owner",
                "of": "company",
                "if_absent": "next_rule",
                "if_departed": "next_rule",
            },
            "if_nobody": {"do": "next_rule"},
        },
        {
            "rule": "片区",
            "when": "lead.region = 上海 and lead.grade = A",
            "to": {
                "strategy": "owner",
                "of": "territory",
                "if_absent": "next_rule",
                "if_departed": "next_rule",
            },
            "if_nobody": {"do": "next_rule"},
        },
        {
            "rule": "华东",
            "when": "lead.region is within 华东",
            "to": {"strategy": "fair_share", "group": "华东组"},
            "match": ["region", "industry"],
            "who": "rep.certificate is not empty",
            "if_nobody": {"do": "overflow", "rep": "王五"},
        },
        {
            "rule": "指定",
            "when": "lead.source = 老板",
            "to": {"strategy": "person", "rep": "张三", "if_absent": "assign_anyway"},
            "if_nobody": {"do": "escalate", "to": "经理"},
        },
        {
            "rule": "停用的",
            "to": {"strategy": "rotation", "group": "点名"},
            "if_nobody": {"do": "wait"},
            "is_enabled": False,
        },
        {
            "rule": "冷",
            "when": "lead.grade = C",
            "to": {"strategy": "pool", "pool": "冷线索"},
            "if_nobody": {"do": "wait"},
        },
        {
            "rule": "其余",
            "to": {"strategy": "fair_share", "group": "全员"},
            "if_nobody": {"do": "pool", "pool": "公海"},
            "note": "兜底",
        },
    ],
    "fit": {"mode": "declared", "weights": {"industry": 3, "region": 1, "room": 1, "level": 2}},
    "capacity": {
        "open_items": 60,
        "open_points": "200.5",
        "by_level": [{"level": "新人", "open_items": 30}],
        "windows": [
            {"cap": "每天", "per": "day", "items": 12, "who": "rep.level = 新人"},
            {"cap": "每周", "per": "week", "kind": "rolling", "points": 80},
        ],
    },
    "fairness": {"tau": 16, "band": 20, "catch_up": {"mode": "bounded", "percent": 10}},
    "availability": {"working_hours": "exclude", "leave_stops_days_before": 2},
    "exploration": {"rate_millionths": 20000, "never_when": "lead.value > 100000"},
    "duplicates": {"closed_days": 90, "by_source": [{"source": "展会", "same_person": "attach"}]},
    "holding": {"per_day": 5, "items": 40},
    "clocks": {
        "rules": [
            {
                "rule": "保护期",
                "when": "lead.grade = A",
                "clocks": [
                    {
                        "clock": "untouched",
                        "after": "10d",
                        "extends": "3d",
                        "at_most": "20d",
                        "warn": [{"left": "3d"}, {"left": "2h", "tell": ["owner", "manager"]}],
                    }
                ],
                "to_pool": "公海",
                "extension": {"by": "3d"},
            }
        ],
        "evidence": [{"evidence": "call", "least_seconds": 30}],
        "locks": {"at_most": "90d"},
        "signs": {"burst_items": 10, "deadline_within": "2h"},
    },
    "peace": {"owners": 3, "quiet": "14d"},
    "tasks": {
        "types": [
            {
                "type": "门店拜访",
                "minutes": 60,
                "points": "5.5",
                "level": "资深",
                "skills": ["陈列"],
                "quantity": 2,
                "kpi": "拜访",
                "checklist": ["看排面", "拍照"],
                "evidence": "link",
                "due": "3d",
                "absent": "deal",
                "note": "月初去",
            },
            {"type": "电话回访"},
        ],
        "rules": [
            {
                "rule": "拜访",
                "types": ["门店拜访"],
                "when": "lead.region is within 华东 and lead.minutes > 30",
                "to": {"strategy": "fair_share", "group": "全员"},
                "match": ["region"],
                "who": "rep.certificate is not empty",
                "if_nobody": {"do": "market"},
            },
            {
                "rule": "谁的客户谁做",
                "to": {"strategy": "holder", "if_absent": "next_rule"},
                "if_nobody": {"do": "wait"},
            },
        ],
        "triggers": [
            {
                "trigger": "报价后回访",
                "on": "stage",
                "kind": "opportunity",
                "stages": ["proposal"],
                "when": "lead.value > 100000",
                "type": "电话回访",
                "after": "2d",
            }
        ],
        "market": {"who": "rep.level = 资深", "per_day": 5},
        "most_open": 40,
        "tau_percent": 50,
    },
    "workload": {
        "caps": "kept",
        "days_open": 30,
        "leads": {"new": 2},
        "channels": {"visit": 120},
        "meetings": [{"hours": "09:00-09:30", "days": [1], "teams": ["华东"]}],
    },
}


def small(**sections: Any) -> PolicyDocument:
    """The small policy with other sections."""
    return policy_from_plain({**deepcopy(SMALL), **sections})


def rich(change: Callable[[Plain], None] | None = None) -> PolicyDocument:
    """The rich policy, changed."""
    plain = deepcopy(RICH)
    if change is not None:
        change(plain)
    return policy_from_plain(plain)


def rule(
    name: str, when: Any = True, *, group: str = "全员", do: str = "wait", **more: Any
) -> Plain:
    """A rule that deals to a group."""
    return {
        "rule": name,
        "when": when,
        "to": {"strategy": "fair_share", "group": group},
        "if_nobody": {"do": do},
        **more,
    }


# -- random documents ------------------------------------------------------------------------

# Words that careless readers of YAML take for something else.
_WORDS = [
    "no",
    "Yes",
    "null",
    "~",
    "18:00",
    "1_000",
    "0.1",
    "007",
    "1e3",
    "2026-05-01",
    "true",
    "=",
]
_ODD = [
    "a: b",
    "- x",
    "#1",
    "it's",
    '"q"',
    "é",
    "华东 组",
    "{a}",
    "&a",
    "*",
    "!x",
    "%",
    "@",
    "`",
    "<<",
]
names = st.one_of(
    st.sampled_from([*_WORDS, *_ODD]),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=8
    ),
)
notes = st.one_of(st.just(""), names, st.just("a\nb"), st.just("a\n  b\n"), st.just(" a \n\n"))
item_conditions = st.sampled_from(
    [
        True,
        False,
        'lead.source in ("百度", "no")',
        "lead.budget >= 0.5 and not (lead.region is empty)",
        'lead.region is within "华东" or lead.created_at older than 2wd',
        "now.time between 09:00 and 18:00",
        'lead.campaign = "18:00" or lead.campaign = "a\\nb"',
    ]
)
person_conditions = st.sampled_from([True, 'rep.skill contains "no"', "rep.is_new"])
points = st.one_of(st.integers(1, 50), st.decimals("0.000001", "50", places=6))


@st.composite
def documents(draw: st.DrawFn) -> PolicyDocument:
    """Any document that can be read."""
    group_names = _distinct(draw, 1, 3)
    rule_names = _distinct(draw, 1, 4)
    plain: Plain = {
        "schema": 1,
        "line": draw(names),
        "version": draw(st.integers(0, 9)),
        "note": draw(notes),
        "grades": {
            "thresholds": [
                {"grade": "A", "from_score": draw(st.decimals(50, 99, places=2))},
                {"grade": "no", "note": draw(notes)},
            ],
            "ungraded": "no",
        },
        "points": {"base": {"A": draw(points), "no": draw(points)}},
        "groups": [
            {"group": name, "who": draw(person_conditions), "note": draw(notes)}
            for name in group_names
        ],
        "rules": [
            {
                "rule": name,
                "when": draw(item_conditions),
                "to": {
                    "strategy": draw(st.sampled_from(["fair_share", "rotation", "best_fit"])),
                    "group": draw(st.sampled_from(group_names)),
                },
                "match": draw(st.lists(st.sampled_from(["region", "skill"]), unique=True)),
                "if_nobody": draw(st.sampled_from([{"do": "wait"}, {"do": "next_rule"}])),
                "is_enabled": draw(st.booleans()),
                "note": draw(notes),
            }
            for name in rule_names
        ],
    }
    if draw(st.booleans()):
        plain["fairness"] = {"tau": draw(points), "grade_books": draw(st.booleans())}
    if draw(st.booleans()):
        plain["regions"] = {draw(names): _distinct(draw, 0, 2)}
    return policy_from_plain(_without_circles(plain))


def _distinct(draw: st.DrawFn, least: int, most: int) -> list[str]:
    return draw(st.lists(names, min_size=least, max_size=most, unique_by=fold))


def _without_circles(plain: Plain) -> Plain:
    for outer, inners in plain.get("regions", {}).items():
        plain["regions"][outer] = [inner for inner in inners if inner != outer]
    return plain
