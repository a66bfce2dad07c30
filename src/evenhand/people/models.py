"""Tables of people: users, teams, reps with levels and weights, calendars, leave, tokens."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils import timezone

from evenhand.platform.looking import once
from evenhand.platform.row_objects import row_where


class Organization(models.Model):
    """The company itself: exactly one row (id 1)."""

    id = models.SmallIntegerField(primary_key=True, db_default=1)
    name = models.CharField(max_length=120)
    seed = models.CharField(max_length=64)  # of every draw; random, made once
    zone = models.CharField(max_length=60, db_default="Asia/Shanghai")
    country = models.CharField(max_length=8, db_default="CN")
    locale = models.CharField(max_length=10, db_default="zh-Hans")
    currency = models.CharField(max_length=3, db_default="CNY")
    is_demo = models.BooleanField(db_default=False)
    # Rises with every change that routing could notice: snapshots of people are kept by it.
    people_revision = models.BigIntegerField(db_default=1)
    # Most manual assignments and transfers per manager and calendar day; None = no limit.
    overrides_per_day = models.PositiveIntegerField(null=True, db_default=20)
    # Working minutes to the first contact; shown as a countdown.
    first_contact_minutes = models.PositiveIntegerField(db_default=120)
    # Most rows that somebody exports within 24 hours without a second person; None = no limit.
    export_alone_rows = models.PositiveIntegerField(null=True, db_default=5_000)
    # What who asks for a conflict (撞单查询) learns of the holder: name, team, or only "taken".
    conflict_shows = models.CharField(max_length=8, db_default="name")
    # Who must have a second factor: roles (those that can change much) or all.
    second_factor = models.CharField(max_length=8, db_default="roles")
    # From this day on all must; until then they are reminded. None = at once.
    second_factor_from = models.DateField(null=True)

    class Meta:
        db_table = "organization"
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="organization_is_one"),
        )


class Team(models.Model):
    """An organizational unit. `path` holds the ids from the root down to this team."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = ArrayField(models.BigIntegerField(), default=list)
    manager = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")
    is_active = models.BooleanField(db_default=True)

    class Meta:
        db_table = "team"


class Role(models.TextChoices):
    """What kind of work somebody does here; rights per role stand in `scope`."""

    REP = "rep"
    MANAGER = "manager"
    SALES_OPS = "sales_ops"
    ADMIN = "admin"
    AUDITOR = "auditor"


class DataScope(models.TextChoices):
    """Whose items somebody sees."""

    SELF = "self"
    TEAM = "team"
    TEAM_BELOW = "team_below"
    ALL = "all"


class UserManager(BaseUserManager["User"]):
    """Users by their mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user of a mail address.

        :raises User.DoesNotExist: nobody has it.
        """
        return self.get(email=(username or "").strip().lower())

    def get(self, *args: Any, **kwargs: Any) -> "User":
        """As Django's. Who is asked for by his id alone is read by a prepared statement, and inside
        of a look once: every request of somebody who is logged in begins so.

        :raises User.DoesNotExist: there is none.
        """
        key = kwargs.get("pk")
        if args or len(kwargs) != 1 or not isinstance(key, int) or abs(key) >= 2**63:
            return super().get(*args, **kwargs)
        found = once(("person", key), lambda: row_where(User, "id = %s", [str(key)]))
        if found is None:
            raise User.DoesNotExist
        return found


