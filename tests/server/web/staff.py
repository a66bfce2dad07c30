"""Somebody of each role in one team."""

from evenhand.people.models import User
from tests.server.builders import organization, person, team


def hire(role: str, name: str = "", **more: object) -> User:
    """One person of 华东; reps can receive items."""
    organization()
    return person(name or role, role, in_team=team(), **more)
