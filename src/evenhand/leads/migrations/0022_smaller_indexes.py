"""Who collected a lead, and into which it was merged, is indexed where there is something.

A change of owner writes into every index that has the row; nearly all rows had nothing there.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _index(field: str, name: str) -> models.Index:
    condition = models.Q(**{f"{field}__isnull": False})
    return models.Index(fields=[field], name=name, condition=condition)


def _key(to: str) -> "models.ForeignKey[Any, Any]":
    set_null = django.db.models.deletion.SET_NULL
    return models.ForeignKey(to, set_null, db_index=False, null=True, related_name="+")


class Migration(migrations.Migration):
    dependencies = [("leads", "0021_stays_by_arrival")]

    operations = [
        # In SQL: Django would also check every row against its key once more.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX lead_collected_by_id_70badfac",
                    "CREATE INDEX lead_collected_by_id_70badfac ON lead (collected_by_id)",
                ),
                migrations.RunSQL(
                    "DROP INDEX lead_merged_into_id_67be81c8",
                    "CREATE INDEX lead_merged_into_id_67be81c8 ON lead (merged_into_id)",
                ),
            ],
            state_operations=[
                migrations.AlterField("lead", "collected_by", _key("people.rep")),
                migrations.AlterField("lead", "merged_into", _key("leads.lead")),
            ],
        ),
        migrations.AddIndex("lead", _index("collected_by", "lead_collected")),
        migrations.AddIndex("lead", _index("merged_into", "lead_merged")),
    ]
