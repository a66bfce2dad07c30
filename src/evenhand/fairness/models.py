"""Tables of what was due and received: sums per day, targets and their alarms, monthly reports.

Amounts are integer micro-points. People stand here by id only.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from evenhand.ledger.models import Book
from evenhand.people.models import User
from evenhand.policies.models import Line


class BookDay(models.Model):
    """What the postings of one day add up to, in one grade of a book; arrays by `members`.

    A counter beside the postings, never their replacement: doctor counts again.
    """

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    day = models.DateField()  # by the company's clock
    row = models.SmallIntegerField()  # index into Book.grades
    members = ArrayField(models.BigIntegerField())  # ascending
    due = ArrayField(models.BigIntegerField())
    received = ArrayField(models.BigIntegerField())
    corrected = ArrayField(models.BigIntegerField())  # by refunds, voids, departures, credits
    counts = ArrayField(models.BigIntegerField())  # items received
    first = models.BigIntegerField()  # numbers of the postings of this day, this grade's or others'
    last = models.BigIntegerField()

    class Meta:
        db_table = "fairness_day"
        constraints = (
            models.UniqueConstraint(fields=["book", "day", "row"], name="fairness_day_once"),
        )


class Counted(models.Model):
    """How far the postings of a book are in its days; whoever adds to them locks this row."""

    book = models.OneToOneField(Book, models.CASCADE, primary_key=True, related_name="+")
    number = models.BigIntegerField(db_default=0)
    zone = models.CharField(max_length=60)  # whose days these are; another one = count again

    class Meta:
        db_table = "fairness_counted"


class RuleDay(models.Model):
    """How often a rule decided on a day that is over."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(Line, models.CASCADE, related_name="+")
    day = models.DateField()
    rule = models.CharField(max_length=120)
    count = models.BigIntegerField()

    class Meta:
        db_table = "rule_day"
        constraints = (
            models.UniqueConstraint(fields=["line", "day", "rule"], name="rule_day_once"),
        )


class RulesCounted(models.Model):
    """Up to which day, it included, rules are counted; one row."""

    id = models.SmallIntegerField(primary_key=True, db_default=1)
    day = models.DateField(null=True)
    zone = models.CharField(max_length=60, db_default="")

    class Meta:
        db_table = "rules_counted"


class Target(models.Model):
    """A group's target (公平目标): how far apart people may be; either limit may be missing."""

    book = models.OneToOneField(Book, models.CASCADE, primary_key=True, related_name="+")
    most_points = models.BigIntegerField(null=True)  # micro-points owed or ahead
    least_jain = models.IntegerField(null=True)  # thousandths
    days = models.PositiveSmallIntegerField(db_default=30)  # window of the Jain index
    set_at = models.DateTimeField(db_default=Now())
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "fairness_target"


class Alarm(models.Model):
    """A target was crossed; open until it is kept again, or the target is taken away."""

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    points = models.BigIntegerField()  # largest deviation when it was crossed
    jain = models.IntegerField(null=True)
    person_id = models.BigIntegerField(null=True)  # who was furthest from even
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "fairness_alarm"
        constraints = (
            models.UniqueConstraint(
                fields=["book"], condition=models.Q(cleared_at=None), name="fairness_alarm_open"
            ),
        )


class Report(models.Model):
    """The fairness report of a month (公平报告): ids and numbers, never changed (trigger)."""

    id = models.BigAutoField(primary_key=True)
    month = models.DateField(unique=True)  # its first day
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    salt = models.CharField(max_length=64)  # random: orders the pseudonyms of this report
    data = models.JSONField()

    class Meta:
        db_table = "fairness_report"


class Settings(models.Model):
    """Who sees the reports; one row."""

    id = models.SmallIntegerField(primary_key=True, db_default=1)
    everybody = models.BooleanField(db_default=False)  # else whoever sees decisions

    class Meta:
        db_table = "fairness_settings"
