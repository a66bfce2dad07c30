"""A rep's to-dos on the phone: today, the market, a checklist, and a photo that proves it."""

from base64 import b64decode
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep
from evenhand.people.operations.revision import people_changed
from evenhand.platform.clock import now
from evenhand.tasks.making import MARKET, REP, Wish, make_all
from evenhand.tasks.models import Photo, Task, TaskState
from tests.browser.conftest import PHONE, Visitor, fits, serious
from tests.server.tasks.rules import TASKS, company_with_tasks

VISIT = {
    "type": "巡店",
    "minutes": 45,
    "skills": ["陈列"],
    "checklist": ["看排面", "补价签"],
    "evidence": "photo",
}
_PAINTED = """() => {
  const canvas = document.createElement("canvas");
  canvas.width = 640; canvas.height = 480;
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#2a6f4e"; brush.fillRect(0, 0, 640, 480);
  brush.fillStyle = "#f2c14e"; brush.fillRect(80, 80, 480, 120);
  return canvas.toDataURL("image/jpeg").split(",")[1];
}"""


@pytest.fixture
def rep(transactional_db: None) -> Rep:
    """A newcomer with two to-dos of his own, and three on the market."""
    one, _ = company_with_tasks(2, types=[VISIT, *TASKS["types"]])
    with transaction.atomic():
        Rep.objects.filter(pk=one.pk).update(level="新人", skills=["陈列"])
        people_changed()
    soon = now() + timedelta(seconds=1)  # of today, or late: never of tomorrow alone
    wishes = [
        Wish("电话回访", REP, one.pk, title="回访海天精工王经理", due_at=soon),
        Wish("巡店", MARKET, title="四通门店月度巡检"),
        Wish("方案", MARKET, title="给华新的方案"),
    ]
    make_all(wishes, via="hand", actor=SYSTEM)
    return one


def _photo(page: Page) -> dict[str, object]:
    """A picture that this browser made."""
    content = b64decode(page.evaluate(_PAINTED))
    return {"name": "shelf.jpg", "mimeType": "image/jpeg", "buffer": content}


def test_a_rep_claims_ticks_and_finishes_with_a_photo_on_the_phone(
    visitor: Visitor, rep: Rep
) -> None:
    page = visitor.visit("/", rep.user, width=PHONE)
    expect(page.locator("#rep-tasks", has_text="回访海天精工王经理")).to_be_visible()
    assert fits(page)
    visitor.shoot(page, "tasks-today")
    page.locator("#rep-tasks .task-tick").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#rep-tasks .task-line")).to_have_count(0)

    # The market says of each what is missing, and lets the other be claimed.
    page.goto("/market")
    plan = page.locator(".task-line", has_text="给华新的方案")
    expect(plan.locator("button")).to_be_disabled()
    expect(plan.locator(".task-why-not")).to_contain_text("资深")
    assert fits(page) and serious(page) == []
    visitor.shoot(page, "tasks-market")
    page.locator(".task-line", has_text="四通门店月度巡检").locator("button").click()
    expect(page.locator(".note[role=status]")).to_be_visible()

    page.goto("/tasks")
    page.locator(".task-line", has_text="四通门店月度巡检").locator("a.task-tick").click()
    page.set_input_files("#do-photo", [_photo(page)])  # type: ignore[list-item]
    page.get_by_label("看排面").check()
    finish = page.locator("button[name=act][value=done]")
    finish.click()
    # One entry is open still: it says so, and the photo is kept all the same.
    expect(page.locator("[data-failure-words]")).to_be_visible()
    (refused,) = visitor.problems
    assert "422" in refused
    visitor.problems.clear()
    expect(page.locator(".task-photos img")).to_have_count(1)
    page.get_by_label("看排面").check()
    page.get_by_label("补价签").check()
    page.locator("#do-result").fill("排面齐，缺一个价签，已补")
    assert fits(page) and serious(page) == []
    visitor.shoot(page, "tasks-finish")
    finish.click()

    photo = page.locator(".task-photos img")
    expect(photo).to_be_visible()
    assert photo.evaluate("one => one.decode().then(() => one.naturalWidth)") == 640
    assert fits(page)
    visitor.shoot(page, "tasks-done")
    done = Task.objects.get(title="四通门店月度巡检")
    assert (done.state, done.owner_id) == (TaskState.DONE, rep.pk)
    assert Photo.objects.filter(task=done).count() == 1
