"""What items and people are called, for lines that only know their ids."""

from collections.abc import Iterable

from evenhand.leads.queries.titles import item_titles
from evenhand.people.actor import Actor
from evenhand.people.names import user_names
from evenhand.policies.lines import line_names

Thing = tuple[str, int | None]


def titles_of(actor: Actor, things: Iterable[Thing]) -> dict[Thing, str]:
    """The titles of those items that the actor may see; one query per kind."""
    by_kind: dict[str, set[int]] = {}
    for kind, item_id in things:
        if item_id is not None:
            by_kind.setdefault(kind, set()).add(item_id)
    found: dict[Thing, str] = {
        (kind, item_id): title
        for kind, ids in by_kind.items()
        for item_id, title in item_titles(actor, kind, ids).items()
    }
    lines = line_names(by_kind.get("policy", ()))
    return found | {("policy", line_id): name for line_id, name in lines.items()}


def names_of(people: Iterable[object]) -> dict[int, str]:
    """The names of people by id; one query."""
    ids = {one for one in people if isinstance(one, int)}
    return user_names(ids) if ids else {}
