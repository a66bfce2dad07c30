"""Tables of business lines and policy versions."""

from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import User


class VersionState(models.TextChoices):
    """Where a version stands; a live or retired one never changes (trigger)."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


class Line(models.Model):
    """A business line (业务线): has its own policy over the shared customer base."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=80, unique=True)  # as in the document's `line`
    name = models.CharField(max_length=80)
    is_default = models.BooleanField(db_default=False)
    is_active = models.BooleanField(db_default=True)
    form_key = models.CharField(max_length=40, unique=True, null=True)  # public web form

    class Meta:
        db_table = "line"
        constraints = (
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="line_one_default"
            ),
        )


class PolicyVersion(models.Model):
    """One version of a line's policy document, as canonical JSON."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(Line, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=VersionState.choices)
    document = models.JSONField()
    label = models.CharField(max_length=160)  # line/version/digest: what receipts name
    note = models.TextField(db_default="")
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)

    class Meta:
        db_table = "policy_version"
        constraints = (
            models.UniqueConstraint(fields=["line", "number"], name="policy_version_once"),
            models.UniqueConstraint(
                fields=["line"], condition=models.Q(state="live"), name="policy_one_live"
            ),
        )
