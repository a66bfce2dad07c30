"""Tables of imports: the file, how it is read, and where each of its rows ended."""

from django.db import models
from django.db.models.functions import Now

from evenhand.people.models import Rep, User
from evenhand.policies.models import Line


class Step(models.TextChoices):
    """How far an import is."""

    LOOKING = "looking"  # uploaded; columns and choices may be changed
    RUNNING = "running"
    STOPPED = "stopped"  # by hand; what is in stays in
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class Kind(models.TextChoices):
    """What the rows of a file are."""

    LEAD = "lead"
    ACCOUNT = "account"
    CONTACT = "contact"
    ACTIVITY = "activity"
    OPPORTUNITY = "opportunity"
    TASK = "task"


class Becomes(models.TextChoices):
    """What rows become, chosen before anything is written."""

    ROUTE = "route"  # dealt by the rules, now
    KEEP_OWNER = "keep_owner"  # stays with the owner whom a column names
    POOL = "pool"
    LEAVE = "leave"  # written, and nobody's until somebody says so
    PLAN = "plan"  # dealt as one plan, released in portions
    HOLDER = "holder"  # to-dos: whoever looks after what they are for
    MARKET = "market"  # to-dos: for people to claim


class Strangers(models.TextChoices):
    """What becomes of rows whose owner is not named, or is nobody who works here."""

    ROUTE = "route"
    LEAVE = "leave"
    GIVE = "give"  # to one named person
    MARKET = "market"  # to-dos: for people to claim


class Mapping(models.Model):
    """How files with these headings are read: what somebody confirmed last, per source."""

    id = models.BigAutoField(primary_key=True)
    fingerprint = models.CharField(max_length=64)  # of the headings
    kind = models.CharField(max_length=12, choices=Kind.choices, db_default=Kind.LEAD)
    source = models.CharField(max_length=60, db_default="")
    name = models.CharField(max_length=80)
    said = models.JSONField(default=list)
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "lead_import_mapping"
        constraints = (
            models.UniqueConstraint(
                fields=["fingerprint", "kind", "source"], name="lead_import_mapping_once"
            ),
        )


