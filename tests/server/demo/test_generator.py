"""The demo company: invented, believable, and always the same."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest

from evenhand.cli.demo_company import names
from evenhand.cli.demo_company.generate import generate, workdays_around
from evenhand.cli.demo_company.load_base import POLICIES, policy_of
from evenhand.cli.demo_company.plans import DemoCompany
from evenhand.engine.policy.lint import lint
from evenhand.engine.policy.problem import Gravity
from evenhand.engine.routing.team import Team
from evenhand.leads.keys import company_key, phone_key

UNTIL = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)

# Names that everybody knows: an invented firm or person must not be one of them.
REAL_FIRMS = (
    "华为 腾讯 阿里 字节 美的 格力 海尔 联想 小米 比亚迪 三一 徐工 中联 海康 大疆 宁德时代 富士康 "
    "伊利 蒙牛 农夫山泉 娃哈哈 康师傅 统一 旺旺 三只松鼠 永辉 沃尔玛 华润 美团 京东 拼多多 "
    "Siemens Bosch BMW Daimler Volkswagen BASF Bayer Trumpf Festo Kuka Nestlé Unilever Danone "
    "Samsung Toyota Vinamilk VinFast Orlen Renault Peugeot Michelin Indofood"
).split()


@pytest.fixture(scope="module")
def demo() -> DemoCompany:
    return generate(UNTIL)


def test_the_same_seed_and_moment_give_the_same_company_byte_for_byte(demo: DemoCompany) -> None:
    program = (
        "import sys; from datetime import datetime; from hashlib import sha256;"
        "from evenhand.cli.demo_company.generate import generate;"
        "company = generate(datetime.fromisoformat(sys.argv[1]));"
        "print(sha256(repr(company).encode()).hexdigest())"
    )
    # Another order of hashes, another process: what was made must not hang on either.
    made = subprocess.run(
        [sys.executable, "-c", program, UNTIL.isoformat()],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert made.stdout.strip() == sha256(repr(demo).encode()).hexdigest()


def test_another_seed_gives_another_company(demo: DemoCompany) -> None:
    other = generate(UNTIL, seed="another", leads=50)

    assert {one.name for one in other.companies} != {one.name for one in demo.companies}


def test_it_is_as_large_as_promised(demo: DemoCompany) -> None:
    activities = sum(len(lead.fate.activities) for lead in demo.leads)
    deals = sum(lead.fate.deal is not None for lead in demo.leads)

    assert len(demo.staff.reps) == 60
    assert len(demo.leads) == 3_000
    assert len(demo.companies) == 900
    assert 5_000 < activities < 8_000
    assert 350 < deals < 600


def test_every_rep_is_in_a_team_that_hangs_below_the_head_office(demo: DemoCompany) -> None:
    parents = {team.name: team.parent for team in demo.staff.teams}

    for rep in demo.staff.reps:
        assert parents[rep.team] in ("华东", "华南", "华北", "海外")
        assert parents[parents[rep.team]] == "总部"


def test_every_role_is_there_and_no_mail_address_twice(demo: DemoCompany) -> None:
    roles = {one.role for one in demo.staff.people}
    mails = Counter(one.email for one in demo.staff.people)

    assert roles == {"rep", "manager", "sales_ops", "admin", "auditor"}
    assert max(mails.values()) == 1
    assert all(mail.isascii() and mail.endswith("@lanyanhe.example") for mail in mails)


def test_a_newcomer_has_a_mentor_who_sells_the_same(demo: DemoCompany) -> None:
    reps = {one.email: one.rep for one in demo.staff.reps if one.rep}
    newcomers = [rep for rep in reps.values() if rep.level == "新人"]

    assert len(newcomers) >= 12
    for rep in newcomers:
        mentor = reps[rep.mentor]
        assert mentor.level != "新人"
        assert set(rep.skills) & set(mentor.skills)


def test_shifts_lie_on_free_days_and_somebody_is_away_today(demo: DemoCompany) -> None:
    workdays = workdays_around(UNTIL.date())
    shanghai = ZoneInfo("Asia/Shanghai")
    shifts = {one.from_at.astimezone(shanghai).date() for one in demo.staff.duties}

    assert not shifts & workdays
    assert [one for one in demo.staff.leaves if one.from_at <= UNTIL < one.until_at]


def test_in_the_small_hours_its_day_is_that_of_shanghai() -> None:
    monday = datetime(2026, 11, 29, 16, 30, tzinfo=UTC)  # half past midnight there
    demo = generate(monday, leads=50)

    ahead = [(one.until_date - date(2026, 11, 30)).days for one in demo.staff.adjustments]
    assert ahead == [10, 24, -50]


def test_leads_come_in_order_before_now_and_mostly_on_workdays(demo: DemoCompany) -> None:
    workdays = workdays_around(UNTIL.date())
    moments = [lead.at for lead in demo.leads]
    on_workdays = sum(at.astimezone(ZoneInfo("Asia/Shanghai")).date() in workdays for at in moments)

    assert moments == sorted(moments)
    assert moments[-1] < UNTIL
    assert 0.8 < on_workdays / len(moments) < 0.97


@pytest.mark.parametrize("real", REAL_FIRMS)
def test_no_real_firm_is_among_the_invented_ones(demo: DemoCompany, real: str) -> None:
    invented = [names.COMPANY, names.COMPANY_EN, *(one.name for one in demo.companies)]

    assert [name for name in invented if real.lower() in name.lower()] == []


def test_firms_stay_different_when_written_carelessly(demo: DemoCompany) -> None:
    keys = Counter(company_key(one.name) for one in demo.companies)

    assert max(keys.values()) == 1


def test_nobody_can_be_rung_up_or_written_to(demo: DemoCompany) -> None:
    people = [person for firm in demo.companies for person in firm.contacts]
    phones = [one.phone for one in (*people, *demo.leads) if one.phone]
    mails = [one.email for one in (*people, *demo.leads) if one.email]

    assert all(phone.startswith(("1990000", "1990001")) for phone in phones)
    assert all(phone_key(phone) == phone for phone in phones)
    assert all(mail.endswith(".example") and mail.isascii() for mail in mails)


@pytest.mark.parametrize("name", POLICIES)
def test_the_policies_have_nothing_to_find_fault_with(demo: DemoCompany, name: str) -> None:
    report = lint(policy_of(name), now=UNTIL, team=_team(demo))

    assert [one for one in report.problems if one.gravity is not Gravity.HINT] == []


def test_the_policies_show_what_there_is() -> None:
    documents = [policy_of(name) for name in POLICIES]
    rules = [rule for document in documents for rule in document.rules]

    assert {rule.if_nobody.do for rule in rules} == {
        *("next_rule", "wait", "pool", "overflow", "escalate")
    }
    assert {rule.to.strategy for rule in rules} >= {"fair_share", "owner", "pool"}
    assert [document.line for document in documents] == list(names.LINES)


def _team(demo: DemoCompany) -> Team:
    from evenhand.engine.facts import Rep

    return Team.of(
        Rep(
            id=str(number),
            name=one.name,
            team=one.team,
            level=one.rep.level,
            weight=one.rep.weight,
            fields={"skill": one.rep.skills, "region": one.rep.regions},
        )
        for number, one in enumerate(demo.staff.reps)
        if one.rep
    )
