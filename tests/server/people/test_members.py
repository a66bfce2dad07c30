"""Inviting, editing, taking out of service and bringing back; roles and scopes."""

from typing import Any

import pytest

from evenhand.people.actor import SYSTEM
from evenhand.people.models import ApiToken, Rep, User, UserSession
from evenhand.people.operations.checks import CannotEdit
from evenhand.people.operations.links import issue_link
from evenhand.people.operations.members import (
    PersonIn,
    edit_person,
    invite,
    reactivate,
    set_inactive,
)
from evenhand.people.operations.roles import set_role
from evenhand.people.operations.teams import dissolve_team
from evenhand.people.operations.tokens import actor_for_token, issue_token
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import NotFound
from tests.server.builders import person
from tests.server.cast import act_as, browser, cast
from tests.server.people.facts import changed, facts_of, last_event, unchanged

pytestmark = pytest.mark.django_db


def edit(user: User, **new: Any) -> bool:
    """`edit_person` with everything else as it stands."""
    values = {"name": user.name, "email": user.email, "phone": user.phone, "team_id": user.team_id}
    return edit_person(user.pk, **values | new)


def test_an_invited_rep_is_seen_by_routing_at_once() -> None:
    people = cast()

    with changed("person.invited"):
        user = invite(
            PersonIn("王小明", " Wang@Example.com ", team_id=people.shanghai.pk),
            actor=act_as(people.olga),
        )

    assert (user.email, user.name_key) == ("wang@example.com", "wang xiao ming")
    assert not user.has_usable_password()
    assert (facts_of(user.pk).name, facts_of(user.pk).team) == ("王小明", "上海")


@pytest.mark.parametrize(
    ("person_in", "field", "code"),
    [
        (PersonIn(" ", "a@example.com"), "name", "people.needed"),
        (PersonIn("A", "no address"), "email", "people.address_unreadable"),
        (PersonIn("A", "REN@cast.example"), "email", "people.address_taken"),
        (PersonIn("A", "a@example.com", team_id=999_999), "team", "people.choice_gone"),
        (PersonIn("A", "a@example.com", role="king"), "role", "people.choice_gone"),
        (
            PersonIn("A", "a@example.com", role="admin", scope="team"),
            "scope",
            "people.admin_sees_all",
        ),
        (
            PersonIn("A", "a@example.com", role="manager", scope="team_below"),
            "team",
            "people.scope_needs_team",
        ),
    ],
)
def test_an_invitation_that_cannot_be_meant_is_refused(
    person_in: PersonIn, field: str, code: str
) -> None:
    people = cast()
    count = User.objects.count()

    with unchanged(), pytest.raises(CannotEdit) as refusal:
        invite(person_in, actor=act_as(people.alice))

    assert (refusal.value.field, refusal.value.why.code) == (field, code)
    assert User.objects.count() == count


@pytest.mark.parametrize("who", ["tom", "ren", "ada"])
def test_only_who_edits_people_may_invite(who: str) -> None:
    people = cast()

    with unchanged(), pytest.raises(NotAllowed):
        invite(PersonIn("A", "a@example.com"), actor=act_as(getattr(people, who)))


def test_sales_operations_cannot_make_an_administrator() -> None:
    people = cast()

    with unchanged(), pytest.raises(NotAllowed):
        invite(PersonIn("A", "a@b.example", role="admin", scope="all"), actor=act_as(people.olga))
    with unchanged(), pytest.raises(NotAllowed):
        set_role(people.ren.pk, "admin", "all", actor=act_as(people.olga))


def test_somebody_renamed_is_sorted_by_his_new_name() -> None:
    people = cast()

    with changed("person.edited"):
        assert edit(people.ren, name="张三", team_id=people.south.pk, actor=act_as(people.olga))

    people.ren.refresh_from_db()
    assert people.ren.name_key == "zhang san"
    assert facts_of(people.ren.pk).team == "华南"
    assert last_event().data["fields"] == ["name", "team_id"]


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    people = cast()

    with unchanged():
        assert not edit(people.ren, actor=act_as(people.olga))


