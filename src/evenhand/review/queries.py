"""Reading comparisons."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from evenhand.policies.models import Line
from evenhand.review.models import ComparedLead, Comparison


def comparisons_of(line: Line, *, most: int = 20) -> Sequence[Comparison]:
    """The latest comparisons of a line, newest first."""
    rows = Comparison.objects.filter(line=line).defer("document", "result")
    return list(rows.select_related("started_by", "base").order_by("-pk")[:most])


def leads_apart(comparison: Comparison, *, rep_id: int | None = None) -> QuerySet[ComparedLead]:
    """The leads with which the draft does something else, in the order in which they came; of one
    rep, those he would gain or lose."""
    rows = ComparedLead.objects.filter(comparison=comparison).order_by("pk")
    if rep_id is not None:
        theirs = Q(before_rep_id=rep_id) | Q(after_rep_id=rep_id)
        rows = rows.filter(theirs)
    return rows


def is_over(comparison: Comparison) -> bool:
    """Whether nothing more will come of it by itself."""
    return comparison.finished_at is not None or comparison.stopped_at is not None


def progress_of(comparison: Comparison) -> tuple[int, int]:
    """How many decisions were taken, of how many; 0 of 0 while the leads are being read."""
    return comparison.done, 2 * (comparison.leads or 0)
