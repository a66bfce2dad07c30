"""How often each rule decided, and which never do.

Days that are over are counted once, whole; the days since are counted live.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Max, Min, Sum
from django.utils import timezone

from evenhand.fairness.models import RuleDay, RulesCounted
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_zone, whole_days
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound
from evenhand.policies.models import Line, VersionState
from evenhand.routing.models import Receipt

# So long after midnight every decision of the day before is committed.
SETTLED_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RuleUse:
    """A rule that is live now."""

    name: str
    place: int  # from 1, as in the policy
    count: int  # decisions of the last days asked for
    last_on: date | None  # the latest day that it decided anything, ever
    since_version: int  # unchanged since this version
    since: datetime | None  # which was published then

    @property
    def is_idle(self) -> bool:
        """Whether it never decided anything in these days."""
        return self.count == 0


def rule_uses(actor: Actor, line_id: int, days: int) -> list[RuleUse]:
    """Rules of a line's live policy, in their order, with their use in the last days, today's too.

    :raises NotAllowed: the actor may not see decisions about others, or policies.
    :raises NotFound: no such line, or nothing is live in it.
    """
    demand(actor, Right.SEE_DECISIONS)
    demand(actor, Right.SEE_POLICY)
    line = Line.objects.filter(pk=line_id, is_active=True).first()
    versions: Sequence[Mapping[str, Any]] = [] if line is None else _versions(line)
    if not versions:
        raise NotFound("line", line_id)
    counts, last = _counts(line_id, days)
    live = versions[0]
    return [
        RuleUse(
            rule["rule"],
            place,
            counts.get(rule["rule"], 0),
            last.get(rule["rule"]),
            *_unchanged_since(rule, versions),
        )
        for place, rule in enumerate(live["document__rules"] or [], start=1)
    ]


def _versions(line: Line) -> Sequence[Mapping[str, Any]]:
    """The live version and all before it, newest first; [] if none is live."""
    rows = line.versions.exclude(state=VersionState.DRAFT).order_by("-number")
    found: list[Any] = list(rows.values("number", "state", "published_at", "document__rules"))
    start = next((k for k, one in enumerate(found) if one["state"] == VersionState.LIVE), None)
    return [] if start is None else found[start:]


def _unchanged_since(
    rule: Mapping[str, Any], versions: Sequence[Mapping[str, Any]]
) -> tuple[int, datetime | None]:
    oldest = versions[0]
    for version in versions:
        if rule not in (version["document__rules"] or []):
            break
        oldest = version
    return oldest["number"], oldest["published_at"]


def _counts(line_id: int, days: int) -> tuple[dict[str, int], dict[str, date]]:
    zone = company_zone()
    today = timezone.now().astimezone(zone).date()
    first = today - timedelta(days=days - 1)
    stored = RuleDay.objects.filter(line_id=line_id)
    counts = dict(
        stored.filter(day__gte=first)
        .values("rule")
        .annotate(n=Sum("count"))
        .values_list("rule", "n")
    )
    last = dict(stored.values("rule").annotate(day=Max("day")).values_list("rule", "day"))
    for day, rule, count in _live(line_id, zone, today):
        if day >= first:
            counts[rule] = counts.get(rule, 0) + count
        last[rule] = max(day, last.get(rule, day))
    return counts, last


def _live(line_id: int, zone: ZoneInfo, today: date) -> list[tuple[date, str, int]]:
    """What is not counted yet: today, and the days before it if the job has not come round."""
    counted = RulesCounted.objects.filter(zone=zone.key).values_list("day", flat=True).first()
    if counted is None:
        first_at = Receipt.objects.aggregate(at=Min("at"))["at"]
        begin = today if first_at is None else first_at.astimezone(zone).date()
    else:
        begin = counted + timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(f"{_COUNT} AND line_id = %s GROUP BY line_id, day, rule", [
            zone.key, *whole_days(begin, max(today, begin), zone), line_id,
        ])  # fmt: skip
        return [(row[1], row[2], row[3]) for row in cursor.fetchall()]


def count_rules(now: datetime) -> date | None:
    """Count the days that are over since the last one counted; returns that one.

    A day is counted whole and once, in one transaction with the mark that it was.
    """
    zone = company_zone()
    until = (now - SETTLED_AFTER).astimezone(zone).date() - timedelta(days=1)
    RulesCounted.objects.bulk_create([RulesCounted(id=1, zone=zone.key)], ignore_conflicts=True)
    with transaction.atomic():
        counted = RulesCounted.objects.select_for_update().get(pk=1)
        if counted.zone != zone.key:
            RuleDay.objects.all().delete()
            counted.day, counted.zone = None, zone.key
        if counted.day is not None and counted.day >= until:
            return counted.day
        if counted.day is None:
            first_at = Receipt.objects.aggregate(at=Min("at"))["at"]
            begin = until if first_at is None else first_at.astimezone(zone).date()
        else:
            begin = counted.day + timedelta(days=1)
        if begin <= until:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO rule_day (line_id, day, rule, count) {_COUNT}"
                    " GROUP BY line_id, day, rule",
                    [zone.key, *whole_days(begin, until, zone)],
                )
        counted.day = until
        counted.save()
    return until


def count_rules_again(now: datetime) -> date | None:
    """Throw the counts of all days away and count again."""
    with transaction.atomic():
        RuleDay.objects.all().delete()
        RulesCounted.objects.all().delete()
    return count_rules(now)


_COUNT = (
    "SELECT line_id, (at AT TIME ZONE %s)::date AS day, rule, count(*) FROM receipt"
    " WHERE act = '' AND rule <> '' AND line_id IS NOT NULL AND at >= %s AND at < %s"
)
