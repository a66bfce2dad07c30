"""Every field that a rule may ask of a lead sets its clocks back when it changes."""

from django.db import migrations

BEFORE = (
    "stage", "contacted_at", "grade", "score", "points", "region", "source", "industry", "product",
    "size", "company_id", "budget", "extra",
)  # fmt: skip
NOW = (
    *BEFORE, "name", "title", "company_name", "phone", "email", "campaign", "language", "skill",
    "currency", "employees", "note", "given_grade", "collected_by_id",
)  # fmt: skip


def trigger(columns: tuple[str, ...]) -> str:
    """The trigger over these columns."""
    old, new = (", ".join(f"{row}.{one}" for one in columns) for row in ("OLD", "NEW"))
    return f"""
DROP TRIGGER lead_sets_clocks_back ON lead;
CREATE TRIGGER lead_sets_clocks_back AFTER UPDATE ON lead
    FOR EACH ROW WHEN (NEW.state = 'owned' AND ({old}) IS DISTINCT FROM ({new}))
    EXECUTE FUNCTION item_sets_clocks_back('lead');
"""


class Migration(migrations.Migration):
    dependencies = [("pool", "0002_rewinding"), ("leads", "0014_pool_stays")]

    operations = [migrations.RunSQL(trigger(NOW), trigger(BEFORE))]
