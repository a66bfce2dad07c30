"""Clocks that could not be worked out: a mistake in the program, so nothing runs out meanwhile.

They are said to administrators, listed for them, named by the doctor, and tried again every hour.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from evenhand.leads.access import MODELS, visible
from evenhand.leads.models import Assignment
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may

FAILED = "failed"  # in `Assignment.clocks`: the class of the mistake
_SHOWN = 100


def failed_clocks(actor: Actor) -> Sequence[Assignment]:
    """Items whose clocks could not be worked out, the latest first, for who answers for rules."""
    if not may(actor, Right.EDIT_POLICY):
        return ()
    reach = Q(pk__in=())
    for kind in MODELS:
        rows = visible(actor, kind).filter(pk=OuterRef("item_id"))
        reach |= Q(Exists(rows), item_kind=str(kind))
    found = Assignment.objects.filter(closed_at=None, clocks__has_key=FAILED).filter(reach)
    return list(found.select_related("rep__user").order_by("-wound_at", "-pk")[:_SHOWN])
