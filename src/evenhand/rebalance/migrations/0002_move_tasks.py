"""How many to-dos go with an item that is moved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rebalance", "0001_initial")]

    operations = [
        migrations.AddField("rebalancemove", "tasks", models.PositiveIntegerField(db_default=0)),
    ]