class User(AbstractBaseUser):
    """Somebody who can log in."""

    id = models.BigAutoField(primary_key=True)
    email = models.EmailField(max_length=254, unique=True)  # lower case
    name = models.CharField(max_length=80)
    name_key = models.CharField(max_length=200, db_default="")  # pinyin, for sorting
    phone = models.CharField(max_length=32, db_default="")
    role = models.CharField(max_length=12, choices=Role.choices)
    scope = models.CharField(max_length=12, choices=DataScope.choices)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="members")
    locale = models.CharField(max_length=10, db_default="")  # "" = the browser's
    zone = models.CharField(max_length=60, db_default="")  # "" = the company's
    theme = models.CharField(max_length=5, db_default="")  # light, dark, "" = the device's
    is_active = models.BooleanField(db_default=True)
    created_at = models.DateTimeField(db_default=Now())
    totp_secret = models.CharField(max_length=200, db_default="")  # encrypted; "" = not set up
    totp_last_step = models.BigIntegerField(db_default=0)  # a code works once
    recovery_codes = ArrayField(models.CharField(max_length=64), default=list)  # digests
    # Rises when rights end: sessions and tokens of an older epoch are refused.
    epoch = models.IntegerField(db_default=1)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "person"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="person_email_lower"
            ),
        )
        indexes = (models.Index(fields=["name_key", "id"], name="person_by_name"),)

    def __str__(self) -> str:
        return self.name


class Calendar(models.Model):
    """Working time: hours of the week, official days of a country, and the company's own days."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60, unique=True)
    zone = models.CharField(max_length=60)
    country = models.CharField(max_length=8, db_default="")  # "" = no official days
    hours = ArrayField(models.CharField(max_length=60), size=7)  # Monday first; "" = off
    own_days = models.JSONField(default=dict)  # ISO date → {kind, name, shifts}
    is_default = models.BooleanField(db_default=False)

    class Meta:
        db_table = "calendar"
        constraints = (
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="calendar_one_default",
            ),
        )


class Rep(models.Model):
    """Somebody who receives items. Weights in hundredths, as the engine takes them."""

    user = models.OneToOneField(User, models.PROTECT, primary_key=True, related_name="rep")
    level = models.CharField(max_length=40, db_default="")
    level_since = models.DateField(null=True)  # None: since joining, as far as is known
    weight = models.PositiveIntegerField(db_default=100)
    weights = models.JSONField(default=dict)  # "kind", "grade" or "kind:grade" → hundredths
    performance = models.PositiveSmallIntegerField(db_default=100)
    reward = models.PositiveSmallIntegerField(db_default=100)
    regions = ArrayField(models.CharField(max_length=60), default=list)
    industries = ArrayField(models.CharField(max_length=60), default=list)
    products = ArrayField(models.CharField(max_length=60), default=list)
    skills = ArrayField(models.CharField(max_length=60), default=list)
    languages = ArrayField(models.CharField(max_length=60), default=list)
    capacity = models.PositiveIntegerField(null=True)  # most open items; None = the policy's
    # Worked out from his time every night, where the rules say so; `capacity` stands above it.
    derived_capacity = models.PositiveIntegerField(null=True)
    joined_on = models.DateField(null=True)
    # What speeds a newcomer's ramp up and what it waits for; counted at night.
    results = models.PositiveIntegerField(db_default=0)  # leads converted
    days_away = models.PositiveIntegerField(db_default=0)  # whole days of leave since joining
    mentor = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(db_default=True)
    is_accepting = models.BooleanField(db_default=True)  # the person's own switch

    class Meta:
        db_table = "rep"


class Leave(models.Model):
    """An absence; `until_at` is exclusive. Canceled ones stay for the record."""

    id = models.BigAutoField(primary_key=True)
    rep = models.ForeignKey(Rep, models.CASCADE, related_name="leaves")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reason = models.CharField(max_length=60, db_default="")
    canceled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "leave"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_at__gt=models.F("from_at")), name="leave_has_length"
            ),
        )
        indexes = (models.Index(fields=["until_at"], name="leave_until"),)


class Adjustment(models.Model):
    """A temporary change of a person's weight with an end; receipts name it."""

    id = models.BigAutoField(primary_key=True)
    rep = models.ForeignKey(Rep, models.CASCADE, related_name="adjustments")
    factor = models.PositiveSmallIntegerField()  # hundredths
    from_date = models.DateField()
    until_date = models.DateField()  # the last day
    note = models.CharField(max_length=200)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    canceled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "adjustment"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_date__gte=models.F("from_date")),
                name="adjustment_has_length",
            ),
        )


