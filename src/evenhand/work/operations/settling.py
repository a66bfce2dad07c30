"""Settling weeks that are over, and working out caps every night."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from evenhand.engine.workload.bands import Band, Standing, Week
from evenhand.journal.operations import record
from evenhand.leads.models import Assignment
from evenhand.notify.operations import tell
from evenhand.people.actor import SYSTEM
from evenhand.people.clocks import company_day, company_zone
from evenhand.people.models import Rep
from evenhand.people.operations.caps import keep_derived
from evenhand.work.capacity import FEWEST_CLOSED, explained, mean_minutes
from evenhand.work.done import Done, done_between, kept
from evenhand.work.loads import loads_of
from evenhand.work.models import Measured, WorkWeek
from evenhand.work.sections import sections_now
from evenhand.work.weeks import (
    LOOKED_BACK,
    WEEK,
    midnight,
    monday_of,
    people_of,
    responses_of,
    standings,
    weeks_of,
)

# So long after a week ends what was logged late from the road is mostly in.
SETTLED_AFTER = timedelta(hours=3)
# Weeks that are settled at first, where the company has worked so long.
BACK_WEEKS = 8
_MEASURED_DAYS = 180
_TOLD = {Band.OVERLOADED: "load_over", Band.IDLE: "load_room"}


def settle_weeks(now: datetime) -> list[date]:
    """Settle every week that is over and not settled yet, oldest first; their Mondays.

    Who newly stands in a band of the last week is told, alone; whoever leads him gets a list.
    """
    zone = company_zone()
    last = monday_of((now - SETTLED_AFTER).astimezone(zone).date()) - WEEK
    begun = Assignment.objects.order_by("pk").values_list("opened_at", flat=True).first()
    if begun is None:
        return []
    first = max(monday_of(begun.astimezone(zone).date()), last - (BACK_WEEKS - 1) * WEEK)
    wanted = [first + number * WEEK for number in range((last - first) // WEEK + 1)]
    rows = WorkWeek.objects.filter(monday__gte=last - LOOKED_BACK * WEEK)
    done = set(rows.values_list("monday", flat=True).distinct())
    missing = [monday for monday in wanted if monday not in done]
    if not missing:
        return []
    reps = list(_at_work().values_list("pk", flat=True))
    earliest = midnight(missing[0] - LOOKED_BACK * WEEK, zone)
    people = people_of(reps, earliest)
    known = _known(rows, people)
    for rep, weeks in weeks_of(people, missing, zone).items():
        known[rep] |= weeks
    until = midnight(missing[-1] + WEEK, zone)
    responses = responses_of(people, earliest, until)
    levels = {rep: one.level for rep, one in people.items()}
    kinds = done_between(levels, midnight(missing[0], zone), until, zone, sections_now())
    for monday in missing:
        found = standings(people, known, monday, zone, responses)
        with transaction.atomic():
            # Bands of weeks that are settled only now were told to nobody.
            before = {} if monday - WEEK in missing else _bands(monday - WEEK)
            _keep(monday, found, known, kinds)
            if monday == last:
                _tell(found, before)
    return missing


def _at_work() -> QuerySet[Rep]:
    return Rep.objects.filter(is_active=True, user__is_active=True)


def _known(rows: QuerySet[WorkWeek], people: Mapping[int, object]) -> dict[int, dict[date, Week]]:
    known: dict[int, dict[date, Week]] = {rep: {} for rep in people}
    for row in rows.filter(rep__in=people):
        known[row.rep_id][row.monday] = Week(
            row.handled_minutes, row.selling_minutes, row.came_in, row.went_out
        )
    return known


def _bands(monday: date) -> dict[int, str]:
    return dict(WorkWeek.objects.filter(monday=monday).values_list("rep_id", "band"))


def _keep(
    monday: date,
    found: Mapping[int, Standing],
    weeks: Mapping[int, Mapping[date, Week]],
    done: Mapping[tuple[int, date], Done],
) -> None:
    """Write one week of everybody."""
    none = Done()
    WorkWeek.objects.bulk_create(
        WorkWeek(
            rep_id=rep,
            monday=monday,
            handled_minutes=weeks[rep][monday].handled_minutes,
            selling_minutes=weeks[rep][monday].selling_minutes,
            came_in=weeks[rep][monday].came_in,
            went_out=weeks[rep][monday].went_out,
            band=one.band.value,
            utilization=one.utilization,
            signs=[[sign.kind.value, sign.found, sign.limit] for sign in one.signs],
            below_minutes=done.get((rep, monday), none).below_minutes,
            leveled_minutes=done.get((rep, monday), none).leveled_minutes,
            finished=kept(done.get((rep, monday), none)),
        )
        for rep, one in sorted(found.items())
    )
    counts = Counter(one.band for one in found.values())
    record(
        "workload.week_settled",
        actor=SYSTEM,
        object_kind="organization",
        object_id=1,
        data={
            "week": monday.isoformat(),
            "reps": len(found),
            "over": counts[Band.OVERLOADED],
            "idle": counts[Band.IDLE],
        },
    )


def _tell(found: Mapping[int, Standing], before: Mapping[int, str]) -> None:
    """To each person alone what his load says; to whoever leads a team how many there are."""
    new = {
        rep: one
        for rep, one in found.items()
        if _TOLD.get(one.band) is not None and before.get(rep) != one.band.value
    }
    for rep, one in sorted(new.items()):
        percent = (one.utilization or 0) // 100
        tell(rep, _TOLD[one.band], params={"count": percent}, object_kind="load", object_id=rep)
    led: Counter[int] = Counter()
    rows = Rep.objects.filter(pk__in=new, user__team__manager__isnull=False)
    for rep, manager in rows.values_list("pk", "user__team__manager_id"):
        if manager != rep:
            led[manager] += 1
    for manager, count in sorted(led.items()):
        tell(manager, "load_list", params={"count": count}, object_kind="workload", object_id=1)


def derive_caps(now: datetime) -> int:
    """Measure how long items stay open, and work out everybody's cap anew; how many changed.

    Kept for dealing where the rules say so, else taken away.
    """
    reps = list(_at_work().values_list("pk", flat=True))
    sections = sections_now()
    loads = loads_of(reps, sections)
    minutes = mean_minutes(list(loads.values()))
    days, count = _days_open(now)
    Measured.objects.update_or_create(
        pk=1,
        defaults={
            "days_open": days,
            "closed_count": count,
            "item_minutes": None if minutes is None else max(1, round(100 * minutes)),
            "at": now,
        },
    )
    today = company_day(now)
    found = explained(reps, today, loads=loads, sections=sections)
    return keep_derived(
        {
            rep: one.capacity.derived_open_items if one.is_kept else None
            for rep, one in found.items()
        }
    )


def _days_open(now: datetime) -> tuple[int | None, int]:
    """How long leads and opportunities were held until they left or ended, in hundredths of days.

    The mean is what Little's law asks for.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), avg(extract(epoch FROM closed_at - opened_at)) / 864 FROM assignment"
            " WHERE closed_at >= %s AND item_kind IN ('lead', 'opportunity')",
            [now - timedelta(days=_MEASURED_DAYS)],
        )
        count, mean = cursor.fetchone()
    return (max(1, round(mean)) if count >= FEWEST_CLOSED else None), count
