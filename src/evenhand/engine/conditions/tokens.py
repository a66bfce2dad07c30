"""The text of a condition, cut into tokens: fields, constants, words and signs.

Full-width signs count as their narrow twins outside of quotes, and Chinese quotation marks as
quotation marks: people type conditions with a Chinese keyboard.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evenhand.engine.conditions.operands import (
    INSTANT_PATTERN,
    ROOTS,
    TEXT_LENGTH_MAX,
    Constant,
    FieldRef,
    InvalidCondition,
    is_bare_name,
    read_number,
    read_temporal,
    settled_constant,
)
from evenhand.engine.conditions.operators import Operator
from evenhand.engine.conditions.suggest import clipped, nearest
from evenhand.engine.reasons import Reason, reason

KEYWORDS = frozenset(
    {word for operator in Operator for word in operator.value.split() if word.isalpha()}
    | {"and", "or", "true", "false"}
)


class UnreadableCondition(InvalidCondition):
    """The text is not a condition; `position` counts characters from 0."""

    def __init__(self, reason: Reason, position: int) -> None:
        super().__init__(reason, f"at character {position + 1}")
        self.position = position


class Kind(StrEnum):
    """What a token is."""

    FIELD = "field"
    CONSTANT = "constant"
    WORD = "word"  # a keyword, or text without quotes
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `text` is as written, keywords in small letters."""

    kind: Kind
    text: str
    position: int
    value: FieldRef | Constant | None = None

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these unquoted words, in any case."""
        return self.kind is Kind.WORD and self.text.lower() in words


# One character for one, so that positions stay true.
_NARROW: dict[int, int | str] = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF40
}
_NARROW |= {ord("\u3000"): " ", ord("、"): ",", ord("【"): "[", ord("】"): "]"}

_CLOSING_QUOTES = {
    **{quote: quote for quote in "\"'＂＇"},
    # Keyboards give either of the pair at either end.
    **dict.fromkeys("“”", "“”"),
    **dict.fromkeys("‘’", "‘’"),
    "「": "」",
    "『": "』",
}
_ESCAPES = {'"': '"', "\\": "\\", "'": "'", "n": "\n", "r": "\r", "t": "\t"}

_SPACE = re.compile(r"\s*")
_INSTANT = re.compile(rf"{INSTANT_PATTERN}(?!\w)")
_QUOTED_FIELD = re.compile(r"(\w+)\.`([^`]*)`")
_LUMP = re.compile(r"-?\w+(?:[-/.:+]\w+)*")
_WORD = re.compile(r"\w+(?:[-/]\w+)*")
_SIGN = re.compile(r"==|!=|<>|<=|>=|[=<>≠≤≥(),\[\]]")
_HEX = re.compile(r"[0-9a-fA-F]{4}")


def tokens_of(source: str) -> Iterator[Token]:
    """The tokens of a text, ended by one END.

    :raises UnreadableCondition: too long, or a part that is no token.
    """
    if len(source) > TEXT_LENGTH_MAX:
        raise UnreadableCondition(
            reason("condition.too_long", length=len(source), limit=TEXT_LENGTH_MAX), 0
        )
    narrow = source.translate(_NARROW)
    position = _skip_space(narrow, 0)
    while position < len(source):
        try:
            token, end = _token_at(source, narrow, position)
        except UnreadableCondition:
            raise
        except InvalidCondition as error:
            raise UnreadableCondition(error.reason, position) from None
        yield token
        position = _skip_space(narrow, end)
    yield Token(Kind.END, "", len(source))


def _skip_space(narrow: str, position: int) -> int:
    found = _SPACE.match(narrow, position)
    assert found is not None  # the pattern matches nothing at all, too
    return found.end()


def _token_at(source: str, narrow: str, start: int) -> tuple[Token, int]:
    if source[start] in _CLOSING_QUOTES:
        text, end = _quoted(source, start)
        return Token(Kind.CONSTANT, source[start:end], start, settled_constant(text)), end
    if found := _SIGN.match(narrow, start):
        return Token(Kind.SIGN, found.group(), start), found.end()
    if found := _QUOTED_FIELD.match(narrow, start):
        # The name as it was typed: between backquotes nothing is narrowed.
        ref = FieldRef(found[1], source[found.start(2) : found.end(2)])
        return Token(Kind.FIELD, found.group(), start, ref), found.end()
    if found := _INSTANT.match(narrow, start) or _LUMP.match(narrow, start):
        return _lump(found.group(), start), found.end()
    raise InvalidCondition(
        reason("condition.unexpected_character", character=clipped(source[start]))
    )


def _lump(text: str, start: int) -> Token:
    """Whatever is written without quotes: a constant, a field, a keyword or a bare text."""
    constant: Constant | None = read_temporal(text)
    if constant is None:
        constant = read_number(text)
    if constant is not None:
        return Token(Kind.CONSTANT, text, start, constant)
    root, dot, name = text.partition(".")
    if dot and root.lower() in ROOTS and is_bare_name(name):
        return Token(Kind.FIELD, text, start, FieldRef(root, name))
    if _WORD.fullmatch(text):
        return Token(Kind.WORD, text, start)
    if dot and is_bare_name(name) and not root[0].isdigit() and nearest(root.lower(), ROOTS):
        FieldRef(root, name)  # says that there is no such root, and which is meant
    raise InvalidCondition(reason("condition.unclear_word", word=clipped(text)))


def _quoted(source: str, start: int) -> tuple[str, int]:
    closing = _CLOSING_QUOTES[source[start]]
    parts: list[str] = []
    position = start + 1
    while position < len(source):
        sign = source[position]
        if sign in closing:
            return "".join(parts), position + 1
        if sign == "\\":
            sign, position = _escaped(source, position)
        parts.append(sign)
        position += 1
    raise UnreadableCondition(reason("condition.unclosed_quote"), start)


def _escaped(source: str, start: int) -> tuple[str, int]:
    """The sign that an escape stands for, and the position of the escape's last character."""
    letter = source[start + 1 : start + 2]
    if letter in _ESCAPES:
        return _ESCAPES[letter], start + 1
    digits = source[start + 2 : start + 6]
    if letter == "u" and _HEX.fullmatch(digits):
        return chr(int(digits, 16)), start + 5
    escape = clipped(source[start : start + 2])
    raise UnreadableCondition(reason("condition.bad_escape", escape=escape), start)
