"""Days and programs of the journal are found by an index: each read every event that is newer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_seals")]

    operations = [
        migrations.AddIndex("event", models.Index(fields=["at", "id"], name="event_by_time")),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["actor_kind", "id"],
                name="event_of_programs",
                condition=models.Q(actor_kind__in=("token", "form", "connector")),
            ),
        ),
    ]
