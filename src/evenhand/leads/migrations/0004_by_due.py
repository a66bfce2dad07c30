"""An order by first contact, and what the planner must know of search.

`bigrams` costs far more than the planner takes for granted: rows are to be found by its
index, not by calling it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0003_search_of_names"),
        ("people", "0001_initial"),
        ("policies", "0002_immutable"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION bigrams(text) COST 1000", "ALTER FUNCTION bigrams(text) COST 100"
        ),
        migrations.RemoveIndex(
            model_name="lead",
            name="lead_contact_due",
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["contact_due_at", "-id"], name="lead_by_due"),
        ),
    ]
