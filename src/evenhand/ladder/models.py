"""Tables of the ladder: how everybody stands, as counted at night, and proposals (晋级建议).

There is no demotion: nothing here can say so. Outcomes expected are in millionths.
"""

from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import Rep, User


class Standing(models.Model):
    """How near somebody is to the next level, as it was counted last."""

    rep = models.OneToOneField(Rep, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()
    level = models.CharField(max_length=40)
    next_level = models.CharField(max_length=40, db_default="")  # "" = this is the highest
    days = models.IntegerField()  # at the level
    outcomes = models.IntegerField()  # leads converted of those received at the level
    expected = models.BigIntegerField()  # of the very same leads
    rate = models.BigIntegerField()  # against what was expected, drawn to the level's
    level_rate = models.BigIntegerField()  # what the level does on average
    probability = models.IntegerField()  # that he does enough, in millionths
    asked = models.JSONField()  # need → what the policy asks
    is_ready = models.BooleanField()

    class Meta:
        db_table = "standing"


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PUT_OFF = "put_off"
    LAPSED = "lapsed"  # the person has another level, or is not here any more


class Proposal(models.Model):
    """The next level, proposed from evidence; a person decides."""

    id = models.BigAutoField(primary_key=True)
    rep = models.ForeignKey(Rep, models.CASCADE, related_name="+")
    from_level = models.CharField(max_length=40)
    to_level = models.CharField(max_length=40)
    state = models.CharField(
        max_length=8, choices=ProposalState.choices, db_default=ProposalState.OPEN
    )
    evidence = models.JSONField()  # the figures of the standing, as they were
    made_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=500, db_default="")
    again_on = models.DateField(null=True)  # put off: not proposed before

    class Meta:
        db_table = "graduation"
        constraints = (
            models.UniqueConstraint(
                fields=["rep"], condition=models.Q(state="open"), name="graduation_one_open"
            ),
        )
        indexes = (models.Index(fields=["rep", "-id"], name="graduation_of_rep"),)
