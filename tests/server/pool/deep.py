"""A company with a public pool (公海), and leads that lie in it, for tests of claiming."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from evenhand.leads.models import Lead, State
from evenhand.people.actor import Actor
from evenhand.people.models import Rep
from evenhand.policies.models import Line
from tests.server.cast import act_as
from tests.server.routing.world import company, policy

POOL = "公海"


def waters(*, reps: int = 3, pool: Mapping[str, Any] | None = None, **sections: Any) -> list[Rep]:
    """A company of equal reps with one pool that uses the ledger of all; keywords are sections."""
    first = {"pool": POOL, "group": "全体", **(pool or {})}
    pools = [first, {"pool": "冷线索", "takes": "lead.grade = B"}]
    return company(reps, policy(**{"pools": pools, **sections}))


def adrift(
    count: int = 1, *, days: float = 0, at: datetime | None = None, **values: Any
) -> list[Lead]:
    """So many leads of grade B (2 points) that have lain in the pool for so many days."""
    line = Line.objects.get(is_default=True)
    came = at or timezone.now() - timedelta(days=days)
    given = {"state": State.POOLED, "pool": POOL, "line": line, "given_grade": "B", "grade": "B"}
    return [
        Lead.objects.create(**{**given, "name": f"王{k}", "pooled_at": came, **values})
        for k in range(count)
    ]


def actor(rep: Rep) -> Actor:
    """The rep as he acts now."""
    return act_as(rep.user)
