"""Guards switched off, for the controls: what a race breaks without them."""

from typing import Any

import pytest

from evenhand.ledger import store


class _Unlocked:
    """A cursor that leaves the locking out."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def execute(self, sql: str, params: Any) -> Any:
        return self.cursor.execute(sql.replace(" FOR UPDATE", ""), params)

    def fetchall(self) -> Any:
        return self.cursor.fetchall()


def unlock_books(monkeypatch: pytest.MonkeyPatch) -> None:
    """Books are read without a lock."""
    locked = store._lock
    monkeypatch.setattr(
        store, "_lock", lambda cursor, line, keys: locked(_Unlocked(cursor), line, keys)
    )
