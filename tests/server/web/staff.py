"""Somebody of each role, logged in."""

from django.test import Client

from evenhand.people.models import Organization, Rep, Role, Team, User
from tests.server.cast import browser

SCOPES = {
    Role.REP: "self",
    Role.MANAGER: "team_below",
    Role.SALES_OPS: "all",
    Role.ADMIN: "all",
    Role.AUDITOR: "all",
}


def organize() -> Team:
    """An organization with one team."""
    Organization.objects.get_or_create(id=1, defaults={"name": "试验公司", "seed": "test-seed"})
    team, _ = Team.objects.get_or_create(name="华东")
    if not team.path:
        team.path = [team.pk]
        team.save()
    return team


def hire(role: str, name: str = "", **more: object) -> User:
    """One person; reps can receive items."""
    team = organize()
    if role in (Role.ADMIN, Role.SALES_OPS):
        more = {"totp_secret": "enrolled"} | more  # who must have one is sent nowhere else
    user = User.objects.create(
        email=f"{name or role}@example.com".lower(),
        name=name or role,
        role=role,
        scope=SCOPES[Role(role)],
        team=team,
        **more,
    )
    if role == Role.REP:
        Rep.objects.create(user=user)
    return user


def logged_in(user: User, language: str = "zh-Hans") -> Client:
    """A browser in which this person is logged in."""
    return browser(user, language)
