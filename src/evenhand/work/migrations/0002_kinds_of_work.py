"""What kinds of work a settled week held: below one's level, and what ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Weeks that are settled already say nothing of either."""

    dependencies = [("work", "0001_weeks_and_words")]

    operations = [
        migrations.AddField("workweek", "below_minutes", models.PositiveIntegerField(db_default=0)),
        migrations.AddField(
            "workweek", "leveled_minutes", models.PositiveIntegerField(db_default=0)
        ),
        migrations.AddField("workweek", "finished", models.JSONField(default=list)),
    ]
