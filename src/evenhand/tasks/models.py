"""Tables of to-dos (待办) and of series. Points are workload points, in micro-points."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from evenhand.leads.models import Company
from evenhand.people.models import Rep, User
from evenhand.policies.models import Line


class TaskState(models.TextChoices):
    """Where a to-do stands. Open without an owner = it waits, with a reason."""

    OPEN = "open"
    OFFERED = "offered"  # on the task market
    DONE = "done"
    SKIPPED = "skipped"
    CANCELED = "canceled"


class Unit(models.TextChoices):
    """What a series counts by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class SeriesTo(models.TextChoices):
    """Who gets the to-dos of a series."""

    HOLDER = "holder"  # whoever looks after what it is linked to
    REP = "rep"  # one person
    RULES = "rules"
    MARKET = "market"


class Series(models.Model):
    """A to-do that comes again: every n days, weeks or months; for one thing or for a filter."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    type = models.CharField(max_length=200)  # of the policy's types
    title = models.CharField(max_length=200)
    note = models.TextField(db_default="")
    every = models.PositiveSmallIntegerField(db_default=1)
    unit = models.CharField(max_length=5, choices=Unit.choices)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list
    )  # 1 = Monday; weeks only
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # the last day; None = without an end
    to = models.CharField(max_length=6, choices=SeriesTo.choices)
    rep = models.ForeignKey(Rep, models.PROTECT, null=True, related_name="+")
    # What it is for: one lead, account or opportunity, those of a filter, or nothing.
    item_kind = models.CharField(max_length=12, db_default="")
    item_id = models.BigIntegerField(null=True)
    filter = models.JSONField(null=True)  # parameters of an address: {"key": "1", "region": "上海"}
    made_until = models.DateField(null=True)  # made up to and with this day
    # It was changed then: what had not begun is canceled and, if it goes on, made anew.
    clear_from = models.DateTimeField(null=True)
    is_on = models.BooleanField(db_default=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    edition = models.PositiveIntegerField(db_default=1)

    class Meta:
        db_table = "task_series"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(every__gte=1, every__lte=366), name="task_series_every"
            ),
            models.CheckConstraint(
                condition=models.Q(rep=None) | models.Q(to="rep"), name="task_series_rep"
            ),
        )
        indexes: ClassVar = (
            models.Index(
                fields=["made_until"], name="task_series_on", condition=models.Q(is_on=True)
            ),
        )


class Task(models.Model):
    """One thing to do. What its type said of it when it was made stays with it.

    Its foreign keys have no indexes of their own: those below serve every question.
    """

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(Line, models.PROTECT, related_name="+", db_index=False)
    type = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    note = models.TextField(db_default="")  # what exactly is to be done
    state = models.CharField(max_length=8, choices=TaskState.choices)
    owner = models.ForeignKey(Rep, models.PROTECT, null=True, related_name="+", db_index=False)
    assigned_at = models.DateTimeField(null=True)
    cause = models.CharField(
        max_length=12, db_default=""
    )  # fair_share, owner, manual, claimed, own
    why_unassigned = models.JSONField(null=True)  # a reason: code and parameters
    difficulty = models.CharField(max_length=6, db_default="normal")  # easy, normal, hard
    level = models.CharField(max_length=200, db_default="")  # the lowest that may do it
    skills = models.JSONField(default=list)
    minutes = models.PositiveIntegerField()  # expected
    points = models.BigIntegerField(db_default=0)
    quantity = models.PositiveIntegerField(db_default=1)
    quantity_done = models.PositiveIntegerField(db_default=0)
    kpi = models.CharField(max_length=200, db_default="")
    starts_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(null=True)
    item_kind = models.CharField(max_length=12, db_default="")  # what it is for
    item_id = models.BigIntegerField(null=True)
    company = models.ForeignKey(
        Company, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, related_name="tasks", db_index=False
    )
    occurrence = models.DateField(null=True)  # the day of the series it stands for
    trigger = models.CharField(max_length=200, db_default="")  # the rule that made it
    event_id = models.BigIntegerField(null=True)  # the event that made it
    checklist = models.JSONField(default=list)  # [[text, whether it is ticked], …]
    needs = models.CharField(
        max_length=8, db_default="none"
    )  # evidence: note, link, contact, photo
    result = models.TextField(db_default="")  # what came of it, in words
    result_link = models.CharField(max_length=500, db_default="")
    activity_id = models.BigIntegerField(null=True)  # the contact that proves it
    done_at = models.DateTimeField(null=True)
    handled_minutes = models.PositiveIntegerField(null=True)  # logged by whoever did it
    closed_reason = models.CharField(max_length=40, db_default="")  # why it was skipped or canceled
    receipt_id = models.BigIntegerField(null=True)  # of the latest decision
    round = models.IntegerField(db_default=0)  # how often it was dealt before
    offered_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    reminded_of = models.DateTimeField(null=True)  # the due time of which its owner was reminded
    edition = models.PositiveIntegerField(db_default=1)  # raised by every change
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "task"
        constraints = (
            # Open = somebody's, or it waits with a reason; offered = nobody's.
            models.CheckConstraint(
                condition=models.Q(state="open", owner__isnull=False, why_unassigned=None)
                | models.Q(state="open", owner=None, why_unassigned__isnull=False)
                | models.Q(state="offered", owner=None, why_unassigned=None)
                | models.Q(state__in=("done", "skipped", "canceled"), why_unassigned=None),
                name="task_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at=None)),
                name="task_done_at",
            ),
            models.CheckConstraint(
                condition=models.Q(item_id=None) | ~models.Q(item_kind=""), name="task_link"
            ),
            models.UniqueConstraint(
                fields=["series", "occurrence", "item_kind", "item_id"],
                condition=models.Q(series__isnull=False),
                nulls_distinct=False,
                name="task_occurrence_once",
            ),
            models.UniqueConstraint(
                fields=["event_id", "trigger"],
                condition=models.Q(event_id__isnull=False),
                name="task_of_event_once",
            ),
        )
        indexes: ClassVar = (
            models.Index(fields=["owner", "state", "due_at", "id"], name="task_of_owner"),
            models.Index(fields=["state", "due_at", "id"], name="task_by_due"),
            models.Index(
                fields=["line", "due_at", "id"],
                name="task_offered",
                condition=models.Q(state="offered"),
            ),
            models.Index(
                fields=["line", "id"],
                name="task_waiting",
                condition=models.Q(state="open", owner=None),
            ),
            # What people carry is added up from it without reading rows.
            models.Index(
                fields=["owner"],
                include=["points", "minutes"],
                name="task_carried",
                condition=models.Q(state="open", owner__isnull=False),
            ),
            models.Index(
                fields=["owner", "done_at"], name="task_done", condition=models.Q(state="done")
            ),
            models.Index(
                fields=["item_kind", "item_id", "-id"],
                name="task_of_item",
                condition=models.Q(item_id__isnull=False),
            ),
            models.Index(
                fields=["company", "-id"],
                name="task_of_company",
                condition=models.Q(company__isnull=False),
            ),
            models.Index(
                fields=["owner", "claimed_at"],
                name="task_claimed",
                condition=models.Q(claimed_at__isnull=False),
            ),
        )


class Photo(models.Model):
    """A photo that proves a to-do, without what it told besides the picture."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="photos")
    kind = models.CharField(max_length=4)  # jpeg, png, webp
    content = models.BinaryField()  # empty = it showed a person who was erased
    byte_count = models.PositiveIntegerField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    added_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "task_photo"


class Follower(models.Model):
    """How far the journal was read for the to-dos that events make: exactly one row."""

    id = models.SmallIntegerField(primary_key=True, db_default=1)
    xact = models.BigIntegerField(db_default=0)
    event_id = models.BigIntegerField(db_default=0)

    class Meta:
        db_table = "task_follower"
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="task_follower_is_one"),
        )


class Feed(models.Model):
    """A secret address at which a calendar program reads somebody's to-dos (ICS)."""

    id = models.BigAutoField(primary_key=True)
    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)  # of the secret; shown once
    created_at = models.DateTimeField(db_default=Now())
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "task_feed"
