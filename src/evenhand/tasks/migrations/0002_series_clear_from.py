"""A series that was changed is cleared by a job."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="series",
            name="clear_from",
            field=models.DateTimeField(null=True),
        ),
    ]