def test_a_new_address_ends_the_logins_and_needs_more_for_an_administrator() -> None:
    people = cast()
    browser(people.ren)

    with changed("person.edited"):
        edit(people.ren, email="ren2@cast.example", actor=act_as(people.olga))
    with unchanged(), pytest.raises(NotAllowed):
        edit(people.alice, email="mine@cast.example", actor=act_as(people.olga))

    assert not UserSession.objects.filter(user_id=people.ren.pk).exists()


def test_a_new_role_ends_the_logins_with_it() -> None:
    people = cast()
    page = browser(people.ren)
    assert page.get("/help").status_code == 200

    with changed("person.role_changed"):
        set_role(people.ren.pk, "manager", "team", actor=act_as(people.alice))

    assert page.get("/help").status_code == 302
    people.ren.refresh_from_db()
    assert (people.ren.role, people.ren.scope, people.ren.epoch) == ("manager", "team", 2)


def test_nobody_changes_his_own_role_or_takes_himself_out() -> None:
    people = cast()
    person("Second", "admin", "all")

    with unchanged(), pytest.raises(CannotEdit, match="not_yourself"):
        set_role(people.alice.pk, "auditor", "all", actor=act_as(people.alice))
    with unchanged(), pytest.raises(CannotEdit, match="not_yourself"):
        set_inactive(people.alice.pk, actor=act_as(people.alice))


def test_the_last_administrator_stays() -> None:
    people = cast()

    with unchanged(), pytest.raises(CannotEdit, match="last_admin"):
        set_role(people.alice.pk, "auditor", "all", actor=SYSTEM)
    with unchanged(), pytest.raises(CannotEdit, match="last_admin"):
        set_inactive(people.alice.pk, actor=SYSTEM)

    second = person("Second", "admin", "all")
    with changed("person.role_changed"):
        set_role(people.alice.pk, "auditor", "all", actor=act_as(second))


def test_deactivation_ends_logins_tokens_links_and_receiving() -> None:
    people = cast()
    carl = people.carl
    User.objects.filter(pk=carl.pk).update(role="sales_ops", scope="all")
    secret = issue_token("import", ["read"], actor=act_as(carl)).secret
    issue_link("reset", user=carl, actor=act_as(people.alice))
    page = browser(carl)

    with changed("person.deactivated"):
        assert set_inactive(carl.pk, actor=act_as(people.alice))

    carl.refresh_from_db()
    assert (carl.is_active, carl.rep.is_active, carl.epoch) == (False, False, 2)
    assert actor_for_token(secret) is None
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    assert page.get("/help").status_code == 302
    assert not facts_of(carl.pk).is_active
    with unchanged():
        assert not set_inactive(carl.pk, actor=act_as(people.alice))


def test_who_comes_back_receives_again_but_old_tokens_stay_ended() -> None:
    people = cast()

    with changed("person.reactivated"):
        assert reactivate(people.dan.pk, actor=act_as(people.olga))

    assert facts_of(people.dan.pk).is_active
    with unchanged():
        assert not reactivate(people.dan.pk, actor=act_as(people.olga))


def test_nobody_comes_back_into_a_team_that_is_gone() -> None:
    people = cast()
    empty = people.south
    set_inactive(people.carl.pk, actor=act_as(people.olga))
    dissolve_team(empty.pk, actor=act_as(people.olga))

    with unchanged(), pytest.raises(CannotEdit, match="team_dissolved"):
        reactivate(people.carl.pk, actor=act_as(people.olga))


def test_a_manager_edits_nobody_and_out_of_reach_is_not_there() -> None:
    people = cast()

    with unchanged(), pytest.raises(NotAllowed):
        edit(people.ren, name="X", actor=act_as(people.tom))
    with unchanged(), pytest.raises(NotFound):
        set_inactive(999_999, actor=act_as(people.alice))
    assert Rep.objects.filter(pk=people.ren.pk, is_active=True).exists()
