"""Tables of connectors: their addresses and secrets, their mappings, what was delivered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import User
from evenhand.policies.models import Line


class Connector(models.Model):
    """One address to which somebody's program pushes."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)  # in the address; nobody guesses it
    name = models.CharField(max_length=80)
    template = models.CharField(max_length=40)  # from which it was made
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")  # None = default
    source = models.CharField(max_length=60, db_default="")  # of leads that name none
    is_on = models.BooleanField(db_default=True)  # off: what comes is kept and waits
    secrets = models.TextField(db_default="")  # sealed JSON: name → secret
    old_secrets = models.TextField(db_default="")  # sealed; good too until old_until
    old_until = models.DateTimeField(null=True)
    numbers = models.JSONField(default=dict)  # work number or extension → user id
    mapping = models.TextField()  # YAML, as the latest version says
    version = models.IntegerField(db_default=1)
    created_at = models.DateTimeField(db_default=Now())
    told_at = models.DateTimeField(null=True)  # when somebody was told last of what is to mend

    class Meta:
        db_table = "connector"


class MappingVersion(models.Model):
    """A mapping as it stood since somebody saved it."""

    id = models.BigAutoField(primary_key=True)
    connector = models.ForeignKey(Connector, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    text = models.TextField()
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "connector_mapping"
        constraints = (
            models.UniqueConstraint(fields=["connector", "number"], name="connector_mapping_once"),
        )


class Outcome(models.TextChoices):
    """Where a delivery ended."""

    WAITING = "waiting"  # authentic and kept; yet to be taken in
    ACCEPTED = "accepted"
    TEST = "test"
    IGNORED = "ignored"  # an event of another kind than the mapping is about
    DUPLICATE = "duplicate"
    TO_MEND = "to_mend"  # authentic, and the mapping cannot read it
    REFUSED = "refused"


class Delivery(models.Model):
    """One call to the address of a connector."""

    id = models.BigAutoField(primary_key=True)
    connector = models.ForeignKey(Connector, models.CASCADE, related_name="deliveries")
    at = models.DateTimeField(db_default=Now())
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    mark = models.CharField(max_length=64, null=True)  # the same for the same; None: not to be kept
    why = models.JSONField(null=True)  # a reason
    body = models.TextField(db_default="")  # dropped when its time is over
    items = ArrayField(models.BigIntegerField(), default=list)  # leads it became, or is about
    tries = models.IntegerField(db_default=0)
    due_at = models.DateTimeField(null=True)  # when a waiting one is tried again

    class Meta:
        db_table = "connector_delivery"
        constraints = (
            models.UniqueConstraint(fields=["connector", "mark"], name="connector_delivery_once"),
        )
        indexes = (
            models.Index(fields=["connector", "-id"], name="connector_delivery_latest"),
            models.Index(
                fields=["due_at"],
                name="connector_delivery_due",
                condition=models.Q(outcome="waiting"),
            ),
            models.Index(
                fields=["connector", "id"],
                name="connector_delivery_mend",
                condition=models.Q(outcome="to_mend"),
            ),
        )


class Seen(models.Model):
    """An entry that was taken in: the same one again, however it is packed, has no effect."""

    id = models.BigAutoField(primary_key=True)
    connector = models.ForeignKey(Connector, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "connector_seen"
        constraints = (
            models.UniqueConstraint(fields=["connector", "mark"], name="connector_seen_once"),
        )
        indexes = (models.Index(fields=["at"], name="connector_seen_at"),)


class Record(models.Model):
    """A call or a conversation that a program recorded, matched to an item or waiting for it."""

    id = models.BigAutoField(primary_key=True)
    connector = models.ForeignKey(Connector, models.CASCADE, related_name="records")
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, related_name="+")
    entry_key = models.CharField(max_length=40, unique=True)
    phone_key = models.CharField(max_length=24, db_default="")  # of the customer; "" once matched
    customer = models.CharField(max_length=120, db_default="")  # his id in the other system
    rep = models.CharField(max_length=120, db_default="")  # as the other system calls the person
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=12)
    direction = models.CharField(max_length=5)
    outcome = models.CharField(max_length=20)
    evidence = models.CharField(max_length=20)
    seconds = models.IntegerField(null=True)
    at = models.DateTimeField()
    note = models.TextField(db_default="")
    activity_id = models.BigIntegerField(null=True)  # None: not matched yet

    class Meta:
        db_table = "connector_record"
        indexes = (
            models.Index(
                fields=["phone_key"],
                name="connector_record_open",
                condition=models.Q(activity_id=None),
            ),
        )


class Known(models.Model):
    """Who a customer of another system is here, once it was found out."""

    id = models.BigAutoField(primary_key=True)
    connector = models.ForeignKey(Connector, models.CASCADE, related_name="+")
    customer = models.CharField(max_length=120)
    contact_id = models.BigIntegerField()

    class Meta:
        db_table = "connector_known"
        constraints = (
            models.UniqueConstraint(fields=["connector", "customer"], name="connector_known_once"),
        )
