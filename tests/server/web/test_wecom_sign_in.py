"""Signing in by 企业微信: only who is linked, only the browser that asked, and his code as ever."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from evenhand.journal.models import Event
from evenhand.notify.channels.tokens import TOKENS
from evenhand.notify.models import ChannelSetup, ChatLink
from evenhand.people.models import User
from tests.fakes.wecom import CORP_ID, FakeWeCom
from tests.server.cast import PASSWORD, Cast, browser, cast, give_password
from tests.server.notify.chats import HERE, connect_wecom

pytestmark = pytest.mark.django_db

IN_APP = {"user-agent": "Mozilla/5.0 (iPhone) MicroMessenger/7.0 wxwork/4.1.20 Language/zh"}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def wecom(settings: Any) -> Iterator[FakeWeCom]:
    settings.PRIVATE_TARGETS = HERE
    settings.EVENHAND_URL = "https://leads.example.com"
    TOKENS.clear()
    fake = FakeWeCom({"renwx": "", "olgawx": "", "danwx": ""})
    with fake.running():
        connect_wecom(fake)
        yield fake


def linked(user: User, userid: str) -> None:
    ChatLink.objects.create(user=user, channel="wecom", address=userid)


def asks(client: Client, **more: Any) -> dict[str, str]:
    """Begin to sign in; what 企业微信 is told."""
    answer = client.get("/wecom/login?next=/leads", **more)
    assert answer.status_code == 302
    address = urlsplit(answer.headers["Location"])
    found = {name: values[0] for name, values in parse_qs(address.query).items()}
    return found | {"host": address.netloc}


def comes_back(client: Client, code: str, state: str) -> Any:
    return client.get("/wecom/enter", {"code": code, "state": state})


def user_of(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_who_is_linked_comes_in_where_he_wanted_to_go(people: Cast, wecom: FakeWeCom) -> None:
    linked(people.ren, "renwx")
    client = browser()

    told = asks(client)
    assert (told["host"], told["appid"], told["agentid"]) == (
        "login.work.weixin.qq.com",
        CORP_ID,
        "1000002",
    )
    assert told["redirect_uri"] == "https://leads.example.com/wecom/enter"
    answer = comes_back(client, wecom.sign_in("renwx"), told["state"])

    assert answer.headers["Location"] == "/leads"
    assert user_of(client) == str(people.ren.pk)
    assert Event.objects.get(kind="login.made").data["by"] == "wecom"


def test_inside_the_app_the_login_page_signs_in_by_itself(people: Cast, wecom: FakeWeCom) -> None:
    linked(people.ren, "renwx")
    client = browser()

    first = client.get("/login?next=/leads", headers=IN_APP)
    assert first.headers["Location"] == "/wecom/login?next=%2Fleads"
    told = asks(client, headers=IN_APP)
    assert (told["host"], told["scope"]) == ("open.weixin.qq.com", "snsapi_base")
    comes_back(client, wecom.sign_in("renwx"), told["state"])

    assert user_of(client) == str(people.ren.pk)


def test_who_logs_out_inside_the_app_stays_out(people: Cast, wecom: FakeWeCom) -> None:
    client = browser(people.ren)

    answer = client.post("/logout", headers=IN_APP)

    assert answer.headers["Location"] == "/login?stay=1"
    assert client.get("/login?stay=1", headers=IN_APP).status_code == 200


def test_a_second_factor_is_asked_for_as_ever(people: Cast, wecom: FakeWeCom) -> None:
    linked(people.olga, "olgawx")
    client = browser()

    answer = comes_back(client, wecom.sign_in("olgawx"), asks(client)["state"])

    assert answer.headers["Location"].startswith("/login/code")
    assert user_of(client) is None


def test_a_mark_works_once_and_only_in_the_browser_that_asked(
    people: Cast, wecom: FakeWeCom
) -> None:
    linked(people.ren, "renwx")
    mine, other = browser(), browser()
    state = asks(mine)["state"]
    asks(other)

    wrong = [
        comes_back(other, wecom.sign_in("renwx"), state),
        comes_back(browser(), wecom.sign_in("renwx"), state),
        comes_back(mine, wecom.sign_in("renwx"), "guess"),
        comes_back(mine, wecom.sign_in("renwx"), state),
    ]

    assert [one.status_code for one in wrong] == [403] * 4
    assert user_of(mine) is None and user_of(other) is None
    assert wecom.to("/cgi-bin/auth/getuserinfo") == []


def test_a_code_works_once(people: Cast, wecom: FakeWeCom) -> None:
    linked(people.ren, "renwx")
    code = wecom.sign_in("renwx")
    first, second = browser(), browser()

    comes_back(first, code, asks(first)["state"])
    answer = comes_back(second, code, asks(second)["state"])

    assert answer.status_code == 403
    assert user_of(second) is None


@pytest.mark.parametrize("userid", ["danwx", "outsider"])
def test_who_left_or_is_no_member_does_not_come_in(
    people: Cast, wecom: FakeWeCom, userid: str
) -> None:
    linked(people.dan, "danwx")
    client = browser()

    comes_back(client, wecom.sign_in(userid), asks(client)["state"])

    assert user_of(client) is None
    assert not Event.objects.filter(kind="login.made").exists()


def test_at_first_one_logs_in_with_the_password_and_confirms(
    people: Cast, wecom: FakeWeCom
) -> None:
    give_password(people.ren)
    client = browser()

    answer = comes_back(client, wecom.sign_in("renwx"), asks(client)["state"])
    assert answer.headers["Location"] == "/login?next=%2Fwecom%2Flink&stay=1"
    form = {"email": people.ren.email, "password": PASSWORD, "next": "/wecom/link"}
    assert client.post("/login", form).headers["Location"] == "/wecom/link"
    assert "renwx" in client.get("/wecom/link").content.decode()
    assert not ChatLink.objects.exists()
    client.post("/wecom/link")

    link = ChatLink.objects.get()
    assert (link.user_id, link.address) == (people.ren.pk, "renwx")
    assert Event.objects.get(kind="chat.linked").data == {"key": "wecom", "how": "sign_in"}
    assert client.post("/wecom/link").status_code == 409


def test_an_account_of_somebody_else_is_not_taken(people: Cast, wecom: FakeWeCom) -> None:
    client = browser(people.rui)
    comes_back(client, wecom.sign_in("renwx"), asks(client)["state"])
    linked(people.ren, "renwx")

    answer = client.post("/wecom/link")

    assert answer.status_code == 422
    assert ChatLink.objects.get().user_id == people.ren.pk


def test_nobody_is_sent_to_another_site_afterwards(people: Cast, wecom: FakeWeCom) -> None:
    linked(people.ren, "renwx")
    client = browser()
    client.get("/wecom/login?next=https://evil.example/")
    state = client.session["wecom_state"][0]

    assert comes_back(client, wecom.sign_in("renwx"), state).headers["Location"] == "/"


def test_where_the_channel_is_off_the_login_page_does_not_name_it(
    people: Cast, wecom: FakeWeCom
) -> None:
    assert "/wecom/login" in browser().get("/login").content.decode()
    ChannelSetup.objects.update(is_on=False)

    assert "/wecom/login" not in browser().get("/login").content.decode()
    assert browser().get("/login", headers=IN_APP).status_code == 200
    assert browser().get("/wecom/login").headers["Location"] == "/login?stay=1"
