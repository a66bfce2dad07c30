"""Search: two Chinese characters are enough, and an index answers."""

from django.db import migrations

BIGRAMS = """
CREATE FUNCTION bigrams(text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN (
    SELECT coalesce(array_agg(DISTINCT substr($1, i, 2)), '{}')
    FROM generate_series(1, length($1) - 1) AS i
);
CREATE INDEX lead_search ON lead USING gin (bigrams(search));
CREATE INDEX company_search ON company USING gin (bigrams(lower(name)));
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial")]

    operations = [
        migrations.RunSQL(
            BIGRAMS,
            "DROP INDEX company_search; DROP INDEX lead_search; DROP FUNCTION bigrams(text);",
        )
    ]
