"""What a lead's region is known by: what was given, how sure it is, and the evidence."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0007_external_ids")]

    operations = [
        migrations.AddField("lead", "region_said", models.CharField(max_length=120, db_default="")),
        migrations.AddField(
            "lead", "region_confidence", models.CharField(max_length=10, db_default="")
        ),
        migrations.AddField("lead", "region_evidence", models.JSONField(null=True)),
    ]
