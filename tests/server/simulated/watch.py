"""Looks at the simulated company from outside: what is due, and what the sweep made of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from evenhand.leads.models import Activity, Assignment, Lead
from evenhand.people.models import Leave
from evenhand.people.snapshot import people_now
from evenhand.pool.models import Extension, Firing, Pause
from tests.engine.pool.minutes import MINUTE, Evidence, Stops, Terms, Timeline, due, timeline
from tests.server.simulated.people import Company
from tests.server.simulated.rules import EXTENSION, terms

_RECORDED_LEAST = 30  # seconds of a recorded call that prove something


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock that will run out, as things stand, and when it reminds before."""

    assignment: int
    lead: int
    terms: Terms
    at: datetime
    reminders: tuple[datetime, ...]


class Watch:
    """Works out every deadline anew from the rows of facts, and compares."""

    def __init__(self, company: Company, base: datetime, days: int) -> None:
        self.company = company
        self.base, self.days = base, days
        self.problems: list[str] = []
        self.fired: set[int] = set()
        self.counts: Counter[str] = Counter()
        self.rules: dict[int, tuple[str, tuple[Terms, ...]]] = {}

    def deadlines(self, now: datetime) -> list[Deadline]:
        """Of everything that somebody holds now."""
        held = list(Assignment.objects.filter(closed_at=None).order_by("pk"))
        self._learn(held)
        contacts = self._contacts(held)
        stops = _Stops()
        team = people_now(now).team
        found = []
        for one in held:
            rep = team.find(str(one.rep_id))
            assert rep is not None
            rule, clocks = self.rules[one.pk]
            calendar = team.calendar_of(rep) if self.company.working else None
            line = timeline(calendar, self.base, self.days, stops.of(one, rule))
            own = [touch for touch in contacts.get(one.item_id, ()) if touch.at >= one.opened_at]
            for clock in clocks:
                extra = EXTENSION * stops.granted[one.pk, clock.clock]
                at = due(clock, one.opened_at, own, line, extra)
                if at is not None:
                    early = tuple(_reminders(clock, one.opened_at, at, line))
                    found.append(Deadline(one.pk, one.item_id, clock, at, early))
        return found

    def _learn(self, held: list[Assignment]) -> None:
        """Rules hold as they were when somebody got the lead."""
        grades = dict(Lead.objects.values_list("pk", "grade"))
        latest = max(self.company.versions)
        for one in held:
            if one.pk not in self.rules:
                longer = self.company.versions[latest]
                grade = grades[one.item_id]
                self.rules[one.pk] = terms(grade, working=self.company.working, longer=longer)

    def _contacts(self, held: list[Assignment]) -> dict[int, list[Evidence]]:
        found: dict[int, list[Evidence]] = {}
        rows = Activity.objects.filter(item_id__in=[one.item_id for one in held])
        for row in rows.exclude(channel="note").order_by("at", "pk"):
            percent = 50
            if row.evidence == "call_record":
                percent = 100 if (row.seconds or 0) >= _RECORDED_LEAST else 0
            found.setdefault(row.item_id, []).append(Evidence(row.at, percent))
        return found

    def after_sweep(self, now: datetime, before: list[Deadline]) -> None:
        """What was due by now is done, nothing else is."""
        open_still = set(Assignment.objects.filter(closed_at=None).values_list("pk", flat=True))
        ran_out = {one.assignment: one for one in before if one.at <= now}
        for one in before:
            gone = one.assignment not in open_still
            if gone and one.assignment not in ran_out:
                self._say(now, one, "was taken early")
        for one in ran_out.values():
            if one.assignment in open_still:
                self._say(now, one, "was left")
            elif now - one.at >= MINUTE:
                self._say(now, one, "was late")
            else:
                self.counts[one.terms.clock] += 1
        self._reminded(now, {(one.assignment, one.terms.clock): one for one in before})

    def _reminded(self, now: datetime, before: dict[tuple[int, str], Deadline]) -> None:
        seen: Counter[tuple[int, str, str, datetime]] = Counter()
        for row in Firing.objects.exclude(pk__in=self.fired).order_by("pk"):
            self.fired.add(row.pk)
            seen[row.assignment_id, row.clock, row.step, row.due_at] += 1
            one = before.get((row.assignment_id, row.clock))
            if one is None or row.due_at != one.at:
                self.problems.append(f"{now} {row.assignment_id} {row.clock} fired out of turn")
            elif row.step.startswith("warn") and all(at > now for at in one.reminders):
                self._say(now, one, "reminded early")
            else:
                self.counts[row.step.partition(":")[0]] += 1
        expected = [
            (one, at) for one in before.values() for at in one.reminders if at == now < one.at
        ]
        done = {key[:2] for key in seen if key[2].startswith("warn")}
        for one, _ in expected:
            if (one.assignment, one.terms.clock) not in done and not self._told(one):
                self._say(now, one, "was not reminded")

    def _told(self, one: Deadline) -> bool:
        rows = Firing.objects.filter(assignment=one.assignment, clock=one.terms.clock)
        return rows.filter(step__startswith="warn", due_at=one.at).exists()

    def _say(self, now: datetime, one: Deadline, what: str) -> None:
        self.problems.append(
            f"{now:%m-%d %H:%M} lead {one.lead} ({one.assignment}) {one.terms.clock} {what};"
            f" due {one.at:%m-%d %H:%M}"
        )


def _reminders(clock: Terms, start: datetime, at: datetime, line: Timeline) -> Iterator[datetime]:
    whole = line.between(start, at)
    for left in clock.warn:
        reminder = line.after(start, whole - left) if whole >= left else None
        if reminder is not None and reminder < at:
            yield reminder


class _Stops:
    """Leaves, pauses and granted extensions as rows."""

    def __init__(self) -> None:
        self.leaves = list(Leave.objects.filter(canceled_at=None).order_by("pk"))
        self.pauses = list(Pause.objects.order_by("pk"))
        rows = Extension.objects.filter(is_granted=True)
        self.granted = Counter(rows.values_list("assignment_id", "clock"))

    def of(self, held: Assignment, rule: str) -> Stops:
        found = [
            (one.from_at, one.until_at)
            for one in self.pauses
            if one.kind == "company"
            or (one.kind == "rule" and one.rule == rule)
            or (one.kind == "rep" and one.rep_id == held.rep_id)
            or (one.assignment_id is not None and one.assignment_id == held.pk)
        ]
        found += [(one.from_at, one.until_at) for one in self.leaves if one.rep_id == held.rep_id]
        # A stop that began or ended between two minutes would be no whole one; none does here.
        return tuple(sorted(found, key=lambda one: one[0]))
