"""Tables of covers (代班: who looks after what during a leave) and of departures (离职交接).

Customers stand here by the item's number only; why something did not move is a reason code.
"""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import Leave, Rep, User


class CoverState(models.TextChoices):
    """How far a cover is."""

    ASKED = "asked"  # by whoever goes on leave; a manager has to agree
    AGREED = "agreed"
    BEGUN = "begun"
    ENDED = "ended"
    DROPPED = "dropped"


class Back(models.TextChoices):
    """What comes back after the leave."""

    ALL = "all"
    UNTOUCHED = "untouched"  # all but what the substitute has spoken with the customer about
    NONE = "none"


class Touch(models.TextChoices):
    """How far the conversation with the customer is: a class of items."""

    NEW = "new"  # nobody has spoken with him since the owner has it
    LIVE = "live"


class Cover(models.Model):
    """Who looks after somebody's open work during one leave."""

    id = models.BigAutoField(primary_key=True)
    leave = models.OneToOneField(Leave, models.CASCADE, related_name="cover")
    state = models.CharField(max_length=8, choices=CoverState.choices)
    comes_back = models.CharField(max_length=10, choices=Back.choices)
    # Most items that come back within 24 hours; None = all at once.
    back_per_day = models.PositiveIntegerField(null=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cover"
        indexes: ClassVar = (
            models.Index(
                fields=["state"],
                name="cover_going",
                condition=models.Q(state__in=("asked", "agreed", "begun")),
            ),
        )


class CoverRule(models.Model):
    """One class of items and who looks after it; the first that fits an item holds."""

    id = models.BigAutoField(primary_key=True)
    cover = models.ForeignKey(Cover, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    item_kind = models.CharField(max_length=12, db_default="")  # "" = all kinds
    grade = models.CharField(max_length=40, db_default="")  # "" = all grades
    touch = models.CharField(max_length=4, choices=Touch.choices, db_default="")  # "" = either
    substitute = models.ForeignKey(Rep, models.PROTECT, null=True, related_name="+")  # None = stays

    class Meta:
        db_table = "cover_rule"
        constraints = (
            models.UniqueConstraint(fields=["cover", "position"], name="cover_rule_in_order"),
        )


class CoverMove(models.Model):
    """An item that a cover moved, or tried to, and what became of it afterwards."""

    id = models.BigAutoField(primary_key=True)
    cover = models.ForeignKey(Cover, models.CASCADE, related_name="moves")
    item_kind = models.CharField(max_length=12)
    item_id = models.BigIntegerField()
    to_rep = models.ForeignKey(Rep, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8)  # moved; then back or kept; or refused
    why = models.JSONField(null=True)  # a reason: why refused, or kept
    receipt_id = models.BigIntegerField(null=True)
    back_receipt_id = models.BigIntegerField(null=True)
    moved_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cover_move"
        constraints = (
            models.UniqueConstraint(
                fields=["cover", "item_kind", "item_id"], name="cover_move_once"
            ),
        )


class DepartureState(models.TextChoices):
    """How far a departure is."""

    OPEN = "open"
    DONE = "done"
    CANCELED = "canceled"


class AtDeadline(models.TextChoices):
    """What becomes of the lines that nobody accepted in time."""

    GIVE = "give"  # to whom they are offered all the same; what is nobody's is dealt by the rules
    ASK = "ask"  # nothing moves; whoever made the sheet is told


class Departure(models.Model):
    """The sheet by which somebody who leaves hands over all that is his."""

    id = models.BigAutoField(primary_key=True)
    rep = models.ForeignKey(Rep, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=DepartureState.choices, db_default="open")
    deadline = models.DateTimeField()
    at_deadline = models.CharField(max_length=4, choices=AtDeadline.choices)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    stopped_intake = models.BooleanField(db_default=False)  # the sheet turned his switch off
    told_at = models.DateTimeField(null=True)  # that the deadline passed, once
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "departure"
        constraints = (
            models.UniqueConstraint(
                fields=["rep"], condition=models.Q(state="open"), name="departure_one_open"
            ),
        )


class LineState(models.TextChoices):
    """Where a line of a sheet stands."""

    OPEN = "open"  # offered to nobody yet
    OFFERED = "offered"
    DECLINED = "declined"
    DONE = "done"  # accepted or given: the receiver has it
    DEALT = "dealt"  # by the rules, after the deadline
    LEFT = "left"  # a chat, or what is in another system, that nobody has to take up
    GONE = "gone"  # it was not his any more


WAITING = (LineState.OPEN, LineState.OFFERED, LineState.DECLINED)


class DepartureLine(models.Model):
    """One thing to hand over: an item, a task, a customer he talks with by chat, or what somebody
    entered by hand because it is in another system."""

    id = models.BigAutoField(primary_key=True)
    departure = models.ForeignKey(Departure, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=12)  # lead, account, opportunity, task, contact, by_hand
    item_id = models.BigIntegerField()  # of what is entered by hand: its number on this sheet
    title = models.CharField(max_length=120, db_default="")  # of what is entered by hand
    count = models.PositiveIntegerField(null=True)  # how many these are; None = not said
    points = models.BigIntegerField(db_default=0)  # micro-points, what evens out the receivers
    receiver = models.ForeignKey(Rep, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=LineState.choices, db_default="open")
    why = models.JSONField(null=True)  # a reason: why it could not move
    receipt_id = models.BigIntegerField(null=True)
    offered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "departure_line"
        constraints = (
            models.UniqueConstraint(
                fields=["departure", "kind", "item_id"], name="departure_line_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="offered") | models.Q(receiver__isnull=False),
                name="departure_line_offered_to_somebody",
            ),
        )
        indexes: ClassVar = (
            models.Index(
                fields=["receiver"],
                name="departure_line_offered",
                condition=models.Q(state="offered"),
            ),
        )
