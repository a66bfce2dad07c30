"""Who has had an item before and does not get it again."""

from collections.abc import Iterable

from evenhand.engine.facts import ItemKind
from evenhand.leads.models import Assignment

# How an assignment ended that its rep gave back himself.
RETURNED = ("return",)


def gave_back(
    kind: ItemKind, ids: Iterable[int], *, ends: Iterable[str] = RETURNED
) -> dict[int, tuple[str, ...]]:
    """By item, whose assignments ended so: the engine's ids, each once, in the order of time."""
    found: dict[int, dict[str, None]] = {}
    rows = Assignment.objects.filter(
        item_kind=kind.value, item_id__in=list(ids), closed_by__in=list(ends)
    )
    for item_id, rep_id in rows.order_by("pk").values_list("item_id", "rep_id"):
        found.setdefault(item_id, {})[str(rep_id)] = None
    return {item_id: tuple(people) for item_id, people in found.items()}
