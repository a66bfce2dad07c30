"""Token buckets in the database: how often something may be done, over all processes.

If the database is away nothing is counted and the error is the caller's: whoever guards a login
stays closed, whoever guards reading has nothing to read either.
"""

from django.db import connection

_TAKE = """
INSERT INTO bucket AS b (key, tokens, at) VALUES (%(key)s, %(burst)s - 1, clock_timestamp())
ON CONFLICT (key) DO UPDATE SET at = clock_timestamp(), tokens = least(
    %(burst)s, b.tokens + extract(epoch FROM clock_timestamp() - b.at) * %(rate)s) - 1
WHERE least(%(burst)s, b.tokens + extract(epoch FROM clock_timestamp() - b.at) * %(rate)s) >= 1
RETURNING tokens
"""
_WAIT = """
SELECT (1 - tokens) / %(rate)s - extract(epoch FROM clock_timestamp() - at) FROM bucket
WHERE key = %(key)s
"""


def take(key: str, rate: float, burst: float) -> float:
    """Take one from a bucket that fills by `rate` a second up to `burst`.

    Returns 0.0 if there was one, else the seconds until there is. A refusal costs nothing: who
    waits that long is served.
    """
    params: dict[str, str | float] = {"key": key[:120], "rate": float(rate), "burst": float(burst)}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, params)
        if cursor.fetchone() is not None:
            return 0.0
        cursor.execute(_WAIT, params)
        row = cursor.fetchone()
    return max(float(row[0]), 0.001) if row is not None else 0.001


def give_back(key: str, burst: float) -> None:
    """Put one back that was taken: what it was taken for is not to be counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bucket SET tokens = least(%s, tokens + 1) WHERE key = %s", [burst, key[:120]]
        )
