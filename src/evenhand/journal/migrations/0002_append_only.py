"""The journal is append-only, also for its owner: a trigger refuses every change."""

from django.db import migrations

GUARD = """
CREATE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: % refused', TG_OP;
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION event_is_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'evenhand_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON event FROM evenhand_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER event_append_only ON event; DROP FUNCTION event_is_append_only();",
        )
    ]
