"""The frame of every page: menu by role, languages, theme, errors in words."""

import re
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError
from django.template import Context, Engine, TemplateSyntaxError
from django.test import Client, RequestFactory
from django.urls import include, path, set_urlconf

from evenhand.people.models import Role
from evenhand.people.scope import actor_of
from evenhand.web import errors
from evenhand.web.navigation import MENU, menu_for
from evenhand.web.urls import AREAS
from evenhand.wording.catalogue import LOCALES, UnknownMessage, Words
from tests.docs.tables import ROOT
from tests.server.cast import browser
from tests.server.web.staff import hire

WEB = ROOT / "src" / "evenhand" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("language", LOCALES)
def test_every_role_gets_the_frame_in_every_language(role: str, language: str) -> None:
    page = browser(hire(role), language).get("/help")

    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


@pytest.mark.django_db
def test_a_menu_holds_what_the_role_may_see_and_nothing_that_leads_nowhere() -> None:
    without_company: Any = ModuleType("without_company")
    without_company.urlpatterns = [
        path("", include(f"evenhand.web.{area}.urls")) for area in AREAS if area != "company"
    ]
    set_urlconf(without_company)
    try:
        shown = {role: _menu(role) for role in Role}
    finally:
        set_urlconf(None)

    assert "unassigned" not in shown[Role.REP]
    assert "availability" in shown[Role.REP]
    assert {"leads", "accounts", "opportunities", "intake"} <= shown[Role.REP]
    assert {"distribution", "unassigned", "members"} <= shown[Role.MANAGER]
    assert "journal" not in shown[Role.MANAGER]
    assert {"policies", "tokens", "journal"} <= shown[Role.SALES_OPS]
    assert "intake" not in shown[Role.AUDITOR]
    assert all("company" not in keys for keys in shown.values())


