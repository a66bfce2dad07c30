"""Pauses, firings and extensions of clocks."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("leads", "0014_pool_stays"),
        ("people", "0005_conflict_shows"),
        ("policies", "0004_form_key_moved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("clock", models.CharField(max_length=16)),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("reason", models.CharField(db_default="", max_length=40)),
                ("days", models.IntegerField(db_default=0)),
                ("minutes", models.IntegerField(db_default=0)),
                ("cost", models.BigIntegerField(db_default=0)),
                ("decided_at", models.DateTimeField(null=True)),
                ("is_granted", models.BooleanField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extensions",
                        to="leads.assignment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "clock_extension",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_granted", None)),
                        fields=("assignment", "clock"),
                        name="clock_extension_one_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Firing",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("clock", models.CharField(max_length=16)),
                ("step", models.CharField(max_length=24)),
                ("due_at", models.DateTimeField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="firings",
                        to="leads.assignment",
                    ),
                ),
            ],
            options={
                "db_table": "clock_firing",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assignment", "clock", "step", "due_at"), name="clock_firing_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=8)),
                ("rule", models.CharField(db_default="", max_length=200)),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(db_default="", max_length=40)),
                (
                    "assignment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pauses",
                        to="leads.assignment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="policies.line",
                    ),
                ),
                (
                    "rep",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.rep",
                    ),
                ),
            ],
            options={
                "db_table": "clock_pause",
                "indexes": [
                    models.Index(fields=["kind", "from_at"], name="clock_pause_by_kind"),
                    models.Index(
                        condition=models.Q(("assignment__isnull", False)),
                        fields=["assignment"],
                        name="clock_pause_of_item",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at", None),
                            ("until_at__gte", models.F("from_at")),
                            _connector="OR",
                        ),
                        name="clock_pause_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "rule"), ("until_at", None)),
                        fields=("line", "rule"),
                        name="clock_pause_one_per_rule",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "lock"), ("until_at", None)),
                        fields=("assignment",),
                        name="clock_pause_one_lock",
                    ),
                ],
            },
        ),
    ]
