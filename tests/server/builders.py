"""An organization, teams and people as rows, for tests of the server."""

from typing import Any

from evenhand.people.models import Organization, Rep, Role, Team, User

# How far each role sees unless a test says otherwise.
SCOPES = {
    Role.REP: "self",
    Role.MANAGER: "team_below",
    Role.SALES_OPS: "all",
    Role.ADMIN: "all",
    Role.AUDITOR: "all",
}
# Roles that need a second factor have one, so that tests of other things need not set it up.
_ENROLLED = frozenset({Role.ADMIN, Role.SALES_OPS})


def organization(**more: Any) -> Organization:
    """The company, made if there is none; keywords set its fields then."""
    values = {"name": "试验公司", "seed": "test-seed"} | more
    return Organization.objects.get_or_create(id=1, defaults=values)[0]


def team(name: str = "华东", parent: Team | None = None) -> Team:
    """A team, below another or at the top, made if there is none of this name there."""
    made, is_new = Team.objects.get_or_create(name=name, parent=parent)
    if is_new:
        made.path = [*(parent.path if parent else ()), made.pk]
        made.save()
    return made


def person(
    name: str, role: str, scope: str | None = None, in_team: Team | None = None, **more: Any
) -> User:
    """One person; reps can receive items as long as they are active."""
    user = User.objects.create(
        email=f"{name}@cast.example".lower(),
        name=name,
        role=role,
        scope=SCOPES[Role(role)] if scope is None else scope,
        team=in_team,
        **({"totp_secret": "enrolled"} if role in _ENROLLED else {}) | more,
    )
    if role == Role.REP:
        Rep.objects.create(user=user, is_active=user.is_active)
    return user
