"""Sessions in the database that know whose they are, so that they can be listed and ended."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from evenhand.people.models import UserSession
from evenhand.platform.row_objects import row_where

EPOCH_KEY = "epoch"
ADDRESS_KEY = "address"
AGENT_KEY = "agent"
SINCE_KEY = "since"  # when the person logged in, ISO; the row's own column is made from it


class SessionStore(DatabaseStore):
    """Django's store over our table."""

    # When the row that was read says somebody was last there; None = no row was read.
    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        """The table that holds the sessions."""
        return UserSession

    def _get_session_from_db(self) -> Any:
        # As Django's own, by a prepared statement: every request begins here.
        row = None
        if self.session_key:
            held = (self.session_key, timezone.now())
            row = row_where(UserSession, "session_key = %s AND expire_date > %s", held)
        self.seen_at = None if row is None else row.seen_at
        if row is None:
            self._session_key = None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of a session, with the columns that lists are made from."""
        row: Any = super().create_model_instance(data)
        now = timezone.now()
        user_id, since = data.get(SESSION_KEY), data.get(SINCE_KEY)
        row.user_id = None if user_id is None else int(user_id)
        row.epoch = int(data.get(EPOCH_KEY, 0))
        row.address = str(data.get(ADDRESS_KEY, ""))[:45]
        row.agent = str(data.get(AGENT_KEY, ""))[:200]
        # Saving replaces the whole row: without this a session would be as old as its last change.
        row.created_at = now if since is None else datetime.fromisoformat(since)
        row.seen_at = now
        return row
