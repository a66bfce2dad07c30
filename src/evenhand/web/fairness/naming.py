"""What groups of the ledger are called."""

from evenhand.fairness.groups import Group
from evenhand.wording.catalogue import Words


def group_words(group: Group, words: Words) -> str:
    """What a group is called on pages: its name, and what its book counts unless it is points."""
    name = group.name or words.text("web-fairness-whole-company")
    if group.kind == "value":
        return name
    return f"{name} · {words.text(f'web-fairness-kind-{group.kind}')}"
