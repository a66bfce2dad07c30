"""What a batch dealt: leads and their like, or to-dos by rules of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0004_receipts_by_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="aspect",
            field=models.CharField(db_default="", max_length=8),
        ),
    ]
