"""Tables of comparisons: a draft against the live rules on an intake that is over.

Results name people and leads by id only.
"""

from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import User
from evenhand.policies.models import Line, PolicyVersion


class Comparison(models.Model):
    """A draft and a live version, run over the same leads."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(Line, models.CASCADE, related_name="+")
    base = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="+")
    document = models.JSONField()  # the draft, as it would be published
    digest = models.CharField(max_length=64)  # of the draft
    days = models.IntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    started_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    started_at = models.DateTimeField(db_default=Now())
    leads = models.IntegerField(null=True)  # how many came in; null = not read yet
    done = models.IntegerField(db_default=0)  # of both runs together
    stopped_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)

    class Meta:
        db_table = "comparison"
        indexes = (models.Index(fields=["line", "-id"], name="comparison_of_line"),)


class ComparedLead(models.Model):
    """A lead with which the draft does something else."""

    id = models.BigAutoField(primary_key=True)
    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="leads_apart")
    lead_id = models.BigIntegerField()
    before_rep_id = models.BigIntegerField(null=True)
    before_outcome = models.CharField(max_length=10)
    before_rule = models.CharField(max_length=120)
    before_points = models.BigIntegerField()
    after_rep_id = models.BigIntegerField(null=True)
    after_outcome = models.CharField(max_length=10)
    after_rule = models.CharField(max_length=120)
    after_points = models.BigIntegerField()

    class Meta:
        db_table = "compared_lead"
        indexes = (models.Index(fields=["comparison", "id"], name="compared_lead_in_order"),)
