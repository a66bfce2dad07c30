"""Tables of what people are told."""

from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import User


class Notice(models.Model):
    """One line in somebody's inbox; worded when read, in the reader's language."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)  # a message id of the catalogue: notice-<kind>
    params = models.JSONField(default=dict)
    object_kind = models.CharField(max_length=20, db_default="")
    object_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notice"
        indexes = (
            models.Index(fields=["user", "-id"], name="notice_of_user"),
            models.Index(fields=["user"], name="notice_unread", condition=models.Q(read_at=None)),
        )
