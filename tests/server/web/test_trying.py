"""The page on which a lead is tried."""

import pytest

from evenhand.leads.models import Lead
from evenhand.people.models import Rep
from evenhand.policies.models import Line
from tests.server.cast import browser, person
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db


def test_operations_try_a_lead_by_the_live_rules_and_by_a_draft() -> None:
    company(1)
    client = browser(person("Olga", "sales_ops", "all"))
    address = f"/policies/{Line.objects.get().pk}/try"

    assert "试分" in client.get(address).content.decode()
    page = client.post(address, {"try": "1", "source": "展会", "grade": "A"}).content.decode()
    draft = client.get(address.replace("/try", "/yaml")).content.decode()
    by_draft = client.post(address, {"text": draft, "try": "1", "grade": "A"}).content.decode()

    for said in (page, by_draft):
        assert "会分给" in said and "r1" in said
        assert 'id="part-record"' not in said
    assert "按正在修改的草稿" in by_draft and "按正在修改的草稿" not in page
    assert not Lead.objects.exists()


def test_what_cannot_be_used_is_said_beside_its_field_and_stays() -> None:
    company(1)
    client = browser(person("Olga", "sales_ops", "all"))

    answer = client.post(
        f"/policies/{Line.objects.get().pk}/try", {"try": "1", "budget": "viel", "source": "展会"}
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="viel"' in page and 'value="展会"' in page


def test_nobody_there_is_said() -> None:
    company(1)
    Rep.objects.update(is_accepting=False)
    client = browser(person("Olga", "sales_ops", "all"))

    page = client.post(f"/policies/{Line.objects.get().pk}/try", {"try": "1"}).content.decode()

    assert "现在没有人接得到" in page
