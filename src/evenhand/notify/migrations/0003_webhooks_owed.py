"""Every event that a webhook wants is owed to it in the event's own transaction, however written."""

from django.db import migrations

OWE = """
CREATE FUNCTION owe_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox (kind, payload)
    SELECT 'webhook', jsonb_build_object('webhook', w.id, 'event', e.id)
    FROM webhook w JOIN fresh e ON cardinality(w.kinds) = 0 OR e.kind = ANY (w.kinds)
    WHERE w.is_on
    ORDER BY e.id;
    RETURN NULL;
END $$;
CREATE TRIGGER event_owed_to_webhooks AFTER INSERT ON event
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION owe_webhooks();
"""


class Migration(migrations.Migration):
    dependencies = [("notify", "0002_channels"), ("journal", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            OWE,
            "DROP TRIGGER event_owed_to_webhooks ON event; DROP FUNCTION owe_webhooks();",
        )
    ]
