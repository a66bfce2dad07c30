"""Phone numbers to one canonical key, so that the same number written differently is the same.

A Chinese mobile number becomes its 11 digits; a number with a country code becomes "+" and digits;
any other becomes its digits, with an extension after "x". What cannot identify a person (masked,
rounded by a spreadsheet, incomplete) is a problem, never a key.
"""

import re

from evenhand.sheets.values.problem import Problem, problem
from evenhand.sheets.values.text import BLANKS, ERRORS, Cell, folded, text_of

_MOBILE = re.compile(r"1[3-9][0-9]{9}")  # Chinese mobile numbers
_is_mobile = _MOBILE.fullmatch
_DRESS = re.compile(r"[\s().\-–—−‐‑·_'’]+")
_DIGITS = re.compile(r"(\+|00)?([0-9]+)")
_AMERICAN = re.compile(r"\+?1[ .(\-]+\(?[2-9][0-9]{2}[)\- .]+[2-9][0-9]{2}[\- .]+[0-9]{4}")
_LABEL = re.compile(
    r"(?:电话|手机号码|手机号|手机|座机|联系电话|電話|手機|phone|mobile|tel|cell|whatsapp)\s*[:：.]?\s*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"(?:转|轉|分机|分機|ext\.?|extension|x|#)\s*[:.]?\s*([0-9]{1,6})$", re.IGNORECASE
)
_DASHED_EXTENSION = re.compile(r"(0[0-9]{2,3}-[0-9]{7,8})-([0-9]{1,6})")
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,2}")
_MASKED = re.compile(r"[0-9]\s?[-]?[*＊•●×xX#]{2,}|[*＊•●×xX#]{2,}[-]?\s?[0-9]")
_FLOAT = re.compile(r"([0-9]{7,15})\.0+")
_SEVERAL = re.compile(r"[/,;、，；|\n\r]+|\s或\s|\sor\s|\s{2,}|(?<=[0-9]{7})\s(?=\+?[0-9]{7})")
_INVENTED = frozenset({"123456789", "1234567890", "12345678901", "12345678910", "0123456789"})

# A whole column of them, a line each; none invented, as `_is_invented` would say of eleven digits.
_ALL_MOBILE = re.compile(r"(?:1(?!([3-9])\1{9}|[3-9]1{9})[3-9][0-9]{9}\n)*+")

_FEWEST, _MOST = 7, 15  # ITU-T E.164 allows 15 digits; local numbers have seven or more


def parse_phone(cell: Cell) -> str | Problem | None:
    """The canonical key; of several numbers in one cell, the first usable one."""
    text: str = cell if cell.__class__ is str else text_of(cell)
    if _is_mobile(text):  # the usual case, settled in a fraction of a microsecond
        return problem("sheet.phone_invented", text) if _is_invented(text) else text
    text = text_of(text)
    if text in BLANKS:
        return None
    if _is_mobile(text):
        return problem("sheet.phone_invented", text) if _is_invented(text) else text
    if text in ERRORS:
        return problem("sheet.cell_error", text)
    found = _parse_one(text)
    if isinstance(found, Problem) and len(parts := _SEVERAL.split(text)) > 1:
        for part in parts:
            if part.strip() and isinstance(key := _parse_one(part.strip()), str):
                return key
    return found


def are_plain_phones(text: str) -> bool:
    """Whether all lines of a text, each with its line end, are mobile numbers and so their keys."""
    return _ALL_MOBILE.fullmatch(text) is not None


def is_certain_phone(cell: Cell) -> bool:
    """Whether the cell can hardly be anything but a phone number: for columns without a name."""
    text = folded(text_of(cell)).replace(" ", "").replace("-", "")
    return bool(
        re.fullmatch(r"(?:\+?86|0086)?1[3-9][0-9]{9}|\+[1-9][0-9]{7,14}", text)
        or re.fullmatch(r"1[3-9][0-9]{1,2}[*]{4,5}[0-9]{3,4}", text)
    )


def _parse_one(written: str) -> str | Problem:
    text = _LABEL.sub("", folded(written), count=1).strip()
    if _ROUNDED.fullmatch(text):
        return problem("sheet.phone_digits_lost", written)
    if _MASKED.search(text):
        return problem("sheet.phone_masked", written)
    if whole := _FLOAT.fullmatch(text):
        text = whole[1]
    if _AMERICAN.fullmatch(text):
        # 1-303-555-0101 has eleven digits like a Chinese mobile number, but is dressed otherwise.
        return "+1" + re.sub(r"[^0-9]", "", text)[-10:]
    extension = ""
    if dashed := _DASHED_EXTENSION.fullmatch(text):
        text, extension = dashed[1], dashed[2]
    elif (tail := _EXTENSION.search(text)) and tail.start() > 0:
        text, extension = text[: tail.start()], tail[1]
    bare = _DRESS.sub("", text).replace("(0)", "")
    match = _DIGITS.fullmatch(bare)
    if match is None:
        return problem("sheet.phone_unreadable", written)
    return _key(bool(match[1]), match[2], extension, written)


def _key(is_international: bool, digits: str, extension: str, written: str) -> str | Problem:
    without_country = digits.removeprefix("86")
    if digits.startswith("86") and _is_mobile(without_country):
        digits, is_international = without_country, False
    if is_international and digits.startswith("86") and 9 <= len(without_country) <= 11:
        # A Chinese landline abroad has no leading zero; at home it has.
        digits, is_international = "0" + without_country.removeprefix("0"), False
    if len(digits) < _FEWEST:
        return problem("sheet.phone_too_short", written, digits=len(digits))
    if len(digits) > _MOST:
        return problem("sheet.phone_too_long", written, digits=len(digits))
    if not is_international and len(digits) == 10 and digits[0] == "1":
        # No landline begins with 1, and no American area code: a mobile number lost a digit.
        return problem("sheet.phone_too_short", written, digits=10)
    if _is_invented(digits):
        return problem("sheet.phone_invented", written)
    return ("+" if is_international else "") + digits + (f"x{extension}" if extension else "")


def _is_invented(digits: str) -> bool:
    """Whether it was typed to get past a required field: all digits alike, or 123456789."""
    return digits in _INVENTED or digits.count(digits[-1]) >= len(digits) - 1
