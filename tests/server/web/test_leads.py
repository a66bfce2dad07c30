"""Pages of leads, accounts and opportunities: who sees what, what a form does, what it leaves."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bench.statements import statements
from evenhand.journal.models import Event
from evenhand.leads.models import (
    Activity,
    Assignment,
    Company,
    Contact,
    Lead,
    Opportunity,
    SavedView,
)
from evenhand.people.models import Rep, User
from evenhand.wording.catalogue import LOCALES, sources
from tests.server.cast import Cast, browser, cast
from tests.server.leads import company

pytestmark = pytest.mark.django_db
SECRET = ("王小明", "13800138000", "xm@huawei.example", "华为技术")


@pytest.fixture
def people() -> Cast:
    return cast()


def rep(user: User) -> Rep:
    return Rep.objects.get(pk=user.pk)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def bare(page: str, number: str) -> str:
    """A page without what differs from one request to the next."""
    return re.sub(r"[A-Za-z0-9]{64}", "TOKEN", page).replace(f"/{number}", "/N")


def post(client: Client, path: str, status: int = 302, **values: Any) -> Any:
    answer = client.post(path, values)
    assert answer.status_code == status, (path, answer.content.decode()[:2000])
    return answer


@pytest.fixture
def world(people: Cast) -> dict[str, int]:
    """One of everything that Ren holds."""
    held = company.account(rep(people.ren))
    person = company.contact(held)
    one = company.lead(
        rep(people.ren), company=held, contact=person, extra={"来意": "展会"}, score=6450,
        contact_due_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    deal = company.opportunity(rep(people.ren), company=held, contact=person, lead=one)
    return {"lead": one.pk, "account": held.pk, "contact": person.pk, "deal": deal.pk}


def pages(world: dict[str, int]) -> list[str]:
    lead, account, deal = world["lead"], world["account"], world["deal"]
    return [
        f"/leads/{lead}",
        f"/leads/{lead}/edit",
        f"/leads/{lead}/convert",
        f"/leads/{lead}/timeline",
        f"/accounts/{account}",
        f"/accounts/{account}/edit",
        f"/accounts/{account}/timeline",
        f"/accounts/{account}/contacts/new",
        f"/accounts/{account}/contacts/{world['contact']}",
        f"/accounts/{account}/opportunities/new",
        f"/opportunities/{deal}",
        f"/opportunities/{deal}/edit",
    ]


LISTS = ("/leads", "/leads?view=board", "/accounts", "/opportunities", "/accounts/new")


@pytest.mark.parametrize("language", LOCALES)
def test_every_page_is_there_in_every_language(
    people: Cast, world: dict[str, int], language: str
) -> None:
    user = dict(zip(LOCALES, (people.ren, people.tom, people.olga), strict=True))[language]
    client = browser(user, language)
    for path in (*pages(world), *LISTS):
        page = text(client, path)
        assert f'<html lang="{language}"' in page
        assert "style=" not in page
        assert "onclick" not in page
    assert "****" not in text(client, f"/leads/{world['lead']}")


@pytest.mark.parametrize("who", ["rui", "carl"])
def test_out_of_reach_is_the_same_as_not_there(
    people: Cast, world: dict[str, int], who: str
) -> None:
    client = browser(getattr(people, who))
    absent = text(client, "/leads/999999", 404)
    for path in pages(world):
        page = text(client, path, 404)
        assert not any(said in page for said in SECRET)
    there = text(client, f"/leads/{world['lead']}", 404)
    assert bare(there, str(world["lead"])) == bare(absent, "999999")
    for path in LISTS:
        assert not any(said in text(client, path) for said in SECRET)
    assert "王小明" not in text(client, "/leads?q=王小")


def writes(world: dict[str, int]) -> list[tuple[str, dict[str, str]]]:
    lead, account, deal = world["lead"], world["account"], world["deal"]
    return [
        (f"/leads/{lead}/log", {"channel": "call", "outcome": "reached"}),
        (f"/accounts/{account}/log", {"channel": "call", "outcome": "reached"}),
        (f"/opportunities/{deal}/log", {"channel": "call", "outcome": "reached"}),
        (f"/leads/{lead}/stage", {"stage": "qualified"}),
        (f"/leads/{lead}/lose", {"why": "other"}),
        (f"/leads/{lead}/edit", {"name": "X", "seen.name": "王小明"}),
        (f"/leads/{lead}/convert", {"name": "X", "currency": "CNY"}),
        (f"/leads/{lead}/return", {"reason": "overload"}),
        (f"/leads/{lead}/erase", {"typed": str(lead), "why": "asked"}),
        ("/leads/several", {"id": str(lead), "act": "stage", "stage": "qualified"}),
        ("/leads/several", {"id": str(lead), "act": "lose", "why": "other"}),
        (f"/accounts/{account}/edit", {"name": "X", "seen.name": "华为技术有限公司"}),
        (f"/accounts/{account}/parent", {"parent": ""}),
        (f"/accounts/{account}/key", {"key": "1"}),
        (f"/accounts/{account}/contacts/new", {"name": "X"}),
        (f"/accounts/{account}/contacts/{world['contact']}", {"name": "X", "seen.name": "李娜"}),
        (f"/accounts/{account}/opportunities/new", {"name": "X", "currency": "CNY"}),
        (f"/opportunities/{deal}/edit", {"name": "X", "currency": "CNY", "value": "1"}),
        (f"/opportunities/{deal}/stage", {"stage": "proposal"}),
        (f"/opportunities/{deal}/win", {}),
        (f"/opportunities/{deal}/lose", {"why": "other"}),
    ]


def everything() -> list[Any]:
    tables = (Lead, Company, Contact, Opportunity, Activity, Assignment, Event)
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize(("who", "statuses"), [("carl", {404, 403}), ("ada", {403}), (None, {302})])
def test_who_may_not_changes_nothing(
    people: Cast, world: dict[str, int], who: str | None, statuses: set[int]
) -> None:
    client = browser(getattr(people, who) if who else None)
    before = everything()

    for path, values in writes(world):
        answer = client.post(path, values)
        assert answer.status_code in statuses, path
        assert not any(said in answer.content.decode() for said in SECRET)
        if who is None:
            assert answer.headers["Location"].startswith("/login")

    assert everything() == before


def test_nothing_is_changed_by_looking(people: Cast, world: dict[str, int]) -> None:
    client = browser(people.ren)
    before = everything()

    for path, _ in writes(world):
        assert client.get(path).status_code in (200, 403, 405), path

    assert everything() == before


def test_two_taps_log_a_contact_once(people: Cast, world: dict[str, int]) -> None:
    client, path = browser(people.ren), f"/leads/{world['lead']}/log"
    entry = {"channel": "call", "outcome": "reached", "entry_key": "k1", "note": "要样品"}

    first = post(client, path, **entry, next="/leads?due=due")
    post(client, path, **entry)

    assert first.headers["Location"] == "/leads?due=due"
    assert Activity.objects.get().note == "要样品"
    page = text(client, f"/leads/{world['lead']}")
    assert "打电话，接通了" in page
    assert "要样品" in page


def test_an_entry_kept_without_a_connection_comes_with_its_moment(
    people: Cast, world: dict[str, int]
) -> None:
    made = timezone.now() - timedelta(hours=2)
    entry = {"channel": "visit", "outcome": "met", "at": made.isoformat(), "entry_key": "k2"}

    post(browser(people.ren), f"/leads/{world['lead']}/log", **entry)

    assert Activity.objects.get().at == made


def test_the_script_is_told_where_to_go_on(people: Cast, world: dict[str, int]) -> None:
    path = f"/leads/{world['lead']}"
    entry = {"channel": "call", "outcome": "no_answer", "entry_key": "k3"}
    client = browser(people.ren)

    answer = client.post(f"{path}/log", entry, headers={"X-Kept": "now"})
    stranger = browser().post(f"{path}/log", entry, headers={"X-Kept": "later"})

    assert (answer.status_code, answer.headers["X-Place"]) == (204, path)
    assert "已记录" in text(client, path)
    assert "X-Place" not in stranger.headers
    assert Activity.objects.count() == 1


def test_no_way_leads_out_of_the_house(people: Cast, world: dict[str, int]) -> None:
    for place in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        answer = post(
            browser(people.ren), f"/leads/{world['lead']}/log",
            channel="note", outcome="noted", note="x", next=place,
        )  # fmt: skip
        assert answer.headers["Location"] == f"/leads/{world['lead']}"


def test_what_was_typed_is_kept_beside_its_error(people: Cast, world: dict[str, int]) -> None:
    page = post(
        browser(people.ren), f"/leads/{world['lead']}/edit", 422,
        **{"name": "王大明", "email": "no mail", "seen.name": "王小明"},
    ).content.decode()  # fmt: skip

    assert 'value="王大明"' in page
    assert 'id="id_email-error"' in page
    assert Lead.objects.get(pk=world["lead"]).name == "王小明"


def test_two_people_edit_and_the_second_sees_both_values(
    people: Cast, world: dict[str, int]
) -> None:
    path, seen = f"/leads/{world['lead']}/edit", {"seen.region": ""}
    post(browser(people.tom), path, region="上海市", **seen)

    page = post(browser(people.ren), path, 422, region="江苏省", **seen).content.decode()
    assert 'value="江苏省"' in page
    assert "上海市" in page
    post(browser(people.ren), path, region="江苏省", **{"seen.region": "上海市"})

    assert Lead.objects.get(pk=world["lead"]).region == "江苏省"


def test_a_lead_becomes_a_customer(people: Cast, world: dict[str, int]) -> None:
    client, path = browser(people.ren), f"/leads/{world['lead']}/convert"

    post(client, path, 422, name="首单", value="很多", currency="CNY")
    assert Lead.objects.get(pk=world["lead"]).state == "owned"
    answer = post(client, path, name="首单", value="9,000.5", currency="CNY")

    deal = Opportunity.objects.get(name="首单")
    assert answer.headers["Location"] == f"/opportunities/{deal.pk}"
    assert (deal.value, deal.owner_id) == (900_050, people.ren.pk)
    assert "¥9,000.50" in text(client, f"/opportunities/{deal.pk}")


def test_the_pages_of_accounts_and_deals_do_what_they_say(
    people: Cast, world: dict[str, int]
) -> None:
    client, account, deal = browser(people.ren), world["account"], world["deal"]

    post(client, "/accounts/new", name="华为集团", region="广东省")
    post(client, f"/accounts/{account}/parent", parent="华为 集团")
    post(client, f"/accounts/{account}/edit", region="广东省/深圳市", **{"seen.region": ""})
    post(client, f"/accounts/{account}/contacts/new", name="赵六", phone="13900001111")
    post(client, f"/accounts/{account}/opportunities/new", name="二期", currency="CNY", value="1")
    post(browser(people.tom), f"/accounts/{account}/key", key="1")
    post(client, f"/opportunities/{deal}/stage", stage="proposal")
    seen = {"seen.value": "1000", "seen.currency": "CNY", "seen.name": "华为 年度采购"}
    changes = {"name": "改名", "value": "5", "currency": "CNY"}
    post(client, f"/opportunities/{deal}/edit", **changes, **seen)
    post(client, f"/opportunities/{deal}/win")

    row = Company.objects.get(pk=account)
    assert row.parent is not None
    assert (row.parent.name, row.region, row.is_key_account) == ("华为集团", "广东省/深圳市", True)
    assert Contact.objects.get(name="赵六").company_id == account
    won = Opportunity.objects.get(pk=deal)
    assert (won.name, won.value, won.stage, won.state) == ("改名", 500, "won", "closed")
    page = text(client, f"/accounts/{account}")
    assert "赵六" in page
    assert "二期" in page


def test_several_leads_are_done_all_or_none(people: Cast, world: dict[str, int]) -> None:
    client = browser(people.ren)
    foreign = company.lead(rep(people.carl)).pk
    mine = [world["lead"], company.lead(rep(people.ren)).pk]

    post(client, "/leads/several", 404, id=[*mine, foreign], act="stage", stage="qualified")
    assert not Lead.objects.filter(stage="qualified").exists()
    post(client, "/leads/several", 409, act="stage", stage="qualified")

    post(client, "/leads/several", id=mine, act="stage", stage="qualified")
    assert Lead.objects.filter(stage="qualified").count() == 2
    post(client, "/leads/several", id=mine, act="lose", why="no_need")
    assert Lead.objects.filter(state="closed").count() == 2


def test_a_view_is_kept_and_opened_again(people: Cast, world: dict[str, int]) -> None:
    client = browser(people.ren)

    post(client, "/leads/views", name="待联系", query="due=due&page=3")
    page = text(client, "/leads?due=due")
    view = SavedView.objects.get()
    assert 'href="/leads?due=due" aria-current="true"' in page
    post(browser(people.rui), f"/leads/views/{view.pk}/forget", 404)
    post(client, f"/leads/views/{view.pk}/forget")

    assert not SavedView.objects.exists()


def test_columns_are_chosen_per_person(people: Cast, world: dict[str, int]) -> None:
    client = browser(people.ren)

    post(client, "/leads/columns", column=["score", "phone"], size="50")

    page = text(client, "/leads")
    assert "64.5" in page
    assert "13800138000" in page
    assert "cell-source" not in page
    assert "cell-source" in text(browser(people.tom), "/leads")


def test_on_a_phone_a_cell_says_what_it_is_or_is_left_out(
    people: Cast, world: dict[str, int]
) -> None:
    leads, accounts = (text(browser(people.ren), path) for path in ("/leads", "/accounts"))

    assert '<td class=" cell-created" data-label="创建时间">' in leads
    assert '<td class=" cell-stage">' in leads  # a badge says what it is
    assert '<td class="num cell-open_count" data-label="进行中的商机（个）">1</td>' in accounts
    assert '<td class=" cell-parent blank" data-label="上级公司">—</td>' in accounts


def test_an_export_holds_exactly_what_the_filter_shows(people: Cast, world: dict[str, int]) -> None:
    company.lead(rep(people.ren), name="另一个", source="web")
    company.lead(rep(people.carl), name="别的团队", source="web")
    client = browser(people.tom)

    answer = post(client, "/leads/export", 200, query="source=web", purpose="report", format="csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 and "来源" in lines[0] and "电话" not in lines[0]
    assert "另一个" in lines[1]
    whole = post(client, "/leads/export", 200, query="source=web", purpose="report", columns="all")
    assert "电话" in whole.content.decode()
    assert "attachment" in answer.headers["Content-Disposition"]
    for page in ("leads", "accounts", "opportunities"):
        made = post(client, f"/{page}/export", 200, query="", purpose="check", format="xlsx")
        assert made.content.startswith(b"PK")

    post(client, "/leads/export", 409, query="", purpose="", format="csv")
    post(browser(people.ren), "/leads/export", 403, query="", purpose="report", format="csv")
    assert Event.objects.filter(kind__endswith=".exported").count() == 5


def test_a_person_is_erased_by_typing_the_number(people: Cast, world: dict[str, int]) -> None:
    client, path = browser(people.alice), f"/leads/{world['lead']}/erase"

    assert "1 条" in text(client, path)
    page = post(client, path, 422, typed="1234567", why="withdrawn").content.decode()
    assert 'id="typed-error"' in page and '"withdrawn" selected' in page
    page = post(client, path, 422, typed=str(world["lead"]), why="no such reason").content.decode()
    assert 'id="why-error"' in page
    assert Lead.objects.get(pk=world["lead"]).name == "王小明"
    post(client, path, typed=str(world["lead"]), why="withdrawn")
    assert Event.objects.get(kind="person.erased").data["reason"] == "withdrawn"

    assert Lead.objects.get(pk=world["lead"]).name == ""
    assert "王小明" not in text(client, f"/leads/{world['lead']}")


def test_the_drawer_is_a_part_and_the_page_is_whole(people: Cast, world: dict[str, int]) -> None:
    path = f"/leads/{world['lead']}"
    asked = {"HX-Request": "true", "HX-Target": "drawer-body"}
    beside = browser(people.ren).get(path, headers=asked).content.decode()

    assert "<html" not in beside
    assert "王小明" in beside
    assert "<html" in text(browser(people.ren), path)


def test_a_list_takes_the_same_queries_whatever_it_holds(people: Cast) -> None:
    client = browser(people.tom)

    def fill(numbers: range) -> None:
        for number in numbers:
            company.lead(rep(people.ren), name=f"n{number}", contact_due_at=timezone.now())
            held = company.account(rep(people.rui), name=f"公司{number}")
            company.opportunity(rep(people.rui), company=held)

    def queries(path: str) -> int:
        with statements() as captured:
            text(client, path)
        return len(captured)

    paths = ("/leads", "/accounts", "/opportunities", "/leads?view=board")
    fill(range(21))  # more than a page: on the last one nothing needs to be counted
    for path in paths:  # what a process keeps of people, and of what filters offer, is read once
        text(client, path)
    few = [queries(path) for path in paths]
    fill(range(21, 30))

    assert [queries(path) for path in paths] == few
    assert max(few) <= 24, few  # session, person, actor and frame take about eight


def test_the_languages_have_the_same_messages() -> None:
    lines = [sources(locale)["web_leads.ftl"].splitlines() for locale in LOCALES]
    ids = [{line.split(" = ")[0] for line in each if " = " in line} for each in lines]

    assert ids[0] == ids[1] == ids[2]
