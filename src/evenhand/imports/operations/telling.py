"""People are told of the leads of a list once, with their number, and not once a lead."""

from django.db.models import Count

from evenhand.engine.facts import ItemKind
from evenhand.imports.models import Import, Kind, Outcome
from evenhand.imports.queries import leads_made_by
from evenhand.leads.models import Assignment, Lead, State
from evenhand.notify.operations import tell
from evenhand.tasks.models import Task


def tell_of_leads(rep_id: int, count: int, *, import_id: int) -> None:
    """Tell somebody that so many leads of a list are his. In the caller's transaction."""
    params = {"count": count}
    tell(rep_id, "given_list", params=params, object_kind="list", object_id=import_id)


def tell_owners(row: Import) -> None:
    """Tell everybody who got leads or to-dos of an import; once, when it ends."""
    if row.kind == Kind.TASK:
        _tell_of_tasks(row, "tasks_given", is_undone=False)
        return
    # Whose the file says they are is told as well: their clocks run.
    held = Lead.objects.filter(pk__in=leads_made_by(row.pk), state=State.OWNED)
    counts = held.order_by().values("owner_id").annotate(count=Count("pk"))
    for one in counts.order_by("owner_id"):
        tell_of_leads(one["owner_id"], one["count"], import_id=row.pk)


def tell_of_undone(row: Import) -> None:
    """Tell everybody whose leads or to-dos an import made and took back; once, with their number.
    In the caller's transaction."""
    if row.kind == Kind.TASK:
        _tell_of_tasks(row, "tasks_taken", is_undone=True)
        return
    by = row.undone_by_id or row.user_id
    gone = row.rows.filter(is_undone=True, lead_id__isnull=False).values("lead_id")
    held = Assignment.objects.filter(item_kind=ItemKind.LEAD, item_id__in=gone, closed_by="void")
    counts = held.exclude(rep_id=by).order_by().values("rep_id").annotate(count=Count("pk"))
    for one in counts.order_by("rep_id"):
        tell(one["rep_id"], "list_taken", params={"count": one["count"], "by": by})


def _tell_of_tasks(row: Import, notice: str, *, is_undone: bool) -> None:
    by = row.undone_by_id if is_undone and row.undone_by_id else row.user_id
    made = row.rows.filter(outcome=Outcome.CREATED, is_undone=is_undone).values("made_id")
    rows = Task.objects.filter(pk__in=made, owner__isnull=False).exclude(owner_id=by)
    counts = rows.order_by().values("owner_id").annotate(count=Count("pk"))
    for one in counts.order_by("owner_id"):
        tell(one["owner_id"], notice, params={"count": one["count"], "by": by})
