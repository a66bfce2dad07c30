"""Who is away: leave entered within reach, and for whom."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.people.models import Adjustment, Duty, Leave


def leave_within(actor: Actor, from_at: datetime, until_at: datetime) -> QuerySet[Leave]:
    """Leave of people within reach that lies in a span of time, by its beginning."""
    rows = Leave.objects.filter(
        canceled_at=None,
        from_at__lt=until_at,
        until_at__gt=from_at,
        rep__user__in=visible_people(actor),
        rep__user__is_active=True,
    )
    return rows.select_related("rep__user__team").order_by("from_at", "rep__user__name_key", "pk")


def leave_of(rep_id: int, since: datetime) -> list[Leave]:
    """One person's leave that is not over, or was not long ago; canceled ones are left out."""
    rows = Leave.objects.filter(rep_id=rep_id, canceled_at=None, until_at__gt=since)
    return list(rows.order_by("from_at", "pk"))


def away_until(rep_ids: Collection[int], now: datetime) -> dict[int, datetime]:
    """Until when those of them are away who are on leave now."""
    rows = Leave.objects.filter(
        rep__in=rep_ids, canceled_at=None, from_at__lte=now, until_at__gt=now
    )
    return dict(rows.order_by("until_at").values_list("rep_id", "until_at"))


def adjustments_of(rep_id: int) -> list[Adjustment]:
    """One person's temporary adjustments, the latest first, with who made them."""
    rows = Adjustment.objects.filter(rep_id=rep_id).select_related("made_by")
    return list(rows.order_by("-until_date", "-pk")[:50])


def shifts_within(actor: Actor, from_at: datetime, until_at: datetime) -> QuerySet[Duty]:
    """Shifts of people within reach that lie in a span of time."""
    rows = Duty.objects.filter(
        from_at__lt=until_at, until_at__gt=from_at, rep__user__in=visible_people(actor)
    )
    return rows.select_related("rep__user").order_by("from_at", "rep__user__name_key", "pk")


def rosters() -> list[str]:
    """The names of all duty rosters."""
    return list(Duty.objects.order_by("roster").values_list("roster", flat=True).distinct())
