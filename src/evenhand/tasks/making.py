"""To-dos are made here, one or a thousand: terms of their type, dealing, rows, events, notices.

Single ones, those of series and those that events make all come through `make`. The caller holds
the transaction; those given to somebody are dealt by the engine and booked in workload points.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from evenhand.engine.facts import Load
from evenhand.engine.policy.work import most_points
from evenhand.engine.workload.tasks_section import TasksSection, TaskType
from evenhand.journal.live import hint
from evenhand.journal.operations import record_each
from evenhand.leads.models import State
from evenhand.notify.letters import Told
from evenhand.notify.operations.telling import tell_many
from evenhand.people.actor import Actor
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.rows import insert_rows
from evenhand.platform.transactions import in_transaction
from evenhand.routing.deal import Placement, deal_work
from evenhand.routing.work import work_world
from evenhand.routing.world import World, world_of
from evenhand.tasks.carried import everybody_carries
from evenhand.tasks.due import Deadlines
from evenhand.tasks.facts import Doing, Link, Linked, linked, minutes_for, points_for, task_item
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.refusals import refuse

HOLDER, RULES, MARKET, REP, OWN = "holder", "rules", "market", "rep", "own"
MOST_AT_ONCE = 1_000
LONGEST_TITLE, LONGEST_NOTE = 200, 5_000
MOST_QUANTITY = 1_000_000

# Advisory lock class: who deals to-dos of a line whose rules limit what people carry.
_LIMITS_LOCK = 0x45_56_54


@dataclass(frozen=True, slots=True)
class Wish:
    """A to-do that is to be made. What is left out is as its type says."""

    type: str
    way: str = RULES  # holder, rules, market, rep (with `rep_id`), own (with `rep_id`)
    rep_id: int | None = None
    title: str = ""
    note: str = ""
    link: Link | None = None
    quantity: int | None = None
    minutes: int | None = None  # for all of the quantity
    starts_at: datetime | None = None  # None = now
    due_at: datetime | None = None
    series_id: int | None = None
    occurrence: date | None = None
    trigger: str = ""
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A to-do that was made, and where it is."""

    id: int
    state: str
    owner_id: int | None
    receipt_id: int | None
    points: int
    due_at: datetime | None


def world_for_tasks(line_key: str = "", now: datetime | None = None) -> tuple[World, World]:
    """A line and how it deals to-dos, held until the transaction ends.

    :raises NoSuchLine: nothing is live there.
    :raises CannotDo: its rules know no to-dos.
    """
    world = world_of(line_key, now)
    work = work_of_line(world)
    if work is None:
        raise refuse("no_types")
    return world, work


def work_of_line(world: World) -> World | None:
    """How a line deals to-dos; None where its rules know none. In the caller's transaction.

    Where the rules limit what people carry, one at a time deals to-dos of a line.
    """
    work = work_world(world)
    if work is None or world.live.tasks is None:
        return None
    if world.live.tasks.most_open is not None or world.live.tasks.most_open_points is not None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [_LIMITS_LOCK, world.live.line_id]
            )
    return work


def make_all(wishes: Sequence[Wish], *, line: str = "", via: str, actor: Actor) -> list[Made]:
    """Make to-dos in portions, each portion whole in a transaction of its own."""
    made: list[Made] = []
    for start in range(0, len(wishes), MOST_AT_ONCE):
        part = wishes[start : start + MOST_AT_ONCE]

        def work(part: Sequence[Wish] = part) -> list[Made]:
            world, ours = world_for_tasks(line)
            return make(world, ours, part, via=via, actor=actor)

        made += in_transaction(work)
    return made


def make(
    world: World, work: World, wishes: Sequence[Wish], *, via: str, actor: Actor
) -> list[Made]:
    """Make to-dos in the caller's transaction, in the world of `world_for_tasks`.

    `via` is how they came to be: hand, filter, file, series, trigger, api.

    :raises CannotDo: one of them cannot be; nothing was made.
    """
    return _Making(world, work, wishes, via, actor).run() if wishes else []


