"""Tables of the journal. Actor and object are plain ids: a journal outlives what it tells of."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class TransactionNumber(models.Func):
    """The number of the transaction that writes a row."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class Event(models.Model):
    """One act, written in its own transaction; never changed, never deleted (grants, trigger)."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=60)  # lead.taken_in, lead.assigned, person.deactivated …
    actor_kind = models.CharField(max_length=12)  # user, token, form, connector, system
    actor_id = models.BigIntegerField(null=True)
    object_kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)  # ids, codes and numbers; no personal data
    xact = models.BigIntegerField(db_default=TransactionNumber())  # see journal.feed

    class Meta:
        db_table = "event"
        indexes = (
            models.Index(fields=["xact", "id"], name="event_feed"),
            models.Index(fields=["object_kind", "object_id", "id"], name="event_of_object"),
            models.Index(fields=["actor_id", "id"], name="event_of_actor"),
            models.Index(fields=["kind", "id"], name="event_of_kind"),
            models.Index(fields=["at", "id"], name="event_by_time"),
            # Of whom there may be few among millions; people and the system are never far.
            models.Index(
                fields=["actor_kind", "id"],
                name="event_of_programs",
                condition=models.Q(actor_kind__in=("token", "form", "connector")),
            ),
        )


class Seal(models.Model):
    """Events in a row, chained by their digests (`journal.seals`); only ever added."""

    number = models.BigIntegerField(primary_key=True)  # from 1, without gaps
    at = models.DateTimeField()
    first = models.BigIntegerField()  # the position of its first event in the whole chain, from 1
    last_xact = models.BigIntegerField()
    last_id = models.BigIntegerField()
    events = ArrayField(models.BigIntegerField())  # ids, in the order of (xact, id)
    hashes = models.BinaryField()  # of 32 bytes each: its own, then one per event

    class Meta:
        db_table = "seal"
        constraints = (models.UniqueConstraint(fields=["first"], name="seal_one_per_position"),)


class Outbox(models.Model):
    """An effect outside the database that a committed transaction owes; delivered at least once."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=40)  # notice, mail, webhook
    payload = models.JSONField()
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(db_default=0)
    delivered_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)  # given up after the last try; shown to operators
    last_error = models.CharField(max_length=300, db_default="")

    class Meta:
        db_table = "outbox"
        indexes = (
            models.Index(
                fields=["due_at", "id"],
                name="outbox_due",
                condition=models.Q(delivered_at=None, parked_at=None),
            ),
        )


class Answer(models.Model):
    """What was answered to an `Idempotency-Key`: the same key again gets the same answer."""

    id = models.BigAutoField(primary_key=True)
    caller = models.CharField(max_length=40)  # token:7, user:3, form:key
    key = models.CharField(max_length=200)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "answer"
        constraints = (
            models.UniqueConstraint(fields=["caller", "key"], name="answer_once_per_key"),
        )
        indexes = (models.Index(fields=["at"], name="answer_at"),)
