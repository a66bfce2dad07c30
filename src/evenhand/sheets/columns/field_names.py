"""Names for columns that become fields of their own, in the words of the file."""

import re
from collections.abc import Collection

from evenhand.sheets.values.text import folded

LONGEST = 60  # characters
_OUTSIDE = re.compile(r"[^\w]+")


def field_name(header: str, taken: Collection[str]) -> str:
    """A name that conditions can write (`lead.意向车型`), not among those taken.

    Lower case, full-width made narrow, everything but letters and digits an underscore; it never
    starts with a digit.
    """
    name = _OUTSIDE.sub("_", folded(header).casefold()).strip("_")
    name = re.sub(r"_+", "_", name)[:LONGEST].rstrip("_") or "field"
    if name[0].isdigit():
        name = f"f_{name}"
    unique, number = name, 2
    while unique in taken:
        unique, number = f"{name}_{number}", number + 1
    return unique
