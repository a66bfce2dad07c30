"""What who asks for a conflict learns of the holder."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_export_alone_rows")]

    operations = [
        migrations.AddField(
            "organization", "conflict_shows", models.CharField(max_length=8, db_default="name")
        ),
    ]
