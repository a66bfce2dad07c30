"""Suspected fake follow-ups (疑似无效跟进) of the people within reach."""

from datetime import datetime

from evenhand.engine.pool.touches import Logged, Sign, signs
from evenhand.leads.models import Activity, Direction
from evenhand.leads.work import SAID
from evenhand.people.actor import Actor
from evenhand.people.models import User
from evenhand.people.names import reps_within
from evenhand.people.scope import Right, demand

# Enough for 200 people in a month; beyond it the latest entries count.
_MOST = 200_000


def suspected(actor: Actor, *, since: datetime, team: int | None = None) -> list[Sign]:
    """Signs in what people within reach logged by hand since then, the latest first.

    Only what was typed into the pages: imported history and what programs recorded was not.

    :raises NotAllowed: he leads nobody.
    """
    demand(actor, Right.SEE_PEOPLE)
    people = [one.id for one in reps_within(actor)]
    if team is not None:
        members = User.objects.filter(pk__in=people, team_id=team)
        people = list(members.values_list("pk", flat=True))
    rows = (
        Activity.objects.filter(
            user_id__in=people,
            at__gte=since,
            entry_key__isnull=False,
            evidence__in=("", SAID),
        )
        .order_by("-at")
        .values_list(
            *("pk", "user_id", "item_kind", "item_id", "at", "note", "direction", "clock_due_at")
        )[:_MOST]
    )
    two_way = (Direction.BOTH, Direction.IN)
    return signs(
        [
            Logged(pk, user, (kind, item), at, note, direction in two_way, due)
            for pk, user, kind, item, at, note, direction, due in rows
            if user is not None
        ]
    )
