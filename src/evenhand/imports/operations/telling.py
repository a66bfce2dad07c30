"""People are told of the leads of a list once, with their number, and not once a lead."""

from django.db.models import Count

from evenhand.imports.models import Import, Kind, Outcome
from evenhand.imports.queries import leads_made_by
from evenhand.leads.models import Lead, State
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
    dealt = Lead.objects.filter(
        pk__in=leads_made_by(row.pk), state=State.OWNED, receipt_id__isnull=False
    )
    counts = dealt.order_by().values("owner_id").annotate(count=Count("pk"))
    for one in counts.order_by("owner_id"):
        tell_of_leads(one["owner_id"], one["count"], import_id=row.pk)


def tell_of_undone(row: Import) -> None:
    """Tell everybody whose to-dos an import made and took back; once, with their number. In the
    caller's transaction."""
    if row.kind == Kind.TASK:
        _tell_of_tasks(row, "tasks_taken", is_undone=True)


def _tell_of_tasks(row: Import, notice: str, *, is_undone: bool) -> None:
    made = row.rows.filter(outcome=Outcome.CREATED, is_undone=is_undone).values("made_id")
    rows = Task.objects.filter(pk__in=made, owner__isnull=False).exclude(owner_id=row.user_id)
    counts = rows.order_by().values("owner_id").annotate(count=Count("pk"))
    for one in counts.order_by("owner_id"):
        tell(one["owner_id"], notice, params={"count": one["count"], "by": row.user_id})
