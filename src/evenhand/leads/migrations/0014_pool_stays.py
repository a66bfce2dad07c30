"""A trigger keeps the stays in public pools: whatever moves an item, its stay opens and ends.

The conditions stand in the triggers' WHEN, so that rows which never saw a pool cost nothing.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION item_pooled_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.pooled_at := CASE WHEN NEW.state = 'pooled' THEN coalesce(NEW.pooled_at, now()) END;
    RETURN NEW;
END $$;

CREATE FUNCTION item_pool_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state = 'pooled' THEN
        UPDATE pool_stay SET left_at = greatest(entered_at, CASE
            WHEN TG_OP = 'DELETE' THEN now()
            WHEN NEW.state = 'owned' THEN NEW.assigned_at
            WHEN NEW.state = 'queued' THEN NEW.queued_at
            WHEN NEW.state = 'pooled' THEN NEW.pooled_at
            ELSE now() END)
        WHERE item_kind = TG_ARGV[0] AND item_id = OLD.id AND left_at IS NULL;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.state = 'pooled' THEN
        INSERT INTO pool_stay (item_kind, item_id, line_id, pool, entered_at, points)
        VALUES (TG_ARGV[0], NEW.id, NEW.line_id, NEW.pool, NEW.pooled_at, NEW.points);
    END IF;
    RETURN NULL;
END $$;
"""
OF_TABLE = """
CREATE TRIGGER {table}_pooled_at BEFORE INSERT OR UPDATE OF state, pool, pooled_at ON {table}
    FOR EACH ROW WHEN ((NEW.state = 'pooled') <> (NEW.pooled_at IS NOT NULL))
    EXECUTE FUNCTION item_pooled_at();
CREATE TRIGGER {table}_enters_pool AFTER INSERT ON {table}
    FOR EACH ROW WHEN (NEW.state = 'pooled') EXECUTE FUNCTION item_pool_stay('{kind}');
CREATE TRIGGER {table}_moves_pool AFTER UPDATE OF state, pool, line_id ON {table}
    FOR EACH ROW WHEN ((OLD.state = 'pooled' OR NEW.state = 'pooled')
        AND (OLD.state, OLD.pool, OLD.line_id) IS DISTINCT FROM (NEW.state, NEW.pool, NEW.line_id))
    EXECUTE FUNCTION item_pool_stay('{kind}');
CREATE TRIGGER {table}_leaves_pool AFTER DELETE ON {table}
    FOR EACH ROW WHEN (OLD.state = 'pooled') EXECUTE FUNCTION item_pool_stay('{kind}');
UPDATE {table} SET pooled_at = coalesce(
    (SELECT max(closed_at) FROM assignment WHERE item_kind = '{kind}' AND item_id = {table}.id),
    created_at) WHERE state = 'pooled';
INSERT INTO pool_stay (item_kind, item_id, line_id, pool, entered_at, points)
    SELECT '{kind}', id, line_id, pool, pooled_at, points FROM {table} WHERE state = 'pooled';
"""
TABLES = {"lead": "lead", "company": "account", "opportunity": "opportunity"}
DROP_OF_TABLE = "".join(
    f"DROP TRIGGER {table}_{what} ON {table};"
    for table in TABLES
    for what in ("pooled_at", "enters_pool", "moves_pool", "leaves_pool")
)


class Migration(migrations.Migration):
    dependencies = [("leads", "0013_pools_and_clocks")]

    operations = [
        migrations.RunSQL(
            KEEP + "".join(OF_TABLE.format(table=t, kind=k) for t, k in TABLES.items()),
            DROP_OF_TABLE + "DROP FUNCTION item_pool_stay(); DROP FUNCTION item_pooled_at();",
        )
    ]
