"""What managers of many look at comes out of an index: loads by stage, scores, sources, what closed.

What a write pays: two indexes more where an item changes hands, and every index when a lead goes
from contacted to qualified, once in its life. Last activity has none: every call would pay for it.
"""

from django.db import migrations, models

_IS_OPEN = models.Q(state__in=("owned", "queued", "pooled", "untended"))


class Migration(migrations.Migration):
    dependencies = [("leads", "0023_stays_follow")]

    operations = [
        migrations.AddIndex(
            "lead",
            models.Index(
                fields=["owner", "state", "-id"], include=["stage", "line"], name="lead_in_hand"
            ),
        ),
        migrations.RemoveIndex("lead", "lead_of_owner"),
        migrations.AddIndex(
            "lead",
            models.Index(
                models.F("score").desc(nulls_last=True),
                models.F("id").desc(),
                name="lead_by_score",
                condition=_IS_OPEN,
            ),
        ),
        migrations.AddIndex(
            "lead",
            models.Index(fields=["source", "-id"], name="lead_of_source", condition=_IS_OPEN),
        ),
        migrations.AddIndex(
            "lead",
            models.Index(
                fields=["closed_at"],
                name="lead_by_closing",
                condition=models.Q(closed_at__isnull=False),
            ),
        ),
    ]
