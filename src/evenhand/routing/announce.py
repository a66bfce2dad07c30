"""Telling those concerned: live pages, and notices to people who have to decide."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evenhand.journal.live import hint

if TYPE_CHECKING:
    from evenhand.routing.deal import Placement
    from evenhand.routing.world import World


def announce(placements: Sequence["Placement"], world: "World") -> None:
    """Wake the pages of those who received something and of those who watch; one hint a batch."""
    reps = sorted({one.rep_id for one in placements if one.rep_id is not None})
    if placements:
        hint({"inbox": reps, "decisions": []})
