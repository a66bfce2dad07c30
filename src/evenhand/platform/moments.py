"""Moments as they come out of the database, read by one function of C.

Django's own reading of a `timestamptz` takes it apart by a pattern in Python and asks a time zone:
seven microseconds each, and a page of a list has two hundred of them.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.psycopg_any import BaseTzLoader, get_adapters_template


class UtcMoments(BaseTzLoader):  # type: ignore[misc]  # untyped
    """Reads what a session in UTC writes; all else is left to Django's own way."""

    timezone = UTC  # by which Django knows that it needs no other for its cursors

    def load(self, data: Any) -> datetime:
        """The moment, in UTC.

        :raises psycopg.DataError: it lies outside of the years that Python knows.
        """
        text = str(data, "ascii")
        if len(text) > 20 and text[4] == "-" and text.endswith("+00"):
            return datetime.fromisoformat(text)
        found: datetime = super().load(data)
        return found


def read_quickly() -> None:
    """From the next connection on; asked once, when the program starts."""
    if connection.timezone is UTC:
        context = get_adapters_template(settings.USE_TZ, connection.timezone)
        context.register_loader("timestamptz", UtcMoments)
