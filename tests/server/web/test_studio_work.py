"""Levels, to-dos, the market and meetings by form."""

from typing import Any

import pytest
from django.utils.html import escape

from evenhand.web.policies.level_form import LevelForm
from evenhand.web.policies.part_forms import Known
from evenhand.web.policies.work_forms import MeetingForm, TaskRuleForm, TaskTypeForm, TriggerForm
from evenhand.wording.catalogue import LOCALES, Words
from tests.server.policies.studio import text
from tests.server.web.test_studio import Pages

pytestmark = pytest.mark.django_db

JUNIOR: dict[str, Any] = {
    "name": "新人", "takes": "lead.grade = B", "mostly": "", "mentees": "",
    "ramp_start_percent": "40", "ramp_days": "60", "ramp_results": "12",
    "stretch_percent": "10", "stretch_needs_mentor": "on", "stretch_credit_percent": "",
    "graduation_is_enabled": "on", "graduation_days": "", "graduation_expected": "",
    "graduation_of_mean_percent": "", "graduation_probability_percent": "", "note": "慢慢来",
}  # fmt: skip
SENIOR = {"name": "资深", "mentees": "2", "graduation_is_enabled": "on"}
VISIT: dict[str, Any] = {
    "name": "拜访", "difficulty": "hard", "minutes": "90", "points": "", "level": "资深",
    "skills": "陈列，英语", "quantity": "1", "kpi": "", "checklist": "约时间\r\n\r\n看排面",
    "evidence": "note", "due": "3d", "absent": "deal", "follows": "on", "note": "",
}  # fmt: skip
DEAL: dict[str, Any] = {
    "name": "大家分", "is_enabled": "on", "types": ["拜访"], "when": "", "strategy": "fair_share",
    "group": "全体", "who": "", "match": ["region"], "nobody": "market", "note": "",
}  # fmt: skip
AFTER: dict[str, Any] = {
    "name": "有意向就拜访", "is_on": "on", "kind": "lead", "on": "stage", "stages": ["qualified"],
    "when": "lead.grade = A", "type": "拜访", "title": "", "after": "2d", "to": "rules",
    "once": "on", "note": "",
}  # fmt: skip
MARKET = {
    "market__who": "rep.level = 资深", "market__per_day": "3", "market__holding": "",
    "market__holding_points": "20.5", "market__give_back": "on", "most_open": "40",
    "most_open_points": "", "horizon_days": "21", "remind_before": "1d",
    "tau_percent": "100", "note": "",
}  # fmt: skip


LEVELS = [
    {"level": "新人", "takes": "lead.grade = B", "ramp": {"days": 60, "results": 12},
     "stretch": {"percent": 10}, "note": "慢慢来"},
    {"level": "资深", "mentees": 2},
]  # fmt: skip
TASKS = {
    "types": [{"type": "拜访", "minutes": 90, "level": "资深", "skills": ["陈列", "英语"]}],
    "rules": [
        {"rule": "大家分", "types": ["拜访"], "to": {"strategy": "fair_share", "group": "全体"},
         "match": ["region"], "if_nobody": {"do": "market"}},
    ],
    "triggers": [
        {"trigger": "有意向就拜访", "on": "stage", "stages": ["qualified"], "type": "拜访",
         "when": "lead.grade = A", "after": "2d", "to": "rules"},
    ],
}  # fmt: skip


def _furnished() -> Pages:
    """Pages whose draft has levels, a type of to-dos, a rule and a trigger."""
    pages = Pages()
    pages.begin()
    pages.type(text(levels=LEVELS, tasks=TASKS))
    return pages


def test_levels_by_form_leave_out_what_is_empty_and_open_again_as_they_were() -> None:
    pages = Pages()
    pages.begin()

    assert pages.form("levels-new", was="", **JUNIOR).status_code == 302
    assert pages.form("levels-new", was="", **SENIOR).status_code == 302

    junior, senior = pages.document.levels
    assert junior.ramp is not None and (junior.ramp.days, junior.ramp.results) == (60, 12)
    assert junior.stretch is not None and junior.stretch.credit_percent is None
    assert (junior.graduation, senior.ramp, senior.stretch) == (None, None, None)
    assert senior.mentees == 2
    opened = pages.read(pages.olga, "/edit?part=levels-0")
    assert 'value="60"' in opened and "慢慢来" in opened and "lead.grade = " in opened
    listed = pages.read(pages.olga, "/edit")
    assert "从 40% 起，60 天到满" in listed and "上一级的 10%" in listed
    off = {**JUNIOR, "graduation_is_enabled": "", "ramp_start_percent": "", "ramp_days": ""}
    assert pages.form("levels-0", was="新人", **off | {"ramp_results": ""}).status_code == 302
    junior = pages.document.levels[0]
    assert junior.ramp is None and junior.graduation is not None
    assert not junior.graduation.is_enabled


