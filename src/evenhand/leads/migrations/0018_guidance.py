"""Who stands beside the holder of a stretch."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0017_clock_of_activity"), ("people", "0006_growing")]

    operations = [
        migrations.CreateModel(
            name="Guidance",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("item_kind", models.CharField(max_length=12)),
                ("item_id", models.BigIntegerField()),
                ("percent", models.PositiveSmallIntegerField()),
                ("receipt_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.rep",
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
            options={"db_table": "guidance"},
        ),
        migrations.AddIndex(
            "guidance", models.Index(fields=["mentor", "-id"], name="guidance_of_mentor")
        ),
        migrations.AddIndex(
            "guidance", models.Index(fields=["rep", "-id"], name="guidance_of_rep")
        ),
        migrations.AddIndex(
            "guidance", models.Index(fields=["item_kind", "item_id"], name="guidance_of_item")
        ),
    ]
