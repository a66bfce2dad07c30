"""What claims are judged by, read under the locks of reps and items: everything in one trip."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.engine.pool.peace import Life
from evenhand.leads.locked import LockedItems
from evenhand.leads.models import State
from evenhand.leads.peace import hold_customers, lives_for_taking
from evenhand.people.scope import RIGHTS, Right
from evenhand.platform.prepared import send
from evenhand.platform.rows import array_of
from evenhand.pool.asks import Ask, Key
from evenhand.pool.judge import Judge
from evenhand.pool.tallies import NEW, Before, Tallies, ask_before, ask_tallies
from evenhand.routing.world import World

# Advisory lock class: one claim of a rep at a time.
CLAIMER_LOCK = 0x45_56_43
# In the order of the array, which is that of their ids.
LOCK_CLAIMERS = "SELECT count(pg_advisory_xact_lock(%s::int, rep)) FROM unnest(%s::int[]) AS rep"
# One for each ask; of an array, so that one plan serves every time.
_RECEIPT_IDS = "SELECT nextval('receipt_id_seq') FROM unnest(%s::bigint[])"
_ROLES = "SELECT id, role FROM person WHERE id = ANY(%s::bigint[]) AND is_active"
_STAYS = """
SELECT item_id, id FROM pool_stay
WHERE item_kind = %s AND item_id = ANY(%s::bigint[]) AND left_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Pooled:
    """An item under lock, in its pool."""

    item: Any
    stay_id: int
    judge: Judge
    before: Before


@dataclass(slots=True)
class Locked:
    """The items that still lie in a pool of the line, and who claims, as they are now."""

    items: dict[Key, Pooled]
    lives: dict[Key, Life]
    claimers: Collection[int]  # of those who ask, who may claim at all
    counted: Tallies
    receipt_ids: list[int]


def lock_and_read(
    world: World, asks: Sequence[Ask], judges: Mapping[str, Judge]
) -> Callable[[], Locked]:
    """Lock who claims, then what is claimed, and read both; to be called for the answer.

    Inside `pipelined`, after the books are locked: the questions travel with theirs.
    """
    reps = sorted({ask.rep_id for ask in asks})
    rules = world.live.pools
    send(LOCK_CLAIMERS, [str(CLAIMER_LOCK), array_of(reps, "int")])
    # Read after the lock: what others committed while we waited for it counts.
    receipt_ids = send(_RECEIPT_IDS, [array_of([ask.rep_id for ask in asks], "bigint")])
    roles = send(_ROLES, [array_of(reps, "bigint")])
    counted = ask_tallies(
        world.live.line_id,
        reps,
        since=next(iter(judges.values())).since,
        counts_days=rules.counts_days,
        counts_held=rules.counts_held,
    )
    items = _ask_items(world, asks, judges)

    def answer() -> Locked:
        found = items()
        customers = [(kind, one.item) for (kind, _), one in found.items()]
        hold_customers(customers)
        return Locked(
            items=found,
            lives=lives_for_taking(customers, rules.peace),
            claimers=frozenset(
                pk for pk, role in roles.rows() if Right.CLAIM in RIGHTS.get(role, ())
            ),
            counted=counted(),
            receipt_ids=[row[0] for row in receipt_ids.rows()],
        )

    return answer


def _ask_items(
    world: World, asks: Sequence[Ask], judges: Mapping[str, Judge]
) -> Callable[[], dict[Key, Pooled]]:
    """Lock what is claimed; the answer is what of it lies in a pool of the line."""
    asked = []
    for kind in sorted({ask.kind for ask in asks}):
        ids = sorted({ask.item_id for ask in asks if ask.kind == kind})
        locked = LockedItems(kind, ids)
        stays = send(_STAYS, [kind, array_of(ids, "bigint")])
        asked.append((kind, locked, stays, ask_before(kind, ids)))

    def answer() -> dict[Key, Pooled]:
        found: dict[Key, Pooled] = {}
        for kind, rows, stays, before in asked:
            items, lying, had = rows.by_id(), dict(stays.rows()), before()
            for pk, item in items.items():
                judge = judges.get(item.pool)
                here = item.state == State.POOLED and item.line_id == world.live.line_id
                if judge is None or not here or pk not in lying or kind not in judge.ready.holds:
                    continue
                found[kind, pk] = Pooled(item, lying[pk], judge, had.get(pk, NEW))
        return found

    return answer
