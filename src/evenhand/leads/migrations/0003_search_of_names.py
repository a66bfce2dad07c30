"""Search of companies and opportunities, also by the first character of the name."""

from django.db import migrations

INDEXES = r"""
DROP INDEX company_search;
CREATE INDEX company_search ON company USING gin (bigrams(E'\n' || lower(name)));
CREATE INDEX opportunity_search ON opportunity USING gin (bigrams(E'\n' || lower(name)));
"""
BACK = """
DROP INDEX opportunity_search;
DROP INDEX company_search;
CREATE INDEX company_search ON company USING gin (bigrams(lower(name)));
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0002_search")]

    operations = [migrations.RunSQL(INDEXES, BACK)]
