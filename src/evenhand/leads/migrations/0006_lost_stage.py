"""How far a lost lead had come, and leads of a time found without reading all of them.

Leads come in the order of their creation: an index of ranges of blocks is enough and costs intake
next to nothing.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models

FROM_JOURNAL = """
UPDATE lead AS l SET lost_stage = e.data ->> 'stage' FROM event AS e
WHERE e.kind = 'lead.lost' AND e.object_kind = 'lead' AND e.object_id = l.id
    AND l.stage = 'lost' AND e.data ? 'stage'
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0005_by_arrival"), ("journal", "0001_initial")]

    operations = [
        migrations.AddField("lead", "lost_stage", models.CharField(max_length=10, db_default="")),
        migrations.RunSQL(FROM_JOURNAL, migrations.RunSQL.noop),
        migrations.AddIndex(
            "lead",
            BrinIndex(fields=["created_at"], name="lead_by_time", pages_per_range=32),
        ),
    ]
