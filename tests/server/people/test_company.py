"""The company's settings: who changes them, what they may be, and what follows from them."""

from dataclasses import replace
from typing import Any

import pytest

from evenhand.journal.models import Event
from evenhand.people.models import Organization
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.company import CompanyIn, edit_company
from evenhand.people.scope import NotAllowed
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
    return {name: getattr(AS_IT_STANDS, name) for name in fields} | new


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
