"""Choose-one-of-a-few: which items of a pool somebody is shown where the list is not.

The draw is his own, of the company's day, and stays as it is however often he looks: what he does
not like cannot be exchanged for something else. Each claim from the pool brings another draw.
"""

from datetime import timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat

from evenhand.leads.models import Assignment
from evenhand.people.actor import Actor
from evenhand.pool.access import SeenPool, pooled_for
from evenhand.pool.judge import Judge

# What came later than this may stand before what somebody was shown when he opened the page.
_GRACE = timedelta(minutes=15)


def ready_for(rows: QuerySet[Any], judge: Judge, kind: str, rep_id: int) -> QuerySet[Any]:
    """Those of the items whose freshness lock and this rep's cool-down are over."""
    claim, now = judge.ready.claim, judge.world.now
    day = timedelta(days=1)
    if claim.fresh_for:
        rows = rows.filter(pooled_at__lte=now - claim.fresh_for.lasting(day))
    if claim.cool_down:
        had = Assignment.objects.filter(
            item_kind=kind,
            item_id=OuterRef("pk"),
            rep_id=rep_id,
            closed_at__gt=now - claim.cool_down.lasting(day),
        )
        rows = rows.filter(~Exists(had))
    return rows


def drawn(
    actor: Actor, seen: SeenPool, kind: str, *, claimed: int, with_grace: bool = False
) -> list[int]:
    """The items on offer to somebody, by id, where a pool shows a few at a time.

    `claimed` is how many he claimed from it today: it makes the next draw another. `with_grace`
    leaves out what came just now: what was shown a moment ago is still on offer.
    """
    judge = Judge(seen.world, seen.ready)
    rep_id = actor.user_id or 0
    rows = ready_for(pooled_for(actor, seen, kind), judge, kind, rep_id)
    if with_grace:
        rows = rows.filter(Q(pooled_at__lte=seen.world.now - _GRACE))
    today = judge.since.date().isoformat()
    lot = MD5(
        Concat(
            Value(f"{seen.world.seed}|{rep_id}|{today}|{claimed}|"),
            Cast(F("pk"), CharField()),
            output_field=CharField(),
        )
    )
    chosen = rows.annotate(lot=lot).order_by("lot", "pk").values_list("pk", flat=True)
    return list(chosen[: seen.ready.claim.choose_of])
