"""What happened, in an order that never grows in the middle: by the transaction that wrote it.

Numbers are drawn when an event is written and seen when its transaction commits, so that a lower
one may appear after a higher one. Whoever reads on "after number 17" would miss it. Transactions
that have all ended lie below a horizon; what is below it is complete.

In another cluster (a restored backup) transactions are numbered anew: `event_feed_moved` lifts
what is written from now on above everything that is there.
"""

from django.db import migrations, models

import evenhand.journal.models

FEED = """
CREATE FUNCTION event_feed_horizon() RETURNS bigint LANGUAGE sql STABLE AS
    'SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint';

CREATE FUNCTION event_feed_moved() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    lift bigint;
BEGIN
    SELECT GREATEST(0, COALESCE(max(xact), 0) - pg_current_xact_id()::text::bigint + 1)
        INTO lift FROM event;
    EXECUTE format('ALTER TABLE event ALTER COLUMN xact SET DEFAULT'
        ' (pg_current_xact_id()::text::bigint + %s)', lift);
    EXECUTE format('CREATE OR REPLACE FUNCTION event_feed_horizon() RETURNS bigint LANGUAGE sql'
        ' STABLE AS ''SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + %s''', lift);
END $$;
REVOKE EXECUTE ON FUNCTION event_feed_moved() FROM PUBLIC;
"""

NO_FEED = "DROP FUNCTION event_feed_moved(); DROP FUNCTION event_feed_horizon();"


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]

    operations = [
        migrations.AddField(
            "event",
            "xact",
            models.BigIntegerField(db_default=evenhand.journal.models.TransactionNumber()),
        ),
        migrations.AddIndex("event", models.Index(fields=["xact", "id"], name="event_feed")),
        migrations.RunSQL(FEED, NO_FEED),
    ]
