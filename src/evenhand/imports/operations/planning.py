"""A list as one plan: how it is to be dealt, and who gets what, settled when its rows are in."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.imports.access import import_for
from evenhand.imports.models import (
    Absent,
    Becomes,
    Import,
    ListPlan,
    Outcome,
    PlanItem,
    Step,
)
from evenhand.imports.operations.looking import looking
from evenhand.imports.refusal import CannotImport
from evenhand.journal.operations import record
from evenhand.leads.models import Lead, State
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.clocks import company_day
from evenhand.people.models import Rep
from evenhand.people.scope import Right, demand
from evenhand.platform.transactions import in_transaction
from evenhand.routing.foreseeing import Awaited, Fate, decide_all, world_for
from evenhand.routing.retry import items_of

MOST_A_DAY = 10_000
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Planning:
    """The person's choices."""

    per_day: int = 10
    is_per_rep: bool = True
    collectors_first: bool = True
    absent: str = Absent.HOLD
    starts_on: date | None = None


def set_planning(import_id: int, wanted: Planning, *, actor: Actor) -> ListPlan:
    """Say how a list is dealt; it may be changed until its import starts.

    :raises NotAllowed, NotFound: as `access.import_for`.
    :raises CannotImport: it has started, or a choice is none.
    """
    if not 1 <= wanted.per_day <= MOST_A_DAY:
        raise CannotImport(reason("import.per_day", limit=MOST_A_DAY), field="per_day")
    if wanted.absent not in Absent.values:
        choices = tuple(Absent.values)
        found = reason("work.not_a_choice", value=wanted.absent[:40], choices=choices)
        raise CannotImport(found, field="absent")
    if wanted.starts_on is not None and wanted.starts_on > company_day(timezone.now()) + FARTHEST:
        raise CannotImport(reason("import.starts_too_late"), field="starts_on")
    with transaction.atomic():
        row = looking(import_id, actor)
        values: dict[str, Any] = {
            "per_day": wanted.per_day,
            "is_per_rep": wanted.is_per_rep,
            "collectors_first": wanted.collectors_first,
            "absent": wanted.absent,
            "starts_on": wanted.starts_on,
        }
        plan, _ = ListPlan.objects.update_or_create(import_of=row, defaults=values)
    return plan


def make_plan(import_id: int) -> None:
    """Settle who gets which lead of a list, once: by the rules from the books as they stand.

    What the rules give to nobody in particular has nobody; they are asked again at its release.
    """
    row = Import.objects.select_related("user").get(pk=import_id)
    if row.becomes != Becomes.PLAN or row.step not in (Step.DONE, Step.STOPPED):
        return

    def work() -> None:
        plan, _ = ListPlan.objects.select_for_update().get_or_create(import_of=row)
        if plan.made_at is not None:
            return
        PlanItem.objects.bulk_create(_items(plan, row), batch_size=1_000)
        plan.made_at = timezone.now()
        plan.save(update_fields=["made_at"])
        data = {"count": plan.items.count()}
        record("import.planned", actor=SYSTEM, object_kind="import", object_id=row.pk, data=data)

    in_transaction(work)


def _items(plan: ListPlan, row: Import) -> list[PlanItem]:
    rows = row.rows.filter(outcome=Outcome.CREATED, is_undone=False, lead_id__isnull=False)
    order = list(rows.order_by("number").values_list("lead_id", flat=True))
    by_line: dict[str, list[Lead]] = defaultdict(list)
    leads = Lead.objects.filter(pk__in=rows.values("lead_id"), state=State.UNTENDED)
    found = {one.pk: one for one in leads.select_related("company", "line")}
    for lead_id in order:
        if lead_id is not None and (lead := found.get(lead_id)) is not None:
            by_line["" if lead.line is None else lead.line.key].append(lead)
    fates: dict[int, Fate] = {}
    for line, several in by_line.items():
        world = world_for(line, is_plan=True)
        awaited = [
            Awaited(item, lead.company_id, lead.collected_by_id)
            for lead, item in zip(several, items_of(world, ItemKind.LEAD, several), strict=True)
        ]
        decided = decide_all(world, awaited, is_plan=True, collectors_first=plan.collectors_first)
        fates |= {lead.pk: fate for lead, fate in zip(several, decided, strict=True)}
    return [
        PlanItem(
            plan=plan,
            lead_id=lead_id,
            position=position,
            rep_id=fates[lead_id].rep_id,
            points=fates[lead_id].points,
            why=None if (why := fates[lead_id].why) is None else why.as_json(),
        )
        for position, lead_id in enumerate(order)
        if lead_id in fates
    ]


def move_items(import_id: int, *, from_rep: int | None, to: int, count: int, actor: Actor) -> int:
    """Give the last so many unreleased leads of one person's part of a plan to another.

    Returns how many; fewer if he has no more. None = those that have nobody.

    :raises NotAllowed, NotFound: as `access.import_for`; assigning is a right of its own.
    :raises CannotImport: there is no such plan, or the other is nobody who works here.
    """
    demand(actor, Right.ASSIGN)
    with transaction.atomic():
        plan = plan_under_lock(import_id, actor)
        if not Rep.objects.filter(pk=to, is_active=True, user__is_active=True).exists():
            raise CannotImport(reason("import.nobody_to_give_to"), field="to")
        items = plan.items.filter(rep_id=from_rep, released_at=None).order_by("-position")
        chosen = list(items.values_list("pk", flat=True)[: max(0, count)])
        if chosen and from_rep != to:
            plan.items.filter(pk__in=chosen).update(rep_id=to, why=None)
            record(
                "import.plan_moved",
                actor=actor,
                object_kind="import",
                object_id=import_id,
                data={"rep": to, "from": from_rep, "count": len(chosen)},
            )
    return len(chosen)


def stop_releasing(import_id: int, *, actor: Actor) -> None:
    """Release no more portions until somebody says so; raises as `move_items`."""
    _switch(import_id, "import.plan_stopped", actor, is_stopped=True)


def go_on_releasing(import_id: int, *, actor: Actor) -> None:
    """Release portions again; raises as `move_items`."""
    _switch(import_id, "import.plan_continued", actor, is_stopped=False)


def _switch(import_id: int, kind: str, actor: Actor, *, is_stopped: bool) -> None:
    demand(actor, Right.ASSIGN)
    with transaction.atomic():
        plan = plan_under_lock(import_id, actor)
        if plan.is_stopped != is_stopped:
            plan.is_stopped = is_stopped
            plan.save(update_fields=["is_stopped"])
            record(kind, actor=actor, object_kind="import", object_id=import_id)


def plan_under_lock(import_id: int, actor: Actor) -> ListPlan:
    """The plan of an import within reach, until the transaction ends.

    :raises NotAllowed, NotFound: as `access.import_for`.
    :raises CannotImport: there is none that could be released.
    """
    row = import_for(actor, import_id)
    plan = ListPlan.objects.select_for_update().filter(import_of=row).first()
    if plan is None or plan.made_at is None or row.step not in (Step.DONE, Step.STOPPED):
        raise CannotImport(reason("import.no_plan"))
    return plan
