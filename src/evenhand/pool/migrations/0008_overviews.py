"""What pages of pools show is kept where counting it takes long."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pool", "0007_no_change_missed")]

    operations = [
        migrations.CreateModel(
            name="KeptOverview",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("body", models.TextField()),
            ],
            options={"db_table": "pool_overview"},
        ),
    ]
