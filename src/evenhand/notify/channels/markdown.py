"""A card as Markdown, for channels that read it; nothing in it is taken for a sign."""

import re
from collections.abc import Mapping
from typing import Any

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+!<>|~-])")


def escaped(text: str) -> str:
    """A text whose signs mean nothing."""
    return _SIGNS.sub(r"\\\1", text)


def card_markdown(card: Mapping[str, Any]) -> str:
    """Title, lines and facts, each a paragraph."""
    parts = [f"### {escaped(card['title'])}"]
    parts += [escaped(line) for line in (card.get("desc", ""), *card.get("lines", ())) if line]
    parts += [f"**{escaped(name)}** {escaped(value)}" for name, value in card.get("facts", ())]
    return "\n\n".join(parts)
