"""Tables of the customer base and of who holds what. Money is in minor units (分, cents)."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now

from evenhand.leads.likeness import core_of
from evenhand.people.models import Rep, User
from evenhand.policies.models import Line


def _pooled_by_score(name: str) -> models.Index:
    """The order in which a pool is looked at, of what lies in it."""
    return models.Index(
        "line",
        "pool",
        models.F("score").desc(nulls_last=True),
        models.F("id").desc(),
        name=name,
        condition=models.Q(state="pooled"),
    )


# Lists show what is open unless somebody asks for more.
_IS_OPEN = models.Q(state__in=("owned", "queued", "pooled", "untended"))


class State(models.TextChoices):
    """Where an item is: always in exactly one place."""

    UNTENDED = "untended"  # nobody was asked to look after it: a company, a lead left aside
    QUEUED = "queued"  # unassigned, with a typed reason
    OWNED = "owned"
    POOLED = "pooled"
    MERGED = "merged"
    REJECTED = "rejected"
    CLOSED = "closed"


class Stage(models.TextChoices):
    """How far the work on a lead is."""

    NEW = "new"
    CONTACTED = "contacted"
    QUALIFIED = "qualified"
    CONVERTED = "converted"
    LOST = "lost"


class Held(models.Model):
    """What every item has that can be dealt: place, owner, worth. `custody` alone writes these."""

    state = models.CharField(max_length=8, choices=State.choices)
    # Every index is written anew whenever an item changes hands: none whose columns begin another.
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+", db_index=False)
    owner = models.ForeignKey(Rep, models.PROTECT, null=True, related_name="+", db_index=False)
    assigned_at = models.DateTimeField(null=True)
    pool = models.CharField(max_length=80, db_default="")
    pooled_at = models.DateTimeField(null=True)  # when it came into its pool
    grade = models.CharField(max_length=40, db_default="")
    score = models.IntegerField(null=True)  # hundredths of a point of score
    points = models.BigIntegerField(db_default=0)  # micro-points charged for it
    round = models.IntegerField(db_default=0)  # how often it was dealt before
    why_unassigned = models.JSONField(null=True)  # a reason: code and parameters
    queued_at = models.DateTimeField(null=True)
    receipt_id = models.BigIntegerField(null=True)  # of the latest decision

    class Meta:
        abstract = True


class Site(models.TextChoices):
    """What a company of a group is there for."""

    HEAD = "head"  # decides: head office
    PLANT = "plant"
    BRANCH = "branch"
    OTHER = "other"


class Company(Held):
    """A firm, which as an account (客户) can be dealt like a lead."""

    id = models.BigAutoField(primary_key=True)
    external_id = models.CharField(max_length=120, db_default="")  # in the system it came from
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)  # normalized; what finds it again
    core_key = models.CharField(max_length=200, db_default="")  # `likeness.core_of` its name
    domain = models.CharField(max_length=120, db_default="")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="children")
    site = models.CharField(max_length=8, choices=Site.choices, db_default="")  # "" = not said
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    region = models.CharField(max_length=120, db_default="")
    industry = models.CharField(max_length=60, db_default="")
    size = models.CharField(max_length=40, db_default="")
    employees = models.IntegerField(null=True)
    revenue = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, db_default="")
    is_key_account = models.BooleanField(db_default=False)
    note = models.TextField(db_default="")
    lost_reason = models.CharField(max_length=40, db_default="")  # 战败; "" = not given up
    revive_on = models.DateField(null=True)  # a lost one is to be looked at again
    leave_in_peace_at = models.DateTimeField(null=True)  # since when nobody may contact it
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "company"
        constraints = (
            models.UniqueConstraint(
                fields=["name_key"],
                condition=~models.Q(name_key=""),
                name="company_name_once",
            ),
        )
        indexes: ClassVar = (
            models.Index(fields=["owner", "state", "-id"], name="company_of_owner"),
            models.Index(fields=["domain"], name="company_domain", condition=~models.Q(domain="")),
            models.Index(
                fields=["revive_on"],
                name="company_revival",
                condition=models.Q(revive_on__isnull=False),
            ),
            models.Index(
                fields=["line", "pool", "-pooled_at", "-id"],
                name="company_pooled",
                condition=models.Q(state="pooled"),
            ),
            _pooled_by_score("company_pooled_by_score"),
            models.Index(
                fields=["core_key"], name="company_core", condition=~models.Q(core_key="")
            ),
            models.Index(
                fields=["external_id"],
                name="company_external",
                condition=~models.Q(external_id=""),
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row; what of its name is compared goes with it."""
        self.core_key = core_of(self.name)
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = [*fields, "core_key"]
        super().save(*args, **kwargs)


