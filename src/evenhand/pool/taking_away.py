"""Taking items from their owners in sets: into a pool, or back to be dealt to somebody else.

Nobody is refunded: ignoring what one was given must not pay. So no book is touched, and many items
go in a few statements. (reference: algorithms a, "reassign")
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.engine.routing.edits import Edit, EditAct
from evenhand.journal.live import hint
from evenhand.journal.operations import record_many
from evenhand.leads.custody import Place, close_assignments, given_up, place_items
from evenhand.people.actor import Actor
from evenhand.platform.prepared import send
from evenhand.platform.rows import array_of, insert_rows
from evenhand.pool.snapshot import Wound
from evenhand.routing.facts import item_key

RECYCLE, REASSIGN = "recycle", "reassign"
HAND_OFFS = "hand_offs"  # why an item is pooled that was dealt anew too often


@dataclass(frozen=True, slots=True)
class TakenAway:
    """An item that its owner loses: where it goes, and why."""

    wound: Wound
    pool: str  # "" = it is dealt anew
    why: str  # the clock that ran out, or hand_offs
    line_id: int

    @property
    def act(self) -> str:
        """What becomes of it, as receipts name it."""
        return "pool" if self.pool else REASSIGN


def take_away(
    taken: Sequence[TakenAway], receipts: Sequence[int], *, at: datetime, actor: Actor
) -> None:
    """Close, place, and tell receipts, stays and the journal; items and loads are locked.

    `receipts` are ids of as many receipts to be written (`routing.desk.new_receipt_ids`).
    """
    if not taken:
        return
    ids = [one.wound.held.pk for one in taken]
    how = {one.wound.held.pk: RECYCLE if one.pool else REASSIGN for one in taken}
    close_assignments(ids, by=how, at=at)
    _write_receipts(taken, receipts, at, actor)
    for kind in dict.fromkeys(one.wound.held.item_kind for one in taken):
        rows = [
            (one, receipt_id)
            for one, receipt_id in zip(taken, receipts, strict=True)
            if one.wound.held.item_kind == kind
        ]
        place_items(kind, [_place(one, receipt_id) for one, receipt_id in rows], at=at)
        _tell_stays(kind, [one for one, _ in rows if one.pool])
        for act, event in (("pool", f"{kind}.pooled"), (REASSIGN, f"{kind}.reassigned")):
            data = {
                one.wound.held.item_id: _event(one, receipt_id)
                for one, receipt_id in rows
                if one.act == act
            }
            if data:
                record_many(event, actor=actor, object_kind=kind, data=data)
    hint({"inbox": sorted({one.wound.held.rep_id for one in taken}), "decisions": []})


def _event(one: TakenAway, receipt_id: int) -> dict[str, object]:
    data: dict[str, object] = {
        "from": one.wound.held.rep_id,
        "reason": one.why,
        "receipt": receipt_id,
    }
    if one.pool:
        data |= {"pool": one.pool, "how": RECYCLE}
    return data


def _place(one: TakenAway, receipt_id: int) -> Place:
    why = None if one.pool else reason("unassigned.ran_out")
    return given_up(
        one.wound.item, receipt_id=receipt_id, line_id=one.line_id, pool=one.pool, why=why
    )


def _write_receipts(
    taken: Sequence[TakenAway], ids: Sequence[int], at: datetime, actor: Actor
) -> None:
    rows = [_receipt(receipt_id, one, actor) for receipt_id, one in zip(ids, taken, strict=True)]
    same = {"at": at, "cause": "manual", "actor_id": actor.user_id}
    insert_rows("receipt", _RECEIPT, rows, same=same)


_RECEIPT = {
    "id": "bigint",
    "line_id": "bigint",
    "item_kind": "text",
    "item_id": "bigint",
    "round": "int",
    "outcome": "text",
    "act": "text",
    "reason": "text",
    "from_rep_id": "bigint",
    "grade": "text",
    "points": "bigint",
    "body": "text",
}


def _receipt(receipt_id: int, one: TakenAway, actor: Actor) -> tuple[Any, ...]:
    """The columns of `_RECEIPT`: nothing is booked, so the line says so and replays to nothing."""
    held, item = one.wound.held, one.wound.item
    edit = Edit(
        act=EditAct.RETURN,
        item_id=item_key(ItemKind(held.item_kind), held.item_id),
        book="",
        points=item.points,
        from_rep=str(held.rep_id),
        rate_percent=0,
        actor=actor.caller,
    )
    line = {"t": "edit", **edit.as_json(), "postings": []}
    body = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    about = (receipt_id, one.line_id, held.item_kind, held.item_id, item.round)
    return (*about, one.act, one.act, one.why, held.rep_id, item.grade, item.points, body)


def _tell_stays(kind: str, taken: Sequence[TakenAway]) -> None:
    """Why each came into its pool, and from whom; the trigger opened the stays."""
    if not taken:
        return
    items = array_of([one.wound.held.item_id for one in taken], "bigint")
    send(
        "UPDATE pool_stay AS s SET how = %s, why = t.why, from_rep_id = t.rep"
        " FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS t(id, why, rep)"
        " WHERE s.item_kind = %s AND s.item_id = t.id AND s.item_id = ANY(%s::bigint[])"
        " AND s.left_at IS NULL",
        [
            RECYCLE,
            items,
            array_of([one.why for one in taken], "text"),
            array_of([one.wound.held.rep_id for one in taken], "bigint"),
            kind,
            items,
        ],
    )
