"""What came into pools over a period is read by an index; nobody asked for stays by taker alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0020_lists_by_deadline"), ("people", "0007_caps")]

    operations = [
        migrations.AddIndex(
            "poolstay",
            models.Index(fields=["line", "pool", "entered_at"], name="pool_stay_came"),
        ),
        migrations.AlterField(
            "poolstay",
            "taken_by",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.rep",
            ),
        ),
    ]
