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
    needs_second = models.BooleanField(db_default=False)  # publishing takes a second person

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
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # who answers
    expected = models.TextField(db_default="")  # the effect that was promised
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    back_to = models.PositiveIntegerField(null=True)  # the version it brought back
    review_told_on = models.DateField(null=True)  # the day on which the owner was reminded

    class Meta:
        db_table = "policy_version"
        constraints = (
            models.UniqueConstraint(fields=["line", "number"], name="policy_version_once"),
            models.UniqueConstraint(
                fields=["line"], condition=models.Q(state="live"), name="policy_one_live"
            ),
        )


class WorkingCopy(models.Model):
    """Rules being edited (草稿), as typed: one a line, beside the one that was last discarded.

    Who holds it may write until `held_until`; afterwards anybody who may edit rules can take it.
    """

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(Line, models.CASCADE, related_name="copies")
    base = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+")
    text = models.TextField()  # YAML, even where it does not parse
    edition = models.PositiveIntegerField(default=1)  # raised by every save
    opened_at = models.DateTimeField(db_default=Now())
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    held_since = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "policy_copy"
        constraints = (
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(discarded_at=None),
                name="policy_copy_one_open",
            ),
        )


class Answer(models.TextChoices):
    """What became of a wish to publish."""

    APPROVED = "approved"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


class PublishRequest(models.Model):
    """Rules that wait for a second person (复核), exactly as they would be published."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(Line, models.CASCADE, related_name="requests")
    base = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+")
    document = models.JSONField()
    note = models.TextField()
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    expected = models.TextField()
    review_on = models.DateField()
    back_to = models.PositiveIntegerField(null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    answer = models.CharField(max_length=9, choices=Answer.choices, db_default="")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_note = models.TextField(db_default="")

    class Meta:
        db_table = "policy_request"
        constraints = (
            models.UniqueConstraint(
                fields=["line"],
                condition=models.Q(answered_at=None),
                name="policy_request_one_open",
            ),
        )