class Contact(models.Model):
    """A person at a company; found again by phone or mail."""

    id = models.BigAutoField(primary_key=True)
    external_id = models.CharField(max_length=120, db_default="")  # in the system it came from
    company = models.ForeignKey(Company, models.SET_NULL, null=True, related_name="contacts")
    name = models.CharField(max_length=120, db_default="")
    title = models.CharField(max_length=120, db_default="")
    phone = models.CharField(max_length=40, db_default="")
    phone_key = models.CharField(max_length=24, db_default="")  # digits with country
    email = models.CharField(max_length=254, db_default="")
    email_key = models.CharField(max_length=254, db_default="")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    leave_in_peace_at = models.DateTimeField(null=True)  # since when nobody may contact them
    created_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "contact"
        indexes = (
            models.Index(
                fields=["phone_key"], name="contact_phone", condition=~models.Q(phone_key="")
            ),
            models.Index(
                fields=["email_key"], name="contact_email", condition=~models.Q(email_key="")
            ),
            models.Index(
                fields=["external_id"],
                name="contact_external",
                condition=~models.Q(external_id=""),
            ),
        )


# How the `close_reason` of a void lead begins.
VOIDED = "void:"


class Lead(Held):
    """Somebody who may become a customer."""

    id = models.BigAutoField(primary_key=True)
    external_id = models.CharField(max_length=120, db_default="")
    company = models.ForeignKey(
        Company, models.SET_NULL, null=True, related_name="leads", db_index=False
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, related_name="leads", db_index=False
    )
    name = models.CharField(max_length=120, db_default="")
    title = models.CharField(max_length=120, db_default="")
    company_name = models.CharField(max_length=200, db_default="")
    phone = models.CharField(max_length=40, db_default="")
    email = models.CharField(max_length=254, db_default="")
    region = models.CharField(max_length=120, db_default="")  # what rules see
    region_said = models.CharField(max_length=120, db_default="")  # as it was given
    region_confidence = models.CharField(max_length=10, db_default="")  # regions.hints.Confidence
    region_evidence = models.JSONField(null=True)  # reasons; None = just as it was given
    industry = models.CharField(max_length=60, db_default="")
    product = models.CharField(max_length=80, db_default="")
    source = models.CharField(max_length=60, db_default="")
    campaign = models.CharField(max_length=80, db_default="")
    size = models.CharField(max_length=40, db_default="")
    language = models.CharField(max_length=20, db_default="")
    skill = models.CharField(max_length=60, db_default="")
    budget = models.BigIntegerField(null=True)  # whole units of `currency`
    currency = models.CharField(max_length=3, db_default="")
    employees = models.IntegerField(null=True)
    note = models.TextField(db_default="")
    extra = models.JSONField(default=dict)  # fields of the company's own
    given_grade = models.CharField(max_length=40, db_default="")
    collected_by = models.ForeignKey(
        Rep, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    via = models.CharField(max_length=12, db_default="")  # api, bulk, form, hand, import, demo
    stage = models.CharField(max_length=10, choices=Stage.choices, db_default=Stage.NEW)
    created_at = models.DateTimeField(db_default=Now())
    contact_due_at = models.DateTimeField(null=True)  # first contact; None = made or not owned
    contacted_at = models.DateTimeField(null=True)  # first contact after assignment
    active_at = models.DateTimeField(null=True)  # last activity
    closed_at = models.DateTimeField(null=True)
    close_reason = models.CharField(max_length=40, db_default="")
    lost_stage = models.CharField(max_length=10, db_default="")  # how far a lost one had come
    revive_on = models.DateField(null=True)  # a lost one is to be looked at again
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # Lower-case name, company, phone digits, mail: what search looks into.
    search = models.TextField(db_default="")

    class Meta:
        db_table = "lead"
        indexes: ClassVar = (
            # With stage and line: what everybody carries is counted in the index alone.
            models.Index(
                fields=["owner", "state", "-id"], include=["stage", "line"], name="lead_in_hand"
            ),
            models.Index(fields=["state", "-id"], name="lead_by_state"),
            models.Index(
                models.F("score").desc(nulls_last=True),
                models.F("id").desc(),
                name="lead_by_score",
                condition=_IS_OPEN,
            ),
            models.Index(fields=["source", "-id"], name="lead_of_source", condition=_IS_OPEN),
            models.Index(
                fields=["closed_at"],
                name="lead_by_closing",
                condition=models.Q(closed_at__isnull=False),
            ),
            models.Index(fields=["company", "-id"], name="lead_of_company"),
            models.Index(fields=["contact", "-id"], name="lead_of_contact"),
            models.Index(
                fields=["line", "queued_at", "id"],
                name="lead_queued",
                condition=models.Q(state="queued"),
            ),
            models.Index(
                fields=["line", "pool", "-pooled_at", "-id"],
                name="lead_pooled",
                condition=models.Q(state="pooled"),
            ),
            _pooled_by_score("lead_pooled_by_score"),
            # Of all rows: a list ordered by it ends with those that have none.
            models.Index(fields=["contact_due_at", "-id"], name="lead_by_due"),
            # The same of one owner: his day asks for nothing else so often.
            models.Index(
                fields=["owner", "contact_due_at", "id"],
                name="lead_to_contact",
                condition=models.Q(state=State.OWNED, contact_due_at__isnull=False),
            ),
            BrinIndex(fields=["created_at"], name="lead_by_time", pages_per_range=32),
            models.Index(
                fields=["campaign", "-id"],
                name="lead_of_campaign",
                condition=~models.Q(campaign=""),
            ),
            models.Index(
                fields=["revive_on"],
                name="lead_revival",
                condition=models.Q(revive_on__isnull=False),
            ),
            # What came in during a time, in order: comparisons of rules read it.
            models.Index(fields=["line", "created_at", "id"], name="lead_by_arrival"),
            # Of the few that have one: every change of owner writes into every index of the row.
            models.Index(
                fields=["collected_by"],
                name="lead_collected",
                condition=models.Q(collected_by__isnull=False),
            ),
            models.Index(
                fields=["merged_into"],
                name="lead_merged",
                condition=models.Q(merged_into__isnull=False),
            ),
            models.Index(
                fields=["external_id"],
                name="lead_external",
                condition=~models.Q(external_id=""),
            ),
        )


class OpportunityStage(models.TextChoices):
    """How far a possible sale is."""

    DISCOVERY = "discovery"
    PROPOSAL = "proposal"
    NEGOTIATION = "negotiation"
    WON = "won"
    LOST = "lost"


class Opportunity(Held):
    """A possible sale with a value and a stage."""

    id = models.BigAutoField(primary_key=True)
    external_id = models.CharField(max_length=120, db_default="")  # in the system it came from
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="opportunities")
    lead = models.ForeignKey(Lead, models.SET_NULL, null=True, related_name="opportunities")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    stage = models.CharField(max_length=12, choices=OpportunityStage.choices)
    value = models.BigIntegerField(null=True)  # minor units
    currency = models.CharField(max_length=3)
    close_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    note = models.TextField(db_default="")
    created_at = models.DateTimeField(db_default=Now())
    stage_at = models.DateTimeField(db_default=Now())  # when it entered its stage

    class Meta:
        db_table = "opportunity"
        indexes: ClassVar = (
            models.Index(fields=["owner", "state", "-id"], name="opportunity_of_owner"),
            models.Index(fields=["stage", "-id"], name="opportunity_by_stage"),
            models.Index(fields=["company", "-id"], name="opportunity_of_company"),
            models.Index(
                fields=["external_id"],
                name="opportunity_external",
                condition=~models.Q(external_id=""),
            ),
        )


