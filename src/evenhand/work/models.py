"""Tables of load: whole weeks with their bands, what people said of theirs, what was measured.

Points are workload micro-points; people stand here by id only.
"""

from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import Rep, User


class WorkWeek(models.Model):
    """One whole week of a rep, settled once it was over; `monday` is its first day."""

    id = models.BigAutoField(primary_key=True)
    rep = models.ForeignKey(Rep, models.CASCADE, related_name="+")
    monday = models.DateField()
    handled_minutes = models.PositiveIntegerField()
    selling_minutes = models.PositiveIntegerField()
    came_in = models.PositiveIntegerField()
    went_out = models.PositiveIntegerField()
    band = models.CharField(max_length=10)  # engine.workload.bands.Band
    utilization = models.IntegerField(null=True)  # smoothed, ten-thousandths; None = no time seen
    signs = models.JSONField(default=list)  # [kind, found, limit] of each sign of overload
    # Minutes on work of lower levels, of all that has a level; what ended, as `work.done` keeps it.
    below_minutes = models.PositiveIntegerField(db_default=0)
    leveled_minutes = models.PositiveIntegerField(db_default=0)
    finished = models.JSONField(default=list)
    settled_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "work_week"
        constraints = (models.UniqueConstraint(fields=["rep", "monday"], name="work_week_once"),)
        indexes = (models.Index(fields=["monday"], name="work_week_by_monday"),)


class Word(models.TextChoices):
    """What somebody says of his own load."""

    MUCH = "much"
    RIGHT = "right"
    MORE = "more"


class Answer(models.TextChoices):
    """What a manager answers."""

    TALK = "talk"  # let us talk
    LESS = "less"  # some of it goes to others
    MORE = "more"  # more will come
    STAY = "stay"  # it stays as it is, for now


class WeeklyWord(models.Model):
    """What a rep said of one week with one tap, and the answer; both read each other's only."""

    id = models.BigAutoField(primary_key=True)
    rep = models.ForeignKey(Rep, models.CASCADE, related_name="+")
    monday = models.DateField()
    word = models.CharField(max_length=5, choices=Word.choices)
    said_at = models.DateTimeField()
    answer = models.CharField(max_length=5, choices=Answer.choices, db_default="")
    note = models.CharField(max_length=200, db_default="")  # the manager's, beside the answer
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "weekly_word"
        constraints = (models.UniqueConstraint(fields=["rep", "monday"], name="weekly_word_once"),)
        indexes = (
            models.Index(
                fields=["monday"],
                name="weekly_word_waiting",
                condition=models.Q(answered_at=None),
            ),
        )


class Measured(models.Model):
    """What the company's own past says; one row, measured anew every night."""

    id = models.SmallIntegerField(primary_key=True, db_default=1)
    days_open = models.PositiveIntegerField(null=True)  # hundredths; None = too few were closed
    closed_count = models.PositiveIntegerField(db_default=0)  # items that say so
    item_minutes = models.PositiveIntegerField(null=True)  # hundredths; what an open item takes
    at = models.DateTimeField()

    class Meta:
        db_table = "work_measured"
