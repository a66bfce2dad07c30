"""Pages on which one sees what was dealt, why, and what waits; and acts by hand from them."""

import pytest

from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead, State
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Organization, Rep, Role, Team, User
from evenhand.policies.models import PolicyVersion
from evenhand.routing.models import Receipt
from evenhand.routing.take_in import take_in
from tests.server.cast import browser
from tests.server.routing.world import company, policy
from tests.server.web.staff import hire

pytestmark = pytest.mark.django_db

PAGES = ("/distribution", "/unassigned", "/overrides", "/policies")


def dealt(count: int = 1) -> list[Lead]:
    take_in(
        [LeadIn(name=f"王芳{n}", phone=f"1380000{n:04d}", grade="A") for n in range(count)],
        actor=SYSTEM,
    )
    return list(Lead.objects.order_by("pk"))


def user_of(rep_id: int | None) -> User:
    return User.objects.get(pk=rep_id)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_ops_opens_every_page_empty_and_full(page: str, language: str) -> None:
    client = browser(hire(Role.SALES_OPS), language)
    assert client.get(page).status_code == 200
    company(2)
    dealt(3)

    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", [*PAGES, "/journal"])
def test_a_rep_is_refused_and_a_stranger_asked_to_log_in(page: str) -> None:
    client = browser(hire(Role.REP))

    assert client.get(page).status_code == 403
    client.logout()
    assert client.get(page).status_code == 302


def test_the_owner_reads_why_him_and_a_colleague_why_not() -> None:
    reps = company(3)
    (lead,) = dealt()
    other = next(rep for rep in reps if rep.pk != lead.owner_id)

    mine = browser(user_of(lead.owner_id)).get(f"/receipts/{lead.receipt_id}")
    whole = browser(other.user).get(f"/receipts/{lead.receipt_id}")
    asked = browser(other.user).get(f"/receipts/{lead.receipt_id}/why-not")

    assert "为什么分给我" in mine.content.decode()
    assert "重算，结果一致" in mine.content.decode()
    assert whole.status_code == 404
    assert asked.status_code == 200
    assert "王芳" not in asked.content.decode()
    assert "1380000" not in asked.content.decode()


def test_a_manager_asks_why_not_a_colleague() -> None:
    reps = company(3)
    (lead,) = dealt()
    other = next(rep for rep in reps if rep.pk != lead.owner_id)
    client = browser(hire(Role.SALES_OPS, "ops"))

    page = client.get(f"/receipts/{lead.receipt_id}?rep={other.pk}").content.decode()

    assert other.user.name in page


def test_the_stream_shows_who_got_what_and_refreshes_a_part_of_itself() -> None:
    company(2)
    leads = dealt(3)
    client = browser(hire(Role.SALES_OPS, "ops"))

    whole = client.get("/distribution").content.decode()
    part = client.get("/distribution", headers={"HX-Target": "decisions"}).content.decode()

    for lead in leads:
        assert f"/receipts/{lead.receipt_id}" in part
    assert "<html" in whole and "<html" not in part


def test_what_waits_is_listed_with_reason_and_remedy_and_assigned_by_hand() -> None:
    reps = company(2)
    Rep.objects.update(is_accepting=False)
    Organization.objects.update(people_revision=2)
    (lead,) = dealt()
    client = browser(hire(Role.SALES_OPS, "ops"))

    page = client.get("/unassigned").content.decode()
    assert "王芳0" in page and "分配组里没有人可参与分配" in page

    answer = client.post(
        "/unassigned/assign",
        {"kind": "lead", "item": [lead.pk], "to": reps[0].pk, "reason": "waiting"},
    )

    assert answer.status_code == 302
    lead.refresh_from_db()
    assert (lead.state, lead.owner_id) == (State.OWNED, reps[0].pk)
    assert "一直没人接" in client.get(f"/receipts/{lead.receipt_id}").content.decode()
    assert "ops" in client.get("/overrides").content.decode()


def test_retry_says_how_many_found_somebody() -> None:
    company(1)
    Rep.objects.update(is_accepting=False)
    Organization.objects.update(people_revision=2)
    dealt()
    Rep.objects.update(is_accepting=True)
    Organization.objects.update(people_revision=3)
    client = browser(hire(Role.SALES_OPS, "ops"))

    page = client.post("/unassigned/retry", follow=True).content.decode()

    assert "分出去了 1 条" in page


def test_the_journal_shows_events_and_filters_them() -> None:
    company(1)
    dealt()
    client = browser(hire(Role.ADMIN))

    page = client.get("/journal").content.decode()
    assert "lead.taken_in" in page and "policy.published" in page
    assert "policy.published" not in [
        line
        for line in client.get("/journal?kind=lead.taken_in").content.decode().splitlines()
        if "<code>" in line
    ]


def test_an_auditor_reads_policies_and_may_not_edit_them() -> None:
    company(1)
    version = PolicyVersion.objects.get()
    client = browser(hire(Role.AUDITOR))

    assert client.get(f"/policies/{version.line_id}").status_code == 200
    refused = client.post(
        f"/policies/{version.line_id}/edit/text", {"text": str(policy()), "edition": "1"}
    )
    assert refused.status_code == 403
    assert PolicyVersion.objects.count() == 1


def test_a_decision_names_the_customer_to_whoever_may_see_him_and_a_number_to_others() -> None:
    reps = company(2)
    dealt(2)
    mine = Lead.objects.get(owner_id=reps[0].pk)
    away = Lead.objects.exclude(pk=mine.pk).get()
    other = Team.objects.create(name="华南")
    other.path = [other.pk]
    other.save()
    User.objects.filter(pk=away.owner_id).update(team=other)
    Receipt.objects.filter(item_id=away.pk).update(from_rep_id=reps[0].pk)

    page = browser(hire(Role.MANAGER)).get("/distribution").content.decode()

    assert mine.name in page
    assert away.name not in page and f"线索 {away.pk}" in page
