"""The name proper of companies: by it those are found whose names are written otherwise."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from evenhand.leads.likeness import core_of


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the names that are there apart."""
    company = apps.get_model("leads", "Company")
    rows = company.objects.only("pk", "name", "core_key").order_by("pk")
    batch = []
    for row in rows.iterator(chunk_size=2_000):
        row.core_key = core_of(row.name)
        batch.append(row)
        if len(batch) == 2_000:
            company.objects.bulk_update(batch, ["core_key"])
            batch = []
    company.objects.bulk_update(batch, ["core_key"])


class Migration(migrations.Migration):
    dependencies = [("leads", "0011_likenesses")]

    operations = [
        migrations.AddField("company", "core_key", models.CharField(max_length=200, db_default="")),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "company",
            models.Index(
                fields=["core_key"], name="company_core", condition=~models.Q(core_key="")
            ),
        ),
    ]
