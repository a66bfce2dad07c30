"""Who had switched on mails for items keeps them: as a choice of his own."""

from django.db import migrations

KEEP = """
INSERT INTO notice_choice (user_id, channels)
SELECT id, '{"items": ["mail"]}'::jsonb FROM person WHERE mails_items
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("notify", "0003_webhooks_owed"), ("people", "0002_mails_items")]

    operations = [migrations.RunSQL(KEEP, migrations.RunSQL.noop)]
