"""Choose-one-of-a-few: which items of a pool somebody is shown where the list is not.

The draw is his own, of the company's day, and stays as it is however often he looks: what he does
not like cannot be exchanged for something else. Each claim from the pool brings another draw. Only
what he may have is drawn: by level, by the pool's condition, by the customers' peace, and below the
floor of his balance what costs nothing.
"""

from datetime import timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from evenhand.engine.facts import ItemKind
from evenhand.engine.pool.claiming import free_from
from evenhand.leads.models import Assignment
from evenhand.leads.peace import lives_for_taking
from evenhand.people.actor import Actor
from evenhand.pool.access import SeenPool, pooled_for
from evenhand.pool.judge import Judge

# What came later than this may stand before what somebody was shown when he opened the page.
_GRACE = timedelta(minutes=15)
# So many are looked at together, and no more of a pool in which hardly anything is for him.
_LOOKED_AT, _MOST_LOOKED_AT = 50, 500


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


def free_of(rows: QuerySet[Any], judge: Judge, kind: str) -> QuerySet[Any]:
    """Those of the items that cost nothing, by their days in the pool and their former owners."""
    had = Assignment.objects.filter(
        item_kind=kind, item_id=OuterRef("pk"), closed_at__isnull=False
    ).order_by()
    owners = had.values("item_id").annotate(n=Count("rep", distinct=True)).values("n")
    rows = rows.annotate(owners=Coalesce(Subquery(owners), 0))
    free = Q(pk__in=[])
    for least, days in free_from(judge.ready.price):
        long_here = Q(pooled_at__lte=judge.world.now - timedelta(days=days))
        free |= long_here & Q(owners__gte=least) if least else long_here
    return rows.filter(free)


def drawn(
    actor: Actor,
    seen: SeenPool,
    kind: str,
    *,
    claimed: int,
    can_pay: bool = True,
    with_grace: bool = False,
) -> list[int]:
    """The items on offer to somebody, by id, where a pool shows a few at a time.

    `claimed` is how many he claimed from it today: it makes the next draw another. Whoever cannot
    pay is offered what costs nothing; where there is no such thing, the first of all, that he
    reads why. `with_grace` leaves out what came just now: what was shown a moment ago is still on
    offer.
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
    lots = rows.annotate(lot=lot).order_by("lot", "pk")
    wanted = judge.ready.claim.choose_of
    within = lots if can_pay else free_of(lots, judge, kind)
    return _suiting(within, judge, kind, rep_id) or list(lots.values_list("pk", flat=True)[:wanted])


def _suiting(lots: QuerySet[Any], judge: Judge, kind: str, rep_id: int) -> list[int]:
    """The first that somebody may have; none where nothing is for him."""
    wanted = judge.ready.claim.choose_of
    if judge.suits_everybody or judge.kept_away(rep_id) is not None:
        return list(lots.values_list("pk", flat=True)[:wanted])
    peace = judge.world.live.pools.peace
    found: list[int] = []
    for start in range(0, _MOST_LOOKED_AT, _LOOKED_AT):
        items = list(_with_company(lots, kind)[start : start + _LOOKED_AT])
        lives = lives_for_taking([(kind, one) for one in items], peace)
        found += [
            one.pk
            for one in items
            if judge.unfit(judge.weigh(kind, one), rep_id, lives[kind, one.pk]) is None
        ]
        if len(found) >= wanted or len(items) < _LOOKED_AT:
            break
    return found[:wanted]


def _with_company(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return rows if kind == ItemKind.ACCOUNT else rows.select_related("company")
