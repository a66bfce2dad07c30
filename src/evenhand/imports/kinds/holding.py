"""Who holds what an import writes, and letting go of it again."""

from django.utils import timezone

from evenhand.imports.kinds.base import Around, RowRead
from evenhand.imports.models import Strangers
from evenhand.leads.custody import close_assignment
from evenhand.leads.models import Assignment


def holder_of(row: RowRead, around: Around) -> int | None:
    """The rep who is to hold what a row makes: the one named, or the one given instead."""
    meant = around.owner(row.text("owner", 200))
    if meant is not None and meant.is_here:
        return meant.rep_id
    return around.row.strangers_to_id if around.row.strangers == Strangers.GIVE else None


def let_go(kind: str, item_id: int) -> None:
    """Nobody holds an item that is about to be taken away, nor ever did."""
    close_assignment(kind, item_id, by="undone", at=timezone.now())
    Assignment.objects.filter(item_kind=kind, item_id=item_id).delete()
