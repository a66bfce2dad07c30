"""Guards switched off, for the controls: what a race breaks without them."""

import pytest
from django.db.models import QuerySet

from evenhand.leads import locked
from evenhand.ledger import store


def unlock_books(monkeypatch: pytest.MonkeyPatch) -> None:
    """Books are read without a lock."""
    unlocked = store.LOCK_BOOKS.replace(" FOR UPDATE", "")
    assert unlocked != store.LOCK_BOOKS
    monkeypatch.setattr(store, "LOCK_BOOKS", unlocked)


def unlock_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither books nor rows are locked before they are judged by."""
    unlock_books(monkeypatch)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    with_lock = locked._sql
    monkeypatch.setattr(locked, "_sql", lambda kind: with_lock(kind).replace("FOR UPDATE OF t", ""))
