"""Pools and clocks of the demo company: what came back, and clocks that began lately.

Half a year of history comes into being at once. With clocks that began long ago, the first sweep
would take everything from everybody.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from evenhand.engine.facts import ItemKind
from evenhand.engine.pool.clocks import MISSED
from evenhand.leads.models import Assignment, Company, Opportunity, State
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep, User
from evenhand.people.scope import actor_of
from evenhand.pool.access import pools_of
from evenhand.pool.models import Firing
from evenhand.pool.operations.claim import claim
from evenhand.pool.queries import offer
from evenhand.routing.desk import Desk, open_desk
from evenhand.routing.operations.pooling import destination_of, pool_item

# Every so many-th is given back by its owner, with one of these reasons; the clock takes the rest.
_RETURNED = 4
_WHYS = ("wrong_product", "wrong_region", "overload", "wrong_industry", "language")
# Of accounts without business every so many-th sleeps.
_SLEEPING = 4
_REFUND_OF_RETURN = 100


def give_up(lead_id: int, *, at: datetime) -> bool:
    """Put a lead that somebody holds into its pool at a moment of the past; whether it went."""
    with transaction.atomic():
        desk = open_desk(ItemKind.LEAD, lead_id, now=at)
        pool = destination_of(desk)
        if desk.item.state != State.OWNED or not pool:
            return False
        if lead_id % _RETURNED:
            _recycle(desk, pool)
        else:
            owner = actor_of(User.objects.get(pk=desk.item.owner_id))
            why = _WHYS[lead_id // _RETURNED % len(_WHYS)]
            pool_item(
                desk,
                pool=pool,
                how="return",
                why=why,
                refund_percent=_REFUND_OF_RETURN,
                actor=owner,
            )
    return True


def _recycle(desk: Desk, pool: str) -> None:
    """The clock ran out at that moment, and took the item away."""
    pool_item(desk, pool=pool, how="recycle", why="untouched", refund_percent=0, actor=SYSTEM)
    held = Assignment.objects.filter(
        item_kind=desk.kind.value, item_id=desk.item.pk, closed_at=desk.now
    )
    Firing.objects.create(
        assignment=held.latest("pk"), clock="untouched", step=MISSED, due_at=desk.now, at=desk.now
    )


def let_accounts_sleep(until: datetime) -> None:
    """Put some accounts with which nobody does business into the pool for them."""
    busy = Opportunity.objects.filter(company=OuterRef("pk"), state=State.OWNED)
    owned = Company.objects.filter(~Exists(busy), state=State.OWNED, line__isnull=False)
    for account_id in owned.order_by("pk").values_list("pk", flat=True)[::_SLEEPING]:
        at = until - timedelta(days=account_id * 37 % 120, hours=account_id % 9)
        with transaction.atomic():
            desk = open_desk(ItemKind.ACCOUNT, account_id, now=at)
            if pool := destination_of(desk):
                _recycle(desk, pool)


# Every so many-th rep has claimed today, at most so many of them, so much from each pool.
_CLAIMERS, _MOST_CLAIMERS, _CLAIMED = 7, 8, 2


def claim_today(reps: Iterable[Rep]) -> None:
    """Let some people claim from the pools that are open to them, as they would by a tap."""
    able = sorted(
        (one for one in reps if one.is_active and one.is_accepting), key=lambda one: one.pk
    )
    for rep in able[::_CLAIMERS][:_MOST_CLAIMERS]:
        actor = actor_of(rep.user)
        for seen in pools_of(actor):
            if not seen.is_member:
                continue
            ready = [one for one in offer(actor, seen).items if one.why_not is None]
            for one in ready[: 1 if seen.ready.claim.choose_of else _CLAIMED]:
                claim([(one.kind, one.item.pk)], actor=actor)


# Days within which the clocks of a kind are let begin: less than they run at the shortest.
_SPREAD = {"lead": 6, "account": 178, "opportunity": 6}
# By its number each begins at another moment, so that something runs out every day. What came
# later than that begins when it came.
_BEGIN = """
UPDATE assignment SET wound_at = NULL, clocks_from = %(until)s::timestamptz
    - make_interval(mins => ((item_id * 7919) %% (%(days)s * 1440))::int)
WHERE closed_at IS NULL AND item_kind = %(kind)s AND opened_at < %(until)s::timestamptz
    - make_interval(mins => ((item_id * 7919) %% (%(days)s * 1440))::int)
"""
# What people were told of the past they have read by now.
_READ = """
UPDATE notice AS n SET at = s.entered_at, read_at = s.entered_at
FROM pool_stay AS s WHERE s.item_kind = n.object_kind AND s.item_id = n.object_id AND s.how <> ''
"""


def let_clocks_run(until: str) -> None:
    """Begin the clocks of everything that somebody holds, before a moment (ISO text)."""
    with connection.cursor() as cursor:
        for kind, days in _SPREAD.items():
            cursor.execute(_BEGIN, {"until": until, "days": days, "kind": kind})
        cursor.execute(_READ)