class Direction(models.TextChoices):
    """Who turned to whom."""

    OUT = "out"
    IN = "in"
    BOTH = "both"  # a conversation
    NONE = "none"  # a note to oneself


class Activity(models.Model):
    """A contact with the customer, or a note: who, by which channel, with which evidence."""

    id = models.BigAutoField(primary_key=True)
    item_kind = models.CharField(max_length=12)
    item_id = models.BigIntegerField()
    company = models.ForeignKey(Company, models.SET_NULL, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    channel = models.CharField(max_length=12)  # call, wechat, mail, visit, meeting, note, system
    direction = models.CharField(max_length=5, choices=Direction.choices)
    outcome = models.CharField(max_length=20, db_default="")  # reached, no_answer, …
    evidence = models.CharField(max_length=20, db_default="")  # said, call_record, reply, photo …
    seconds = models.IntegerField(null=True)  # length of a call or a meeting
    note = models.TextField(db_default="")
    entry_key = models.CharField(max_length=40, null=True, unique=True)  # sent late, sent twice
    # When the first clock over the item would have run out, as it was logged.
    clock_due_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "activity"
        indexes = (
            models.Index(fields=["item_kind", "item_id", "-at"], name="activity_of_item"),
            models.Index(fields=["user", "-at"], name="activity_of_user"),
        )


class Relationship(models.Model):
    """How well a rep and a contact know each other: 0 … 100."""

    id = models.BigAutoField(primary_key=True)
    rep = models.ForeignKey(Rep, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="relationships")
    strength = models.PositiveSmallIntegerField()
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "relationship"
        constraints = (
            models.UniqueConstraint(fields=["rep", "contact"], name="relationship_once"),
            models.CheckConstraint(
                condition=models.Q(strength__lte=100), name="relationship_strength"
            ),
        )


class Assignment(models.Model):
    """A time in which somebody held an item. At most one is open per item."""

    id = models.BigAutoField(primary_key=True)
    item_kind = models.CharField(max_length=12)
    item_id = models.BigIntegerField()
    rep = models.ForeignKey(Rep, models.PROTECT, related_name="+", db_index=False)
    cause = models.CharField(max_length=12)  # the engine's causes, and manual, imported, claimed
    points = models.BigIntegerField(db_default=0)
    receipt_id = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=12, db_default="")  # return, transfer, void, close …
    stay_id = models.BigIntegerField(null=True)  # the pool stay that a claim ended
    accepted_at = models.DateTimeField(null=True)  # the owner said that he takes it
    # The clocks over it, as `pool.winding` last worked them out.
    wound_at = models.DateTimeField(null=True)  # None = to be worked out (anew)
    clocks_policy_id = models.BigIntegerField(null=True)  # the version whose rules hold
    clocks_from = models.DateTimeField(null=True)  # where they start later than it was opened
    clocks = models.JSONField(null=True)  # each with its start, ends, evidence and state
    due_at = models.DateTimeField(null=True)  # when the first of them runs out
    next_at = models.DateTimeField(null=True)  # when something is to be done next

    class Meta:
        db_table = "assignment"
        constraints = (
            models.UniqueConstraint(
                fields=["item_kind", "item_id"],
                condition=models.Q(closed_at=None),
                name="assignment_one_open",
            ),
        )
        indexes = (
            models.Index(fields=["rep", "-opened_at"], name="assignment_of_rep"),
            models.Index(fields=["item_kind", "item_id", "id"], name="assignment_of_item"),
            models.Index(
                fields=["id"],
                name="assignment_unwound",
                condition=models.Q(closed_at=None, wound_at=None),
            ),
            # What somebody holds of what he claimed: holding limits count it at every claim.
            models.Index(
                fields=["rep", "stay_id"],
                name="assignment_claimed",
                condition=models.Q(closed_at=None, stay_id__isnull=False),
            ),
            models.Index(
                fields=["next_at"],
                name="assignment_next",
                condition=models.Q(closed_at=None, next_at__isnull=False),
            ),
            # Lists of what runs out first. Whoever takes items in writes no such row.
            models.Index(
                fields=["item_kind", "due_at", "-item_id"],
                name="assignment_by_deadline",
                condition=models.Q(closed_at=None, due_at__isnull=False),
            ),
            # What somebody loses next, and how much of it, for his day.
            models.Index(
                fields=["rep", "due_at", "id"],
                include=["item_kind"],
                name="assignment_ending",
                condition=models.Q(closed_at=None, next_at__isnull=False),
            ),
        )


