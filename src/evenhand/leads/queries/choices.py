"""What a person has chosen for a list: saved views, columns, page size."""

import json
from typing import Any

from evenhand.leads.models import SavedView
from evenhand.people.actor import Actor
from evenhand.platform.prepared import send
from evenhand.platform.row_objects import rows_where


def saved_views(actor: Actor, page: str) -> list[SavedView]:
    """One's own views of a list and those that others share, by name."""
    return rows_where(SavedView, _SEEN, [page, str(actor.user_id or 0)])


_SEEN = "page = %s AND (user_id = %s OR is_shared) ORDER BY name, id"


def chosen(actor: Actor, page: str) -> dict[str, Any]:
    """The columns and the page size that somebody chose for a list; {} = nothing."""
    found = send(_CHOSEN, [str(actor.user_id or 0), f"list.{page}"]).rows()
    value = json.loads(found[0][0]) if found else {}
    return value if isinstance(value, dict) else {}


_CHOSEN = "SELECT value::text FROM preference WHERE user_id = %s AND key = %s"
