"""The rules of a company that has just been set up: its first lead goes to somebody.

Everybody shares by weight; a customer whose company somebody looks after goes there first. Sales
operations writes better ones when the company knows what it wants.
"""

from typing import Any

from django.db import transaction

from evenhand.people.models import User
from evenhand.people.operations.set_up import set_up_by_link
from evenhand.people.scope import actor_of
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.wording.catalogue import Words

FIRST_LINE = "main"
BASE_POINTS = {"A": 8, "B": 5, "C": 3, "D": 1}


def set_up_with_rules(token: str, *, locale: str, **company: str) -> User:
    """Use the set-up link up: company, administrator, and one line of business with plain rules.

    :raises LinkUnusable: it was used, has expired, or is for something else.
    :raises CannotSetUp, WeakPassword: nothing is used up.
    """
    with transaction.atomic():
        admin = set_up_by_link(token, locale=locale, **company)
        words = Words(locale)
        publish(FIRST_LINE, plain_rules(words), actor=actor_of(admin))
        Line.objects.filter(key=FIRST_LINE).update(name=words.text("first-line-name"))
    return admin


def plain_rules(words: Words) -> dict[str, Any]:
    """A policy under which everybody shares, with its names in this language."""
    group = words.text("route-default-group")
    return {
        "schema": 1,
        "grades": {
            "source": "field_only",
            "thresholds": [{"grade": grade} for grade in BASE_POINTS],
            "ungraded": "C",
        },
        "points": {"base": dict(BASE_POINTS)},
        "groups": [{"group": group, "who": True}],
        "rules": [
            {
                "rule": words.text("route-default-owner-rule"),
                "when": "company.owner is not empty",
                "to": {
                    "strategy": "owner",
                    "of": "company",
                    "if_absent": "next_rule",
                    "if_departed": "next_rule",
                },
                "if_nobody": {"do": "next_rule"},
            },
            {
                "rule": words.text("route-default-share-rule"),
                "to": {"strategy": "fair_share", "group": group},
                "if_nobody": {"do": "wait"},
            },
        ],
    }
