"""The portions of plans: released in working time, each lead in a transaction of its own.

How much is released today is counted from what was released, so that the sweep may run as often as
it likes and goes on where it died. People are told once a portion.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from evenhand.engine.calendar.worktime import BeyondHorizon, Calendar
from evenhand.engine.reasons import Reason
from evenhand.imports.models import Absent, Import, ListPlan, PlanItem, Step
from evenhand.imports.operations.planning import plan_under_lock
from evenhand.imports.operations.telling import tell_of_leads
from evenhand.journal.operations import record
from evenhand.leads.custody import LoadsMoved
from evenhand.people.actor import Actor
from evenhand.people.clocks import company_day, company_zone
from evenhand.people.scope import Right, actor_of, demand
from evenhand.people.snapshot import People
from evenhand.platform.days import midnight
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction
from evenhand.policies.live import NoSuchLine
from evenhand.routing.operations.hand_out import deal_aside, hand_out
from evenhand.routing.world import world_of

JOB = "evenhand:release_portion"


def release_due(now: datetime) -> int:
    """Release what is due of every plan; how many leads. For the sweep."""
    plans = _open_plans().filter(is_stopped=False).values_list("pk", flat=True)
    return sum(release_portion(import_id, now) for import_id in list(plans))


def release_now(import_id: int, *, actor: Actor) -> None:
    """Release one portion at once, whatever the day or the hour.

    The portion of today if it has not been released, otherwise one more.

    :raises NotAllowed, NotFound: as `access.import_for`; assigning is a right of its own.
    :raises CannotImport: there is no such plan.
    """
    demand(actor, Right.ASSIGN)
    now = timezone.now()
    with transaction.atomic():
        plan = plan_under_lock(import_id, actor)
        day = company_day(now)
        had = plan.extra if plan.extra_on == day else 0
        is_more = _released_since(plan, now).exists()
        plan.extra_on, plan.extra = day, had + (1 if is_more else 0)
        plan.save(update_fields=["extra_on", "extra"])
        record("import.portion_asked", actor=actor, object_kind="import", object_id=import_id)
        job = app.configure_task(JOB, queue="long", lock=f"import:{import_id}")
        job.defer(import_id=import_id)


def release_portion(import_id: int, now: datetime) -> int:
    """Release what is due of one plan now; how many leads."""
    plan = _open_plans().filter(pk=import_id).select_related("import_of__line").first()
    if plan is None:
        return 0
    portion = _Portion(plan, now)
    count = sum(portion.release(item) for item in portion.candidates())
    _tell(plan)
    if not plan.items.filter(released_at=None).exists():
        ListPlan.objects.filter(pk=plan.pk, ended_at=None).update(ended_at=timezone.now())
    return count


def _open_plans() -> QuerySet[ListPlan]:
    rows = ListPlan.objects.filter(made_at__isnull=False, ended_at=None)
    return rows.filter(import_of__step__in=(Step.DONE, Step.STOPPED))


def _released_since(plan: ListPlan, now: datetime) -> QuerySet[PlanItem]:
    """What was released since the company's midnight."""
    start = midnight(company_day(now), company_zone().key)
    return plan.items.filter(released_at__gte=start)


class _Halted(Exception):
    """The plan was stopped or is being undone, or somebody else releases it."""