class _Making:
    """One portion on its way."""

    def __init__(
        self, world: World, work: World, wishes: Sequence[Wish], via: str, actor: Actor
    ) -> None:
        assert world.live.tasks is not None, "the caller looked"
        self.world = world
        self.work = work
        self.wishes = wishes
        self.via = via
        self.actor = actor
        self.section: TasksSection = world.live.tasks
        self.terms = [self._terms(wish) for wish in wishes]
        self.links = linked(wish.link for wish in wishes if wish.link is not None)
        self.about = [self._about(wish) for wish in wishes]
        self.deadlines = Deadlines(world)

    def run(self) -> list[Made]:
        """Deal, write, tell."""
        ids = _new_ids(len(self.wishes))
        doings = [
            self._doing(task_id, wish, terms, about)
            for task_id, wish, terms, about in zip(
                ids, self.wishes, self.terms, self.about, strict=True
            )
        ]
        placed = self._deal(doings)
        rows = [
            self._row(doing, wish, terms, placed.get(doing.id))
            for doing, wish, terms in zip(doings, self.wishes, self.terms, strict=True)
        ]
        insert_rows(
            "task",
            _COLUMNS,
            [tuple(row[name] for name in _COLUMNS) for row in rows],
            same={"line_id": self.world.live.line_id, "created_by_id": self.actor.user_id},
        )
        crashpoint("tasks.written")
        made = [_made(row) for row in rows]
        self._record(made, placed)
        self._tell(made)
        return made

    # -- what is asked for --------------------------------------------------------------------

    def _terms(self, wish: Wish) -> TaskType:
        terms = self.section.type_named(wish.type)
        if terms is None:
            raise refuse("type_unknown", "type", type=wish.type)
        if len(wish.title) > LONGEST_TITLE:
            raise refuse("text_too_long", "title", limit=LONGEST_TITLE)
        if len(wish.note) > LONGEST_NOTE:
            raise refuse("text_too_long", "note", limit=LONGEST_NOTE)
        return terms

    def _about(self, wish: Wish) -> Linked | None:
        if wish.link is None:
            return None
        found = self.links.get(wish.link)
        # What an event makes about something that is won or lost is about what comes after.
        if found is None or (found.is_over and wish.event_id is None):
            raise refuse("link_gone", "item_id")
        return found

    def _doing(self, task_id: int, wish: Wish, terms: TaskType, about: Linked | None) -> Doing:
        quantity = terms.quantity if wish.quantity is None else wish.quantity
        if not 1 <= quantity <= MOST_QUANTITY:
            raise refuse("quantity_unusable", "quantity", limit=MOST_QUANTITY)
        points, minutes = points_for(terms, quantity), minutes_for(terms, quantity)
        if wish.minutes is not None and wish.minutes >= 1:
            points, minutes = points * wish.minutes // minutes, wish.minutes
        if points > most_points(self.section):
            raise refuse("too_large", "quantity", points=points, limit=most_points(self.section))
        return Doing(
            id=task_id,
            type=terms.type,
            points=points,
            minutes=minutes,
            quantity=quantity,
            difficulty=terms.difficulty,
            level=terms.level or "",
            skills=terms.skills,
            way={HOLDER: HOLDER, REP: HOLDER, MARKET: MARKET}.get(wish.way, ""),
            holder_id=wish.rep_id if wish.way in (REP, OWN) else None,
            about=about,
        )

    # -- where they go ------------------------------------------------------------------------

    def _deal(self, doings: Sequence[Doing]) -> dict[int, Placement]:
        """Those that are dealt; what somebody sets himself costs nobody anything."""
        schema = self.work.live.policy.schema
        items = [
            task_item(doing, schema)
            for doing, wish in zip(doings, self.wishes, strict=True)
            if wish.way != OWN
        ]
        placed = deal_work(self.work, items, self._carried) if items else []
        return {one.item_id: one for one in placed}

    def _carried(self) -> Mapping[str, Load]:
        return everybody_carries()

    # -- rows ---------------------------------------------------------------------------------

    def _row(
        self, doing: Doing, wish: Wish, terms: TaskType, placed: Placement | None
    ) -> dict[str, Any]:
        now = self.world.now
        starts_at = max(wish.starts_at or now, now) if self.via == "trigger" else wish.starts_at
        starts_at = starts_at or now
        owner = doing.holder_id if placed is None else placed.rep_id
        due_at = wish.due_at or self.deadlines.after(owner, starts_at, terms.due)
        offered = placed is not None and placed.state == State.POOLED
        cause = OWN if placed is None else placed.cause
        why = None if placed is None or placed.why is None else placed.why.as_json()
        return {
            "id": doing.id,
            "type": terms.type,
            "title": wish.title.strip() or terms.type,
            "note": wish.note.strip() or terms.note,
            "state": TaskState.OFFERED if offered else TaskState.OPEN,
            "owner_id": owner,
            "assigned_at": None if owner is None else now.isoformat(),
            "cause": "manual" if cause == "owner" and wish.way == REP else cause,
            "why_unassigned": why,
            "difficulty": doing.difficulty,
            "level": doing.level,
            "skills": list(doing.skills),
            "minutes": doing.minutes,
            "points": doing.points,
            "quantity": doing.quantity,
            "kpi": terms.kpi or terms.type,
            "starts_at": starts_at.isoformat(),
            "due_at": None if due_at is None else due_at.isoformat(),
            "item_kind": doing.about.kind if doing.about else "",
            "item_id": doing.about.row.pk if doing.about else None,
            "company_id": doing.about.company_id if doing.about else None,
            "series_id": wish.series_id,
            "occurrence": None if wish.occurrence is None else wish.occurrence.isoformat(),
            "trigger": wish.trigger,
            "event_id": wish.event_id,
            "checklist": [[text, False] for text in terms.checklist],
            "needs": terms.evidence,
            "receipt_id": None if placed is None else placed.receipt_id,
            "round": 0 if placed is None else placed.round,
            "offered_at": now.isoformat() if offered else None,
            "created_at": now.isoformat(),
        }

    # -- telling ------------------------------------------------------------------------------

    def _record(self, made: Sequence[Made], placed: Mapping[int, Placement]) -> None:
        told = [
            (
                self.actor,
                one.id,
                {
                    "type": wish.type,
                    "state": str(one.state),
                    "rep": one.owner_id,
                    "receipt": one.receipt_id,
                    "via": self.via,
                },
            )
            for one, wish in zip(made, self.wishes, strict=True)
        ]
        record_each("task.made", object_kind="task", told=told)

    def _tell(self, made: Sequence[Made]) -> None:
        """One notice a person, however many to-dos he got; none for what one set himself."""
        given = Counter(one.owner_id for one in made if one.owner_id is not None)
        first = {one.owner_id: one for one in reversed(made) if one.owner_id is not None}
        given.pop(self.actor.user_id or 0, None)
        hint({"tasks": sorted(given)})
        if self.via == "file":
            return  # whoever imports it tells everybody once
        tell_many(
            [
                Told(
                    user_id,
                    "task_given" if count == 1 else "tasks_given",
                    {"count": count, "by": self.actor.user_id},
                    "task" if count == 1 else "",
                    first[user_id].id if count == 1 else None,
                    first[user_id].due_at if count == 1 else None,
                )
                for user_id, count in sorted(given.items())
            ]
        )