def test_a_type_of_to_dos_by_form_reads_lists_and_keeps_its_line_of_skills() -> None:
    pages = Pages()
    pages.begin()
    pages.type(text(levels=LEVELS))

    assert pages.form("task_types-new", was="", **VISIT).status_code == 302

    assert pages.document.tasks is not None
    (visit,) = pages.document.tasks.types
    assert (visit.skills, visit.checklist) == (("陈列", "英语"), ("约时间", "看排面"))
    assert (visit.level, visit.points, str(visit.due)) == ("资深", None, "3d")
    assert visit.difficulty == "hard"
    opened = pages.read(pages.olga, "/edit?part=task_types-0")
    assert "陈列, 英语" in opened and 'value="资深" selected' in opened
    assert 'value="hard" selected' in opened
    shown = pages.read(pages.olga, "/edit")
    assert "90 分钟" in shown and "资深以上" in shown and "按规则重新分" in shown


WRONG: list[tuple[str, str, dict[str, Any], str]] = [
    ("levels-0", "新人", JUNIOR | {"ramp_days": "bald"}, "ramp_days"),
    ("levels-0", "新人", JUNIOR | {"graduation_days": "0"}, "graduation_days"),
    ("levels-0", "新人", JUNIOR | {"stretch_percent": "80"}, "stretch_percent"),
    ("levels-0", "新人", JUNIOR | {"takes": "rep.team = 上海"}, "takes"),
    ("task_types-0", "拜访", VISIT | {"minutes": "0"}, "minutes"),
    ("task_types-0", "拜访", VISIT | {"points": "viel"}, "points"),
    ("task_types-0", "拜访", VISIT | {"due": "bald"}, "due"),
    ("task_rules-0", "大家分", DEAL | {"group": ""}, "group"),
    ("task_rules-0", "大家分", DEAL | {"when": "task.minutes >"}, "when"),
    ("task_rules-0", "大家分", DEAL | {"nobody": "overflow"}, "nobody_rep"),
    ("triggers-0", "有意向就拜访", AFTER | {"stages": []}, "stages"),
    ("triggers-0", "有意向就拜访", AFTER | {"type": ""}, "type"),
    ("triggers-0", "有意向就拜访", AFTER | {"after": "soon"}, "after"),
    ("tasks", "", MARKET | {"market__per_day": "viele"}, "market__per_day"),
    ("tasks", "", MARKET | {"remind_before": "bald"}, "remind_before"),
    ("tasks", "", MARKET | {"market__who": "lead.grade = A"}, "market__who"),
    ("workload", "", {"channels__call": "9999"}, "channels__call"),
    ("meetings-new", "", {"hours": "morgens"}, "hours"),
]


def test_what_is_wrong_stands_beside_its_field_in_words_and_nothing_typed_is_lost() -> None:
    pages = _furnished()
    before = pages.own.copy.text

    for part, was, fields, field in WRONG:
        answer = pages.form(part, was=was, **fields)

        page = answer.content.decode()
        assert answer.status_code == 422, (part, field)
        assert f'id="id_{field}-error"' in page, (part, field)
        assert "policy." not in page and "no-value" not in page, (part, field)
        typed = fields.get(field)
        assert not typed or escape(typed) in page, (part, field)
    assert pages.own.copy.text == before


def test_a_rule_of_to_dos_and_a_trigger_by_form_open_again_as_they_were() -> None:
    pages = Pages()
    pages.begin()
    pages.type(text(levels=LEVELS, tasks={"types": TASKS["types"]}))

    assert pages.form("task_rules-new", was="", **DEAL).status_code == 302
    assert pages.form("triggers-new", was="", **AFTER).status_code == 302

    assert pages.document.tasks is not None
    (rule,), (trigger,) = pages.document.tasks.rules, pages.document.tasks.triggers
    assert (rule.types, rule.match, rule.if_nobody.do) == (("拜访",), ("region",), "market")
    assert (trigger.stages, str(trigger.after), trigger.to) == (("qualified",), "2d", "rules")
    opened = pages.read(pages.olga, "/edit?part=triggers-0")
    assert 'value="qualified"' in opened and "线索 · 有意向" in opened
    other = AFTER | {"on": "won", "kind": "opportunity"}
    assert pages.form("triggers-0", was="有意向就拜访", **other).status_code == 302
    assert pages.document.tasks is not None
    assert pages.document.tasks.triggers[0].stages == ()
    to_holder = DEAL | {"strategy": "holder", "if_absent": "next_rule", "nobody": "wait"}
    pages.form("task_rules-new", was="", **to_holder | {"name": "谁的客户谁做", "types": []})
    rules = pages.document.tasks.rules
    assert [one.rule for one in rules] == ["大家分", "谁的客户谁做"]
    # One more lands above the one that takes everything.
    pages.form("task_rules-new", was="", **DEAL | {"name": "第三条"})
    assert pages.document.tasks is not None
    assert [one.rule for one in pages.document.tasks.rules][1] == "第三条"


