"""Since when a rep has his level, and what his ramp counts beside days."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_conflict_shows")]

    operations = [
        migrations.AddField("rep", "level_since", models.DateField(null=True)),
        migrations.AddField("rep", "results", models.PositiveIntegerField(db_default=0)),
        migrations.AddField("rep", "days_away", models.PositiveIntegerField(db_default=0)),
    ]
