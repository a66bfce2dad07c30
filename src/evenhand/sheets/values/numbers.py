"""Numbers as people write them, to exact int or Decimal: units, currencies, separators, percent.

"1,234" is 1234: a comma before three digits parts thousands; "1.234" keeps its decimal point.
"12,5" is 12.5: it can be nothing else. A range ("5-10万") is a problem: half of it is a guess.
"""

import re
from decimal import Context, Decimal

from evenhand.sheets.values.problem import Problem, problem
from evenhand.sheets.values.text import Cell, folded, parse_text

UNITS = {
    "千": 1_000, "k": 1_000, "thousand": 1_000,
    "万": 10_000, "萬": 10_000, "w": 10_000,
    "十万": 100_000, "十萬": 100_000,
    "百万": 1_000_000, "百萬": 1_000_000, "m": 1_000_000, "mm": 1_000_000, "mn": 1_000_000,
    "million": 1_000_000,
    "千万": 10_000_000, "千萬": 10_000_000,
    "亿": 100_000_000, "億": 100_000_000,
    "b": 1_000_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000,
}  # fmt: skip

_MONEY = r"(?:rmb|cny|usd|us\$|hk\$|nt\$|eur|gbp|人民币|人民幣|美元|[¥$€£￥])"
_COUNTED = (
    r"(?:元|圆|圓|円|块|人民币|人民幣|美元|美金|港币|rmb|cny|usd|eur"
    r"|人|名|个|個|家|台|套|次|天|分|%)"
)
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[+-])?\s*{_MONEY}?\s*(?P<inner>[+-])?"
    r"(?P<digits>\d[\d,.' ]*|\.\d+)(?:e(?P<power>[+-]?\d{1,3}))?\s*"
    rf"(?P<unit>{_UNIT})?\s*(?P<counted>{_COUNTED})?\s*\)?",
    re.IGNORECASE,
)
_GROUPED = {sign: re.compile(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+") for sign in ",.' "}
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_RANGE = re.compile(
    r"\d[^\d]{0,6}(?:-|~|—|–|至|到|to)\s*[^\d]{0,4}\d|以上|以下|以内|以內|左右|不到|大约|大約|约|約|^[<>≤≥]|\d\s*\+$"
)

MOST_DIGITS = 40
_EXACT = Context(prec=3 * MOST_DIGITS)


def parse_number(cell: Cell, *, factor: int = 1) -> int | Decimal | Problem | None:
    """The exact number: int where it is whole, Decimal otherwise.

    `factor` is what the heading of the column says ("预算(万元)" gives 10,000); a unit in the cell
    itself takes its place.
    """
    if cell.__class__ is int:
        return cell * factor
    if isinstance(cell, Decimal):
        return _whole(_EXACT.multiply(cell, Decimal(factor)))
    text = parse_text(cell)
    if not isinstance(text, str):
        return text
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return int(text) * factor
    return _parse_dressed(text, factor)


def _parse_dressed(text: str, factor: int) -> int | Decimal | Problem:
    narrow = folded(text).strip()
    match = _NUMBER.fullmatch(narrow)
    if match is None or len(narrow) > 2 * MOST_DIGITS:
        return problem(
            "sheet.number_range" if _RANGE.search(narrow) else "sheet.number_unreadable", text
        )
    digits = _plain_digits(match["digits"].strip())
    power = int(match["power"] or 0)
    if digits is None or abs(power) > MOST_DIGITS or bool(match["open"]) != narrow.endswith(")"):
        return problem("sheet.number_unreadable", text)
    number = _EXACT.create_decimal(f"{digits}E{power}")
    if match["unit"]:
        factor = UNITS[match["unit"].lower()]
    if match["counted"] == "%":
        number, factor = _EXACT.divide(number, Decimal(100)), 1
    if "-" in {match["sign"], match["inner"]} or match["open"]:
        number = -number
    return _whole(_EXACT.multiply(number, Decimal(factor)))


def _plain_digits(digits: str) -> str | None:
    """Digits without thousands separators and with a decimal point, or None if unclear."""
    digits = digits.rstrip(" ")
    for mark in "' ":
        if mark in digits:
            head, point, tail = digits.replace(",", ".").partition(".")
            is_clear = _GROUPED[mark].fullmatch(head) and (not tail or tail.isdecimal())
            return head.replace(mark, "") + point + tail if is_clear else None
    if "," in digits and "." in digits:
        thousands, point = (",", ".") if digits.rfind(".") > digits.rfind(",") else (".", ",")
        head, _, tail = digits.rpartition(point)
        return (
            f"{head.replace(thousands, '')}.{tail}" if _GROUPED[thousands].fullmatch(head) else None
        )
    if "," in digits:
        if _GROUPED[","].fullmatch(digits):
            return digits.replace(",", "")
        return digits.replace(",", ".") if _DECIMAL_COMMA.fullmatch(digits) else None
    if digits.count(".") > 1:
        return digits.replace(".", "") if _GROUPED["."].fullmatch(digits) else None
    return digits


def _whole(number: Decimal) -> int | Decimal:
    if number.adjusted() <= 2 * MOST_DIGITS and number == number.to_integral_value():
        return int(number)
    return number
