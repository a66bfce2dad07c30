"""Under which rule the clocks of one item run, and which of them do: worked out on the spot."""

from datetime import datetime

from evenhand.engine.pool.clocks import MET
from evenhand.engine.pool.section import ClockRule
from evenhand.leads.models import Assignment, Held
from evenhand.platform.refusal import NotFound
from evenhand.pool.snapshot import Ruling


class Governed:
    """An item that somebody holds, as of a moment; its clocks are worked out when asked for."""

    def __init__(self, assignment: Assignment, now: datetime, item: Held | None = None) -> None:
        self.assignment = assignment
        self._now = now
        self._ruling = Ruling(assignment, now, item)

    @property
    def rule(self) -> ClockRule | None:
        """The rule over it; None = no clock runs."""
        return self._ruling.rule

    @property
    def running(self) -> tuple[str, ...]:
        """The clocks that run or stand still and have not run out."""
        return tuple(
            one.terms.clock
            for one in self._ruling.clocks.running
            if one.state != MET and (one.due is None or one.due > self._now)
        )


def open_assignment(kind: str, item_id: int) -> Assignment:
    """Who holds an item, as a row; the caller locked the item where it matters.

    :raises NotFound: nobody does.
    """
    found = Assignment.objects.filter(item_kind=kind, item_id=item_id, closed_at=None).first()
    if found is None:
        raise NotFound(kind, item_id)
    return found


def governed(held: Assignment, now: datetime, item: Held | None = None) -> Governed:
    """The clocks over what somebody holds, by the rule of the version that they began with.

    `item` is its row as the database has it, where the caller has read it: nothing masked.
    """
    return Governed(held, now, item)
