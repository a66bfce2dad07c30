"""The journal is sealed: a chain of digests in a table of its own, which is appended to only.

No row of `event` is touched. What is there already is sealed by the job, a piece at a time. Emptying
a table at once is refused as every other change is.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

GUARD = """
CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only();
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON seal
    FOR EACH ROW EXECUTE FUNCTION event_is_append_only();
CREATE TRIGGER seal_never_emptied BEFORE TRUNCATE ON seal
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only();
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'evenhand_app') THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON seal FROM evenhand_app;
    END IF;
END $$;
"""

NO_GUARD = """
DROP TRIGGER seal_never_emptied ON seal;
DROP TRIGGER seal_append_only ON seal;
DROP TRIGGER event_never_emptied ON event;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_feed")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("first", models.BigIntegerField()),
                ("last_xact", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("hashes", models.BinaryField()),
            ],
            options={"db_table": "seal"},
        ),
        migrations.AddConstraint(
            "seal", models.UniqueConstraint(fields=("first",), name="seal_one_per_position")
        ),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
