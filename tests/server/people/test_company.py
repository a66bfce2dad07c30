"""The company's settings: who changes them, what they may be, and what follows from them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from evenhand.journal.models import Event
from evenhand.notify.models import Notice
from evenhand.people.models import Organization, User
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.company import CompanyIn, edit_company
from evenhand.people.scope import NotAllowed
from evenhand.web.entering import PROVED_KEY
from tests.server.cast import act_as, browser, cast
from tests.server.people.facts import changed, last_event, unchanged

pytestmark = pytest.mark.django_db

AS_IT_STANDS = CompanyIn(
    name="试验公司",
    country="CN",
    zone="Asia/Shanghai",
    locale="zh-Hans",
    currency="CNY",
    first_contact_minutes=120,
    overrides_per_day=20,
    export_alone_rows=5_000,
)


def form(**new: object) -> dict[str, object]:
    """The form as it stands, but for some fields."""
    fields = AS_IT_STANDS.__slots__
    return {name: getattr(AS_IT_STANDS, name) or "" for name in fields} | new


def company() -> dict[str, Any]:
    """The row as it is kept."""
    return Organization.objects.values().get(pk=1)


def test_what_changed_is_kept_and_journaled_with_what_it_was() -> None:
    alice = act_as(cast().alice)

    with changed("company.edited"):
        assert edit_company(
            replace(AS_IT_STANDS, name=" 衡派 科技 ", overrides_per_day=None), actor=alice
        )

    assert (company()["name"], company()["overrides_per_day"]) == ("衡派 科技", None)
    assert last_event().data == {
        "name": ["试验公司", "衡派 科技"],
        "overrides_per_day": [20, None],
    }


def test_the_same_settings_again_change_nothing() -> None:
    alice = act_as(cast().alice)

    with unchanged():
        assert not edit_company(AS_IT_STANDS, actor=alice)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "长" * 121),
        ("country", "XX"),
        ("zone", "Mars/Olympus"),
        ("locale", "fr"),
        ("currency", "XXX"),
        ("first_contact_minutes", None),
        ("first_contact_minutes", 4),
        ("first_contact_minutes", 6_001),
        ("overrides_per_day", 1_001),
        ("export_alone_rows", 1_000_001),
        ("second_factor", "some"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_field(field: str, value: object) -> None:
    alice, before = act_as(cast().alice), company()

    with unchanged(), pytest.raises(CannotEdit) as refused:
        edit_company(replace(AS_IT_STANDS, **{field: value}), actor=alice)

    assert refused.value.field == field
    assert company() == before


@pytest.mark.parametrize("name", ["ren", "tom", "olga", "ada"])
def test_nobody_but_the_administrator_changes_the_company(name: str) -> None:
    people, before = cast(), company()
    who = getattr(people, name)

    with unchanged(), pytest.raises(NotAllowed):
        edit_company(replace(AS_IT_STANDS, name="别的公司"), actor=act_as(who))

    assert browser(who).get("/company").status_code == 403
    assert browser(who).post("/company", form(name="别的公司")).status_code == 403
    assert company() == before


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_page_stands_in_the_administrators_menu(language: str) -> None:
    people = cast()

    assert 'href="/company"' in browser(people.alice, language).get("/").content.decode()
    assert 'href="/company"' not in browser(people.olga, language).get("/").content.decode()
    assert browser(people.alice, language).get("/company").status_code == 200


def test_the_page_keeps_what_was_typed() -> None:
    page = browser(cast().alice)

    answer = page.post("/company", form(first_contact_minutes="30", overrides_per_day=""))

    assert (answer.status_code, answer["Location"]) == (302, "/company")
    assert company()["first_contact_minutes"] == 30
    assert company()["overrides_per_day"] is None


def test_all_are_told_that_they_must_have_a_second_factor_and_reminded_until_then() -> None:
    people = cast()
    User.objects.filter(pk=people.tom.pk).update(totp_secret="x")
    day = "2099-12-01"

    browser(people.alice).post("/company", form(second_factor="all", second_factor_from=day))

    told = set(Notice.objects.filter(kind="own_factor_asked").values_list("user_id", flat=True))
    assert {people.ren.pk, people.hua.pk} <= told
    assert not {people.tom.pk, people.dan.pk} & told
    assert Event.objects.get(kind="company.edited").data["second_factor_from"] == [None, day]
    assert "/account/second-factor" in browser(people.ren).get("/").content.decode()
    assert "/account/second-factor" not in browser(people.tom).get("/").content.decode()


def test_where_the_day_has_come_nobody_gets_past_it_but_in_a_demo_company() -> None:
    people = cast()
    browser(people.alice).post("/company", form(second_factor="all", second_factor_from=""))

    there = "/account/second-factor"
    assert browser(people.ren).get("/")["Location"] == there
    assert browser(people.ren).get("/api/v1/leads").status_code == 403
    assert "每个人都开启" in browser(people.ren).get(there).content.decode()

    Organization.objects.update(is_demo=True)
    assert browser(people.ren).get("/").status_code == 200


def test_a_day_without_the_choice_is_not_kept() -> None:
    browser(cast().alice).post("/company", form(second_factor_from="2099-12-01"))

    assert company()["second_factor_from"] is None


def test_who_logged_in_long_ago_is_asked_again_and_finds_what_was_typed() -> None:
    alice = cast().alice
    page, before = browser(alice), company()
    session = page.session
    session[PROVED_KEY] = (timezone.now() - timedelta(minutes=11)).isoformat()
    session.save()

    asked = page.post("/company", form(name="别的公司"))

    assert asked["Location"] == "/login/again?next=%2Fcompany"
    assert company() == before
    assert 'value="别的公司"' in page.get("/company").content.decode()


@pytest.mark.parametrize("typed", ["soon", "-5", "1.5", "9999999999"])
def test_a_mistake_stands_beside_its_field_and_nothing_typed_is_lost(typed: str) -> None:
    page, before = browser(cast().alice), company()

    answer = page.post("/company", form(name="衡派科技", first_contact_minutes=typed))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_first_contact_minutes-error"' in text
    assert f'value="{typed}"' in text
    assert 'value="衡派科技"' in text
    assert company() == before
    assert not Event.objects.filter(kind="company.edited").exists()
