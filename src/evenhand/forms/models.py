"""Tables of public forms: the draft, the versions visitors saw, what was sent, and counts."""

from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import User
from evenhand.policies.models import Line


class Form(models.Model):
    """A public form of a business line. What visitors see is its live version, never the draft."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(Line, models.PROTECT, related_name="forms")
    key = models.CharField(max_length=40, unique=True)  # of its address
    name = models.CharField(max_length=80)  # for those who edit it
    draft = models.JSONField()  # see `definition.Definition`
    edition = models.PositiveIntegerField(db_default=1)  # raised by every save
    live = models.ForeignKey("forms.FormVersion", models.PROTECT, null=True, related_name="+")
    is_on = models.BooleanField(db_default=False)
    created_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "form"


class FormVersion(models.Model):
    """What was published, as it was: the text of consent that somebody agreed to stands here."""

    id = models.BigAutoField(primary_key=True)
    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "form_version"
        constraints = (
            models.UniqueConstraint(fields=["form", "number"], name="form_version_once"),
        )


class SentState(models.TextChoices):
    """What became of something that was sent."""

    TAKEN = "taken"  # a lead came of it
    HELD = "held"  # suspected to be spam: kept aside to look at
    RELEASED = "released"  # … and was none


class Sent(models.Model):
    """One thing that a visitor sent. What he typed is kept only while it is held."""

    id = models.BigAutoField(primary_key=True)
    form = models.ForeignKey(Form, models.CASCADE, related_name="sent")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=8, choices=SentState.choices)
    lead_id = models.BigIntegerField(null=True)
    text_digest = models.CharField(max_length=32, db_default="")  # of a long message, keyed
    ticket = models.CharField(max_length=64, db_default="")  # the same page sent twice is one
    values = models.JSONField(null=True)  # of a held one: as intake takes it
    why = models.JSONField(default=list)  # of a held one: reasons

    class Meta:
        db_table = "form_sent"
        indexes = (
            models.Index(fields=["form", "state", "-id"], name="form_sent_by_state"),
            models.Index(
                fields=["text_digest", "at"],
                name="form_sent_text",
                condition=~models.Q(text_digest=""),
            ),
        )


class FormDay(models.Model):
    """What a form saw on a day, by the company's clock."""

    id = models.BigAutoField(primary_key=True)
    form = models.ForeignKey(Form, models.CASCADE, related_name="days")
    day = models.DateField()
    seen = models.IntegerField(db_default=0)
    sent = models.IntegerField(db_default=0)
    spam = models.IntegerField(db_default=0)

    class Meta:
        db_table = "form_day"
        constraints = (models.UniqueConstraint(fields=["form", "day"], name="form_day_once"),)
