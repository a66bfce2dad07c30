"""Tables of appeals: what somebody objects to, and each answer he was given.

Who may not decide follows from the rows: the appellant, whoever did the act, whoever answered
before. Customers stand here by the item's number only.
"""

from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import User
from evenhand.policies.models import Line
from evenhand.routing.models import Receipt


class AppealState(models.TextChoices):
    """Where an appeal stands."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Appeal(models.Model):
    """One objection of one person to one decision (分配依据)."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="+")
    item_kind = models.CharField(max_length=12)
    item_id = models.BigIntegerField()
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=120, db_default="")
    book_id = models.BigIntegerField(null=True)  # the group of the decision
    why = models.CharField(max_length=20)  # from the list
    note = models.CharField(max_length=500, db_default="")
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()  # working time of the company
    state = models.CharField(max_length=9, choices=AppealState.choices, db_default="open")
    # Whose it is to decide; null = sales operations.
    decider = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    overdue_at = models.DateTimeField(null=True)  # when sales operations were told, once
    reopened_at = models.DateTimeField(null=True)
    facts = models.CharField(max_length=500, db_default="")  # what was new then
    closed_at = models.DateTimeField(null=True)  # decided or withdrawn
    credit = models.BigIntegerField(db_default=0)  # micro-points
    credit_receipt_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "appeal"
        constraints = (
            models.UniqueConstraint(
                fields=["person", "item_kind", "item_id"],
                condition=models.Q(state="open"),
                name="appeal_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(state="upheld") | models.Q(credit=0, credit_receipt_id=None),
                name="appeal_credit_upheld",
            ),
        )
        indexes = (
            models.Index(fields=["person", "-id"], name="appeal_of_person"),
            models.Index(fields=["item_kind", "item_id"], name="appeal_of_item"),
            models.Index(fields=["due_at"], name="appeal_due", condition=models.Q(state="open")),
            models.Index(fields=["why", "rule", "-id"], name="appeal_alike"),
        )


class Ruling(models.Model):
    """One answer to an appeal; a reopened one has two, by two people."""

    id = models.BigAutoField(primary_key=True)
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="rulings")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_upheld = models.BooleanField()
    answer = models.CharField(max_length=500, db_default="")
    points = models.BigIntegerField(db_default=0)  # micro-points credited

    class Meta:
        db_table = "appeal_ruling"
        indexes = (models.Index(fields=["by", "-id"], name="ruling_by"),)
