"""Tables of rebalances: a proposal with its moves, what was made of it, and whether it was undone.

Loads and caps are workload micro-points. Customers stand here by the item's number only.
"""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import Rep, Team, User


class RebalanceState(models.TextChoices):
    """How far a rebalance is."""

    PROPOSED = "proposed"
    APPROVED = "approved"  # a job makes the moves
    DONE = "done"
    UNDOING = "undoing"  # a job takes them back
    UNDONE = "undone"
    DROPPED = "dropped"


class Rebalance(models.Model):
    """A proposal for the people of a team and those below, or of everybody within reach."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=RebalanceState.choices, db_default="proposed")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    # Of everybody who was looked at: [rep, cap, before, after the moves as they were proposed].
    loads = models.JSONField(default=list)
    bound = models.BigIntegerField(db_default=0)  # no plan costs less
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "rebalance"
        indexes: ClassVar = (models.Index(fields=["made_by", "-id"], name="rebalance_by"),)


class MoveState(models.TextChoices):
    """What became of a move."""

    PROPOSED = "proposed"
    OUT = "out"  # taken out by hand
    DONE = "done"
    REFUSED = "refused"
    UNDONE = "undone"
    KEPT = "kept"  # could not be taken back


class RebalanceMove(models.Model):
    """One item or to-do from one rep to another.

    `assignment_id` is by what it was known to be where it was looked at: an item's open assignment,
    a to-do's latest receipt (0 = none).
    """

    id = models.BigAutoField(primary_key=True)
    rebalance = models.ForeignKey(Rebalance, models.CASCADE, related_name="moves")
    item_kind = models.CharField(max_length=12)
    item_id = models.BigIntegerField()
    assignment_id = models.BigIntegerField()
    from_rep = models.ForeignKey(Rep, models.PROTECT, related_name="+")
    to_rep = models.ForeignKey(Rep, models.PROTECT, related_name="+")
    receivers = models.JSONField(default=list)  # ids of all who may take it
    load = models.BigIntegerField()  # its own, and of the to-dos that go with it
    tasks = models.PositiveIntegerField(db_default=0)  # how many to-dos go with it
    cost = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=MoveState.choices, db_default="proposed")
    why = models.JSONField(null=True)  # a reason: why it was not made, or not taken back
    receipt_id = models.BigIntegerField(null=True)
    undo_receipt_id = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "rebalance_move"
        constraints = (
            models.UniqueConstraint(
                fields=["rebalance", "item_kind", "item_id"], name="rebalance_move_once"
            ),
        )
