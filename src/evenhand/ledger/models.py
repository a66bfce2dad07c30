"""Tables of the fair-share ledger. Amounts are integer micro-points; positive = owed (待补).

A book is locked (`FOR UPDATE`) before its balances are read; whoever holds the lock writes each
touched grade once per batch. Arrays are aligned with `members`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from evenhand.policies.models import Line


class Book(models.Model):
    """The books of one group of one line: the lock row, and what all grades have in common."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(Line, models.PROTECT, related_name="books")
    key = models.CharField(max_length=120)  # group|value, group|work, group|count
    by_grade = models.BooleanField()
    grades = ArrayField(models.CharField(max_length=40))
    members = ArrayField(models.BigIntegerField())  # in the engine's order (ids as texts)
    guests = ArrayField(models.BigIntegerField(), default=list)
    ever = ArrayField(models.BigIntegerField())
    last = ArrayField(models.BigIntegerField())
    sequence = models.BigIntegerField(db_default=0)
    last_before = models.BigIntegerField(db_default=0)
    largest_points = models.BigIntegerField(db_default=0)
    largest_slack = models.BigIntegerField(db_default=0)
    shift = models.BigIntegerField(db_default=0)  # δ
    arrears = models.JSONField(default=dict)
    postings = models.BigIntegerField(db_default=0)  # so far; numbers them without gaps
    checked_at = models.BigIntegerField(db_default=0)  # number of the latest checkpoint
    # Something happened that postings alone do not tell: members, an act by hand.
    needs_checkpoint = models.BooleanField(db_default=True)

    class Meta:
        db_table = "book"
        constraints = (models.UniqueConstraint(fields=["line", "key"], name="book_once"),)


class Balance(models.Model):
    """What each member is owed in one grade of a book."""

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, models.CASCADE, related_name="balances")
    row = models.SmallIntegerField()  # index into Book.grades
    amounts = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "balance"
        constraints = (models.UniqueConstraint(fields=["book", "row"], name="balance_once"),)


class Shares(models.Model):
    """Who is credited with how much: one row serves all postings that shared alike."""

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    members = ArrayField(models.BigIntegerField())
    amounts = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "shares"


class Posting(models.Model):
    """One act in one grade of a book. Its moves add up to zero.

    Dealt and charged items move `shares` to everybody named there and `points` from the taker;
    other acts spell their moves out.
    """

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()  # within the book, from 1 without gaps
    at = models.DateTimeField(db_default=Now())
    act = models.CharField(max_length=10)
    row = models.SmallIntegerField()
    item_kind = models.CharField(max_length=12, db_default="")
    item_id = models.BigIntegerField(null=True)
    taker_id = models.BigIntegerField(null=True)
    points = models.BigIntegerField(db_default=0)
    shares = models.ForeignKey(Shares, models.PROTECT, null=True, related_name="+")
    moves = models.JSONField(null=True)  # [[rep id, micro-points], …]
    sequence = models.BigIntegerField(db_default=0)
    last_before = models.BigIntegerField(db_default=0)
    receipt_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "posting"
        constraints = (models.UniqueConstraint(fields=["book", "number"], name="posting_once"),)
        indexes = (
            models.Index(fields=["item_kind", "item_id", "id"], name="posting_of_item"),
            models.Index(fields=["taker_id", "id"], name="posting_of_taker"),
        )


class Checkpoint(models.Model):
    """A book as it stood before posting `number`: where a replay starts from."""

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    number = models.BigIntegerField()
    # Before which batch: several may stand before the same posting, where batches booked nothing
    # and let members in. Null: of before this was kept.
    batch_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())
    state = models.JSONField()  # the engine's `Book.as_json`

    class Meta:
        db_table = "checkpoint"
        indexes = (models.Index(fields=["book", "-number"], name="checkpoint_of_book"),)