class Import(models.Model):
    """One file on its way in."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    byte_count = models.BigIntegerField()
    row_estimate = models.IntegerField()
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")  # None = default
    source = models.CharField(max_length=60, db_default="")  # of rows that name none
    campaign = models.CharField(max_length=80, db_default="")
    said = models.JSONField(default=list)  # the person's words on columns: "列名=role"
    kind = models.CharField(max_length=12, choices=Kind.choices, db_default=Kind.LEAD)
    becomes = models.CharField(max_length=12, choices=Becomes.choices, db_default=Becomes.ROUTE)
    pool = models.CharField(max_length=80, db_default="")  # where rows become pooled
    strangers = models.CharField(
        max_length=8, choices=Strangers.choices, db_default=Strangers.ROUTE
    )
    strangers_to = models.ForeignKey(Rep, models.PROTECT, null=True, related_name="+")
    # The person's words on values: an owner as the file writes it → a rep's id (0 = nobody), and a
    # status → a stage, or what to-dos are called → their type.
    owners = models.JSONField(default=dict)
    stages = models.JSONField(default=dict)
    currency = models.CharField(max_length=3, db_default="")  # of amounts that name none
    keeps_nameless = models.BooleanField(db_default=False)  # rows that name nobody come in as well
    fingerprint = models.CharField(max_length=64, db_default="")  # of the headings
    mapping = models.ForeignKey(Mapping, models.SET_NULL, null=True, related_name="+")
    step = models.CharField(max_length=8, choices=Step.choices, db_default=Step.LOOKING)
    uploaded_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    position = models.BigIntegerField(db_default=0)  # number of the last row that is settled
    drops_file = models.BooleanField(db_default=False)  # at its end: a person in it was erased
    why = models.JSONField(null=True)  # a reason: the file could not be read to its end

    class Meta:
        db_table = "lead_import"
        indexes = (models.Index(fields=["user", "-id"], name="lead_import_of_user"),)


class ImportFile(models.Model):
    """The file itself; dropped when its time is over, or a person in it is erased."""

    import_of = models.OneToOneField(
        Import, models.CASCADE, primary_key=True, related_name="file", db_column="import_id"
    )
    content = models.BinaryField()

    class Meta:
        db_table = "lead_import_file"


class Outcome(models.TextChoices):
    """Where a row ended."""

    CREATED = "created"
    REPEATED = "repeated"  # here already; of somebody whose lead is open: noted there
    MERGED = "merged"  # here already; what was missing is filled in
    REJECTED = "rejected"
    LEFT_OUT = "left_out"  # blank, a heading again, a sum below


class Absent(models.TextChoices):
    """What happens to a portion of somebody who cannot take it on its day."""

    HOLD = "hold"  # it waits for him
    REDEAL = "redeal"  # the rules give it to somebody else


class ListPlan(models.Model):
    """How a list is dealt: one plan, released bit by bit."""

    import_of = models.OneToOneField(
        Import, models.CASCADE, primary_key=True, related_name="plan", db_column="import_id"
    )
    per_day = models.IntegerField(db_default=10)  # leads of a portion
    is_per_rep = models.BooleanField(db_default=True)  # so many each; otherwise in all
    collectors_first = models.BooleanField(db_default=True)
    absent = models.CharField(max_length=6, choices=Absent.choices, db_default=Absent.HOLD)
    starts_on = models.DateField(null=True)  # a day of the company's; None = at once
    made_at = models.DateTimeField(null=True)
    is_stopped = models.BooleanField(db_default=False)
    # Asked for by hand: so many portions more on that day, whether or not it is a working day.
    extra_on = models.DateField(null=True)
    extra = models.IntegerField(db_default=0)
    ended_at = models.DateTimeField(null=True)  # everything is released

    class Meta:
        db_table = "lead_import_plan"


class PlanItem(models.Model):
    """One lead of a plan: whose it is to be, and when it was released to whom."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(ListPlan, models.CASCADE, related_name="items")
    lead_id = models.BigIntegerField()
    position = models.IntegerField()  # in the order of the list
    rep = models.ForeignKey(
        Rep, models.PROTECT, null=True, related_name="+"
    )  # None = the rules say
    points = models.BigIntegerField(db_default=0)
    why = models.JSONField(null=True)  # a reason: why it is nobody's, or was not released yet
    released_at = models.DateTimeField(null=True)
    given_to = models.ForeignKey(Rep, models.PROTECT, null=True, related_name="+")
    is_told = models.BooleanField(db_default=False)

    class Meta:
        db_table = "lead_import_plan_item"
        constraints = (
            models.UniqueConstraint(fields=["plan", "lead_id"], name="lead_import_plan_item_once"),
        )
        indexes = (
            models.Index(fields=["plan", "rep", "position"], name="lead_import_plan_of_rep"),
        )


class ImportRow(models.Model):
    """Where one row of the file ended. What a rejected one says is read from the file again."""

    id = models.BigAutoField(primary_key=True)
    import_of = models.ForeignKey(
        Import, models.CASCADE, related_name="rows", db_column="import_id"
    )
    number = models.BigIntegerField()  # of the row in its file, as spreadsheets count
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    lead_id = models.BigIntegerField(null=True)
    made_id = models.BigIntegerField(null=True)  # of other kinds: what the row made or met
    is_undone = models.BooleanField(db_default=False)
    # A reason: why undoing left what it made, or why a usable row could not be written.
    kept_why = models.JSONField(null=True)

    class Meta:
        db_table = "lead_import_row"
        constraints = (
            models.UniqueConstraint(fields=["import_of", "number"], name="lead_import_row_once"),
        )
        indexes = (
            models.Index(fields=["import_of", "outcome", "number"], name="lead_import_row_by"),
            models.Index(
                fields=["lead_id"],
                name="lead_import_row_of_lead",
                condition=models.Q(lead_id__isnull=False),
            ),
        )
