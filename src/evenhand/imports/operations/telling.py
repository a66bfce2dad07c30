"""People are told what an import gives or takes away: once, with its number, not once a row."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Count, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from evenhand.engine.facts import ItemKind
from evenhand.imports.models import Import, Kind, Outcome
from evenhand.imports.queries import leads_made_by
from evenhand.journal.models import Event
from evenhand.leads.models import (
    Assignment,
    Company,
    Lead,
    Opportunity,
    OpportunityStage,
    State,
)
from evenhand.notify.operations import tell
from evenhand.tasks.models import Task

_OVER = (OpportunityStage.WON, OpportunityStage.LOST)
# What is told of each kind of rows: how the notices call it, and where its list is.
_CALLED = {Kind.ACCOUNT: "accounts", Kind.OPPORTUNITY: "deals"}
_MODELS: dict[str, type[Company] | type[Opportunity]] = {
    Kind.ACCOUNT: Company,
    Kind.OPPORTUNITY: Opportunity,
}


def tell_of_leads(rep_id: int, count: int, *, import_id: int) -> None:
    """Tell somebody that so many leads of a list are his. In the caller's transaction."""
    params = {"count": count}
    tell(rep_id, "given_list", params=params, object_kind="list", object_id=import_id)


def tell_owners(row: Import) -> None:
    """Tell everybody who got anything of an import; once, when it ends.
    In the caller's transaction."""
    if row.kind == Kind.TASK:
        _tell_of_tasks(row, "tasks_given", is_undone=False)
        return
    if row.kind in _CALLED:
        given = _gifts(row, row.rows.values("made_id")).values("object_id")
        held = _MODELS[row.kind]._default_manager.filter(pk__in=given, state=State.OWNED)
        counts = held.order_by().values_list("owner_id").annotate(count=Count("pk"))
        _tell_each(row, f"{_CALLED[Kind(row.kind)]}_given", counts, by=row.user_id)
        return
    # Whose the file says they are is told as well: their clocks run.
    leads = Lead.objects.filter(pk__in=leads_made_by(row.pk), state=State.OWNED)
    shares = leads.order_by().values_list("owner_id").annotate(count=Count("pk"))
    for owner_id, count in shares.order_by("owner_id"):
        tell_of_leads(owner_id, count, import_id=row.pk)


def tell_of_undone(row: Import) -> None:
    """Tell everybody from whom undoing an import took something; once, with its number.
    In the caller's transaction."""
    if row.kind == Kind.TASK:
        _tell_of_tasks(row, "tasks_taken", is_undone=True)
        return
    by = row.undone_by_id or row.user_id
    gone = row.rows.filter(is_undone=True)
    if row.kind in _CALLED:
        # They are no more: the journal alone knows whose they were.
        gifts = _gifts(row, gone.values("made_id")).order_by()
        owner = Cast(KT("data__rep"), BigIntegerField())
        lost = gifts.values_list(owner).annotate(count=Count("object_id"))
        _tell_each(row, f"{_CALLED[Kind(row.kind)]}_taken", lost, by=by)
        return
    leads = gone.filter(lead_id__isnull=False).values("lead_id")
    held = Assignment.objects.filter(item_kind=ItemKind.LEAD, item_id__in=leads, closed_by="void")
    counts = held.order_by().values_list("rep_id").annotate(count=Count("pk"))
    _tell_each(row, "list_taken", counts, by=by)


def _gifts(row: Import, made: QuerySet[Any]) -> QuerySet[Event]:
    """What the journal says that an import gave somebody, of these accounts or deals.

    An account that was here may only have been filled in: then it was not given.
    """
    events = Event.objects.filter(
        object_kind=row.kind,
        object_id__in=made,
        kind=f"{row.kind}.imported",
        data__import=row.pk,
        data__rep__gt=0,
    )
    if row.kind == Kind.ACCOUNT:
        return events.filter(Q(data__fields=[]) | Q(data__fields__contains="owner"))
    return events.exclude(data__stage__in=_OVER)  # they were nobody's work here


def _tell_of_tasks(row: Import, notice: str, *, is_undone: bool) -> None:
    by = row.undone_by_id if is_undone and row.undone_by_id else row.user_id
    made = row.rows.filter(outcome=Outcome.CREATED, is_undone=is_undone).values("made_id")
    rows = Task.objects.filter(pk__in=made, owner__isnull=False)
    counts = rows.order_by().values_list("owner_id").annotate(count=Count("pk"))
    _tell_each(row, notice, counts, by=by)


def _tell_each(row: Import, notice: str, counts: Iterable[tuple[int, int]], *, by: int) -> None:
    """Tell everybody how many; whoever did it knows."""
    place = _CALLED.get(Kind(row.kind), "") if notice.endswith("_given") else ""
    for user_id, count in sorted(counts):
        if user_id != by:
            tell(
                user_id,
                notice,
                params={"count": count, "by": by},
                object_kind=place,
                object_id=row.pk if place else None,
            )
