"""Links that work once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.journal.models import Event
from evenhand.people.actor import SYSTEM, Actor, ActorKind
from evenhand.people.models import LinkKind, OneTimeLink, Organization, User
from evenhand.people.operations.links import (
    CannotIssueLink,
    LinkUnusable,
    find_link,
    issue_link,
    use_link,
)
from evenhand.people.scope import NotAllowed

pytestmark = pytest.mark.django_db


def _company(*, is_demo: bool = True) -> None:
    Organization.objects.create(id=1, name="衡测", seed="s", is_demo=is_demo)


def _somebody(*, is_active: bool = True) -> User:
    return User.objects.create(
        email="r@x.example", name="任一", role="rep", scope="self", is_active=is_active
    )


def test_a_link_works_once() -> None:
    _company()
    user = _somebody()
    token = issue_link(LinkKind.DEMO, user=user, actor=SYSTEM)

    assert use_link(token).user == user
    with pytest.raises(LinkUnusable):
        use_link(token)


def test_looking_at_a_link_does_not_use_it_up() -> None:
    _company()
    token = issue_link(LinkKind.DEMO, user=_somebody(), actor=SYSTEM)

    find_link(token)
    find_link(token)

    assert use_link(token)


def test_the_token_is_not_stored_and_not_in_the_journal() -> None:
    _company()
    token = issue_link(LinkKind.DEMO, user=_somebody(), actor=SYSTEM)

    assert not OneTimeLink.objects.filter(digest=token).exists()
    assert token not in str([event.data for event in Event.objects.all()])
    assert Event.objects.get(kind="link.issued").data == {"kind": "demo"}


def test_an_expired_link_is_refused_and_stays_unused() -> None:
    _company()
    token = issue_link(LinkKind.RESET, user=_somebody(), actor=SYSTEM)

    with pytest.raises(LinkUnusable):
        use_link(token, now=timezone.now() + timedelta(hours=25))

    assert OneTimeLink.objects.get().used_at is None


def test_a_new_link_ends_the_one_before() -> None:
    _company()
    user = _somebody()
    first = issue_link(LinkKind.RESET, user=user, actor=SYSTEM)
    second = issue_link(LinkKind.RESET, user=user, actor=SYSTEM)

    with pytest.raises(LinkUnusable):
        use_link(first)
    assert use_link(second)


def test_a_link_of_somebody_deactivated_is_refused() -> None:
    _company()
    user = _somebody()
    token = issue_link(LinkKind.RESET, user=user, actor=SYSTEM)
    User.objects.update(is_active=False)

    with pytest.raises(LinkUnusable):
        use_link(token)
    with pytest.raises(CannotIssueLink):
        issue_link(LinkKind.RESET, user=User.objects.get(), actor=SYSTEM)


@pytest.mark.parametrize("token", ["", "x", "衡", "a" * 5000])
def test_what_never_was_a_link_is_refused(token: str) -> None:
    with pytest.raises(LinkUnusable):
        use_link(token)


def test_a_demo_link_is_for_demo_companies_only() -> None:
    _company(is_demo=False)

    with pytest.raises(CannotIssueLink, match="not_a_demo"):
        issue_link(LinkKind.DEMO, user=_somebody(), actor=SYSTEM)

    assert not OneTimeLink.objects.exists()


def test_a_company_is_set_up_once() -> None:
    assert use_link(issue_link(LinkKind.SET_UP, actor=SYSTEM)).user is None

    _company()
    with pytest.raises(CannotIssueLink, match="set_up_already"):
        issue_link(LinkKind.SET_UP, actor=SYSTEM)


def test_a_rep_issues_no_links() -> None:
    _company()
    user = _somebody()
    rep = Actor(ActorKind.USER, user_id=user.pk, role="rep", scope="self")

    with pytest.raises(NotAllowed):
        issue_link(LinkKind.RESET, user=user, actor=rep)

    assert not OneTimeLink.objects.exists()
