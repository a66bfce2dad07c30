"""A small company for routing: an organization, a team of equal reps, one line with a policy."""

from collections.abc import Mapping, Sequence
from typing import Any

from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep, Team
from evenhand.policies.operations.publish import publish
from tests.server.builders import organization, person, team

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
    organization()
    found = [hire(team(), f"r{number}") for number in range(1, reps + 1)]
    publish("direct", document or policy(), actor=SYSTEM)
    return found


def hire(in_team: Team, name: str, **values: Any) -> Rep:
    """One more rep; keywords set fields of the rep."""
    rep: Rep = person(name, "rep", in_team=in_team).rep
    for field, value in values.items():
        setattr(rep, field, value)
    rep.save()
    return rep
