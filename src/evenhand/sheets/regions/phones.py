"""Where a phone number was given out: by the first digits of mobile numbers, and by area codes.

The table is that of the library phonenumbers. It knows the world and takes 170 MB when loaded as
a whole, so only China's part and the area codes of North America are taken, and packed.
"""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from evenhand.sheets.regions.tables import lists

# A line of the table: '861300000':{'en': 'Jinan, Shandong', 'zh': u('\\u5c71…')},
_ENTRY = re.compile(
    r"^ '(86\d+|1\d{3})':\{'en': '((?:[^'\\]|\\.)*)'(?:, 'zh': u\('([^']*)'\))?", re.MULTILINE
)
_EXTENSION = re.compile(r"x\d*$")


@dataclass(frozen=True, slots=True)
class PhonePlace:
    """The country of a number (two letters), the place as the table words it, and the prefix."""

    country: str
    place: str
    prefix: str


class Prefixes:
    """The table, sorted and packed by length: some 130,000 prefixes in 1.5 MB."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        words: dict[str, int] = {}
        of_length: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for prefix, place in entries:
            of_length[len(prefix)].append((int(prefix), words.setdefault(place, len(words))))
        # The longest first. No prefix begins with 0: a number of so many digits says its length.
        self._tables = [
            (length, array("Q", (p for p, _ in rows)), array("H", (w for _, w in rows)))
            for length, rows in sorted((n, sorted(rows)) for n, rows in of_length.items())[::-1]
        ]
        self._words = list(words)

    def find(self, digits: str) -> tuple[str, str]:
        """The longest prefix of a number with its country code, and its place; "" if none."""
        for length, prefixes_, places in self._tables:
            if length <= len(digits):
                prefix = int(digits[:length])
                position = bisect_left(prefixes_, prefix)
                if position < len(prefixes_) and prefixes_[position] == prefix:
                    return digits[:length], self._words[places[position]]
        return "", ""

    def items(self) -> Iterator[tuple[str, str]]:
        """All prefixes with their places."""
        for _, prefixes_, places in self._tables:
            for prefix, place in zip(prefixes_, places, strict=True):
                yield str(prefix), self._words[place]


@lru_cache(maxsize=1)
def prefixes() -> Prefixes:
    """The table; read in half a second when first asked for."""
    return Prefixes(_entries())


@lru_cache(maxsize=1)
def area_codes() -> Mapping[str, tuple[str, ...]]:
    """Area codes that are no more, or that more cities share than the table says; our own table."""
    return lists("area_codes", "prefix", "codes")


def place_of(key: str) -> PhonePlace | None:
    """Where a number was given out, by its key as `values.phones.parse_phone` makes it."""
    digits = _EXTENSION.sub("", key)
    if not digits.removeprefix("+").isdecimal():
        return None
    if digits.startswith("+"):
        return _abroad(digits[1:])
    # At home: eleven digits of a mobile number, or an area code with its zero.
    if len(digits) == 11 and digits[0] == "1":
        return _chinese(digits, digits[:7])
    if digits[:1] == "0" and 10 <= len(digits) <= 12:
        return _chinese(digits.removeprefix("0"), "")
    return None


def _chinese(national: str, shown: str) -> PhonePlace | None:
    if not shown and (code := "0" + national[:3]) in area_codes():
        return PhonePlace("CN", "", code)
    prefix, place = prefixes().find("86" + national)
    if not place:
        return None
    return PhonePlace("CN", place, shown or "0" + prefix.removeprefix("86"))


def _abroad(digits: str) -> PhonePlace | None:
    from phonenumbers import (
        COUNTRY_CODE_TO_REGION_CODE,
        NumberParseException,
        parse,
        region_code_for_number,
    )

    if digits.startswith("86"):
        return _chinese(digits.removeprefix("86"), "")
    try:
        country = region_code_for_number(parse("+" + digits))
    except NumberParseException:
        return None
    if not country:
        for length in (3, 2, 1):
            regions = COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length] or 0), ())
            if len(regions) == 1:
                return PhonePlace(regions[0], "", "+" + digits[:length])
        return None
    place = prefixes().find(digits[:4])[1] if digits.startswith("1") else ""
    return PhonePlace(country, place, "+" + digits[:4])


def _entries() -> Iterator[tuple[str, str]]:
    spec = find_spec("phonenumbers")
    if spec is None or spec.origin is None:
        return
    words: dict[str, str] = {}  # some 450, as the file writes them: Chinese as escapes
    for file in sorted((Path(spec.origin).parent / "geodata").glob("data[0-9]*.py")):
        text = file.read_text(encoding="utf-8")
        if "\n '86" not in text and "\n '1" not in text:
            continue
        for prefix, english, chinese in _ENTRY.findall(text):
            if chinese and chinese not in words:
                words[chinese] = chinese.encode().decode("unicode_escape")
            # An entry in English only is of use abroad.
            yield prefix, words[chinese] if chinese else english