class PoolStay(models.Model):
    """A time that an item lay in a public pool. A trigger opens and ends it: no way is missed.

    What the trigger cannot know (why, from whom, who took it and for what) the act that moves the
    item adds in its own transaction.
    """

    id = models.BigAutoField(primary_key=True)
    item_kind = models.CharField(max_length=12)
    item_id = models.BigIntegerField()
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+", db_index=False)
    pool = models.CharField(max_length=80)
    entered_at = models.DateTimeField()
    how = models.CharField(max_length=12, db_default="")  # dealt, return, recycle, moved, lost …
    why = models.CharField(max_length=40, db_default="")  # a reason from the list, or a clock
    note = models.CharField(max_length=500, db_default="")
    from_rep = models.ForeignKey(Rep, models.SET_NULL, null=True, related_name="+", db_index=False)
    by_user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    points = models.BigIntegerField(db_default=0)  # what the item was worth when it came
    left_at = models.DateTimeField(null=True)
    left_by = models.CharField(max_length=12, db_default="")  # claim, assign, moved, void, merged
    taken_by = models.ForeignKey(Rep, models.SET_NULL, null=True, related_name="+", db_index=False)
    price = models.BigIntegerField(null=True)  # micro-points paid for a claim

    class Meta:
        db_table = "pool_stay"
        constraints = (
            models.UniqueConstraint(
                fields=["item_kind", "item_id"],
                condition=models.Q(left_at=None),
                name="pool_stay_one_open",
            ),
        )
        indexes: ClassVar = (
            models.Index(fields=["item_kind", "item_id", "id"], name="pool_stay_of_item"),
            models.Index(
                fields=["line", "pool", "entered_at"],
                name="pool_stay_open",
                condition=models.Q(left_at=None),
            ),
            models.Index(fields=["line", "pool", "entered_at"], name="pool_stay_came"),
            models.Index(fields=["line", "pool", "-left_at"], name="pool_stay_ended"),
            # Claims of a day count whatever became of them since.
            models.Index(
                fields=["taken_by", "-left_at"],
                name="pool_stay_claims",
                condition=models.Q(left_by="claim"),
            ),
            models.Index(fields=["from_rep", "-entered_at"], name="pool_stay_from"),
        )


