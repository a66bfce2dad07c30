"""Headings compared: "E-mail *", "客戶電話(必填)" and "LeadSource" in one plain form."""

import re
from dataclasses import dataclass

from evenhand.sheets.values.numbers import UNITS
from evenhand.sheets.values.simplified import simplified
from evenhand.sheets.values.text import folded

_BRACKETS = re.compile(r"[(\[【{<《][^)\]】}>》]*[)\]】}>》]?")
_MARKS = re.compile(r"[\W_]+")
_REPEAT = re.compile(r"\((\d+)\)\s*$")  # "Phone(2)", as the reader calls a second column
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_FACTOR = re.compile(
    rf"(?:单位[:：]?|in|,|，)?\s*(?:rmb|cny|usd|¥|\$|人民币)?\s*({_UNIT})"
    r"\s*(?:元|人民币|美元|usd|cny|rmb|人|s)?",
    re.IGNORECASE,
)
_TRAILING_UNIT = re.compile(r"(十万|百万|千万|千|万|亿)元$")  # 预算/万元, without brackets


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in its plain form: lower case, simplified, without marks and brackets."""

    text: str  # as in the file
    plain: str  # with what stands in brackets
    bare: str  # without it
    factor: int = 1  # "预算(万元)" → 10,000


def heading(text: str) -> Heading:
    """The plain form of a heading."""
    narrow = simplified(folded(text).casefold())
    narrow = _REPEAT.sub("", narrow)
    factor = 1
    for bracket in _BRACKETS.findall(narrow):
        if unit := _FACTOR.fullmatch(bracket.strip("()[]【】{}<>《》 ")):
            factor = UNITS[unit[1].lower()]
    plain = _MARKS.sub("", narrow)
    bare = _MARKS.sub("", _BRACKETS.sub(" ", narrow)) or plain
    if (unit := _TRAILING_UNIT.search(bare)) and unit.start() > 0:
        bare, factor = bare[: unit.start()], UNITS[unit[1]]
    return Heading(text, plain, bare, factor)


def plain_form(text: str) -> str:
    """The plain form alone, as the tables of synonyms are written."""
    return heading(text).plain
