"""A small company for routing: an organization, a team of equal reps, one line with a policy."""

from collections.abc import Mapping, Sequence
from typing import Any

from evenhand.people.actor import SYSTEM
from evenhand.people.models import Organization, Rep, Team, User
from evenhand.policies.operations.publish import publish

SHARE: dict[str, Any] = {
    "rule": "全部",
    "to": {"strategy": "fair_share", "group": "全体"},
    "if_nobody": {"do": "wait"},
}


def policy(*, rules: Sequence[Mapping[str, Any]] = (SHARE,), **sections: Any) -> dict[str, Any]:
    """A document in which A costs 5 points and B costs 2, and everybody shares."""
    return {
        "schema": 1,
        "grades": {
            "source": "field_only",
            "thresholds": [{"grade": "A"}, {"grade": "B"}],
            "ungraded": "B",
        },
        "points": {"base": {"A": 5, "B": 2}},
        "groups": [{"group": "全体", "who": True}],
        "rules": list(rules),
        **sections,
    }


def company(reps: int, document: Mapping[str, Any] | None = None) -> list[Rep]:
    """An organization with so many equal reps and one line, `direct`."""
    Organization.objects.get_or_create(id=1, defaults={"name": "试验公司", "seed": "test-seed"})
    team, _ = Team.objects.get_or_create(name="华东")
    team.path = [team.pk]
    team.save()
    found = [hire(team, f"r{number}") for number in range(1, reps + 1)]
    publish("direct", document or policy(), actor=SYSTEM)
    return found


def hire(team: Team, name: str, **rep: Any) -> Rep:
    """One more rep."""
    user = User.objects.create(
        email=f"{name}@example.com", name=name, role="rep", scope="self", team=team
    )
    return Rep.objects.create(user=user, **rep)
