"""What a person has chosen for a list: saved views, columns, page size."""

from typing import Any

from django.db.models import Q

from evenhand.leads.models import SavedView
from evenhand.people.actor import Actor
from evenhand.people.models import Preference


def saved_views(actor: Actor, page: str) -> list[SavedView]:
    """One's own views of a list and those that others share, by name."""
    rows = SavedView.objects.filter(page=page).filter(Q(user_id=actor.user_id) | Q(is_shared=True))
    return list(rows.order_by("name", "pk"))


def chosen(actor: Actor, page: str) -> dict[str, Any]:
    """The columns and the page size that somebody chose for a list; {} = nothing."""
    row = Preference.objects.filter(user_id=actor.user_id or 0, key=f"list.{page}").first()
    return dict(row.value) if row is not None and isinstance(row.value, dict) else {}
