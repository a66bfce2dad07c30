"""A rep at the public pool with a phone: one tap, and on to the lead."""

import pytest

from evenhand.leads.models import Lead, State
from evenhand.people.actor import SYSTEM
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from tests.browser.conftest import DESK, PHONE, Visitor, fits, serious
from tests.server.cast import Cast
from tests.server.routing.world import policy


@pytest.mark.slow
def test_a_tap_claims_and_the_row_leads_to_the_lead(visitor: Visitor, people: Cast) -> None:
    publish("direct", policy(pools=[{"pool": "公海", "group": "全体"}]), actor=SYSTEM)
    line = Line.objects.get()
    for name in ("王芳", "李雷"):
        Lead.objects.create(name=name, grade="B", state=State.POOLED, pool="公海", line=line)
    mine = visitor.visit("/pool", people.ren, width=PHONE)
    row = mine.locator(".pool-line", has_text="王芳")

    row.get_by_role("button", name="领取").click()
    mine.locator(".pool-done", has_text="王芳").wait_for()

    assert mine.locator(".pool-line", has_text="李雷").count() == 1
    lead = Lead.objects.get(name="王芳")
    assert lead.owner_id == people.ren.pk
    mine.locator(".pool-done").get_by_role("link", name="去跟进").click()
    mine.wait_for_url(f"**/leads/{lead.pk}")


@pytest.mark.slow
def test_a_blind_pool_shows_what_a_lead_costs_and_not_whose_it_is(
    visitor: Visitor, people: Cast
) -> None:
    blind = {"pool": "盲领", "group": "全体", "claim": {"blind": True, "per_day": 2}}
    publish("direct", policy(pools=[blind]), actor=SYSTEM)
    line = Line.objects.get()
    for grade, name in (("A", "王芳"), ("B", "李雷")):
        Lead.objects.create(
            name=name, company_name=f"{name}的公司", phone="13800138000", grade=grade, line=line,
            region="浙江省/杭州市", source="展会", industry="机械", state=State.POOLED, pool="盲领",
        )  # fmt: skip
    lead = Lead.objects.get(name="王芳")
    secrets = ("王芳", "李雷", "13800138000", "杭州", "展会", "机械")
    for language, width in (("zh-Hans", DESK), ("en", DESK), ("en", PHONE), ("zh-Hans", PHONE)):
        page = visitor.visit("/pool", people.ren, width=width, language=language)
        assert not any(one in page.content() for one in secrets)
        assert fits(page) and serious(page) == []
        visitor.shoot(page, f"blind-{language}-{width}")

    row = page.locator(f"#pool-lead-{lead.pk}")
    row.get_by_role("button", name="领取").tap()
    page.locator(".pool-done", has_text="王芳").wait_for()

    visitor.shoot(page, "blind-claimed")
    assert fits(page) and page.locator(".pool-line:not(.pool-done)").count() == 1
    assert "李雷" not in page.content()
    lead.refresh_from_db()
    assert lead.owner_id == people.ren.pk
    page.locator(".pool-done").get_by_role("link", name="去跟进").tap()
    page.wait_for_url(f"**/leads/{lead.pk}")
    assert page.get_by_text("王芳").count() > 0
