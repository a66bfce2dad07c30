"""An item comes into a pool no earlier than it left the last one.

An act bears the moment at which it began; where it then waited for its locks, what was done while
it waited can be of later moments.
"""

from django.db import migrations

FOLLOW = """
CREATE FUNCTION item_pooled_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.pooled_at := greatest(NEW.pooled_at, (
        SELECT coalesce(left_at, entered_at) FROM pool_stay
        WHERE item_kind = TG_ARGV[0] AND item_id = NEW.id ORDER BY id DESC LIMIT 1));
    RETURN NEW;
END $$;
"""
# Triggers go by name: after {table}_pooled_at, which fills in a moment where none is given.
OF_TABLE = """
CREATE TRIGGER {table}_pooled_on BEFORE UPDATE OF state, pool, line_id ON {table}
    FOR EACH ROW WHEN (NEW.state = 'pooled'
        AND (OLD.state, OLD.pool, OLD.line_id) IS DISTINCT FROM (NEW.state, NEW.pool, NEW.line_id))
    EXECUTE FUNCTION item_pooled_on('{kind}');
"""
TABLES = {"lead": "lead", "company": "account", "opportunity": "opportunity"}


class Migration(migrations.Migration):
    dependencies = [("leads", "0022_smaller_indexes")]

    operations = [
        migrations.RunSQL(
            FOLLOW + "".join(OF_TABLE.format(table=t, kind=k) for t, k in TABLES.items()),
            "".join(f"DROP TRIGGER {table}_pooled_on ON {table};" for table in TABLES)
            + "DROP FUNCTION item_pooled_on();",
        )
    ]
