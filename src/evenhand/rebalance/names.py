"""What is moved, by the names under which the engine knows it."""

from evenhand.engine.facts import ItemKind

ITEM_KINDS = (ItemKind.LEAD, ItemKind.OPPORTUNITY, ItemKind.ACCOUNT)
TASK = ItemKind.TASK.value


def key_of(kind: str, item_id: int) -> str:
    """A thing's name to the engine."""
    return f"{kind}:{item_id}"


def item_of(key: str) -> tuple[str, int]:
    """The thing of a name."""
    kind, _, item_id = key.partition(":")
    return kind, int(item_id)
