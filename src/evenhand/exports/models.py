"""Tables of exports: what was asked for, and the finished file for as long as it is kept."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import User


class Step(models.TextChoices):
    """How far an export is."""

    WAITING = "waiting"  # for a second person
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # by the second person
    CANCELED = "canceled"  # by who asked, or because a person in the search was erased
    FAILED = "failed"


class Export(models.Model):
    """One file of rows on its way out."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    page = models.CharField(max_length=20)  # a key of `sources.SOURCES`
    query = models.TextField(db_default="")  # the filter's address; emptied when it is over
    told = models.JSONField(default=dict)  # the filter without what was typed into search
    columns = ArrayField(models.CharField(max_length=40), default=list)  # [] = all
    format = models.CharField(max_length=4)
    locale = models.CharField(max_length=10)
    zone = models.CharField(max_length=60)
    why = models.CharField(max_length=20)  # one of `reasons.EXPORT_REASONS`
    note = models.CharField(max_length=200, db_default="")
    rows = models.IntegerField()  # counted when asked; in the end those in the file
    done = models.IntegerField(db_default=0)
    step = models.CharField(max_length=8, choices=Step.choices)
    asked_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    starts_over = models.BooleanField(db_default=False)  # a person was erased while it ran
    failed_why = models.JSONField(null=True)  # a reason

    class Meta:
        db_table = "export"
        indexes = (
            models.Index(fields=["user", "-id"], name="export_of_user"),
            models.Index(fields=["id"], name="export_waiting", condition=models.Q(step="waiting")),
        )


class ExportFile(models.Model):
    """A finished file: dropped when its time is over, or when a person in it is erased."""

    export_of = models.OneToOneField(
        Export, models.CASCADE, primary_key=True, related_name="file", db_column="export_id"
    )
    byte_count = models.BigIntegerField()
    ids = ArrayField(models.BigIntegerField())  # of the rows in it
    fetched = models.IntegerField(db_default=0)  # how often

    class Meta:
        db_table = "export_file"


class ExportPart(models.Model):
    """A piece of a file, so that no process holds a large one in memory."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ExportFile, models.CASCADE, related_name="parts")
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "export_part"
        constraints = (models.UniqueConstraint(fields=["file", "number"], name="export_part_once"),)
