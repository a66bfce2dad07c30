"""The one place where the server reads the clock; all others take `now` as an argument.

Where several machines share a database, its clock decides what is due: one of theirs may be wrong.
"""

from datetime import UTC, datetime, timedelta

from django.db import connection

# A machine whose clock differs by more than this gives out wrong deadlines.
MOST_OFF = timedelta(minutes=1)


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def database_now() -> datetime:
    """This instant by the clock of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at


def is_right() -> bool:
    """Whether our clock agrees with that of the database, to a minute."""
    before = now()
    at = database_now()
    return before - MOST_OFF <= at <= now() + MOST_OFF