class Cap(models.Model):
    """Most open items of a rep, set by hand with a reason until the end of a day."""

    id = models.BigAutoField(primary_key=True)
    rep = models.ForeignKey(Rep, models.CASCADE, related_name="caps")
    open_items = models.PositiveIntegerField()
    until_date = models.DateField()  # the last day
    note = models.CharField(max_length=200)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)  # before its day, or replaced

    class Meta:
        db_table = "cap"
        constraints = (
            models.UniqueConstraint(
                fields=["rep"], condition=models.Q(ended_at=None), name="cap_one_by_hand"
            ),
        )


class Duty(models.Model):
    """A shift of a duty roster (值班表): who is on duty when; conditions ask `rep.duty`."""

    id = models.BigAutoField(primary_key=True)
    roster = models.CharField(max_length=60)
    rep = models.ForeignKey(Rep, models.CASCADE, related_name="duties")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        db_table = "duty"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_at__gt=models.F("from_at")), name="duty_has_length"
            ),
        )
        indexes = (models.Index(fields=["until_at"], name="duty_until"),)


class ApiToken(models.Model):
    """A key for programs: shown once, stored as a digest, scoped, with an end."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16)  # the first letters, to recognize it
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=30))
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")  # whose rights it has
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_token"

    @property
    def is_valid(self) -> bool:
        """Whether a program still comes in by it."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class LinkKind(models.TextChoices):
    """What a one-time link is for."""

    SET_UP = "set_up"  # a real company, first run
    INVITE = "invite"
    RESET = "reset"
    DEMO = "demo"  # logs in to the demo company on this machine


class OneTimeLink(models.Model):
    """A link that can be copied where no mail server is set: used once, for a while."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=8, choices=LinkKind.choices)
    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "one_time_link"


class Bucket(models.Model):
    """A token bucket: how much of a limited act is left for a key (login, API, search)."""

    key = models.CharField(max_length=120, primary_key=True)
    tokens = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        db_table = "bucket"


class Incident(models.Model):
    """Refusals of one kind that the journal has yet to be told of, counted (`incidents`)."""

    key = models.CharField(max_length=120, primary_key=True)
    kind = models.CharField(max_length=40)  # of the event that will tell of them
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    token_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=40)
    what = models.CharField(max_length=40)
    source = models.CharField(max_length=16)  # keyed digest of the last address
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "incident"


class Entry(models.Model):
    """Somebody came in: for himself to look over, and to know a new browser by."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="entries")
    at = models.DateTimeField(db_default=Now())
    by = models.CharField(max_length=40)
    device = models.CharField(max_length=60)  # "" = not known
    address = models.CharField(max_length=45)  # without its end
    browser = models.CharField(max_length=64)  # digest of the mark that the browser keeps
    is_new = models.BooleanField()

    class Meta:
        db_table = "entry"
        indexes = (
            models.Index(fields=["user", "-id"], name="entry_of_user"),
            models.Index(fields=["at"], name="entry_at"),
        )


class Preference(models.Model):
    """What a person chose for a page: columns, page size."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="preferences")
    key = models.CharField(max_length=60)
    value = models.JSONField()

    class Meta:
        db_table = "preference"
        constraints = (models.UniqueConstraint(fields=["user", "key"], name="preference_once"),)


class UserSession(AbstractBaseSession):
    """A login: whose, from where, since when; can be listed and ended one by one."""

    user_id = models.BigIntegerField(null=True, db_index=True)
    epoch = models.IntegerField(db_default=0)
    created_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())
    address = models.CharField(max_length=45, db_default="")
    agent = models.CharField(max_length=200, db_default="")

    objects: ClassVar[BaseSessionManager[Any]] = BaseSessionManager()

    class Meta:
        db_table = "user_session"
