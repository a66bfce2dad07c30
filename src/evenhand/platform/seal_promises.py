"""What is promised about the sealed journal, as far as a glance shows: id, message, query.

`evenhand verify` looks at every event; here only the end of the chain is.
"""

# While a worker runs, nothing waits a minute. (An event is as old as its transaction, so that
# seconds would accuse a seal of what a long import took.)
_IS_SEALED = """
WITH last AS (SELECT last_xact, last_id, at FROM seal ORDER BY number DESC LIMIT 1),
waiting AS (
    SELECT id, at FROM event
    WHERE (xact, id) > (coalesce((SELECT last_xact FROM last), -1),
        coalesce((SELECT last_id FROM last), -1)) AND xact < event_feed_horizon()
    ORDER BY xact, id LIMIT 1
)
SELECT 'event ' || id FROM waiting
WHERE at < now() - interval '1 minute'
    AND coalesce((SELECT at FROM last), '-infinity') < now() - interval '1 minute'
    AND EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 s')
"""

_IS_NUMBERED = """
SELECT 'seal ' || number FROM (
    SELECT number, first + cardinality(events) AS ends,
        lead(number) OVER (ORDER BY number) AS next, lead(first) OVER (ORDER BY number) AS begins
    FROM (SELECT number, first, events FROM seal ORDER BY number DESC LIMIT 500) AS newest
) AS one
WHERE next <> number + 1 OR begins <> ends
"""

SEAL_PROMISES = (
    ("I6", "invariant-journal-is-sealed", _IS_SEALED),
    ("I6", "invariant-seals-are-numbered", _IS_NUMBERED),
)
