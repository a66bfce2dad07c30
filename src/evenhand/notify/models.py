"""Tables of what people are told."""

from django.contrib.postgres.fields import ArrayField
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


class ChannelSetup(models.Model):
    """A way out of the house: its keys, and how it went lately."""

    key = models.CharField(max_length=12, primary_key=True)  # mail, wecom, dingtalk, feishu
    is_on = models.BooleanField(db_default=False)
    settings = models.JSONField(default=dict)  # ids and addresses, which are no secrets
    secrets = models.TextField(db_default="")  # sealed JSON; "" = none
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, db_default="")  # code: detail
    held_until = models.DateTimeField(null=True)  # the other side asked us to wait

    class Meta:
        db_table = "channel"


class Webhook(models.Model):
    """Somebody's program that is told of events, signed."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    secret = models.TextField()  # sealed
    old_secret = models.TextField(db_default="")  # sealed; signs too until old_until
    old_until = models.DateTimeField(null=True)
    kinds = ArrayField(models.CharField(max_length=60), default=list)  # [] = every event
    is_on = models.BooleanField(db_default=True)
    created_at = models.DateTimeField(db_default=Now())
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, db_default="")
    held_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "webhook"


class ChatLink(models.Model):
    """Who somebody is in a chat system."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="chat_links")
    channel = models.CharField(max_length=12)
    address = models.CharField(max_length=120)  # userid or open_id
    linked_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "chat_link"
        constraints = (
            models.UniqueConstraint(fields=["user", "channel"], name="chat_link_once_per_user"),
            models.UniqueConstraint(fields=["channel", "address"], name="chat_link_one_user"),
        )


class Choice(models.Model):
    """What somebody is told by which channel, and when; the row without a user is the default."""

    id = models.BigAutoField(primary_key=True)
    user = models.OneToOneField(User, models.CASCADE, null=True, related_name="notice_choice")
    channels = models.JSONField(default=dict)  # group of notices → names of channels
    quiet_from = models.TimeField(null=True)  # in the person's zone; both or neither
    quiet_until = models.TimeField(null=True)
    urgent_passes = models.BooleanField(db_default=True)
    digest = models.CharField(max_length=8, db_default="now")  # now, hourly, daily
    daily_at = models.TimeField(db_default="09:00")

    class Meta:
        db_table = "notice_choice"
        constraints = (
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(user=None),
                name="notice_choice_one_default",
            ),
        )


class Letter(models.Model):
    """Something somebody is yet to be told outside the inbox; gathered into messages."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    object_kind = models.CharField(max_length=20, db_default="")
    object_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()

    class Meta:
        db_table = "letter"
        indexes = (models.Index(fields=["due_at"], name="letter_due"),)


class ChatCall(models.Model):
    """A call of a chat system that was answered: the same one again has no second effect."""

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=12)
    key = models.CharField(max_length=200)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "chat_call"
        constraints = (models.UniqueConstraint(fields=["channel", "key"], name="chat_call_once"),)
        indexes = (models.Index(fields=["at"], name="chat_call_at"),)
