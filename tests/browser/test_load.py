"""A manager puts a team's load right at the desk; a rep says how much it is on the phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from evenhand.handover.models import Cover
from evenhand.rebalance.models import Rebalance
from evenhand.rebalance.operations.approve import go_on
from evenhand.work.operations.words import say_word
from tests.browser.conftest import PHONE, Visitor, fits, serious
from tests.server.cast import act_as
from tests.server.rebalance.uneven import held, uneven

pytestmark = pytest.mark.django_db(transaction=True)


def said(page: Page, words: str) -> None:
    """The page says so."""
    expect(page.get_by_text(words).first).to_be_visible()


def press(page: Page, name: str) -> None:
    """Press a button that asks first, and say yes."""
    page.get_by_role("button", name=name).click()
    page.locator("dialog[open] .btn-primary, dialog[open] .btn-danger").first.click()


def is_sound(page: Page) -> bool:
    """Whether it fits its window and axe finds nothing serious."""
    return fits(page) and serious(page, contrast=False) == []


def test_a_manager_answers_a_rep_and_sets_his_cap(visitor: Visitor) -> None:
    people = uneven()
    say_word("much", actor=act_as(people.ren))
    page = visitor.visit("/workload", people.tom)
    row = page.locator("tbody tr", has_text="Ren")
    expect(row).to_contain_text("偏多")
    row.get_by_role("link", name="去回复").click()
    page.get_by_placeholder("补充一句").fill("周三一起看一遍")
    page.get_by_role("button", name="会分走一些").click()
    said(page, "已回复")

    day = (timezone.localdate() + timedelta(days=14)).isoformat()
    page.get_by_text("手工设定上限").click()
    page.get_by_label("在手数量最多").fill("9")
    page.get_by_label("最后一天").fill(day)
    page.get_by_label("原因").fill("展会后先消化")
    page.get_by_role("button", name="设定", exact=True).click()
    said(page, "手工设定为 9 条")
    said(page, "展会后先消化")
    assert is_sound(page)


def test_a_manager_has_moves_made_and_taken_back(visitor: Visitor) -> None:
    people = uneven()
    page = visitor.visit("/workload", people.tom)
    page.get_by_role("link", name="负荷调整").last.click()
    page.get_by_label("团队", exact=True).select_option(label="上海")
    page.get_by_role("button", name="生成方案").click()
    said(page, "1 人 → 0 人")
    found = Rebalance.objects.get()
    moves = found.moves.count()
    assert moves >= 3 and is_sound(page)
    line = page.locator("section[aria-labelledby=moves] tbody tr").first
    line.locator("select").select_option("")
    line.get_by_role("button", name="保存").click()
    said(page, "仍超出")
    said(page, "1 人 → 1 人")
    press(page, f"同意并执行（{moves - 1} 条）")
    said(page, "已同意，正在执行")
    go_on(found.pk)  # as the job does
    page.reload()
    said(page, "已转交")
    assert (held(people.ren), held(people.rui)) == (12 - moves + 1, moves - 1)
    row = page.locator("section[aria-labelledby=loads] tbody tr", has_text="Ren")
    expect(row).to_contain_text("150%")
    visitor.shoot(page, "rebalance-made")
    press(page, "撤回")
    said(page, "正在撤回")
    go_on(found.pk)
    page.reload()
    said(page, "已转回")
    assert held(people.ren) == 12


def test_a_rep_says_on_the_phone_that_it_is_much_and_is_answered(visitor: Visitor) -> None:
    people = uneven()
    phone = visitor.visit("/workload/mine", people.ren, width=PHONE)
    phone.get_by_role("button", name="偏多").click()
    said(phone, "已记下，主管看得到")
    assert is_sound(phone)
    desk = visitor.visit(f"/workload/people/{people.ren.pk}", people.tom)
    desk.get_by_placeholder("补充一句").fill("周三一起看一遍")
    desk.get_by_role("button", name="找你聊聊").click()
    said(desk, "已回复")
    phone.reload()
    said(phone, "找你聊聊")
    said(phone, "周三一起看一遍")


def test_a_rep_arranges_on_the_phone_who_stands_in(visitor: Visitor) -> None:
    people = uneven()
    phone = visitor.visit("/availability", people.ren, width=PHONE)
    first = timezone.localdate() + timedelta(days=3)
    phone.locator("[name=from_at]").fill(first.isoformat())
    phone.locator("[name=until_at]").fill((first + timedelta(days=2)).isoformat())
    phone.get_by_role("button", name="登记请假").click()
    phone.get_by_role("link", name="安排代班").click()
    phone.get_by_label("代班人 1").select_option(label="Rui · 上海")
    phone.get_by_label("还给本人，代班人已经联系过客户的除外").check()
    phone.get_by_role("button", name="提交给经理").click()
    said(phone, "已提交，等经理同意")
    assert is_sound(phone)

    desk = visitor.visit("/handover", people.tom)
    desk.locator("tbody tr", has_text="Ren").get_by_role("link").last.click()
    desk.get_by_role("button", name="同意", exact=True).click()
    said(desk, "已同意")
    other = visitor.visit("/notices", people.rui, width=PHONE, theme="dark")
    said(other, "由你代班一部分工作")
    other.goto("/handover")
    other.locator("tbody tr", has_text="Ren").get_by_role("link").last.click()
    said(other, "Ren 休假，谁来代班")
    said(other, "代班人已经联系过客户的除外")
    assert is_sound(other)
    assert Cover.objects.get().state == "agreed"
