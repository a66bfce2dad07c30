"""A to-do with a date that somebody makes for an item is its agreed next step: clocks notice it."""

from django.db import migrations

# What rules and series make is agreed by nobody.
OF_ITEM = """
    UPDATE assignment AS a SET wound_at = NULL FROM {rows}
    WHERE a.item_kind = t.item_kind AND a.item_id = t.item_id AND t.trigger = ''
        AND t.series_id IS NULL AND a.closed_at IS NULL AND a.wound_at IS NOT NULL
        AND a.clocks IS NOT NULL{more};
    UPDATE assignment AS a SET wound_at = NULL FROM {rows}
    WHERE a.item_kind = 'account' AND a.item_id = t.company_id AND t.trigger = ''
        AND t.series_id IS NULL AND a.closed_at IS NULL AND a.wound_at IS NOT NULL
        AND a.clocks IS NOT NULL{more};
"""
DIFFERS = """
        AND (t.state, t.due_at, t.item_kind, t.item_id, t.company_id)
            IS DISTINCT FROM (o.state, o.due_at, o.item_kind, o.item_id, o.company_id)"""
FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{body}
    RETURN NULL;
END $$;
"""
NEW = OF_ITEM.format(rows="fresh AS t", more=" AND t.due_at IS NOT NULL")
GONE = OF_ITEM.format(rows="gone AS t", more=" AND t.due_at IS NOT NULL")
CHANGED = OF_ITEM.format(rows="fresh AS t JOIN gone AS o ON o.id = t.id", more=DIFFERS) + (
    OF_ITEM.format(rows="gone AS t JOIN fresh AS o ON o.id = t.id", more=DIFFERS)
)
MAKE = (
    FUNCTION.format(name="task_new_sets_clocks_back", body=NEW)
    + FUNCTION.format(name="task_changed_sets_clocks_back", body=CHANGED)
    + FUNCTION.format(name="task_gone_sets_clocks_back", body=GONE)
    + """
CREATE TRIGGER task_new_sets_clocks_back AFTER INSERT ON task REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION task_new_sets_clocks_back();
CREATE TRIGGER task_changed_sets_clocks_back AFTER UPDATE ON task
    REFERENCING NEW TABLE AS fresh OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION task_changed_sets_clocks_back();
CREATE TRIGGER task_gone_sets_clocks_back AFTER DELETE ON task REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION task_gone_sets_clocks_back();
"""
)
NAMES = ("task_new", "task_changed", "task_gone")
DROP = "".join(
    f"DROP TRIGGER {one}_sets_clocks_back ON task; DROP FUNCTION {one}_sets_clocks_back();"
    for one in NAMES
)


class Migration(migrations.Migration):
    dependencies = [("pool", "0004_all_facts_rewind"), ("tasks", "0001_initial")]

    operations = [migrations.RunSQL(MAKE, DROP)]