class Load(models.Model):
    """How much somebody carries: a counter of open assignments, equal to their recount."""

    rep = models.OneToOneField(Rep, models.CASCADE, primary_key=True, related_name="load")
    open_count = models.IntegerField(db_default=0)
    open_points = models.BigIntegerField(db_default=0)

    class Meta:
        db_table = "load"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(open_count__gte=0, open_points__gte=0), name="load_not_negative"
            ),
        )


class Guidance(models.Model):
    """A mentor beside the holder of an item that is a stretch for him, as long as he holds it."""

    id = models.BigAutoField(primary_key=True)
    item_kind = models.CharField(max_length=12)
    item_id = models.BigIntegerField()
    rep = models.ForeignKey(Rep, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Rep, models.CASCADE, related_name="+")
    percent = models.PositiveSmallIntegerField()  # of what comes of it, the mentor's
    receipt_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "guidance"
        indexes = (
            models.Index(fields=["mentor", "-id"], name="guidance_of_mentor"),
            models.Index(fields=["rep", "-id"], name="guidance_of_rep"),
            models.Index(fields=["item_kind", "item_id"], name="guidance_of_item"),
        )


class SavedView(models.Model):
    """A list's filter under a name: one's own or, if shared, everybody's."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    page = models.CharField(max_length=30)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    is_shared = models.BooleanField(db_default=False)

    class Meta:
        db_table = "saved_view"
        constraints = (
            models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_once"),
        )


class Merge(models.Model):
    """Two rows that were one: which survived, and how they are taken apart again.

    Holds ids, codes, moments and names of fields; what the fields said stays in the two rows.
    """

    id = models.BigAutoField(primary_key=True)
    item_kind = models.CharField(max_length=12)  # lead, account, contact
    survivor_id = models.BigIntegerField()
    merged_id = models.BigIntegerField()
    part_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="parts")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    fields = models.JSONField(default=list)  # names of those that changed places
    moved = models.JSONField(default=dict)  # table.column → ids that were the merged one's
    was = models.JSONField(default=dict)  # place, owner, moments of both before
    now = models.JSONField(default=dict)  # of the survivor after
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        db_table = "merge"
        indexes = (
            models.Index(fields=["item_kind", "survivor_id", "-id"], name="merge_of_survivor"),
            models.Index(fields=["item_kind", "merged_id", "-id"], name="merge_of_merged"),
        )


class Likeness(models.Model):
    """Two accounts or two contacts that may be one; `one_id` is the smaller."""

    id = models.BigAutoField(primary_key=True)
    item_kind = models.CharField(max_length=12)  # account, contact
    one_id = models.BigIntegerField()
    other_id = models.BigIntegerField()
    percent = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField(db_default=Now())
    is_different = models.BooleanField(db_default=False)  # a person said so
    judged_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "likeness"
        constraints = (
            models.UniqueConstraint(
                fields=["item_kind", "one_id", "other_id"], name="likeness_once"
            ),
        )
        indexes: ClassVar = (
            models.Index(
                fields=["-percent", "-id"],
                name="likeness_open",
                condition=models.Q(is_different=False),
            ),
        )
