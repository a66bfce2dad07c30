"""A rep at the public pool with a phone: one tap, and on to the lead."""

import pytest

from evenhand.leads.models import Lead, State
from evenhand.people.actor import SYSTEM
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from tests.browser.conftest import PHONE, Visitor
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
