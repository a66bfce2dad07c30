"""To-dos, series, how far the journal was read, and calendar feeds."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("leads", "0017_clock_of_activity"),
        ("people", "0005_conflict_shows"),
        ("policies", "0004_form_key_moved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "task_feed",
            },
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                ("id", models.SmallIntegerField(db_default=1, primary_key=True, serialize=False)),
                ("xact", models.BigIntegerField(db_default=0)),
                ("event_id", models.BigIntegerField(db_default=0)),
            ],
            options={
                "db_table": "task_follower",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="task_follower_is_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("type", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=200)),
                ("note", models.TextField(db_default="")),
                ("every", models.PositiveSmallIntegerField(db_default=1)),
                (
                    "unit",
                    models.CharField(
                        choices=[("day", "Day"), ("week", "Week"), ("month", "Month")], max_length=5
                    ),
                ),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("holder", "Holder"),
                            ("rep", "Rep"),
                            ("rules", "Rules"),
                            ("market", "Market"),
                        ],
                        max_length=6,
                    ),
                ),
                ("item_kind", models.CharField(db_default="", max_length=12)),
                ("item_id", models.BigIntegerField(null=True)),
                ("filter", models.JSONField(null=True)),
                ("made_until", models.DateField(null=True)),
                ("is_on", models.BooleanField(db_default=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("edition", models.PositiveIntegerField(db_default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policies.line",
                    ),
                ),
                (
                    "rep",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.rep",
                    ),
                ),
            ],
            options={
                "db_table": "task_series",
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("type", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=200)),
                ("note", models.TextField(db_default="")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("offered", "Offered"),
                            ("done", "Done"),
                            ("skipped", "Skipped"),
                            ("canceled", "Canceled"),
                        ],
                        max_length=8,
                    ),
                ),
                ("assigned_at", models.DateTimeField(null=True)),
                ("cause", models.CharField(db_default="", max_length=12)),
                ("why_unassigned", models.JSONField(null=True)),
                ("level", models.CharField(db_default="", max_length=200)),
                ("skills", models.JSONField(default=list)),
                ("minutes", models.PositiveIntegerField()),
                ("points", models.BigIntegerField(db_default=0)),
                ("quantity", models.PositiveIntegerField(db_default=1)),
                ("quantity_done", models.PositiveIntegerField(db_default=0)),
                ("kpi", models.CharField(db_default="", max_length=200)),
                (
                    "starts_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("due_at", models.DateTimeField(null=True)),
                ("item_kind", models.CharField(db_default="", max_length=12)),
                ("item_id", models.BigIntegerField(null=True)),
                ("occurrence", models.DateField(null=True)),
                ("trigger", models.CharField(db_default="", max_length=200)),
                ("event_id", models.BigIntegerField(null=True)),
                ("checklist", models.JSONField(default=list)),
                ("needs", models.CharField(db_default="none", max_length=8)),
                ("result", models.TextField(db_default="")),
                ("result_link", models.CharField(db_default="", max_length=500)),
                ("activity_id", models.BigIntegerField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("handled_minutes", models.PositiveIntegerField(null=True)),
                ("closed_reason", models.CharField(db_default="", max_length=40)),
                ("receipt_id", models.BigIntegerField(null=True)),
                ("round", models.IntegerField(db_default=0)),
                ("offered_at", models.DateTimeField(null=True)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("edition", models.PositiveIntegerField(db_default=1)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="leads.company",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policies.line",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.rep",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="tasks.series",
                    ),
                ),
            ],
            options={
                "db_table": "task",
            },
        ),
        migrations.AddIndex(
            model_name="series",
            index=models.Index(
                condition=models.Q(("is_on", True)), fields=["made_until"], name="task_series_on"
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__gte", 1), ("every__lte", 366)), name="task_series_every"
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("rep", None), ("to", "rep"), _connector="OR"),
                name="task_series_rep",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["owner", "state", "due_at", "id"], name="task_of_owner"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["state", "due_at", "id"], name="task_by_due"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state", "offered")),
                fields=["line", "due_at", "id"],
                name="task_offered",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("owner", None), ("state", "open")),
                fields=["line", "id"],
                name="task_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("owner__isnull", False), ("state", "open")),
                fields=["owner"],
                include=("points", "minutes"),
                name="task_carried",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state", "done")), fields=["owner", "done_at"], name="task_done"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("item_id__isnull", False)),
                fields=["item_kind", "item_id", "-id"],
                name="task_of_item",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("company__isnull", False)),
                fields=["company", "-id"],
                name="task_of_company",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("claimed_at__isnull", False)),
                fields=["owner", "claimed_at"],
                name="task_claimed",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("owner__isnull", False), ("state", "open"), ("why_unassigned", None)),
                    models.Q(("owner", None), ("state", "open"), ("why_unassigned__isnull", False)),
                    models.Q(("owner", None), ("state", "offered"), ("why_unassigned", None)),
                    models.Q(
                        ("state__in", ("done", "skipped", "canceled")), ("why_unassigned", None)
                    ),
                    _connector="OR",
                ),
                name="task_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("done_at", None)),
                    _connector="OR",
                ),
                name="task_done_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("item_id", None), models.Q(("item_kind", ""), _negated=True), _connector="OR"
                ),
                name="task_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("series__isnull", False)),
                fields=("series", "occurrence", "item_kind", "item_id"),
                name="task_occurrence_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("event_id__isnull", False)),
                fields=("event_id", "trigger"),
                name="task_of_event_once",
            ),
        ),
    ]
