"""The files of imports on their way to and from the database, a few copies lighter.

Django's cursor writes a value into the text of its statement, as digits: fifty megabytes then take
five hundred. Here they travel as they are, and come back in pieces.
"""

from pathlib import Path

from django.db import connection
from psycopg import Cursor

PIECE = 4_000_000  # bytes


def keep_content(import_id: int, content: bytes) -> None:
    """Store the file of an import, in the caller's transaction."""
    connection.ensure_connection()
    assert connection.connection is not None
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(
            "INSERT INTO lead_import_file (import_id, content) VALUES (%s, %b)",
            [import_id, content],
        )


def write_content(import_id: int, path: Path) -> bool:
    """Write the file of an import to a path; False = it was dropped."""
    connection.ensure_connection()
    assert connection.connection is not None
    begun = 1
    with (
        connection.wrap_database_errors,
        Cursor(connection.connection) as cursor,
        path.open("wb") as file,
    ):
        while True:
            cursor.execute(
                "SELECT substring(content FROM %s FOR %s) FROM lead_import_file"
                " WHERE import_id = %s",
                [begun, PIECE, import_id],
                binary=True,
            )
            row = cursor.fetchone()
            if row is None:
                return False
            file.write(row[0])
            if len(row[0]) < PIECE:
                return True
            begun += PIECE
