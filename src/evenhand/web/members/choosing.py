"""What can be chosen in the forms of people."""

from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.names import reps_within
from evenhand.people.queries.calendars import calendars
from evenhand.people.queries.teams import team_tree
from evenhand.web.members.forms import Choices

_INDENT = "　"  # a blank as wide as a character


def team_choices(actor: Actor) -> Choices:
    """Teams, those below another moved to the right."""
    return [(team.id, f"{_INDENT * team.depth}{team.name}") for team in team_tree(actor)]


def rep_choices(actor: Actor, *, without: int | None = None) -> Choices:
    """Reps within reach with their team, sorted by name."""
    return [
        (one.id, f"{one.name} · {one.team}" if one.team else one.name)
        for one in reps_within(actor)
        if one.id != without
    ]


def calendar_choices(actor: Actor) -> Choices:
    """Calendars by name."""
    return list(calendars(actor).values_list("pk", "name"))


def leader_choices(people: list[User]) -> Choices:
    """People who may lead a team."""
    return [(one.pk, one.name) for one in people]
