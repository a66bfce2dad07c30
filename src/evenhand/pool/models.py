"""Tables of pools and clocks besides stays and assignments, which `leads` keeps."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from evenhand.leads.models import Assignment
from evenhand.people.models import Rep, User
from evenhand.policies.models import Line


class Pause(models.Model):
    """A time in which clocks stand still: of everything, of a rule, of a person, or of one item.

    Leave is no pause: the owner's calendar knows it. A lock (锁定) is a pause of one assignment.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=8)  # company, rule, rep, item, lock
    line = models.ForeignKey(Line, models.CASCADE, null=True, related_name="+")  # of a rule
    rule = models.CharField(max_length=200, db_default="")
    rep = models.ForeignKey(Rep, models.CASCADE, null=True, related_name="+")
    assignment = models.ForeignKey(Assignment, models.CASCADE, null=True, related_name="pauses")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)  # None = until somebody ends it
    reason = models.CharField(max_length=40, db_default="")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        db_table = "clock_pause"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_at=None) | models.Q(until_at__gte=models.F("from_at")),
                name="clock_pause_in_order",
            ),
            models.UniqueConstraint(
                fields=["line", "rule"],
                condition=models.Q(kind="rule", until_at=None),
                name="clock_pause_one_per_rule",
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                condition=models.Q(kind="lock", until_at=None),
                name="clock_pause_one_lock",
            ),
        )
        indexes: ClassVar = (
            models.Index(fields=["kind", "from_at"], name="clock_pause_by_kind"),
            models.Index(
                fields=["assignment"],
                name="clock_pause_of_item",
                condition=models.Q(assignment__isnull=False),
            ),
        )


class Firing(models.Model):
    """Something that a clock has done once: reminded, warned, run out. Never twice the same."""

    id = models.BigAutoField(primary_key=True)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="firings")
    clock = models.CharField(max_length=16)
    step = models.CharField(max_length=24)  # "warn:1d", "missed", "met"
    due_at = models.DateTimeField()  # of the clock, when it fired
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "clock_firing"
        constraints = (
            models.UniqueConstraint(
                fields=["assignment", "clock", "step", "due_at"], name="clock_firing_once"
            ),
        )


class Extension(models.Model):
    """More time for one clock, on request; it costs points."""

    id = models.BigAutoField(primary_key=True)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="extensions")
    clock = models.CharField(max_length=16)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    reason = models.CharField(max_length=40, db_default="")
    days = models.IntegerField(db_default=0)
    minutes = models.IntegerField(db_default=0)
    cost = models.BigIntegerField(db_default=0)  # micro-points
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)  # None = waits for the manager

    class Meta:
        db_table = "clock_extension"
        constraints = (
            models.UniqueConstraint(
                fields=["assignment", "clock"],
                condition=models.Q(is_granted=None),
                name="clock_extension_one_waiting",
            ),
        )


class KeptOverview(models.Model):
    """What the page of pools shows of one selection of them over one period, as of a moment."""

    key = models.CharField(max_length=64, primary_key=True)  # of pools and period
    at = models.DateTimeField()
    body = models.TextField()  # as `overview.as_kept` writes it

    class Meta:
        db_table = "pool_overview"
