"""Guards switched off, for the controls: what a race breaks without them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models import QuerySet

from evenhand.leads import access, locked
from evenhand.ledger import store
from evenhand.routing import desk


def unlock_books(monkeypatch: pytest.MonkeyPatch) -> None:
    """Books are read without a lock."""
    unlocked = store.LOCK_BOOKS.replace(" FOR UPDATE", "")
    assert unlocked != store.LOCK_BOOKS
    monkeypatch.setattr(store, "LOCK_BOOKS", unlocked)


def unlock_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither books nor rows are locked before they are judged by."""
    unlock_books(monkeypatch)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    for place in (access, desk):
        assert place._LOCK
        monkeypatch.setattr(place, "_LOCK", "")
    with_lock = locked._sql
    monkeypatch.setattr(locked, "_sql", lambda kind: with_lock(kind).replace("FOR UPDATE OF t", ""))


@contextmanager
def without_unique(*tables: str) -> Iterator[None]:
    """Nothing of these tables has to be there only once; they are empty afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(_UNIQUE, [list(tables)])
        rows = cursor.fetchall()
        assert {table for table, *_ in rows} == {*tables}
        for _, drop, _ in rows:
            cursor.execute(drop)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
            for _, _, make in rows:
                cursor.execute(make)


_UNIQUE = """
SELECT t.relname,
    CASE WHEN c.oid IS NULL THEN format('DROP INDEX %%I', x.relname)
        ELSE format('ALTER TABLE %%I DROP CONSTRAINT %%I', t.relname, c.conname) END,
    CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.indexrelid)
        ELSE format('ALTER TABLE %%I ADD CONSTRAINT %%I %%s', t.relname, c.conname,
            pg_get_constraintdef(c.oid)) END
FROM pg_index AS i
JOIN pg_class AS t ON t.oid = i.indrelid
JOIN pg_class AS x ON x.oid = i.indexrelid
LEFT JOIN pg_constraint AS c ON c.conindid = i.indexrelid AND c.contype = 'u'
WHERE i.indisunique AND NOT i.indisprimary AND t.relname = ANY(%s)
"""
