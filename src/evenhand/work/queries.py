"""Reading load: everybody within reach, and one person with his evidence."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from evenhand.engine.reasons import Reason
from evenhand.engine.workload.bands import (
    AgainstExpected,
    Band,
    BelowLevel,
    Handled,
    Sign,
    SignKind,
    against_expected,
)
from evenhand.engine.workload.kinds import WorkKind
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day
from evenhand.people.models import Rep
from evenhand.people.presence import presence_within
from evenhand.people.queries.teams import reps_of_team
from evenhand.platform.row_objects import is_there
from evenhand.work.access import whose_load
from evenhand.work.capacity import Explained, explained
from evenhand.work.done import Finished, summed
from evenhand.work.loads import Carried, loads_of
from evenhand.work.models import WeeklyWord, WorkWeek
from evenhand.work.sections import sections_now
from evenhand.work.weeks import WEEK, monday_of, this_week

SHOWN_WEEKS = 8
# Before there is a yardstick: so much of a kind ended in the company, so much ended in one's hands.
_FEWEST_OF_KIND = 20
_FEWEST_FINISHED = 5
_FEWEST_LEVELED_MINUTES = 300


@dataclass(frozen=True, slots=True)
class Load:
    """How it stands with one rep now; points are micro-points, utilization ten-thousandths."""

    rep_id: int
    name: str
    team: str
    level: str
    away: Reason | None
    weeks: Sequence[WorkWeek]  # settled, oldest first
    carried: Carried
    explained: Explained
    room: int  # how many more new leads fit today
    word: WeeklyWord | None  # of this week, else of the last
    below: BelowLevel  # of the weeks shown
    days_each: Mapping[WorkKind, int]  # of the company, by which `against` is told

    @property
    def against(self) -> Sequence[AgainstExpected]:
        """What ended in the weeks shown, by kind; the last is all together.

        Worked out where it is asked for: a page shows it of some, and lists everybody.
        """
        return _against(summed(week.finished for week in self.weeks), self.days_each)

    @property
    def is_too_simple(self) -> bool:
        """Whether much of the work was below his level, and enough was seen to say so."""
        return self.below.is_much and self.below.minutes >= _FEWEST_LEVELED_MINUTES

    @property
    def taken(self) -> AgainstExpected | None:
        """Time taken for all that ended, against what was expected; None = too little ended."""
        against = self.against
        whole = against[-1] if against else None
        return None if whole is None or whole.count < _FEWEST_FINISHED else whole

    @property
    def last(self) -> WorkWeek | None:
        """The latest settled week."""
        return self.weeks[-1] if self.weeks else None

    @property
    def band(self) -> Band:
        """The band of the latest settled week."""
        return Band.UNKNOWN if self.last is None else Band(self.last.band)

    @property
    def utilization(self) -> int | None:
        """Smoothed, of the latest settled week, in whole percent; None = not seen yet."""
        return None if self.last is None else whole_percent(self.last.utilization)

    @property
    def signs(self) -> list[Sign]:
        """The signs of overload of the latest settled week, whether they hold or not."""
        return [] if self.last is None else signs_of(self.last)

    @property
    def cap_points(self) -> int:
        """The cap that holds today, in micro-points."""
        return self.explained.capacity.open_points(self.explained.first)

    @property
    def cap_items(self) -> int:
        """The cap that holds today, in open items."""
        return self.explained.capacity.open_items(self.explained.first)

    @property
    def can_take(self) -> bool:
        """Whether he is here, has room today, and his time is not full by what was logged."""
        is_busy = any(one.kind is SignKind.UTILIZATION and one.holds for one in self.signs)
        return bool(self.room) and self.away is None and not is_busy

    @property
    def waits(self) -> bool:
        """Whether he said something that nobody answered."""
        return self.word is not None and self.word.answered_at is None

    def matches(self, wanted: "LoadFilter") -> bool:
        """Whether a list narrowed so shows him; teams are for the query to say."""
        if wanted.band and self.band.value != wanted.band:
            return False
        if wanted.can_take and not self.can_take:
            return False
        return not wanted.is_waiting or self.waits

    @property
    def filled(self) -> int | None:
        """What is carried in percent of the cap; None without any."""
        return 100 * self.carried.points // self.cap_points if self.cap_points else None


def whole_percent(utilization: int | None) -> int | None:
    """Ten-thousandths as whole percent, rounded half up."""
    return None if utilization is None else (utilization + 50) // 100


def signs_of(week: WorkWeek) -> list[Sign]:
    """The signs of a settled week."""
    return [Sign(SignKind(kind), found, limit) for kind, found, limit in week.signs]


@dataclass(frozen=True, slots=True)
class LoadFilter:
    """What the list is narrowed to; None and "" = not at all."""

    team: int | None = None
    band: str = ""
    can_take: bool = False
    is_waiting: bool = False  # said something that nobody answered


def team_loads(actor: Actor, wanted: LoadFilter, now: datetime) -> list[Load]:
    """Everybody at work within reach, overloaded first; a dozen queries for any number.

    :raises NotAllowed: he may not see people.
    """
    people = presence_within(actor, now)
    if wanted.team is not None:
        chosen = reps_of_team(wanted.team)
        people = [one for one in people if one.rep_id in chosen]
    away = {one.rep_id: one.away for one in people}
    found = _loads(list(away), away, now)
    return [one for one in found if one.matches(wanted)]


def own_load(actor: Actor, rep_id: int | None, now: datetime) -> Load:
    """The load of oneself (None) or of a rep within reach; raises as `whose_load`."""
    rep = whose_load(actor, rep_id)
    found = _loads([rep.pk], {rep.pk: None}, now)
    return found[0]


def has_said(rep_id: int) -> bool:
    """Whether somebody said his word of this week."""
    asked = [str(rep_id), this_week().isoformat()]
    return is_there(WeeklyWord, "rep_id = %s AND monday = %s", asked)


def words_of(rep_id: int, most: int = 12) -> Sequence[WeeklyWord]:
    """What a rep said, newest first, with the answers; `rep_id` is within the caller's reach."""
    rows = WeeklyWord.objects.filter(rep_id=rep_id).select_related("answered_by")
    return list(rows.order_by("-monday")[:most])


