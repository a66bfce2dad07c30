"""A line with live rules, and two people who may edit them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.policy.yaml_view import to_yaml
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.models import User
from evenhand.policies.models import Line, WorkingCopy
from evenhand.policies.operations.publish import publish
from evenhand.policies.operations.publishing import Promise
from tests.server.cast import act_as, cast
from tests.server.routing.world import SHARE, policy


class Studio:
    """Olga and Nora are sales operations, Alice administers; `direct` has version 1."""

    def __init__(self) -> None:
        self.people = cast()
        self.olga, self.alice = act_as(self.people.olga), act_as(self.people.alice)
        publish("direct", policy(), actor=SYSTEM)
        self.line = Line.objects.get()

    @property
    def copy(self) -> WorkingCopy:
        """The open draft, as it is now."""
        return WorkingCopy.objects.get(discarded_at=None)

    def idle(self, minutes: int) -> None:
        """So many minutes pass in which nobody types."""
        copy = self.copy
        assert copy.held_until is not None
        copy.held_until -= timedelta(minutes=minutes)
        copy.save()


def text(**sections: Any) -> str:
    """The rules as YAML, some sections changed."""
    return to_yaml(policy_from_plain(policy(**sections)), is_brief=True)


def second_rule(name: str = "大客户") -> dict[str, Any]:
    """One more rule, for leads with a large budget."""
    return {**SHARE, "rule": name, "when": "lead.budget > 500000"}


def promise(owner: User, **more: Any) -> Promise:
    """All that has to be said."""
    values = {
        "note": "A 级更值",
        "owner_id": owner.pk,
        "expected": "首响快 10%",
        "review_on": timezone.localdate() + timedelta(days=30),
    }
    return Promise(**(values | more))


def codes(actor: Actor) -> list[str]:
    """The kinds of events that this person caused, in their order."""
    from evenhand.journal.models import Event

    found = Event.objects.filter(actor_id=actor.user_id).order_by("pk")
    return list(found.values_list("kind", flat=True))
