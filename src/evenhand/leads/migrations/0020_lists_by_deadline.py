"""Lists by deadline, and pools by score, in the order of an index."""

from django.db import migrations, models


def _by_score(table: str) -> models.Index:
    return models.Index(
        "line",
        "pool",
        models.F("score").desc(nulls_last=True),
        models.F("id").desc(),
        name=f"{table}_pooled_by_score",
        condition=models.Q(state="pooled"),
    )


class Migration(migrations.Migration):
    dependencies = [("leads", "0019_quick_changes")]

    operations = [
        migrations.AddIndex(
            "assignment",
            models.Index(
                fields=["item_kind", "due_at", "-item_id"],
                name="assignment_by_deadline",
                condition=models.Q(closed_at=None, due_at__isnull=False),
            ),
        ),
        migrations.AddIndex("lead", _by_score("lead")),
        migrations.AddIndex("company", _by_score("company")),
    ]
