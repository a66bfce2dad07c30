"""One's own account over HTTP: choices, password, second factor, logins, tokens."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from evenhand.journal.models import Event
from evenhand.notify.models import ChatLink, Choice
from evenhand.people.models import ApiToken, Entry, User, UserSession
from evenhand.people.operations.incidents import tell_incidents
from evenhand.people.operations.tokens import actor_for_token
from evenhand.people.scope import Right, may
from evenhand.people.sessions import SessionStore
from tests.server.cast import PASSWORD, Cast, browser, cast, give_password

pytestmark = pytest.mark.django_db

NEW = "seven calm herons wade"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


@pytest.fixture
def people() -> Cast:
    found = cast()
    give_password(found.ren)
    give_password(found.olga)
    return found


def come_in(user: User, agent: str = "") -> Client:
    client = Client(headers={"accept-language": "en", "user-agent": agent})
    client.post("/login", {"email": user.email, "password": PASSWORD})
    return client


def enrolled_olga(people: Cast) -> tuple[Client, str]:
    """Olga in a real company, with a second factor of her own."""
    User.objects.filter(pk=people.olga.pk).update(totp_secret="")
    client = come_in(people.olga)
    page = client.get("/account/second-factor").content.decode()
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert found is not None
    secret = found[1].replace(" ", "")
    client.post("/account/second-factor", {"code": pyotp.TOTP(secret).now()})
    return client, secret


def test_language_clock_and_look_are_kept_in_the_profile(people: Cast) -> None:
    client = browser(people.ren)
    client.post("/locale", {"locale": "zh-Hant", "next": "/account"})
    choices = {"locale": "en", "zone": "Asia/Taipei", "theme": "dark"}

    assert client.post("/account/profile", choices)["Location"] == "/account"

    people.ren.refresh_from_db()
    assert (people.ren.locale, people.ren.zone, people.ren.theme) == ("en", "Asia/Taipei", "dark")
    page = browser(people.ren, language="zh-CN").get("/account").content.decode()
    assert '<html lang="en" data-bs-theme="dark"' in page


@pytest.mark.parametrize("wrong", [{"locale": "fr"}, {"zone": "../etc"}, {"theme": "pink"}])
def test_a_choice_that_is_none_changes_nothing(people: Cast, wrong: dict[str, str]) -> None:
    answer = browser(people.ren).post("/account/profile", {"locale": "en"} | wrong)

    assert answer.status_code == 422
    people.ren.refresh_from_db()
    assert (people.ren.locale, people.ren.zone, people.ren.theme) == ("", "", "")


def test_the_language_is_one_click_also_without_a_login() -> None:
    client = browser(language="zh-CN")

    answer = client.post("/locale", {"locale": "en", "next": "/login"})

    assert answer["Location"] == "/login"
    assert '<html lang="en"' in client.get("/login").content.decode()


def test_a_new_password_ends_other_logins_and_not_this_one(people: Cast) -> None:
    here, elsewhere = come_in(people.ren), come_in(people.ren)
    before = here.cookies["session"].value

    answer = here.post("/account/password", {"old": PASSWORD, "password": NEW})

    assert answer["Location"] == "/account"
    assert here.get("/account").status_code == 200
    assert here.cookies["session"].value != before
    assert elsewhere.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "field"), [("wrong", NEW, "id_old"), (PASSWORD, "short", "id_password")]
)
def test_a_password_is_not_changed_and_the_field_says_why(
    people: Cast, old: str, new: str, field: str
) -> None:
    answer = come_in(people.ren).post("/account/password", {"old": old, "password": new})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.content.decode()
    people.ren.refresh_from_db()
    assert people.ren.check_password(PASSWORD) and people.ren.epoch == 1


def test_who_must_have_a_second_factor_gets_nowhere_before(people: Cast) -> None:
    User.objects.filter(pk=people.olga.pk).update(totp_secret="")
    client = come_in(people.olga)
    there = "/account/second-factor"

    for path in ("/account", "/account/tokens", "/account/security"):
        assert client.get(path)["Location"] == there
    assert client.get("/account", headers={"HX-Request": "true"})["HX-Redirect"] == there
    answer = client.post("/account/profile", {"locale": "en", "zone": "", "theme": ""})
    assert answer["Location"] == there
    people.olga.refresh_from_db()
    assert people.olga.locale == ""


def test_setting_it_up_shows_recovery_codes_once_and_goes_on_in_this_browser(
    people: Cast,
) -> None:
    User.objects.filter(pk=people.olga.pk).update(totp_secret="")
    elsewhere = come_in(people.olga)
    client = come_in(people.olga)
    page = client.get("/account/second-factor").content.decode()
    secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert secret is not None and 'src="data:image/svg+xml' in page
    again = client.get("/account/second-factor").content.decode()
    assert secret[1] in again  # a reload does not change what was scanned
    stored = [SessionStore(row.session_key).load() for row in UserSession.objects.all()]
    assert secret[1].replace(" ", "") not in str(stored)

    wrong = client.post("/account/second-factor", {"code": "000000"})
    assert wrong.status_code == 422 and secret[1] in wrong.content.decode()
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    shown = client.post("/account/second-factor", {"code": code}).content.decode()

    assert len(re.findall(r"<code>[a-z2-9]{4}(?:-[a-z2-9]{4}){3}</code>", shown)) == 10
    assert client.get("/account/security").status_code == 200
    assert elsewhere.get("/account/security").status_code == 302


def test_taking_it_off_sends_who_must_have_one_to_a_new_one(people: Cast) -> None:
    client, _ = enrolled_olga(people)
    assert client.get("/account").status_code == 200

    client.post("/account/second-factor/remove")

    people.olga.refresh_from_db()
    assert people.olga.totp_secret == ""
    assert client.get("/account")["Location"] == "/account/second-factor"


def test_logins_are_listed_without_their_keys_and_ended_one_by_one(people: Cast) -> None:
    here, phone = come_in(people.ren), come_in(people.ren, PHONE)
    page = here.get("/account/security").content.decode()
    assert "Safari · iPhone" in page
    for client in (here, phone):
        assert client.cookies["session"].value not in page
    ids = re.findall(r'name="login" value="(\w+)"', page)

    assert len(ids) == 1
    here.post("/account/security/end", {"login": ids[0]})

    assert phone.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_one_sees_how_one_came_in_lately_and_from_roughly_where(people: Cast) -> None:
    come_in(people.ren)
    phone = come_in(people.ren, PHONE)
    phone.post("/login", {"email": people.ren.email, "password": PASSWORD})

    page = phone.get("/account/security").content.decode()

    assert "127.0.0.*" in page and "Safari · iPhone" in page
    assert page.count("New browser") == 1  # the phone's first time; the very first login is none
    assert [one.is_new for one in Entry.objects.order_by("pk")] == [False, True, False]


def test_a_browser_is_new_to_each_person_and_its_mark_opens_nothing(people: Cast) -> None:
    phone = come_in(people.ren, PHONE)
    mark = phone.cookies["browser"]
    assert mark["httponly"] and mark["samesite"] == "Lax"
    come_in(give_password(people.rui))
    phone.post("/logout")

    phone.post("/login", {"email": people.rui.email, "password": PASSWORD})

    assert Entry.objects.latest("pk").is_new
    stranger = browser()
    stranger.cookies["browser"] = mark.value
    assert stranger.get("/account").status_code == 302


def test_failed_tries_are_shown_to_whose_account_it_is(people: Cast) -> None:
    client = come_in(people.ren)
    assert "failed tr" not in client.get("/account/security").content.decode()
    browser().post("/login", {"email": people.ren.email, "password": "wrong"})
    tell_incidents()
    browser().post("/login", {"email": people.ren.email, "password": "wrong"})

    assert "2 failed tries in 30 days" in client.get("/account/security").content.decode()


def test_nobody_ends_the_login_of_somebody_else(people: Cast) -> None:
    rens = come_in(people.ren)
    page = come_in(people.ren).get("/account/security").content.decode()
    stolen = re.findall(r'name="login" value="(\w+)"', page)

    browser(people.carl).post("/account/security/end", {"login": stolen[0]})
    browser(people.carl).post("/account/security/end-others")

    assert rens.get("/account").status_code == 200


def test_all_others_end_at_once(people: Cast) -> None:
    here, *others = [come_in(people.ren) for _ in range(3)]

    here.post("/account/security/end-others")

    assert here.get("/account").status_code == 200
    assert [one.get("/account").status_code for one in others] == [302, 302]


def test_a_token_is_shown_once_has_its_scopes_and_ends_when_revoked(people: Cast) -> None:
    client, _ = enrolled_olga(people)
    form = {"name": "官网", "scopes": ["intake"], "days": "30"}

    page = client.post("/account/tokens", form).content.decode()

    secret = re.search(r"evh_[\w-]{43}", page)
    assert secret is not None
    assert secret[0] not in client.get("/account/tokens").content.decode()
    actor = actor_for_token(secret[0])
    assert actor is not None
    assert may(actor, Right.TAKE_IN) and not may(actor, Right.EDIT_PEOPLE)
    token = ApiToken.objects.get()
    assert client.post(f"/account/tokens/{token.pk}/revoke").status_code == 302
    assert actor_for_token(secret[0]) is None


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["root"]}, {"days": "9999"}]
)
def test_an_unusable_token_is_refused_beside_its_field(
    people: Cast, wrong: dict[str, object]
) -> None:
    client, _ = enrolled_olga(people)

    answer = client.post(
        "/account/tokens", {"name": "官网", "scopes": ["intake"], "days": "30"} | wrong
    )

    assert answer.status_code == 422 and "field-error" in answer.content.decode()
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("name", ["ren", "tom", "ada"])
def test_tokens_are_not_for_everybody(people: Cast, name: str) -> None:
    client = browser(getattr(people, name))

    assert client.get("/account/tokens").status_code == 403
    form = {"name": "x", "scopes": ["intake"], "days": "30"}
    assert client.post("/account/tokens", form).status_code == 403
    assert client.post("/account/tokens/1/revoke").status_code == 403
    assert not ApiToken.objects.exists()


def test_without_a_login_every_page_of_the_account_asks_for_one() -> None:
    for path in ("", "/security", "/second-factor", "/tokens"):
        answer = browser().get(f"/account{path}")
        assert answer["Location"] == f"/login?next=/account{path}"


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_pages_speak_all_languages_and_hold_no_inline_code(people: Cast, language: str) -> None:
    client = Client(headers={"accept-language": language})
    pages = [client.get(path) for path in ("/login", "/forgot", "/link/x")]
    pages += [browser(people.ren, language).get(f"/account{path}") for path in ("", "/security")]

    for page in pages:
        text = page.content.decode()
        assert f'<html lang="{language}"' in text
        assert " style=" not in text and " onclick" not in text
        assert page["Content-Security-Policy"] and page["Cache-Control"] == "no-store"


def stale(user: User) -> Client:
    """Somebody who came in a quarter of an hour ago."""
    client = browser(user)
    session = client.session
    session["proved"] = (timezone.now() - timedelta(minutes=15)).isoformat()
    session.save()
    return client


@pytest.mark.parametrize(
    ("page", "act", "form"),
    [
        ("/members/{ren}", "/members/{ren}/role", {"role": "auditor", "scope": "all"}),
        ("/members/{olga}", "/members/{olga}/second-factor/reset", {}),
        ("/members/{ren}", "/members/{ren}/link", {}),
        ("/leads?grade=A", "/leads/export", {"why": "月报", "format": "csv"}),
    ],
)
def test_roles_links_and_exports_want_a_fresh_login(
    people: Cast, page: str, act: str, form: dict[str, str]
) -> None:
    ids = {"ren": people.ren.pk, "olga": people.olga.pk}
    page, act = page.format(**ids), act.format(**ids)
    before = (list(User.objects.values_list("epoch").order_by("pk")), Event.objects.count())

    answer = stale(people.alice).post(act, form, headers={"Referer": f"http://testserver{page}"})

    assert answer["Location"] == f"/login/again?{urlencode({'next': page})}"
    assert (list(User.objects.values_list("epoch").order_by("pk")), Event.objects.count()) == before
    away = stale(people.alice).post(act, form, headers={"Referer": "https://evil.example/x"})
    assert away["Location"] == "/login/again?next=%2F"


def test_a_lost_phone_is_helped_by_who_gives_roles_and_nobody_else(people: Cast) -> None:
    address = f"/members/{people.olga.pk}/second-factor/reset"
    olgas = browser(people.olga)

    assert browser(people.tom).post(address).status_code == 403
    assert browser(people.olga).post(address).status_code == 403
    people.olga.refresh_from_db()
    assert people.olga.totp_secret and people.olga.epoch == 1
    assert browser(people.alice).post(address).status_code == 302

    people.olga.refresh_from_db()
    assert (people.olga.totp_secret, people.olga.epoch) == ("", 2)
    assert olgas.get("/account").status_code == 302


def test_somebody_chooses_what_he_is_told_and_goes_back_to_the_default(people: Cast) -> None:
    client = browser(people.ren, "en")
    choice = {"items": ["mail"], "digest": "hourly", "quiet_from": "22:00", "quiet_until": "08:00"}

    assert 'name="items"' in client.get("/account/notices").content.decode()
    assert client.post("/account/notices", choice).status_code == 302
    row = Choice.objects.get()
    assert (row.user_id, row.digest, row.urgent_passes) == (people.ren.pk, "hourly", False)
    assert row.channels["items"] == ["mail"]

    client.post("/locale", {"locale": "en", "next": "/account"})
    assert Choice.objects.count() == 1  # the language alone leaves it
    client.post("/account/notices/company")
    assert not Choice.objects.exists()


def test_half_a_quiet_time_is_refused_beside_its_field(people: Cast) -> None:
    client = browser(people.ren, "en")

    answer = client.post("/account/notices", {"digest": "now", "quiet_from": "22:00"})

    assert answer.status_code == 422
    assert "both a beginning and an end" in answer.content.decode()
    assert not Choice.objects.exists()


def test_one_takes_ones_own_link_away_and_nobody_elses(people: Cast) -> None:
    for user in (people.ren, people.rui):
        ChatLink.objects.create(user=user, channel="wecom", address=user.name)

    browser(people.ren).post("/account/notices/unlink", {"channel": "wecom"})

    assert ChatLink.objects.get().user_id == people.rui.pk
