"""What a person probably meant, and how much of what was written is worth repeating."""

from collections.abc import Iterable
from difflib import get_close_matches

_SHOWN_LENGTH_MAX = 80


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to a mistyped one, or None if none is near."""
    found = get_close_matches(word[:_SHOWN_LENGTH_MAX], list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def clipped(value: object) -> str:
    """A value as an error repeats it: at most 80 characters, without half surrogate pairs."""
    text = value if isinstance(value, str) else str(value)
    if len(text) > _SHOWN_LENGTH_MAX:
        text = f"{text[:_SHOWN_LENGTH_MAX]}…"
    return text.encode("utf-8", "replace").decode()
