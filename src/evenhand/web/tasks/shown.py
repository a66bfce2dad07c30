"""To-dos as rows of a page: what they are for, by when, and what can be done with one tap."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.facts import ItemKind
from evenhand.people.actor import Actor
from evenhand.people.countdown import Countdown, countdown
from evenhand.people.snapshot import people_now
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.queries import titles_of

PLACES: Mapping[str, str] = {
    ItemKind.LEAD.value: "/leads",
    ItemKind.ACCOUNT.value: "/accounts",
    ItemKind.OPPORTUNITY.value: "/opportunities",
}
TONES: Mapping[str, str] = {
    TaskState.OPEN: "blue",
    TaskState.OFFERED: "purple",
    TaskState.DONE: "green",
    TaskState.SKIPPED: "gray",
    TaskState.CANCELED: "gray",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A to-do as it stands on a page."""

    task: Task
    about: str  # what it is for, as far as the reader may see that; "" = nothing
    about_path: str
    left: Countdown | None
    is_mine: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.task.state == TaskState.OPEN

    @property
    def in_one_tap(self) -> bool:
        """Whether nothing is asked for when it is done."""
        task = self.task
        asks = (
            task.needs != "none" or task.quantity > 1 or any(not done for _, done in task.checklist)
        )
        return self.is_mine and self.is_open and not asks

    @property
    def ticked(self) -> int:
        """How many entries of its checklist are ticked."""
        return sum(1 for _, done in self.task.checklist if done)

    @property
    def tone(self) -> str:
        """The color of its state."""
        return TONES.get(self.task.state, "gray")


def rows_of(
    actor: Actor, tasks: Iterable[Task], now: datetime, *, within: Collection[str] = ("open",)
) -> list[Row]:
    """To-dos as rows; countdowns for those in these states that somebody has."""
    tasks = list(tasks)
    titles = titles_of(actor, tasks)
    clocked = [one for one in tasks if one.state in within and one.due_at is not None]
    lefts: dict[int, Countdown] = {}
    if clocked:
        people = people_now(now)
        for one in clocked:
            assert one.due_at is not None
            lefts[one.pk] = countdown(people.calendar_of(one.owner_id), now, one.due_at)
    rows = []
    for one in tasks:
        seen = one.item_id is not None and (one.item_kind, one.item_id) in titles
        about = titles[one.item_kind, one.item_id or 0] or str(one.item_id) if seen else ""
        path = f"{PLACES[one.item_kind]}/{one.item_id}" if seen else ""
        is_mine = one.owner_id is not None and one.owner_id == actor.user_id
        rows.append(Row(one, about, path, lefts.get(one.pk), is_mine))
    return rows
