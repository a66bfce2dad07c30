"""Where a Chinese postcode lies: the province by two digits, some large cities by more."""

import re
from collections.abc import Mapping
from functools import lru_cache

from evenhand.sheets.regions.tables import lists

_POSTCODE = re.compile(r"\d{6}")
_IN_TEXT = re.compile(r"(?<!\d)(?P<code>\d{6})(?!\d)")


@lru_cache(maxsize=1)
def _prefixes() -> Mapping[str, tuple[str, ...]]:
    return lists("postcodes", "prefix", "codes")


def codes_of_postcode(postcode: str) -> tuple[str, ...]:
    """Codes of the divisions in which a postcode may lie, by its longest known beginning."""
    postcode = postcode.strip()
    if _POSTCODE.fullmatch(postcode):
        for length in range(len(postcode), 1, -1):
            if found := _prefixes().get(postcode[:length]):
                return found
    return ()


def postcode_in(address: str) -> str:
    """The only six-digit number of an address, which is its postcode; "" if there is none."""
    found = [match["code"] for match in _IN_TEXT.finditer(address)]
    return found[0] if len(found) == 1 else ""
