"""Sessions in the database that know whose they are, so that they can be listed and ended."""

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from evenhand.people.models import Organization, User, UserSession
from evenhand.platform.looking import answer, is_looking
from evenhand.platform.row_objects import row_where, rows_of

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
            read = _read_along if is_looking() else _read
            row = read(held)
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


def _read(held: tuple[str, datetime]) -> UserSession | None:
    return row_where(UserSession, "session_key = %s AND expire_date > %s", held)


def _read_along(held: tuple[str, datetime]) -> UserSession | None:
    """The same, and along with it what every page asks next: whose it is, and of the company."""
    found = rows_of(_PARTS, _JOINED, held, also=_ALSO)
    if not found:
        return None
    session, user, company, is_rep = found[0]
    answer("organization", company)
    if user is not None:
        answer(("person", user.pk), user)
        answer(("is_rep", user.pk), is_rep)
    row: UserSession = session
    return row


_PARTS = (("s", UserSession), ("p", User), ("o", Organization))
_JOINED = """
FROM user_session AS s LEFT JOIN person AS p ON p.id = s.user_id
LEFT JOIN organization AS o ON o.id = 1 WHERE s.session_key = %s AND s.expire_date > %s
"""
_ALSO = ("EXISTS (SELECT FROM rep WHERE rep.user_id = p.id AND rep.is_active)",)