def test_a_type_and_a_level_take_along_what_names_them_when_they_are_renamed() -> None:
    pages = _furnished()

    pages.form("task_types-0", was="拜访", **VISIT | {"name": "门店拜访"})
    pages.form("levels-1", was="资深", **SENIOR | {"name": "高级"})
    pages.form("groups-0", was="全体", name="大家", reach="everybody")

    tasks = pages.document.tasks
    assert tasks is not None
    assert tasks.rules[0].types == ("门店拜访",) and tasks.triggers[0].type == "门店拜访"
    assert tasks.types[0].level == "高级"
    assert getattr(tasks.rules[0].to, "group", "") == "大家"


def test_the_market_and_its_limits_by_form() -> None:
    pages = _furnished()

    assert pages.form("tasks", was="", **MARKET).status_code == 302

    tasks = pages.document.tasks
    assert tasks is not None and tasks.types[0].type == "拜访"
    market = tasks.market
    assert (market.per_day, market.holding, market.holding_points) == (3, None, 20_500_000)
    assert (tasks.most_open, tasks.most_open_points, tasks.horizon_days) == (40, None, 21)
    assert str(tasks.remind_before) == "1d"
    shown = pages.read(pages.olga, "/edit")
    assert "每人每天最多申领" in shown and "资深" in shown
    shut = pages.form("tasks", was="", **MARKET | {"market__per_day": "0"})
    assert shut.status_code == 302
    assert "谁也申领不到" in pages.read(pages.olga, "/edit?part=tasks")


def test_minutes_by_channel_and_meetings_by_form_leave_the_rest_alone() -> None:
    pages = Pages()
    pages.begin()
    pages.type(text(workload={"leads": {"new": 4}, "meetings": [{"hours": "09:00-09:15"}]}))

    meeting = {"hours": "17:00-18:00", "days": ["5"], "teams": [], "note": "周例会"}
    assert pages.form("meetings-new", was="", **meeting).status_code == 302
    minutes = {"caps": "kept", "channels__call": "12", "channels__visit": ""}
    assert pages.form("workload", was="", **minutes).status_code == 302

    work = pages.document.workload
    assert work is not None
    assert [one.hours for one in work.meetings] == ["09:00-09:15", "17:00-18:00"]
    assert (work.meetings[1].days, work.channels.call, work.channels.visit) == ((5,), 12, 90)
    shown = pages.read(pages.olga, "/edit")
    assert "周五" in shown and "周例会" in shown
    pages.form("meetings-0", was="09:00-09:15", act="delete")
    assert pages.document.workload is not None
    assert [one.hours for one in pages.document.workload.meetings] == ["17:00-18:00"]


def test_a_condition_on_to_dos_is_read_as_a_sentence_while_it_is_typed() -> None:
    pages = _furnished()

    def said(part: str, of: str, typed: str) -> str:
        sent = {"part": part, "of": of, of: typed}
        return str(pages.olga.post(f"{pages.url}/edit/sentence", sent).content.decode())

    assert "60" in said("task_rules-0", "when", "task.minutes > 60")
    assert "note-error" not in said("task_rules-0", "when", "task.minutes > 60")
    assert "资深" in said("tasks", "market__who", "rep.level = 资深")
    assert said("levels-0", "mostly", "lead.grade = A") == said("rules-0", "when", "lead.grade = A")
    # A control: what a lead's condition cannot ask is told.
    assert said("levels-0", "mostly", "rep.level = 资深") != said("x", "who", "rep.level = 资深")


def test_a_finding_leads_to_the_form_that_mends_it() -> None:
    pages = _furnished()

    pages.form("triggers-0", was="有意向就拜访", **AFTER | {"stages": ["proposal"]})

    assert "不存在的阶段" in pages.read(pages.olga, "/edit?part=triggers-0")
    assert (
        "不存在的阶段" not in pages.read(pages.olga, "/edit?part=levels-0").split("studio-yaml")[0]
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_every_choice_of_the_forms_has_words_in_every_language(locale: str) -> None:
    words = Words(locale)
    known = Known(groups=("g",), pools=(), people=(), levels=("L",), task_types=("t",))

    forms = [
        form(words, known, {})
        for form in (LevelForm, TaskTypeForm, TaskRuleForm, TriggerForm, MeetingForm)
    ]

    assert all(block.fields for form in forms for block in form.blocks)
