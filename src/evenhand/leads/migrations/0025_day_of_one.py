"""Somebody's day comes out of an index: whom he is to contact first, and what he loses next.

A day read every lead and every holding of his, of a thousand scattered pages. What a write pays:
no column is indexed that was not before, so nothing that was written in place (HOT) no longer is;
an entry more where a lead that waits for its first contact, or the deadline of a holding, changes.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0024_figures_of_many")]

    operations = [
        migrations.AddIndex(
            "lead",
            models.Index(
                fields=["owner", "contact_due_at", "id"],
                name="lead_to_contact",
                condition=models.Q(state="owned", contact_due_at__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "assignment",
            models.Index(
                fields=["rep", "due_at", "id"],
                include=["item_kind"],
                name="assignment_ending",
                condition=models.Q(closed_at=None, next_at__isnull=False),
            ),
        ),
    ]