class _Portion:
    """What one plan may release now, and to whom not."""

    def __init__(self, plan: ListPlan, now: datetime) -> None:
        self.plan = plan
        self.now = now
        self.day = company_day(now)
        self.is_asked = plan.extra_on == self.day
        self.most = plan.per_day * (1 + (plan.extra if self.is_asked else 0))
        self.actor = actor_of(Import.objects.select_related("user").get(pk=plan.pk).user)
        self.held: set[int | None] = set()
        self.is_halted = False
        today = _released_since(plan, now).values("rep_id").annotate(count=Count("pk"))
        self.had: Counter[int | None] = Counter({one["rep_id"]: one["count"] for one in today})
        line = plan.import_of.line
        self.people: People | None = None
        try:
            with transaction.atomic():
                self.people = world_of("" if line is None else line.key, now).people
        except NoSuchLine:
            pass  # nothing is live there now; it waits

    def candidates(self) -> Iterator[PlanItem]:
        """The items to try, in the order of the list; of each person no more than his portion."""
        starts_on = self.plan.starts_on
        is_early = starts_on is not None and self.day < starts_on
        if self.people is None or (not self.is_asked and (self.plan.is_stopped or is_early)):
            return
        waiting = self.plan.items.filter(released_at=None).order_by("position")
        if not self.plan.is_per_rep:
            for item in waiting.iterator(chunk_size=500):
                if self.had.total() >= self.most:
                    return
                if self._may_try(item):
                    yield item
            return
        for rep_id in waiting.order_by("rep_id").values_list("rep_id", flat=True).distinct():
            left = max(0, self.most - self.had[rep_id])
            for item in list(waiting.filter(rep_id=rep_id)[:left]):
                if self._may_try(item):
                    yield item

    def _may_try(self, item: PlanItem) -> bool:
        if item.rep_id in self.held or self.is_halted:
            return False
        if not self.is_asked and not _works(self._calendar(item.rep_id), self.now):
            self.held.add(item.rep_id)
            return False
        return True

    def _calendar(self, rep_id: int | None) -> Calendar:
        assert self.people is not None, "there is nothing to try without a line"
        return self.people.calendar_of(rep_id)

    def release(self, item: PlanItem) -> bool:
        """Release one item; whether it is out of the plan then."""
        try:
            why = in_transaction(lambda: self._release(item.pk), again=(LoadsMoved,))
        except _Halted:
            self.is_halted = True
            return False
        if why is not None:
            self.held.add(item.rep_id)
            PlanItem.objects.filter(pk=item.pk, released_at=None).update(why=why.as_json())
            return False
        self.had[item.rep_id] += 1
        return True

    def _release(self, item_id: int) -> Reason | None:
        """Why it stays; None = it is released, or somebody has dealt with it otherwise."""
        item = PlanItem.objects.select_for_update().get(pk=item_id)
        same = _open_plans().filter(pk=self.plan.pk, is_stopped=self.plan.is_stopped)
        if item.released_at is not None or not same.exists():
            raise _Halted
        why = None if item.rep_id is None else self._hand_out(item)
        if why is None and item.rep_id is not None:
            item.given_to_id = item.rep_id
        elif why is not None and why.code == "act.not_free":
            item.is_told = True
        elif item.rep_id is None or self._must_redeal(why):
            placed = deal_aside(item.lead_id, actor=self.actor)
            item.given_to_id = None if placed is None else placed.rep_id
        else:
            return why
        item.released_at, item.why = timezone.now(), None if why is None else why.as_json()
        item.save(update_fields=["given_to", "released_at", "why", "is_told"])
        return None

    def _hand_out(self, item: PlanItem) -> Reason | None:
        assert item.rep_id is not None, "somebody is to have it"
        note = f"#{self.plan.pk} {self.plan.import_of.file_name}"
        try:
            with transaction.atomic():
                return hand_out(item.lead_id, to=item.rep_id, note=note, actor=self.actor)
        except Refused as refusal:
            return refusal.why

    def _must_redeal(self, why: Reason | None) -> bool:
        """Whoever has left comes back no more: holding his part would hold it for ever."""
        if why is not None and why.code == "availability.inactive":
            return True
        return self.plan.absent == Absent.REDEAL


def _works(calendar: Calendar, now: datetime) -> bool:
    try:
        return calendar.is_working(now)
    except BeyondHorizon:
        return True


@transaction.atomic
def _tell(plan: ListPlan) -> None:
    """One notice per person: how many leads of this portion are his."""
    rows = plan.items.select_for_update().filter(released_at__isnull=False, is_told=False)
    rows = rows.exclude(given_to=None)
    counts = Counter(one.given_to_id for one in rows if one.given_to_id is not None)
    for rep_id, count in sorted(counts.items()):
        tell_of_leads(rep_id, count, import_id=plan.pk)
    plan.items.filter(released_at__isnull=False, is_told=False).update(is_told=True)
