"""What happened, in an order that never grows in the middle: by the transaction that wrote it.

Numbers are drawn when an event is written and seen when its transaction commits, so that a lower
one may appear after a higher one. Whoever reads on "after number 17" would miss it. Transactions
that have all ended lie below a horizon; what is below it is complete.

In another cluster (a restored backup) transactions are numbered anew: `event_feed_moved` lifts
what is written from now on above everything that is there.
"""

from django.db import migrations, models

import evenhand.journal.models

# Transactions of other databases in the same cluster do not count: they write no event here. One
# whose database is not known yet does.
HORIZON = """
CREATE OR REPLACE FUNCTION event_feed_horizon() RETURNS bigint LANGUAGE sql AS $$
    SELECT COALESCE(
        (
            SELECT min(x::text::bigint) FROM pg_snapshot_xip(now.snapshot) AS x
            WHERE NOT EXISTS (
                SELECT FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
                WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock'
                AND l.transactionid::text::bigint = (x::text::bigint & 4294967295)
                AND a.datname <> current_database()
            )
        ),
        pg_snapshot_xmax(now.snapshot)::text::bigint
    ) + {lift}
    FROM (SELECT pg_current_snapshot() AS snapshot) AS now
$$;
"""

FEED = (
    HORIZON.format(lift=0)
    + """
CREATE FUNCTION event_feed_moved() RETURNS void LANGUAGE plpgsql AS $move$
DECLARE
    lift bigint;
BEGIN
    SELECT GREATEST(0, COALESCE(max(xact), 0) - pg_current_xact_id()::text::bigint + 1)
        INTO lift FROM event;
    EXECUTE format('ALTER TABLE event ALTER COLUMN xact SET DEFAULT'
        ' (pg_current_xact_id()::text::bigint + %s)', lift);
    EXECUTE replace($horizon$"""
    + HORIZON.replace("{lift}", "LIFT")
    + """$horizon$, 'LIFT', lift::text);
END $move$;
REVOKE EXECUTE ON FUNCTION event_feed_moved() FROM PUBLIC;
"""
)

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
