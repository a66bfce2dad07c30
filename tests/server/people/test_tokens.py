"""Tokens for programs: shown once, scoped, ended at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.journal.models import Event
from evenhand.people.models import ApiToken, DataScope, Role, Team, User
from evenhand.people.operations.tokens import (
    CannotIssue,
    actor_for_token,
    issue_token,
    revoke_token,
)
from evenhand.people.scope import NotAllowed, Right, actor_of, may

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> User:
    team = Team.objects.create(name="总部")
    return User.objects.create(
        email="ops@example.com", name="运营", role=Role.SALES_OPS, scope=DataScope.ALL, team=team
    )


def test_a_token_acts_for_its_user_within_its_scopes(operator: User) -> None:
    issued = issue_token("官网", ["intake"], actor=actor_of(operator))

    found = actor_for_token(issued.secret)

    assert found is not None
    assert (found.user_id, found.token_id) == (operator.pk, issued.token.pk)
    assert may(found, Right.TAKE_IN) and not may(found, Right.SEE_ITEMS)
    assert Event.objects.get(kind="token.issued").object_id == issued.token.pk


def test_only_a_digest_of_a_token_is_kept(operator: User) -> None:
    issued = issue_token("官网", ["intake"], actor=actor_of(operator))

    row = ApiToken.objects.values().get()

    assert len(issued.secret) >= 47 and issued.secret.startswith("evh_")
    assert issued.secret not in str(row) and row["prefix"] == issued.secret[:12]


def _revoke(token: ApiToken) -> None:
    assert revoke_token(token.pk, actor=actor_of(token.user))


def _expire(token: ApiToken) -> None:
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def _deactivate(token: ApiToken) -> None:
    User.objects.update(is_active=False)


@pytest.mark.parametrize("end", [_revoke, _expire, _deactivate])
def test_a_token_ends_at_once(operator: User, end: Callable[[ApiToken], None]) -> None:
    issued = issue_token("官网", ["intake"], actor=actor_of(operator))

    end(issued.token)

    assert actor_for_token(issued.secret) is None


@pytest.mark.parametrize("secret", ["", "evh_", "evh_" + "x" * 43, "Bearer", "\x00", "é"])
def test_what_is_no_token_is_nobody(operator: User, secret: str) -> None:
    assert actor_for_token(secret) is None


@pytest.mark.parametrize(
    ("name", "scopes", "days", "field"),
    [
        ("", ["intake"], 90, "name"),
        ("官网", [], 90, "scopes"),
        ("官网", ["root"], 90, "scopes"),
        ("官网", ["intake"], 366, "days"),
        ("官网", ["intake"], 0, "days"),
    ],
)
def test_an_unusable_token_is_not_issued(
    operator: User, name: str, scopes: list[str], days: int, field: str
) -> None:
    with pytest.raises(CannotIssue) as refused:
        issue_token(name, scopes, days=days, actor=actor_of(operator))

    assert refused.value.field == field
    assert not ApiToken.objects.exists()


def test_a_rep_issues_no_token(operator: User) -> None:
    User.objects.update(role=Role.REP)
    operator.refresh_from_db()

    with pytest.raises(NotAllowed):
        issue_token("官网", ["intake"], actor=actor_of(operator))

    assert not ApiToken.objects.exists()


def test_use_is_noted_once_a_minute(operator: User) -> None:
    issued = issue_token("官网", ["intake"], actor=actor_of(operator))

    actor_for_token(issued.secret)
    first = ApiToken.objects.get().last_used_at
    actor_for_token(issued.secret)

    assert first is not None and ApiToken.objects.get().last_used_at == first
