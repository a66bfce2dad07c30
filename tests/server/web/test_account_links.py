"""Links over HTTP: looking uses nothing up, using does, once; and the forgotten password."""

import logging
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.journal.models import Outbox
from evenhand.people.actor import SYSTEM
from evenhand.people.models import LinkKind, OneTimeLink, Organization, User
from evenhand.people.operations.links import issue_link
from evenhand.people.operations.set_up import first_run_link
from tests.server.cast import browser, cast

pytestmark = pytest.mark.django_db

NEW = "seven calm herons wade"
COMPANY = {
    "name": "衡派试验",
    "country": "TW",
    "zone": "Asia/Taipei",
    "locale": "zh-Hant",
    "admin_name": "王芳",
    "admin_email": "fang@firm.example",
    "password": NEW,
}


def link(kind: str, user: User | None = None) -> str:
    return f"/link/{issue_link(kind, user=user, actor=SYSTEM)}"


def test_an_invitation_lets_its_person_in_once() -> None:
    people = cast()
    address = link(LinkKind.INVITE, people.ren)
    client = browser()
    for _ in range(2):  # a mail scanner looks first
        assert people.ren.email in client.get(address).content.decode()

    answer = client.post(address, {"name": "任我行", "password": NEW})

    assert answer["Location"] == "/"
    assert "任我行" in client.get("/account").content.decode()
    assert browser().get(address).status_code == 404
    again = browser().post(address, {"name": "Mallory", "password": NEW})
    assert again.status_code == 404
    assert User.objects.get(pk=people.ren.pk).name == "任我行"


@pytest.mark.parametrize("password", ["short", "password1234", ""])
def test_a_weak_password_is_explained_in_the_readers_language(password: str) -> None:
    people = cast()
    address = link(LinkKind.INVITE, people.ren)

    answer = browser().post(address, {"name": "任我行", "password": password})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "field-error" in page and "密码" in page and "任我行" in page
    assert "password" not in "".join(re.findall(r'"field-error"[^>]*>([^<]*)<', page))
    assert OneTimeLink.objects.get().used_at is None


def test_a_reset_ends_other_logins_and_asks_for_the_code_of_who_has_one() -> None:
    people = cast()
    elsewhere = browser(people.olga)
    assert elsewhere.get("/account").status_code == 200
    client = browser()

    answer = client.post(link(LinkKind.RESET, people.olga), {"password": NEW})

    assert answer["Location"].startswith("/login/code")
    assert client.get("/account").status_code == 302
    assert elsewhere.get("/account").status_code == 302
    people.olga.refresh_from_db()
    assert people.olga.check_password(NEW)


@pytest.mark.parametrize("kind", list(LinkKind))
def test_an_expired_link_looks_like_one_that_never_was(kind: str) -> None:
    if kind == LinkKind.SET_UP:
        address = f"/set-up/{first_run_link()}"
    else:
        address = link(kind, cast(is_demo=True).ren)
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    expired = browser().get(address)
    made_up = browser().get("/link/" + "x" * 43)

    assert expired.status_code == made_up.status_code == 404
    assert expired.content.decode().count("<form") == made_up.content.decode().count("<form")
    assert browser().post(address, {"password": NEW, "name": "M"}).status_code == 404


def test_the_demo_is_entered_by_a_click_and_only_once() -> None:
    people = cast(is_demo=True)
    address = link(LinkKind.DEMO, people.alice)
    client = browser()

    assert people.alice.name in client.get(address).content.decode()
    assert client.get("/account").status_code == 302
    assert client.post(address)["Location"] == "/"
    assert client.get("/account").status_code == 200
    assert browser().post(address).status_code == 404


def test_whoever_was_logged_in_before_is_out() -> None:
    people = cast(is_demo=True)
    client = browser(people.ren)
    key = client.cookies["session"].value

    client.post(link(LinkKind.DEMO, people.tom))

    assert people.tom.email in client.get("/account").content.decode()
    other = browser()
    other.cookies["session"] = key
    assert other.get("/account").status_code == 302


def test_a_real_company_is_set_up_and_its_administrator_sent_to_his_second_factor() -> None:
    token = first_run_link()
    client = browser(language="zh-TW")
    assert client.get(f"/link/{token}")["Location"] == f"/set-up/{token}"
    assert client.get(f"/set-up/{token}").status_code == 200

    assert client.post(f"/set-up/{token}", COMPANY)["Location"] == "/"

    company = Organization.objects.get()
    assert (company.name, company.currency, company.is_demo) == ("衡派试验", "TWD", False)
    assert client.get("/help").status_code == 200
    assert client.get("/account")["Location"] == "/account/second-factor"
    assert client.get("/account/second-factor").status_code == 200
    assert browser().post(f"/set-up/{token}", COMPANY).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"zone": "Mars/Base"}, {"admin_email": "x"}, {"password": "x"}, {"locale": ""}],
)
def test_a_mistake_in_the_set_up_loses_nothing(wrong: dict[str, str]) -> None:
    token = first_run_link()

    answer = browser().post(f"/set-up/{token}", COMPANY | wrong)

    assert answer.status_code == 422
    kept = {"name": "衡派试验", "admin_name": "王芳"} | wrong
    assert kept["admin_name"] in answer.content.decode()
    assert not Organization.objects.exists() and not User.objects.exists()


def test_asking_for_a_reset_tells_nothing(settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_HOST = "mail.example"
    people = cast()
    pages = [
        browser(language="en").post("/forgot", {"email": email}).content.decode()
        for email in (people.ren.email, "nobody@cast.example")
    ]

    assert all("the link is on its way" in page for page in pages)
    assert Outbox.objects.count() == 1


def test_without_a_mail_server_the_page_says_whom_to_ask() -> None:
    people = cast()
    page = browser(language="en").post("/forgot", {"email": people.ren.email}).content.decode()

    assert "evenhand reset-link" in page
    assert not OneTimeLink.objects.exists()


def test_a_link_that_still_works_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    address = link(LinkKind.INVITE, cast().ren)
    token = address.rpartition("/")[2]

    with caplog.at_level(logging.DEBUG):
        assert browser().post(address, {"name": "x", "password": "x"}).status_code == 422
        browser().put(address)
        browser().get(f"{address}x")

    assert caplog.records
    assert not [one for one in caplog.records if token in one.getMessage()]
