"""Postings are found by book and number: no further index by book alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_checkpoint_of_batch")]

    operations = [
        # In SQL: Django would also check every row against its key once more.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX posting_book_id_728d9458",
                    "CREATE INDEX posting_book_id_728d9458 ON posting (book_id)",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    "posting",
                    "book",
                    models.ForeignKey(
                        "ledger.book",
                        django.db.models.deletion.CASCADE,
                        db_index=False,
                        related_name="+",
                    ),
                )
            ],
        )
    ]
