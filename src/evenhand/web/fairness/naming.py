"""What groups of the ledger are called."""

from typing import Protocol

from evenhand.wording.catalogue import Words


class Named(Protocol):
    """What a group is called by: its name ("" = the whole company), and what its book counts."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...


def group_words(group: Named, words: Words) -> str:
    """What a group is called on pages: its name, and what its book counts unless it is points."""
    name = group.name or words.text("web-fairness-whole-company")
    if group.kind == "value":
        return name
    return f"{name} · {words.text(f'web-fairness-kind-{group.kind}')}"