def _menu(role: str) -> set[str]:
    menu = menu_for(actor_of(hire(role)), "/")
    return {one.entry.key for _, entries in menu.sections for one in entries}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "key"), [("/", "today"), ("/leads", "leads"), ("/leads/17", "leads"), ("/x", None)]
)
def test_the_entry_of_the_page_and_of_those_below_it_is_marked(
    path: str, key: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evenhand.web.navigation.leads_somewhere", lambda path: True)
    menu = menu_for(actor_of(hire(Role.ADMIN)), path)
    marked = [one.entry.key for _, shown in menu.sections for one in shown if one.is_current]

    assert marked == ([key] if key else [])


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_the_bar_of_a_phone_has_room_for_four_beside_more(
    role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evenhand.web.navigation.leads_somewhere", lambda path: True)

    bar = menu_for(actor_of(hire(role)), "/").bar

    assert [one.entry.key for one in bar][:1] == ["today"]
    assert len(bar) <= 4


@pytest.mark.parametrize("locale", LOCALES)
def test_every_entry_has_its_words(locale: str) -> None:
    words = Words(locale)
    wanted = [f"web-nav-{section.key}" for section in MENU]
    wanted += [f"web-nav-{entry.key}" for section in MENU for entry in section.entries]

    assert [one for one in wanted if not words.has(one)] == []


@pytest.mark.django_db
def test_a_theme_is_kept_in_this_browser_and_painted_by_the_server() -> None:
    client = browser(hire("rep"))

    answer = client.post("/theme", {"theme": "dark", "next": "/help"})

    assert answer.headers["Location"] == "/help"
    assert 'data-bs-theme="dark" data-theme-chosen' in client.get("/help").content.decode()
    client.post("/theme", {"theme": ""})
    assert "data-theme-chosen" not in client.get("/help").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("goal", ["https://elsewhere.example/", "//elsewhere.example", "\\\\x", ""])
def test_changing_the_theme_leads_nowhere_else(goal: str) -> None:
    answer = browser(hire("rep")).post("/theme", {"theme": "dark", "next": goal})

    assert answer.headers["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("locale", LOCALES)
def test_an_address_that_is_none_is_said_in_words(locale: str) -> None:
    page = Client(headers={"accept-language": locale}).get("/no/such/page")

    assert page.status_code == 404
    assert Words(locale).text("web-not-found-title") in page.content.decode()


def test_an_outage_is_said_without_asking_the_database(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"accept-language": "zh-CN"})
    try:
        raise OperationalError
    except OperationalError:
        page = errors.failed(request)

    assert page.status_code == 503
    assert page.headers["Retry-After"] == "3"
    assert "数据库暂时连不上" in page.content.decode()


def test_a_fault_of_ours_is_said_without_asking_the_database(rf: RequestFactory) -> None:
    page = errors.failed(rf.get("/", headers={"accept-language": "en"}))

    assert page.status_code == 500
    assert "Something went wrong" in page.content.decode()


@pytest.mark.django_db
def test_a_page_that_refreshes_itself_is_not_a_person_at_work(settings: Any) -> None:
    from evenhand.people.models import UserSession

    client = browser(hire("rep"))
    UserSession.objects.update(seen_at="2026-01-05T09:00:00Z")
    settings.IDLE_SECONDS = 10**9
    before = UserSession.objects.get().seen_at

    client.get("/help", headers={"X-Live": "1"})
    assert UserSession.objects.get().seen_at == before
    client.get("/help")
    assert UserSession.objects.get().seen_at > before


# What the policy of headers forbids would be dead on arrival: look for it before a browser does.
FORBIDDEN = re.compile(
    r"""\son[a-z]+=|\sstyle=|<style|<script(?![^>]*\bsrc=)|hx-on|javascript:|https?://""", re.I
)


def test_no_template_holds_what_the_policy_of_headers_forbids() -> None:
    found = {one.name: FORBIDDEN.findall(one.read_text(encoding="utf-8")) for one in TEMPLATES}

    assert {name: held for name, held in found.items() if held} == {}


def test_every_icon_that_is_asked_for_is_there() -> None:
    if not django_settings.ICONS.is_dir():
        pytest.skip("the assets are not installed: npm ci")
    asked = re.compile(r"""\{% icon "([a-z0-9-]+)"|icon="([a-z0-9-]+)\"""")
    names = {
        one or two
        for template in TEMPLATES
        for one, two in asked.findall(template.read_text(encoding="utf-8"))
    }
    names |= {entry.icon for section in MENU for entry in section.entries}

    assert {
        name for name in names if not (django_settings.ICONS / f"{name}.svg").is_file()
    } == set()


def test_a_kept_piece_of_a_page_holds_its_arguments_and_nothing_of_the_reader() -> None:
    text = (
        "{% piece one=one %}{{ one }}|{{ viewer }}|{{ request }}|{% say 'web-menu' %}{% endpiece %}"
    )
    piece = _template(text)

    first = piece.render(_context("en", one="<a>", viewer="Ann", request="hers"))
    second = piece.render(_context("zh-Hans", one="<a>", viewer="Bob", request="his"))
    third = piece.render(_context("en", one="<b>", viewer="Bob", request="his"))

    assert first == f"&lt;a&gt;|||{Words('en').text('web-menu')}"
    assert second == f"&lt;a&gt;|||{Words('zh-Hans').text('web-menu')}"
    assert third == f"&lt;b&gt;|||{Words('en').text('web-menu')}"


def test_what_is_a_readers_own_in_a_kept_piece_is_shown_to_him_alone() -> None:
    inside = "{% piece %}({% own %}{{ viewer }}{% endown %}){% endpiece %}"
    loop = "{{ one }}:{% own %}{{ viewer }}{{ one }}{{ key }}{% endown %}-"
    anew = "{% own anew %}{{ key }}{% endown %};"
    piece = _template(
        f"{{% piece names=names %}}{{% for one in names %}}{loop}{anew}{{% endfor %}}"
        f"{inside}{{% endpiece %}}"
    )
    keys = iter("123456")

    def key() -> str:
        return next(keys)

    first = piece.render(_context("en", names=("a", "b"), viewer="<Ann>", key=key))
    second = piece.render(_context("en", names=("a", "b"), viewer="Bob", key=key))

    assert first == "a:&lt;Ann&gt;1-2;b:&lt;Ann&gt;1-3;(&lt;Ann&gt;)"
    assert second == "a:Bob4-5;b:Bob4-6;(Bob)"


def test_an_argument_cannot_stand_where_a_reader_has_his_own() -> None:
    piece = _template(
        "{% piece name=name %}{{ name }}{% own %}{{ viewer }}{% endown %}{% endpiece %}"
    )

    with pytest.raises(ValueError, match="argument"):
        piece.render(_context("en", name="\0", viewer="Ann"))


def test_a_sentence_on_a_page_is_escaped_with_its_parameters_and_can_be_kept_for_later() -> None:
    said = _template(
        "{% say 'web-user-menu' name=name %}{% say 'web-menu' as later %}[{{ later }}]"
    )

    shown = said.render(_context("en", name="<b>"))

    words = Words("en")
    named = words.text("web-user-menu", name="&lt;b&gt;")
    assert shown == f"{named}[{words.text('web-menu')}]"


@pytest.mark.parametrize(
    "text", ["{% say %}", "{% say 'web-menu' name %}", "{% piece x %}", "{% own x %}{% endown %}"]
)
def test_a_tag_that_is_written_wrongly_is_refused_when_the_page_is_read(text: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        _template(text)


def test_a_sentence_that_is_not_in_the_catalogue_is_never_shown_as_nothing() -> None:
    with pytest.raises(UnknownMessage):
        _template("{% say 'web-there-is-no-such' %}").render(_context("en"))


def test_a_sign_is_escaped_also_where_the_same_text_was_trusted_before() -> None:
    trusted = _template("{% badge text|safe %}").render(_context("en", text="<i>"))
    other = _template("{% badge text %}").render(_context("en", text="<i>"))

    assert ("<i>" in trusted, "<i>" in other) == (True, False)


def _template(text: str) -> Any:
    return Engine.get_default().from_string(text)


def _context(locale: str, **given: Any) -> Context:
    return Context({"words": Words(locale), **given})
