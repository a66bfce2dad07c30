"""Where pool stays and clocks are kept: what happened beside whom it concerns."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0012_company_core"),
        ("people", "0005_conflict_shows"),
        ("policies", "0004_form_key_moved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PoolStay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("item_kind", models.CharField(max_length=12)),
                ("item_id", models.BigIntegerField()),
                ("pool", models.CharField(max_length=80)),
                ("entered_at", models.DateTimeField()),
                ("how", models.CharField(db_default="", max_length=12)),
                ("why", models.CharField(db_default="", max_length=40)),
                ("note", models.CharField(db_default="", max_length=500)),
                ("points", models.BigIntegerField(db_default=0)),
                ("left_at", models.DateTimeField(null=True)),
                ("left_by", models.CharField(db_default="", max_length=12)),
                ("price", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "pool_stay",
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="accepted_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="clocks",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="clocks_from",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="clocks_policy_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="next_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="stay_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="wound_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="company",
            name="leave_in_peace_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="company",
            name="lost_reason",
            field=models.CharField(db_default="", max_length=40),
        ),
        migrations.AddField(
            model_name="company",
            name="pooled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="company",
            name="revive_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="leave_in_peace_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="lead",
            name="pooled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="lead",
            name="revive_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="opportunity",
            name="pooled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("wound_at", None)),
                fields=["id"],
                name="assignment_unwound",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("next_at__isnull", False)),
                fields=["next_at"],
                name="assignment_next",
            ),
        ),
        migrations.AddField(
            model_name="poolstay",
            name="by_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="poolstay",
            name="from_rep",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.rep",
            ),
        ),
        migrations.AddField(
            model_name="poolstay",
            name="line",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="policies.line",
            ),
        ),
        migrations.AddField(
            model_name="poolstay",
            name="taken_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.rep",
            ),
        ),
        migrations.AddIndex(
            model_name="poolstay",
            index=models.Index(fields=["item_kind", "item_id", "id"], name="pool_stay_of_item"),
        ),
        migrations.AddIndex(
            model_name="poolstay",
            index=models.Index(
                condition=models.Q(("left_at", None)),
                fields=["line", "pool", "entered_at"],
                name="pool_stay_open",
            ),
        ),
        migrations.AddIndex(
            model_name="poolstay",
            index=models.Index(fields=["line", "pool", "-left_at"], name="pool_stay_ended"),
        ),
        migrations.AddIndex(
            model_name="poolstay",
            index=models.Index(
                condition=models.Q(("left_by", "claim")),
                fields=["taken_by", "-left_at"],
                name="pool_stay_claims",
            ),
        ),
        migrations.AddIndex(
            model_name="poolstay",
            index=models.Index(fields=["from_rep", "-entered_at"], name="pool_stay_from"),
        ),
        migrations.AddConstraint(
            model_name="poolstay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at", None)),
                fields=("item_kind", "item_id"),
                name="pool_stay_one_open",
            ),
        ),
    ]
