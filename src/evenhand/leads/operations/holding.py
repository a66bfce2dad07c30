"""Giving an item that came out of work to who did the work: no points, no decision."""

from datetime import datetime

from evenhand.leads.custody import Place, Taking, add_loads, open_assignments, place_items
from evenhand.leads.models import Held, State


def give_to(kind: str, item: Held, rep_id: int, *, cause: str, at: datetime) -> None:
    """Let a rep hold an item that nobody holds: assignment, owner and load together."""
    item_id = int(item.pk)
    open_assignments([Taking(kind, item_id, rep_id, cause, 0, None)], at=at)
    place = Place(
        item_id=item_id,
        state=State.OWNED,
        owner_id=rep_id,
        pool="",
        grade=item.grade,
        score=item.score,
        points=0,
        round=item.round,
        why=None,
        receipt_id=None,
        contact_due_at=None,
        line_id=item.line_id,
    )
    place_items(kind, [place], at=at)
    add_loads({rep_id: (1, 0)})
