"""Lets the clocks of the demo company run as if they had for a while.

Half a year of history comes into being at once. Without this every clock would have run out long
ago, and the first sweep would take everything from everybody.
"""

from django.db import connection

# Days within which the clocks of a kind are let begin: less than they run at the shortest.
_SPREAD = {"lead": 6, "account": 170, "opportunity": 6}
# By its number each begins at another moment, so that something runs out every day. What came
# later than that begins when it came.
_BEGIN = """
UPDATE assignment SET wound_at = NULL, clocks_from = %(until)s::timestamptz
    - make_interval(mins => ((item_id * 7919) %% (%(days)s * 1440))::int)
WHERE closed_at IS NULL AND item_kind = %(kind)s AND opened_at < %(until)s::timestamptz
    - make_interval(mins => ((item_id * 7919) %% (%(days)s * 1440))::int)
"""


def let_clocks_run(until: str) -> None:
    """Begin the clocks of everything that somebody holds, before a moment (ISO text)."""
    with connection.cursor() as cursor:
        for kind, days in _SPREAD.items():
            cursor.execute(_BEGIN, {"until": until, "days": days, "kind": kind})
