"""The pages of a rebalance: proposed, edited, approved, exported."""

import pytest

from evenhand.rebalance.models import Rebalance
from evenhand.rebalance.operations.approve import go_on
from tests.server.cast import Cast, browser
from tests.server.rebalance.test_rebalance import people as people

pytestmark = pytest.mark.django_db


def test_a_manager_proposes_edits_approves_and_undoes_on_the_pages(people: Cast) -> None:
    tom = browser(people.tom)
    assert "还没有方案" in tom.get("/rebalances").content.decode()
    sent = tom.post("/rebalances", {"team": people.shanghai.pk})
    found = Rebalance.objects.get()
    place = f"/rebalances/{found.pk}"
    assert sent.headers["Location"] == place
    page = tom.get(place).content.decode()
    assert "1 人 → 0 人" in page and "客户" in page

    move = found.moves.order_by("pk")[0]
    wrong = tom.post(place, {"act": "edit", "move": move.pk, f"to_{move.pk}": people.ren.pk})
    assert wrong.status_code == 422 and "不能接" in wrong.content.decode()
    tom.post(place, {"act": "edit", "move": move.pk, f"to_{move.pk}": ""})
    assert "仍超出" in tom.get(place).content.decode()
    tom.post(place, {"act": "approve"})
    go_on(found.pk)
    page = tom.get(place).content.decode()
    assert "已转交" in page and "撤回" in page
    file = tom.post(f"{place}/export", {"purpose": "report", "format": "csv"})
    assert "已转交" in file.content.decode("utf-8-sig")
    tom.post(place, {"act": "undo"})
    go_on(found.pk)
    assert "已转回" in tom.get(place).content.decode()
    assert browser(people.carl).get(place).status_code in (403, 404)
