"""How everybody stands on the ladder, and proposals of a next level."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0006_growing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "rep",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.rep",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("level", models.CharField(max_length=40)),
                ("next_level", models.CharField(db_default="", max_length=40)),
                ("days", models.IntegerField()),
                ("outcomes", models.IntegerField()),
                ("expected", models.BigIntegerField()),
                ("rate", models.BigIntegerField()),
                ("level_rate", models.BigIntegerField()),
                ("probability", models.IntegerField()),
                ("asked", models.JSONField()),
                ("is_ready", models.BooleanField()),
            ],
            options={"db_table": "standing"},
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("from_level", models.CharField(max_length=40)),
                ("to_level", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("put_off", "Put Off"),
                            ("lapsed", "Lapsed"),
                        ],
                        db_default="open",
                        max_length=8,
                    ),
                ),
                ("evidence", models.JSONField()),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("note", models.CharField(db_default="", max_length=500)),
                ("again_on", models.DateField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rep",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.rep",
                    ),
                ),
            ],
            options={"db_table": "graduation"},
        ),
        migrations.AddConstraint(
            "proposal",
            models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("rep",),
                name="graduation_one_open",
            ),
        ),
        migrations.AddIndex(
            "proposal", models.Index(fields=["rep", "-id"], name="graduation_of_rep")
        ),
    ]
