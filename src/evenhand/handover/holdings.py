"""What somebody holds, and whom he talks with by chat: what a cover moves and a sheet lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import MODELS
from evenhand.leads.models import Activity, Assignment, Contact, Lead, Stage
from evenhand.tasks.models import Task, TaskState

ITEM_KINDS = (ItemKind.LEAD.value, ItemKind.ACCOUNT.value, ItemKind.OPPORTUNITY.value)
TASK = "task"
CONTACT = "contact"
BY_HAND = (
    "by_hand"  # what is in another system: chat customers of a work phone, registrations (报备)
)
ELSEWHERE = (CONTACT, BY_HAND)  # nothing moves here: the sheet keeps who took it over
CHAT = "wechat"


@dataclass(frozen=True, slots=True)
class Holding:
    """An item somebody holds, in what a rule of a cover asks about."""

    kind: str
    item_id: int
    grade: str
    points: int  # micro-points
    is_live: bool  # the owner is in conversation with the customer


def holdings_of(rep_id: int) -> list[Holding]:
    """Everything that somebody holds, by kind and id; a fixed number of queries."""
    held = {
        (row.item_kind, row.item_id): row
        for row in Assignment.objects.filter(rep_id=rep_id, closed_at=None)
    }
    found = []
    for kind in ITEM_KINDS:
        ids = [item_id for of, item_id in held if of == kind]
        if not ids:
            continue
        live = _live(kind, ids, rep_id)
        grades = dict(MODELS[kind]._default_manager.filter(pk__in=ids).values_list("pk", "grade"))
        found += [
            Holding(kind, one, grades.get(one, ""), held[kind, one].points, one in live)
            for one in sorted(ids)
        ]
    return found


def _live(kind: str, ids: Sequence[int], rep_id: int) -> set[int]:
    rows = Activity.objects.filter(item_kind=kind, item_id__in=ids, user_id=rep_id)
    live = set(rows.values_list("item_id", flat=True).distinct())
    if kind == ItemKind.LEAD:
        turned_to = Lead.objects.filter(pk__in=ids).exclude(stage=Stage.NEW, contacted_at=None)
        live |= set(turned_to.values_list("pk", flat=True))
    return live


def tasks_of(rep_id: int, *, due_before: datetime | None = None) -> list[Holding]:
    """Somebody's open to-dos by id; with `due_before` only those that cannot wait until then."""
    rows = Task.objects.filter(owner_id=rep_id, state=TaskState.OPEN)
    rows = rows if due_before is None else rows.filter(due_at__lt=due_before)
    # Workload points are another kind of points: they are not added to those of items.
    ids = rows.order_by("pk").values_list("pk", flat=True)
    return [Holding(TASK, one, "", 0, is_live=False) for one in ids]


def chats_of(rep_id: int) -> list[int]:
    """The contacts with whom somebody has chatted, those still here, by id."""
    rows = Activity.objects.filter(user_id=rep_id, channel=CHAT)
    named = set(rows.exclude(contact=None).values_list("contact_id", flat=True))
    items = rows.filter(contact=None)
    leads = items.filter(item_kind=ItemKind.LEAD.value).values("item_id")
    named |= set(
        Lead.objects.filter(pk__in=leads, contact__isnull=False).values_list(
            "contact_id", flat=True
        )
    )
    return sorted(Contact.objects.filter(pk__in=named).values_list("pk", flat=True))
