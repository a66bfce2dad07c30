"""Comparing a draft on the pages: sent from the editor, watched, read, taken out."""

import pytest
from django.test import Client

from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.policy.yaml_view import to_yaml
from evenhand.journal.models import Event
from evenhand.people.actor import SYSTEM
from evenhand.policies.models import Line
from evenhand.review.models import Comparison
from evenhand.review.operations.comparing import compare
from evenhand.routing.take_in import take_in
from tests.server.cast import browser, person
from tests.server.review.test_comparing import FIRST_ALWAYS
from tests.server.routing.test_take_in import leads
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db


def ready() -> tuple[Client, str]:
    company(3)
    take_in(leads(12), actor=SYSTEM)
    return browser(person("Olga", "sales_ops", "all")), f"/policies/{Line.objects.get().pk}/compare"


def begin(client: Client, path: str) -> Comparison:
    text = to_yaml(policy_from_plain(FIRST_ALWAYS), is_brief=True)
    answer = client.post(path, {"text": text})
    row = Comparison.objects.get()
    assert answer.headers["Location"] == f"/policies/comparisons/{row.pk}"
    return row


def test_a_draft_from_the_editor_is_compared_and_read_in_sentences() -> None:
    client, path = ready()
    row = begin(client, path)
    address = f"/policies/comparisons/{row.pk}"

    waiting = client.get(address).content.decode()
    assert "hx-get" in waiting and "正在读线索" in waiting
    compare(row.pk)

    asked = client.get(address, headers={"hx-request": "true"})
    assert asked.headers["HX-Refresh"] == "true"
    page = client.get(address).content.decode()
    assert "12 条线索里，8 条（67%）会换人" in page
    assert "多得最多：r1" in page
    assert "草稿里有 1 条规则在这段时间一条线索也没分到" in page
    assert "data-bars=" in page and "都给 r1" in page
    lead_id = row.leads_apart.order_by("pk").values_list("lead_id", flat=True).first()
    assert f'href="/leads/{lead_id}"' in page
    assert "完成" in client.get(path).content.decode()


def test_one_reps_gains_and_losses_can_be_read_alone() -> None:
    client, path = ready()
    row = begin(client, path)
    compare(row.pk)
    loser = row.leads_apart.exclude(before_rep_id=None).latest("pk").before_rep_id

    page = client.get(f"/policies/comparisons/{row.pk}?rep={loser}")

    assert page.context["page"].count.number == 4
    assert "有关的不同结果" in page.content.decode()


def test_a_draft_with_errors_says_so_and_keeps_the_text() -> None:
    client, path = ready()

    answer = client.post(path, {"text": "schema: 1\nrules: oops"})

    assert "rules: oops" in answer.content.decode()
    assert not Comparison.objects.exists()


def test_another_period_begins_another_comparison_of_the_same_draft() -> None:
    client, path = ready()
    row = begin(client, path)
    compare(row.pk)

    client.post(path, {"of": row.pk, "days": "30"})

    assert [one.days for one in Comparison.objects.order_by("pk")] == [90, 30]
    assert len(set(Comparison.objects.values_list("digest", flat=True))) == 1


@pytest.mark.parametrize("part", ("people", "leads"))
@pytest.mark.parametrize("format", ("csv", "xlsx"))
def test_both_tables_can_be_taken_out_and_that_stands_in_the_journal(
    part: str, format: str
) -> None:
    client, path = ready()
    row = begin(client, path)
    compare(row.pk)

    answer = client.post(
        f"/policies/comparisons/{row.pk}/export",
        {"part": part, "format": format, "purpose": "check"},
    )

    assert answer.status_code == 200 and len(answer.content) > 100
    event = Event.objects.get(kind="policy.comparison_exported")
    assert event.data["rows"] == (3 if part == "people" else 12)
    if format == "csv":
        assert "r1" in answer.content.decode("utf-8-sig")


def test_it_can_be_stopped_from_the_page() -> None:
    client, path = ready()
    row = begin(client, path)

    client.post(f"/policies/comparisons/{row.pk}/stop")
    compare(row.pk)

    page = client.get(f"/policies/comparisons/{row.pk}").content.decode()
    assert "已停止" in page and 'hx-get="/policies' not in page
