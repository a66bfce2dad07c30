"""What a heading says, in three languages and many dresses."""

from collections import Counter

import pytest

from evenhand.engine.facts import BUILT_IN_FIELDS
from evenhand.sheets.columns.heading import heading, plain_form
from evenhand.sheets.columns.names import is_known_name, match_name
from evenhand.sheets.columns.roles import ROLES, Purpose
from evenhand.sheets.columns.synonyms import SYNONYMS

# slot: headings of real files and their like, parted by bars.
LEADS = """
id: 线索ID | Lead Number | Prospect ID | mql_id | LEADID | opportunity_id | clue_id | 名單編號
name: 姓名 | 客户姓名* | Full Name
name.last: 姓
name.first: First Name
phone: 手机号 | 聯絡電話(必填) | Mobile | E.164 phone number | leads_tel | 客户联系电话
phone: 家长手机号码 | 手机号（必填）
email: E-mail | 電子郵件 | 邮箱地址 | Work Email
company: 公司名称 | Company / Account | 客户名称 | Firma
region.province: 所在省份 | State/Province
region.city: 縣市 | 所在城市
region.district: 区
region.country: Country
region: 地区 | 归属地 | Sales Region | 片區
industry: 所属行业 | 客户行业 | business_segment | 產業別
product: 意向产品 | Product
source: 來源渠道 | Lead Source | origin | utm_source
campaign: 广告计划名称 | utm_campaign
size: 公司规模
language: 语言
skill: 技能要求
budget: 預算(萬元) | 预算/万元
value: 成交金额 | Amount
employees: 員工人數 | Number of Employees
revenue: Annual Revenue
created_at: 线索创建时间 | Create Date | engage_date
score: 线索评分
grade: 线索等级 | Rating
points: 线索分值
status: Lead Status
note: 备注 | Notiz
owner: 负责人 | Lead Owner | sales_agent | 承辦人
collected_by: 采集人
title: 职务
"""
TEAM = """
id: 工号 | USER_ID
name: 姓名 | sales_agent | 业务员
team: 所属团队 | 部門 | manager
level: 职级 | Level
weight: 权重 | weight
region: 负责区域 | regional_office
region.province: 负责省份
industry: 擅长行业
product: 负责产品
skill: 技能
language: 语言
joined_on: 入职日期 | 到職日 | Hire Date
active: 状态 | 在职状态
accepting: 是否接单
leave: 请假
leave_from: 休假开始日期
leave_until: Leave until
leave_reason: 假别
mentor: 导师
open_count: 当前在手
capacity: 容量上限
performance: 绩效系数
hours: 工作时间
email: 邮箱
phone: 手机
"""
HISTORY = """
id: 线索ID
company: 客户名称
owner: 负责人 | sr_id
assigned_at: 分配时间
created_at: 创建时间
first_response_at: 首次响应时间
outcome: 成交状态 | deal_stage | Stage | CONVERTED
status: Lead Status
closed_at: won_date | 成交日期
value: Amount
grade: 等级
points: 分值
source: 来源
region: 区域
industry: 行业
product: 产品
previous_owner: 原负责人
transfers: 转移次数
contacts: 跟进次数
lost_reason: 输单原因
"""


PURPOSES = (Purpose.LEADS, Purpose.TEAM, Purpose.HISTORY)


def headings(table: str) -> list[tuple[str, str]]:
    lines = [line.split(": ", 1) for line in table.strip().splitlines()]
    return [(header, slot) for slot, names in lines for header in names.split(" | ")]


@pytest.mark.parametrize(
    ("purpose", "header", "slot"),
    [
        (purpose, *pair)
        for purpose, names in zip(PURPOSES, (LEADS, TEAM, HISTORY), strict=True)
        for pair in headings(names)
    ],
)
def test_a_heading_names_its_role(purpose: Purpose, header: str, slot: str) -> None:
    match = match_name(header, purpose)

    assert match is not None
    assert (f"{match.role}.{match.part}" if match.part else match.role) == slot


@pytest.mark.parametrize(
    "header",
    [
        "Do Not Email to me",
        "原负责人",
        "最近联系时间",
        "Converted",
        "微信",
        "Zip/Postal Code",
        "TotalVisits",
        "广告计划ID",
        "上次产品",
    ],
)
def test_a_heading_about_something_else_names_no_role(header: str) -> None:
    assert match_name(header, Purpose.LEADS) is None


def test_the_very_name_counts_more_than_a_dressed_one_and_that_more_than_a_tail() -> None:
    exact, dressed, tail = (
        match_name(header, Purpose.LEADS) for header in ("手机号", "主要手机号", "家长的手机号")
    )

    assert exact and dressed and tail
    assert exact.confidence > dressed.confidence > tail.confidence


@pytest.mark.parametrize("purpose", Purpose)
def test_no_name_stands_for_two_roles_of_one_sheet(purpose: Purpose) -> None:
    names = Counter(name for names in SYNONYMS[purpose].values() for name in names)

    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("purpose", Purpose)
def test_every_name_stands_in_plain_form_under_a_role_that_exists(purpose: Purpose) -> None:
    for slot, names in SYNONYMS[purpose].items():
        role, _, part = slot.partition(".")
        assert not part or part in ROLES[purpose][role].parts
        assert [name for name in names if plain_form(name) != name] == []


@pytest.mark.parametrize("purpose", Purpose)
def test_every_role_has_a_chinese_and_an_english_name(purpose: Purpose) -> None:
    for role in ROLES[purpose]:
        names = [
            n
            for slot, ns in SYNONYMS[purpose].items()
            if slot.partition(".")[0] == role
            for n in ns
        ]
        assert any(name.isascii() for name in names), role
        assert any(not name.isascii() for name in names), role


def test_the_roles_of_leads_and_reps_agree_with_the_fields_of_the_engine() -> None:
    for purpose, root in ((Purpose.LEADS, "lead"), (Purpose.TEAM, "rep")):
        for name, role in ROLES[purpose].items():
            spec = BUILT_IN_FIELDS.get(f"{root}.{name}")
            assert spec is None or spec.type is role.field_type, f"{root}.{name}"


@pytest.mark.parametrize(
    ("text", "plain", "bare", "factor"),
    [
        ("E-mail *", "email", "email", 1),
        ("客戶電話(必填)", "客户电话必填", "客户电话", 1),
        ("预算（万元）", "预算万元", "预算", 10_000),
        ("金额(单位:千元)", "金额单位千元", "金额", 1_000),
        ("营收/亿元", "营收亿元", "营收", 100_000_000),
        ("Revenue (in million USD)", "revenueinmillionusd", "revenue", 1_000_000),
        ("Phone(2)", "phone", "phone", 1),
        ("Ｌｅａｄ　Ｓｏｕｒｃｅ", "leadsource", "leadsource", 1),
        ("百万元", "百万元", "百万元", 1),
    ],
)
def test_headings_are_brought_to_a_plain_form(
    text: str, plain: str, bare: str, factor: int
) -> None:
    found = heading(text)

    assert (found.plain, found.bare, found.factor) == (plain, bare, factor)


def test_known_names_are_known_for_any_sheet() -> None:
    assert is_known_name("權重") and is_known_name("Lead Source") and is_known_name("成交日期")
    assert not is_known_name("填写说明") and not is_known_name("王小测")
