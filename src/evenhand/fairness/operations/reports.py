"""The monthly fairness report (公平报告): made once, from ids and numbers, and never changed."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.engine.reasons import reason
from evenhand.fairness.figures import Figures, figures_of
from evenhand.fairness.groups import Group, group_of
from evenhand.fairness.models import Alarm, Report, Settings, Target
from evenhand.fairness.overrides import overrides
from evenhand.fairness.periods import Period, month_of
from evenhand.journal.operations import record
from evenhand.ledger.models import Book, Posting
from evenhand.notify.operations import tell
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.clocks import company_day, company_zone, whole_days
from evenhand.people.models import Role, User
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused
from evenhand.policies.models import PolicyVersion, VersionState

SCHEMA = 1
# So long after the month every posting of it is committed.
SETTLED_AFTER = timedelta(hours=2)
_READERS = (Role.MANAGER, Role.SALES_OPS, Role.ADMIN, Role.AUDITOR)


class CannotReport(Refused):
    """There can be no such report."""


def last_month_at(now: datetime) -> Period:
    """The last month of which there can be a report: from 02:00 of the 1st, the one before."""
    return month_of(company_day(now - SETTLED_AFTER).replace(day=1) - timedelta(days=1))


def make_due_report(now: datetime) -> Report | None:
    """The report of the month that ended last, if it is not made yet and there was dealing."""
    last_month = last_month_at(now)
    if Report.objects.filter(month=last_month.first).exists() or not _has_postings(last_month):
        return None
    return make_report(last_month.first, actor=SYSTEM, now=now)


def make_report(month: date, *, actor: Actor, now: datetime | None = None) -> Report:
    """Make the report of a month that is over; the one there is, if it was made before.

    :raises NotAllowed: the actor may not edit policies.
    :raises CannotReport: the month is not over.
    """
    demand(actor, Right.EDIT_POLICY)
    at = now or timezone.now()
    period = month_of(month)
    if period.last >= company_day(at - SETTLED_AFTER):
        raise CannotReport(reason("fairness.month_not_over"), field="month")
    known = Report.objects.filter(month=period.first).first()
    if known is not None:
        return known
    with transaction.atomic():
        report, is_new = Report.objects.get_or_create(
            month=period.first,
            defaults={
                "made_at": at,
                "made_by_id": actor.user_id,
                "salt": secrets.token_hex(32),
                "data": _data(period),
            },
        )
        if is_new:
            record(
                "fairness.report_made",
                actor=actor,
                object_kind="fairness_report",
                object_id=report.pk,
                data={"month": period.first.isoformat()},
            )
            tell(
                _readers(),
                "fairness_report",
                params={"count": period.first.month},
                object_kind="fairness_report",
                object_id=report.pk,
            )
    return report


def share_reports(everybody: bool, *, actor: Actor) -> None:
    """Choose who sees the reports: everybody, or only those who see decisions about others.

    :raises NotAllowed: the actor may not edit policies.
    """
    demand(actor, Right.EDIT_POLICY)
    with transaction.atomic():
        Settings.objects.update_or_create(id=1, defaults={"everybody": everybody})
        record(
            "fairness.reports_shared", actor=actor, object_kind="fairness_report", object_id=None,
            data={"everybody": everybody},
        )  # fmt: skip


def is_for_everybody() -> bool:
    """Whether reports may be seen by everybody."""
    return bool(Settings.objects.filter(pk=1).values_list("everybody", flat=True).first())


def _readers() -> list[int]:
    people = User.objects.filter(is_active=True)
    if not is_for_everybody():
        people = people.filter(role__in=_READERS)
    return list(people.order_by("pk").values_list("pk", flat=True))


def _has_postings(period: Period) -> bool:
    since, until = whole_days(period.first, period.last, company_zone())
    return Posting.objects.filter(at__gte=since, at__lt=until).exists()


def _data(period: Period) -> dict[str, Any]:
    books = list(Book.objects.select_related("line").order_by("line_id", "key"))
    figures = figures_of([one.pk for one in books], period, zone=company_zone().key)
    naming = dict(
        PolicyVersion.objects.filter(state=VersionState.LIVE).values_list(
            "line_id", "document__fairness__colleagues"
        )
    )
    targets = Target.objects.in_bulk([one.pk for one in books])
    since, until = whole_days(period.first, period.last, company_zone())
    alarms = list(
        Alarm.objects.filter(raised_at__gte=since, raised_at__lt=until).values_list(
            "book_id", flat=True
        )
    )
    groups = [
        _group(group_of(book), figures[book.pk])
        | {
            "names": naming.get(book.line_id) or "names",
            "target": _target(targets.get(book.pk)),
            "alarms": alarms.count(book.pk),
        }
        for book in books
        if figures[book.pk].sums.counts.any() or figures[book.pk].sums.corrected.any()
    ]
    by_hand = overrides(SYSTEM, period)
    return {
        "schema": SCHEMA,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "groups": groups,
        "overrides": [[act, why, count] for (act, why), count in sorted(by_hand.totals.items())],
    }


def _group(group: Group, figures: Figures) -> dict[str, Any]:
    sums, owed = figures.sums, figures.owed
    columns = (figures.members, *sums, owed)
    people = [[int(one) for one in row] for row in zip(*columns, strict=True)]
    deviation, _ = figures.deviation
    return {
        "book": group.id,
        "line": group.line_id,
        "group": group.name,
        "kind": group.kind,
        "deviation": deviation,
        "bound": figures.bound,
        "jain": figures.jain,
        # person, due, received, corrected, items, owed at the end
        "people": [row for row in people if any(row[1:])],
    }


def _target(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    return {"points": target.most_points, "jain": target.least_jain, "days": target.days}
