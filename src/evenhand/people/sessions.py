"""Sessions in the database that know whose they are, so that they can be listed and ended."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from evenhand.people.models import UserSession

EPOCH_KEY = "epoch"
ADDRESS_KEY = "address"
AGENT_KEY = "agent"


class SessionStore(DatabaseStore):
    """Django's store over our table."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The table that holds the sessions."""
        return UserSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of a session, with the columns that lists are made from."""
        row: Any = super().create_model_instance(data)
        user_id = data.get(SESSION_KEY)
        row.user_id = None if user_id is None else int(user_id)
        row.epoch = int(data.get(EPOCH_KEY, 0))
        row.address = str(data.get(ADDRESS_KEY, ""))[:45]
        row.agent = str(data.get(AGENT_KEY, ""))[:200]
        return row
