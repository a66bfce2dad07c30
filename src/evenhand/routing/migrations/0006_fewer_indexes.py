"""Receipts are found by batch and position; by line alone nobody looks for them."""

import django.db.models.deletion
from django.db import migrations, models


def key(name: str, to: str) -> migrations.AlterField:
    """A foreign key without an index of its own."""
    field = models.ForeignKey(
        to, django.db.models.deletion.PROTECT, db_index=False, null=True, related_name="+"
    )
    return migrations.AlterField("receipt", name, field)


class Migration(migrations.Migration):
    dependencies = [("routing", "0005_batch_aspect")]

    operations = [
        # In SQL: Django would also check every row against its keys once more.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX receipt_line_id_cee4a36b; DROP INDEX receipt_batch_id_0f8bcef5;",
                    "CREATE INDEX receipt_line_id_cee4a36b ON receipt (line_id);"
                    "CREATE INDEX receipt_batch_id_0f8bcef5 ON receipt (batch_id);",
                )
            ],
            state_operations=[key("batch", "routing.batch"), key("line", "policies.line")],
        )
    ]
