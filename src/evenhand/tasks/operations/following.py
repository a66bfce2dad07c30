"""What follows from events: to-dos that triggers make, and to-dos that go with what they are for.

A job reads the journal from a cursor. What it has passed it never sees again; what it makes is
unique by event and trigger, so that a crash in between makes nothing twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.engine.conditions import Bindings
from evenhand.engine.facts import ItemKind
from evenhand.engine.workload.tasks_section import TaskType, Trigger
from evenhand.journal.feed import Position, newest_position, read_on
from evenhand.journal.models import Event
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.transactions import in_transaction
from evenhand.policies.live import LivePolicy, live_now
from evenhand.policies.models import Line
from evenhand.routing.seen import seen
from evenhand.routing.world import World
from evenhand.tasks.due import Deadlines
from evenhand.tasks.facts import Link, Linked, linked
from evenhand.tasks.making import HOLDER, OWN, REP, Wish, make, wishes_left, world_for_tasks
from evenhand.tasks.models import Follower, Task, TaskState
from evenhand.tasks.operations.ending import cancel_all
from evenhand.tasks.operations.giving import hand_over
from evenhand.tasks.refusals import CannotDo

MOST_EVENTS = 500
_KINDS = (ItemKind.LEAD.value, ItemKind.ACCOUNT.value, ItemKind.OPPORTUNITY.value)
_GIVEN = (
    "lead.taken_in",
    "lead.redealt",
    "lead.attached",
    *(
        f"{kind}.{act}"
        for kind in _KINDS
        for act in ("dealt", "assigned", "transferred", "claimed", "reassigned")
    ),
)
_STAGES = ("lead.stage_set", "opportunity.stage_set")
_WON = ("lead.converted", "opportunity.won")
_LOST = ("lead.lost", "account.lost", "opportunity.lost")
_VOID = tuple(f"{kind}.voided" for kind in _KINDS)
_POOLED = tuple(f"{kind}.pooled" for kind in _KINDS)
_ON: Mapping[str, tuple[str, ...]] = {
    "assigned": _GIVEN,
    "stage": _STAGES,
    "won": _WON,
    "lost": _LOST,
}
FOLLOWED = (*_GIVEN, *_STAGES, *_WON, *_LOST, *_VOID, *_POOLED)
OVER = (*_WON, *_LOST, *_VOID)
_TODO = (TaskState.OPEN, TaskState.OFFERED)


@dataclass(frozen=True, slots=True)
class Followed:
    """What one look into the journal led to."""

    events: int = 0
    made: int = 0
    moved: int = 0
    ended: int = 0


def follow_events(*, most: int = 20) -> Followed:
    """Go on in the journal, at most so many portions; nothing is done for what was before the
    first time."""
    total = Followed()
    for _ in range(most):
        found = _portion()
        if found is None:
            break
        total = Followed(
            total.events + found.events,
            total.made + found.made,
            total.moved + found.moved,
            total.ended + found.ended,
        )
        if found.events < MOST_EVENTS:
            break
    return total


def _portion() -> Followed | None:
    row, is_new = Follower.objects.get_or_create(pk=1)
    if is_new:
        _pass(newest_position())
        return None
    events, position = read_on(Position(row.xact, row.event_id), kinds=FOLLOWED, limit=MOST_EVENTS)
    if not events:
        return None
    moved, ended = _go_along(events)
    made = sum(_of_line(live, events) for live in _lines_with_triggers())
    crashpoint("tasks.followed")
    _pass(position)
    return Followed(len(events), made, moved, ended)


def _pass(position: Position) -> None:
    Follower.objects.filter(pk=1).update(xact=position.xact, event_id=position.id)


# -- to-dos that are there already -----------------------------------------------------------------


def _go_along(events: Sequence[Event]) -> tuple[int, int]:
    """Open to-dos go with what they are for: to its new owner, or away where it is over."""
    last: dict[Link, Event] = {}
    over: set[Link] = set()
    for event in events:
        link = _link(event)
        if event.kind in OVER:
            over.add(link)
        elif event.kind in (*_GIVEN, *_POOLED):
            last[link] = event
    links = {*last, *over}
    rows = Task.objects.filter(state__in=_TODO, item_id__in={one[1] for one in links})
    moved, ended = 0, []
    follows = types_that_follow()
    for task in rows.select_related("line").order_by("pk"):
        link = (task.item_kind, task.item_id or 0)
        if link not in links or not follows.get((task.line_id, task.type), True):
            continue
        given = last.get(link)
        # What an event made about what is over (won, lost) is meant to outlive it.
        if link in over and not task.event_id:
            ended.append(task.pk)
        elif link in over:
            ended += [task.pk] if _outlived(task) else []
        elif given is not None and given.kind in _POOLED:
            ended += [task.pk] if task.cause == OWN or task.trigger else []
        elif given is not None:
            moved += _follow_owner(task, given)
    return moved, cancel_all(ended, why="item_over")


def _outlived(task: Task) -> bool:
    """Whether the to-do of an event was about work that is over now."""
    kind = Event.objects.filter(pk=task.event_id or 0).values_list("kind", flat=True).first()
    return kind not in (*_WON, *_LOST)


def _follow_owner(task: Task, given: Event) -> int:
    to = given.data.get("rep")
    if to is None or task.owner_id in (None, to):
        return 0
    if task.cause == OWN:
        return cancel_all([task.pk], why="item_moved") and 0
    try:
        in_transaction(lambda: hand_over(task.pk, to=int(to), why="follows", actor=SYSTEM))
    except CannotDo:
        return 0
    return 1


def types_that_follow() -> dict[tuple[int, str], bool]:
    """Which types go with what they are for, by line and name; of the rules live now."""
    found: dict[tuple[int, str], bool] = {}
    for line_id in Line.objects.filter(is_active=True).values_list("pk", flat=True):
        live = live_now(line_id)
        types: Sequence[TaskType] = () if live is None or live.tasks is None else live.tasks.types
        found |= {(line_id, one.type): one.follows for one in types}
    return found


# -- new ones --------------------------------------------------------------------------------------


def _lines_with_triggers() -> Iterator[LivePolicy]:
    for line_id in Line.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True):
        live = live_now(line_id)
        triggers = () if live is None or live.tasks is None else live.tasks.triggers
        if live is not None and any(one.is_on for one in triggers):
            yield live


def _of_line(live: LivePolicy, events: Sequence[Event]) -> int:
    """What the triggers of a line make of these events; how many to-dos."""
    assert live.tasks is not None, "lines without triggers are left out"
    wanted = [
        (event, trigger)
        for event in events
        for trigger in live.tasks.triggers
        if trigger.is_on and _is_on(trigger, event)
    ]
    if not wanted:
        return 0
    links = linked({_link(event) for event, _ in wanted})

    def work() -> int:
        world, ours = world_for_tasks(live.line_key)
        wishes = list(_Wishes(world, links).of(wanted))
        left = wishes_left(wishes)
        return len(make(world, ours, left, via="trigger", actor=SYSTEM))

    return in_transaction(work)


def _is_on(trigger: Trigger, event: Event) -> bool:
    if event.kind not in _ON[trigger.on] or event.object_kind != trigger.kind:
        return False
    if trigger.on == "assigned":
        return event.data.get("rep") is not None
    return trigger.on != "stage" or event.data.get("to") in trigger.stages


def _link(event: Event) -> Link:
    return (event.object_kind, event.object_id or 0)


class _Wishes:
    """To-dos that events ask for, as things are now."""

    def __init__(self, world: World, links: Mapping[Link, Linked]) -> None:
        self.world = world
        self.links = links
        self.deadlines = Deadlines(world)
        self._tests: dict[str, Any] = {}
        self._seen: dict[Link, Bindings] = {}
        self._open: set[tuple[str, str, int | None]] = set(
            Task.objects.filter(
                line_id=world.live.line_id,
                state__in=_TODO,
                item_id__in={one[1] for one in links},
            )
            .exclude(trigger="")
            .values_list("trigger", "item_kind", "item_id")
        )
        self._here = set(
            Rep.objects.filter(is_active=True, user__is_active=True).values_list("pk", flat=True)
        )

    def of(self, wanted: Sequence[tuple[Event, Trigger]]) -> Iterator[Wish]:
        """In the order of the events; of one trigger and thing only one where it says `once`."""
        for event, trigger in wanted:
            about = self.links.get(_link(event))
            if about is None or (about.row.line_id or self._line) != self._line:
                continue
            key = (trigger.trigger, *_link(event))
            if trigger.once and key in self._open:
                continue
            if not self._applies(trigger, about):
                continue
            wish = self._wish(event, trigger, about)
            if wish is not None:
                self._open.add(key)
                yield wish

    @property
    def _line(self) -> int:
        return self.world.live.line_id

    def _applies(self, trigger: Trigger, about: Linked) -> bool:
        link = (about.kind, about.row.pk)
        if link not in self._seen:
            live = self.world.live
            self._seen[link] = seen(
                live,
                self.world.people.team,
                about.row,
                about.facts(live.policy.schema),
                now=self.world.now,
            )
        if trigger.trigger not in self._tests:
            self._tests[trigger.trigger] = self.world.live.policy.test(trigger.when)
        return bool(self._tests[trigger.trigger](self._seen[link]))

    def _wish(self, event: Event, trigger: Trigger, about: Linked) -> Wish | None:
        """None where work is over that the to-do would be about, or who had it is gone."""
        is_end = trigger.on in ("won", "lost")
        if about.is_over and not is_end:
            return None
        owner = about.row.owner_id
        way: str = trigger.to
        rep_id = None
        if way == HOLDER and is_end:
            if owner not in self._here:
                return None
            way, rep_id = REP, owner
        starts_at = None
        if trigger.after:
            starts_at = self.deadlines.after(owner, event.at, trigger.after)
        return Wish(
            trigger.type,
            way,
            rep_id,
            title=trigger.title,
            link=_link(event),
            starts_at=starts_at,
            trigger=trigger.trigger,
            event_id=event.pk,
        )
