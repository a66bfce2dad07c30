"""To-dos that are still to be done: dealt, given to whom the file names, or put on the market."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from evenhand.engine.calendar.worktime import instant
from evenhand.engine.reasons import reason
from evenhand.imports.kinds.base import Around, Ended, RowRead, refuse_if
from evenhand.imports.kinds.belonging import NOWHERE, Belongings, Clues, clues_of
from evenhand.imports.models import Becomes, Import, ImportRow, Outcome, Strangers
from evenhand.imports.refusal import CannotImport
from evenhand.imports.stages import word_of
from evenhand.journal.models import Event
from evenhand.leads.intake import FieldProblem
from evenhand.people.actor import Actor
from evenhand.people.snapshot import people_now
from evenhand.platform.clock import now
from evenhand.platform.refusal import NotFound, Refused
from evenhand.sheets.columns.roles import ROLES, Purpose
from evenhand.tasks.facts import Link
from evenhand.tasks.making import (
    HOLDER,
    LONGEST_TITLE,
    MARKET,
    MOST_QUANTITY,
    REP,
    RULES,
    Wish,
)
from evenhand.tasks.models import Task, TaskState
from evenhand.tasks.operations.create import MOST_MINUTES, create_rows
from evenhand.tasks.operations.ending import end_now
from evenhand.tasks.refusals import refuse

_OVER = re.compile(
    "(done|completed?|closed|finished|cancell?ed|yes|true|1|是)$"
    "|(?!.*[未没待]).*(完成|完结|办结|结束|关闭|取消)"
)
_CLOSES = time(18)  # of a day without working hours
# What has happened to a to-do that nobody has touched.
_UNTOUCHED = ("task.made", "task.dealt")


@dataclass(frozen=True, slots=True)
class TaskRead:
    """A to-do as the file has it."""

    type: str
    title: str
    note: str
    clues: Clues
    way: str
    rep_id: int | None
    due_at: datetime | None
    starts_at: datetime | None
    minutes: int | None
    quantity: int | None


class Tasks:
    """See the module."""

    purpose = Purpose.TASKS
    roles = frozenset(ROLES[Purpose.TASKS])
    lenient = frozenset({"note", "subject", "name", "phone", "email"})
    keeps_own = False

    def read(self, row: RowRead, around: Around) -> TaskRead:
        """A row as a to-do.

        :raises InvalidIntake: its type is not in the rules, it is done, or a field is unusable.
        """
        problems: list[FieldProblem] = []
        kind = _type(row, around, problems)
        said = row.text("status", 200)
        if said and _OVER.match(word_of(said)):
            problems.append(FieldProblem("status", said[:80], reason("import.done_already")))
        minutes = row.whole("minutes", MOST_MINUTES, problems)
        if minutes == 0:
            why = reason("task.minutes_unusable", limit=MOST_MINUTES)
            problems.append(FieldProblem("minutes", "0", why))
        quantity = row.whole("quantity", MOST_QUANTITY, problems)
        if quantity == 0:
            why = reason("task.quantity_unusable", limit=MOST_QUANTITY)
            problems.append(FieldProblem("quantity", "0", why))
        begins, due = around.moment(row.values.get("started_at")), _due(row, around)
        if begins is not None and due is not None and due <= begins:
            why = reason("task.due_before_start")
            problems.append(FieldProblem("due_at", f"{due:%Y-%m-%d %H:%M}", why))
        title = row.text("subject", LONGEST_TITLE, problems)
        refuse_if(problems)
        way, rep_id = _way(row, around)
        return TaskRead(
            type=kind,
            title=title or kind,
            note=row.note(),
            clues=clues_of(row, around.company.country),
            way=way,
            rep_id=rep_id,
            due_at=due,
            starts_at=begins,
            minutes=minutes,
            quantity=quantity,
        )

    def write(
        self, row: Import, part: Sequence[tuple[int, TaskRead]], *, actor: Actor
    ) -> dict[int, Ended]:
        """Make the to-dos of a part; one that is here already is not made again."""
        belongings = Belongings([one.clues for _, one in part])
        here = _Here(row, [one for _, one in part])
        done: dict[int, Ended] = {}
        wishes: list[tuple[int, Wish]] = []
        for number, one in part:
            place = belongings.find(one.clues)
            if place is None and one.clues != NOWHERE:
                done[number] = Ended(Outcome.REJECTED, why=reason("import.no_item"))
                continue
            link = None if place is None else (place.kind, place.item_id)
            if (before := here.take(one, link)) is not None:
                done[number] = Ended(Outcome.REPEATED, made_id=before)
                continue
            wishes.append((number, _wish(one, link)))
        return {**done, **_make(row, wishes, actor)}

    def undo(self, row: Import, one: ImportRow, *, actor: Actor) -> None:
        """Cancel a to-do that nobody has touched: what it cost comes back.

        :raises Refused: somebody has.
        """
        task_id = one.made_id or 0
        if not Task.objects.filter(pk=task_id).exists():
            return
        # Owners are told once, when all is undone.
        if not end_now(
            task_id, TaskState.CANCELED, "import_undone",
            actor=actor, is_told=False, check=_check_untouched,
        ):  # fmt: skip
            raise CannotImport(reason("import.worked_on"))


def _check_untouched(task: Task) -> None:
    """Refuse to take away what somebody has worked on; under its lock."""
    events = Event.objects.filter(object_kind="task", object_id=task.pk)
    is_ticked = any(is_done for _, is_done in task.checklist)
    if is_ticked or events.exclude(kind__in=_UNTOUCHED).exists():
        raise CannotImport(reason("import.worked_on"))


def _type(row: RowRead, around: Around, problems: list[FieldProblem]) -> str:
    """The type that is meant: as the person said, else by its name."""
    text = row.text("type", 200)
    found = around.row.stages.get(f"type:{text}") or proposed_type(text, around.task_types)
    if found not in around.task_types:
        if not around.task_types:
            why = refuse("no_types").why
        else:
            code = "import.type_unknown" if text else "import.type_missing"
            why = reason(code, types=around.task_types[:20])
        problems.append(FieldProblem("type", text[:80], why))
    return found


def proposed_type(text: str, types: Sequence[str]) -> str:
    """The type that a word of a file means by itself; "" = none. Nothing said means the only
    one."""
    if not text:
        return types[0] if len(types) == 1 else ""
    if text in types:
        return text
    word = word_of(text)
    return next((one for one in types if word_of(one) == word), "")


def _due(row: RowRead, around: Around) -> datetime | None:
    """By when; a day without a time means the end of its working hours."""
    due = around.moment(row.values.get("due_at"))
    local = None if due is None else due.astimezone(around.zone)
    if local is None or local.time() != time():
        return due
    shifts = people_now(now()).team.company_calendar.shifts_on(local.date())
    ends = [shift.end for shift in shifts]
    if not ends:
        closes = _CLOSES
    elif any(shift.end <= shift.start for shift in shifts):
        closes = time(23, 59)
    else:
        closes = max(ends)
    return instant(datetime.combine(local.date(), closes), around.zone)


def _way(row: RowRead, around: Around) -> tuple[str, int | None]:
    """How it is given, and to whom where somebody is named."""
    becomes, strangers = around.row.becomes, around.row.strangers
    if becomes != Becomes.KEEP_OWNER:
        return {Becomes.HOLDER: HOLDER, Becomes.MARKET: MARKET}.get(Becomes(becomes), RULES), None
    meant = around.owner(row.text("owner", 200))
    if meant is not None and meant.is_here:
        return REP, meant.rep_id
    if strangers == Strangers.GIVE:
        return REP, around.row.strangers_to_id
    return (MARKET if strangers == Strangers.MARKET else RULES), None


def _wish(one: TaskRead, link: Link | None) -> Wish:
    return Wish(
        one.type,
        RULES if one.way == HOLDER and link is None else one.way,
        one.rep_id,
        title=one.title,
        note=one.note,
        link=link,
        quantity=one.quantity,
        minutes=one.minutes,
        starts_at=one.starts_at,
        due_at=one.due_at,
    )


def _make(row: Import, wishes: Sequence[tuple[int, Wish]], actor: Actor) -> dict[int, Ended]:
    """Make them together; where one is refused, each by itself, so that it alone is left out."""
    line = "" if row.line is None else row.line.key
    if not wishes:
        return {}
    try:
        with transaction.atomic():
            made = create_rows([wish for _, wish in wishes], line=line, actor=actor)
    except (Refused, NotFound):
        if len(wishes) == 1:
            return {wishes[0][0]: _refused(wishes[0][1], line, actor)}
        half = len(wishes) // 2
        return {**_make(row, wishes[:half], actor), **_make(row, wishes[half:], actor)}
    numbers = (number for number, _ in wishes)
    return {
        number: Ended(Outcome.CREATED, made_id=one.id)
        for number, one in zip(numbers, made, strict=True)
    }


def _refused(wish: Wish, line: str, actor: Actor) -> Ended:
    """Why one cannot be made."""
    try:
        with transaction.atomic():
            (made,) = create_rows([wish], line=line, actor=actor)
    except Refused as refused:
        return Ended(Outcome.REJECTED, why=refused.why)
    except NotFound:
        return Ended(Outcome.REJECTED, why=reason("act.out_of_reach"))
    return Ended(Outcome.CREATED, made_id=made.id)


class _Here:
    """To-dos that are here already. One of the file meets one of them, as often as it stands there:
    ten calls in the file are ten to-dos, and the same file once more makes none."""

    def __init__(self, row: Import, part: Sequence[TaskRead]) -> None:
        own = row.rows.filter(made_id__isnull=False).values("made_id")
        rows = Task.objects.filter(
            type__in={one.type for one in part}, title__in={one.title for one in part}
        )
        rows = rows.exclude(state=TaskState.CANCELED).exclude(pk__in=own).order_by("pk")
        self.rows: dict[tuple[str, str, str, int | None], list[Task]] = defaultdict(list)
        for task in rows.only("type", "title", "item_kind", "item_id", "due_at", "owner", "state"):
            self.rows[(task.type, task.title, task.item_kind, task.item_id)].append(task)

    def take(self, one: TaskRead, link: Link | None) -> int | None:
        """The to-do that a row means, used up by it; None = there is none."""
        kind, item_id = link or ("", None)
        known = self.rows[(one.type, one.title, kind, item_id)]
        for k, task in enumerate(known):
            if one.rep_id is not None and task.owner_id != one.rep_id:
                continue
            is_open = task.state in (TaskState.OPEN, TaskState.OFFERED)
            if is_open if one.due_at is None else _same_minute(task.due_at, one.due_at):
                return int(known.pop(k).pk)
        return None


def _same_minute(one: datetime | None, other: datetime) -> bool:
    return one is not None and abs(one - other) < timedelta(minutes=1)
