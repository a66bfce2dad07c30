"""A fact that changes while its clocks are being worked out sets them back, too.

Whoever works clocks out holds the row, of which others still see that it waits to be worked out:
they left it alone, and what was written rested on the fact as it was before. Now they wait for it.
"""

from django.db import migrations

REWRITE = r"""
DO $do$
DECLARE
    one oid;
BEGIN
    FOR one IN SELECT p.oid FROM pg_proc AS p
        WHERE p.pronamespace = current_schema()::regnamespace
            AND (p.proname LIKE '%%sets\_clocks\_back' OR p.proname = 'clocks_set_back')
    LOOP
        EXECUTE regexp_replace(pg_get_functiondef(one), '{0}', '{1}', 'g');
    END LOOP;
END $do$;
""".replace("%%", "%")
BEFORE = (
    r"AND\s+(a\.)?wound_at IS NOT NULL\s+AND\s+(a\.)?clocks IS NOT NULL",
    r"AND \1wound_at IS NOT NULL AND \1clocks IS NOT NULL",
)
# Where no rule holds, what was worked out is left alone, as before.
NOW = (
    r"AND \((a\.)?wound_at IS NULL OR (a\.)?clocks IS NOT NULL\)",
    r"AND (\1wound_at IS NULL OR \1clocks IS NOT NULL)",
)


class Migration(migrations.Migration):
    dependencies = [("pool", "0006_owned_before")]

    operations = [
        migrations.RunSQL(REWRITE.format(BEFORE[0], NOW[1]), REWRITE.format(NOW[0], BEFORE[1]))
    ]
