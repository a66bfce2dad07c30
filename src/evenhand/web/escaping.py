"""Text as a page holds it: most of what stands in lists has nothing to be escaped."""

import re
from html import escape as escape_all

_SPECIAL = re.compile("[&<>\"']")


def escape(text: str) -> str:
    """As `html.escape`, which looks through every text five times."""
    return escape_all(text) if _SPECIAL.search(text) else text
