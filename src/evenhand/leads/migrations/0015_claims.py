"""Claims are counted by what their owner still holds; pools are read newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0014_pool_stays"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("stay_id__isnull", False)),
                fields=["rep", "stay_id"],
                name="assignment_claimed",
            ),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                condition=models.Q(("state", "pooled")),
                fields=["line", "pool", "-pooled_at", "-id"],
                name="company_pooled",
            ),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("state", "pooled")),
                fields=["line", "pool", "-pooled_at", "-id"],
                name="lead_pooled",
            ),
        ),
    ]
