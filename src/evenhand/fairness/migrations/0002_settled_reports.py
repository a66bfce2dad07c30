"""A report never changes once it is made."""

from django.db import migrations

GUARD = """
CREATE FUNCTION fairness_report_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'fairness report % never changes', OLD.id;
END $$;
CREATE TRIGGER fairness_report_settled BEFORE UPDATE OR DELETE ON fairness_report
    FOR EACH ROW EXECUTE FUNCTION fairness_report_is_settled();
"""


class Migration(migrations.Migration):
    dependencies = [("fairness", "0001_initial")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER fairness_report_settled ON fairness_report;"
            "DROP FUNCTION fairness_report_is_settled();",
        )
    ]
