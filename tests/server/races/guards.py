"""Guards switched off, for the controls: what a race breaks without them."""

import pytest

from evenhand.ledger import store


def unlock_books(monkeypatch: pytest.MonkeyPatch) -> None:
    """Books are read without a lock."""
    unlocked = store.LOCK_BOOKS.replace(" FOR UPDATE", "")
    assert unlocked != store.LOCK_BOOKS
    monkeypatch.setattr(store, "LOCK_BOOKS", unlocked)