_ORDER = {Band.OVERLOADED: 0, Band.NORMAL: 1, Band.IDLE: 2, Band.UNKNOWN: 3}


def _loads(
    rep_ids: Collection[int], away: Mapping[int, Reason | None], now: datetime
) -> list[Load]:
    today = company_day(now)
    sections = sections_now()
    carried = loads_of(rep_ids, sections)
    terms = explained(rep_ids, today, loads=carried, sections=sections)
    weeks = _weeks(rep_ids, today)
    words = _words(rep_ids, today)
    days_each = _days_each(today)
    rows = Rep.objects.filter(pk__in=rep_ids).order_by("user__name_key", "pk")
    found = []
    for rep_id, name, team, level in rows.values_list(
        "pk", "user__name", "user__team__name", "level"
    ):
        if rep_id not in terms:
            continue
        own = carried[rep_id]
        section = own.section(sections)
        shown = weeks.get(rep_id, ())
        found.append(
            Load(
                rep_id=rep_id,
                name=name,
                team=team or "",
                level=level,
                away=away[rep_id],
                weeks=shown,
                carried=own,
                explained=terms[rep_id],
                room=_room(own, terms[rep_id], section.points_of("lead", "new")),
                word=words.get(rep_id),
                below=BelowLevel(
                    sum(week.below_minutes for week in shown),
                    sum(week.leveled_minutes for week in shown),
                    section.below_level_percent,
                ),
                days_each=days_each,
            )
        )
    return sorted(found, key=lambda one: (_ORDER[one.band], -(one.utilization or 0)))


def _room(own: Carried, terms: Explained, each: int) -> int:
    """How many more new leads fit: by points, and by the cap on items where it is one by hand."""
    left = terms.capacity.open_points(terms.first) - own.points
    room = max(0, left) // each if each else terms.capacity.room(own.items, terms.first)
    if terms.holds != "derived" or terms.is_kept:
        room = min(room, terms.capacity.room(own.items, terms.first))
    return max(0, room)


def _weeks(rep_ids: Collection[int], today: date) -> dict[int, list[WorkWeek]]:
    since = monday_of(today) - SHOWN_WEEKS * WEEK
    found: dict[int, list[WorkWeek]] = {}
    for row in WorkWeek.objects.filter(rep__in=rep_ids, monday__gte=since).order_by("monday"):
        found.setdefault(row.rep_id, []).append(row)
    return found


def _words(rep_ids: Collection[int], today: date) -> dict[int, WeeklyWord]:
    rows = WeeklyWord.objects.filter(rep__in=rep_ids, monday__gte=monday_of(today) - WEEK)
    return {row.rep_id: row for row in rows.order_by("monday")}


_FINISHED = """
SELECT one->>0, one->>1, sum((one->>2)::bigint), sum((one->>5)::bigint)
FROM work_week CROSS JOIN jsonb_array_elements(finished) AS one WHERE monday >= %s GROUP BY 1, 2
"""


def _days_each(today: date) -> dict[WorkKind, int]:
    """How long each kind takes the company from start to end, in hundredths of days."""
    with connection.cursor() as cursor:
        cursor.execute(_FINISHED, [monday_of(today) - SHOWN_WEEKS * WEEK])
        return {
            WorkKind(task, stage): int(days // count)
            for task, stage, count, days in cursor.fetchall()
            if count >= _FEWEST_OF_KIND
        }


def _against(
    finished: Mapping[WorkKind, Finished], days_each: Mapping[WorkKind, int]
) -> tuple[AgainstExpected, ...]:
    """What ended, most often first, against what each of it was expected to take."""
    kinds = sorted(finished, key=lambda kind: (-finished[kind].count, kind))
    # In hundredths, so that a mean of unlike ones is not rounded away.
    done = {
        kind: Handled(one.count, 100 * one.minutes, one.hundredth_days)
        for kind in kinds
        for one in [finished[kind]]
    }
    minutes_each = {kind: 100 * one.expected_minutes // one.count for kind, one in finished.items()}
    return against_expected(done, minutes_each, days_each) if done else ()
