"""Tables of decisions: batches, receipts, and the rows that many receipts share.

A batch is one run of the engine: policy, people, moment and loads as they stood. With the rows it
shares it is a receipt file of the engine, so that replay and "why not me" need no second code.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import User
from evenhand.policies.models import Line, PolicyVersion


class SharedKind(models.TextChoices):
    """Lines of a receipt file that several receipts refer to."""

    TEAM = "team"
    CLASS = "class"  # what was read of an item, and what it is worth
    FIELD = "field"  # who may take such an item, with weight and fit, and who may not
    FULL = "full"  # who was left out for what he carried


class Shared(models.Model):
    """One such line, once per content."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=5, choices=SharedKind.choices)
    digest = models.CharField(max_length=64)
    body = models.TextField()  # the engine's JSON, to the byte

    class Meta:
        db_table = "shared"
        constraints = (models.UniqueConstraint(fields=["digest", "kind"], name="shared_once"),)


class Batch(models.Model):
    """Items decided together in one transaction."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    aspect = models.CharField(max_length=8, db_default="")  # work = to-dos, by their rules
    team = models.ForeignKey(Shared, models.PROTECT, related_name="+")
    engine = models.CharField(max_length=20)
    at = models.DateTimeField()  # the engine's `now`
    books = models.JSONField()  # book id → number of its first posting in this batch
    loads = models.JSONField()  # the engine's loads at the start; {} where nothing limits
    # The lines in order: [kind, number, shared row], 0 where a decision stands, or the text.
    script = models.JSONField(default=list)

    class Meta:
        db_table = "batch"


class Receipt(models.Model):
    """One decision about one item (分配依据), automatic or by hand."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+", db_index=False)
    position = models.IntegerField(db_default=0)  # in the batch
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+", db_index=False)
    item_kind = models.CharField(max_length=12)
    item_id = models.BigIntegerField()
    round = models.IntegerField(db_default=0)
    at = models.DateTimeField(db_default=Now())
    outcome = models.CharField(max_length=10)
    cause = models.CharField(max_length=12, db_default="")
    rule = models.CharField(max_length=120, db_default="")
    rep_id = models.BigIntegerField(null=True)
    from_rep_id = models.BigIntegerField(null=True)  # acts by hand: who had it
    book_id = models.BigIntegerField(null=True)
    grade = models.CharField(max_length=40, db_default="")
    points = models.BigIntegerField(db_default=0)
    actor_id = models.BigIntegerField(null=True)  # acts by hand
    act = models.CharField(max_length=10, db_default="")  # assign, transfer, void, return, pool …
    reason = models.CharField(max_length=40, db_default="")  # from the list
    note = models.CharField(max_length=500, db_default="")
    body = models.TextField(db_default="")  # the engine's decision line, to the byte

    class Meta:
        db_table = "receipt"
        indexes = (
            models.Index(fields=["item_kind", "item_id", "-id"], name="receipt_of_item"),
            models.Index(fields=["rep_id", "-id"], name="receipt_of_rep"),
            models.Index(fields=["batch", "position"], name="receipt_of_batch"),
            models.Index(
                fields=["actor_id", "-id"],
                name="receipt_of_actor",
                condition=models.Q(actor_id__isnull=False),
            ),
            # Acts by hand are few: counting those of a period must not read what was automatic.
            models.Index(
                fields=["at"],
                name="receipt_by_hand",
                condition=models.Q(actor_id__isnull=False),
            ),
            # Receipts are written in the order of time: a few pages say where a period lies.
            BrinIndex(fields=["at"], name="receipt_at", pages_per_range=32),
        )


class LongAct(models.Model):
    """One act by hand on many leads, done by a job row by row."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    act = models.CharField(max_length=10)  # assign, transfer, stage, lose
    params = models.JSONField()  # what the act needs besides the lead
    started_at = models.DateTimeField(db_default=Now())
    stopped_at = models.DateTimeField(null=True)  # by hand; what is done stays done
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "long_act"


class LongActItem(models.Model):
    """One lead of a long act: waiting until it is done or refused, in the act's transaction."""

    id = models.BigAutoField(primary_key=True)
    long_act = models.ForeignKey(LongAct, models.CASCADE, related_name="items")
    lead_id = models.BigIntegerField()
    state = models.CharField(max_length=8, db_default="waiting")  # waiting, done, refused
    why = models.JSONField(null=True)  # a reason: code and parameters

    class Meta:
        db_table = "long_act_item"
        constraints = (
            models.UniqueConstraint(fields=["long_act", "lead_id"], name="long_act_item_once"),
        )
        indexes = (
            models.Index(
                fields=["long_act", "id"],
                name="long_act_waiting",
                condition=models.Q(state="waiting"),
            ),
        )