_COLUMNS = {
    "id": "bigint",
    "type": "text",
    "title": "text",
    "note": "text",
    "state": "text",
    "owner_id": "bigint",
    "assigned_at": "timestamptz",
    "cause": "text",
    "why_unassigned": "jsonb",
    "difficulty": "text",
    "level": "text",
    "skills": "jsonb",
    "minutes": "int",
    "points": "bigint",
    "quantity": "int",
    "kpi": "text",
    "starts_at": "timestamptz",
    "due_at": "timestamptz",
    "item_kind": "text",
    "item_id": "bigint",
    "company_id": "bigint",
    "series_id": "bigint",
    "occurrence": "date",
    "trigger": "text",
    "event_id": "bigint",
    "checklist": "jsonb",
    "needs": "text",
    "receipt_id": "bigint",
    "round": "int",
    "offered_at": "timestamptz",
    "created_at": "timestamptz",
}


def _new_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('task_id_seq') FROM generate_series(1, %s)", [count])
        return [int(row[0]) for row in cursor.fetchall()]


def _made(row: Mapping[str, Any]) -> Made:
    due = row["due_at"]
    return Made(
        row["id"],
        str(row["state"]),
        row["owner_id"],
        row["receipt_id"],
        row["points"],
        None if due is None else datetime.fromisoformat(due),
    )


def wishes_left(wishes: Iterable[Wish]) -> list[Wish]:
    """Those that were not made before: of an event and trigger, or of a day of a series."""
    wanted = list(wishes)
    events = {one.event_id for one in wanted if one.event_id is not None}
    series = {one.series_id for one in wanted if one.series_id is not None}
    known: set[tuple[Any, ...]] = set()
    if events:
        known |= set(Task.objects.filter(event_id__in=events).values_list("event_id", "trigger"))
    if series:
        days = [one.occurrence for one in wanted if one.occurrence is not None]
        rows = Task.objects.filter(
            series_id__in=series, occurrence__gte=min(days), occurrence__lte=max(days)
        )
        known |= set(rows.values_list("series_id", "occurrence", "item_kind", "item_id"))
    return [one for one in wanted if _key(one) not in known]


def _key(wish: Wish) -> tuple[Any, ...]:
    if wish.event_id is not None:
        return (wish.event_id, wish.trigger)
    kind, item_id = wish.link or ("", None)
    return (wish.series_id, wish.occurrence, kind, item_id)
