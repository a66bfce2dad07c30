"""The one-line text form of conditions: `lead.source in (百度, 抖音) and lead.budget >= 50000`.

condition   = conjunction { "or" conjunction }
conjunction = term { "and" term }
term        = "not" term | "(" condition ")" | "true" | "false" | atom
atom        = field [ operator operand ]            a field alone asks whether it is true

The canonical print is the `text` of a node; what operators and operands look like stands in
docs/algorithms/conditions.md.
"""

from collections.abc import Callable
from typing import TypeVar

from evenhand.engine.conditions.nodes import (
    ALWAYS,
    DEPTH_MAX,
    LIST_LENGTH_MAX,
    NEVER,
    Atom,
    Condition,
    Not,
    Operand,
    Range,
    all_of,
    any_of,
    too_long_list,
)
from evenhand.engine.conditions.operands import (
    Constant,
    Duration,
    FieldRef,
    InvalidCondition,
    Unit,
    settled_constant,
)
from evenhand.engine.conditions.operators import SYNONYMS, Operator, Shape, shape_of
from evenhand.engine.conditions.suggest import clipped
from evenhand.engine.conditions.tokens import (
    KEYWORDS,
    Kind,
    Token,
    UnreadableCondition,
    tokens_of,
)
from evenhand.engine.reasons import reason

_Built = TypeVar("_Built")

# Brackets and `not` beyond the depth of any condition: redundant ones are fine, endless ones not.
_NESTING_MAX = 2 * DEPTH_MAX

_SIGNS = {
    **{sign: Operator(sign) for sign in ("=", "!=", "<", "<=", ">", ">=")},
    **SYNONYMS,
}
_UNITS = {
    **dict.fromkeys(("m", "min", "minute", "minutes"), Unit.MINUTES),
    **dict.fromkeys(("h", "hour", "hours"), Unit.HOURS),
    **dict.fromkeys(("d", "day", "days"), Unit.DAYS),
    **dict.fromkeys(("w", "week", "weeks"), Unit.WEEKS),
}
_WORKING = {
    Unit.MINUTES: Unit.WORKING_MINUTES,
    Unit.HOURS: Unit.WORKING_HOURS,
    Unit.DAYS: Unit.WORKING_DAYS,
}


def parse(source: str) -> Condition:
    """The condition that a text writes.

    :raises UnreadableCondition: it writes none, or one beyond the bounds; the error says where.
    """
    return _Parser(source).whole()


def to_text(condition: Condition) -> str:
    """The canonical text of a condition; `parse` gives the same condition back."""
    return condition.text


class _Parser:
    """A cursor over the tokens of one text, with one method per rule of the grammar."""

    def __init__(self, source: str) -> None:
        self._tokens = list(tokens_of(source))
        self._at = 0
        self._nesting = 0

    def whole(self) -> Condition:
        if self._is_at_end():
            raise UnreadableCondition(reason("condition.blank"), 0)
        condition = self._condition()
        if not self._is_at_end():
            raise self._expected("end")
        return condition

    def _condition(self) -> Condition:
        start = self._token.position
        parts = [self._conjunction()]
        while self._take_word("or"):
            parts.append(self._conjunction())
        return _built(start, any_of, *parts)

    def _conjunction(self) -> Condition:
        start = self._token.position
        parts = [self._term()]
        while self._take_word("and"):
            parts.append(self._term())
        return _built(start, all_of, *parts)

    def _term(self) -> Condition:
        start = self._token.position
        if self._take_word("not"):
            self._enter(start)
            part = self._term()
            self._nesting -= 1
            return _built(start, Not, part)
        if self._take_sign("("):
            self._enter(start)
            part = self._condition()
            self._nesting -= 1
            if not self._take_sign(")"):
                raise self._expected("closing")
            return part
        if self._take_word("true"):
            return ALWAYS
        if self._take_word("false"):
            return NEVER
        return self._atom()

    def _enter(self, start: int) -> None:
        self._nesting += 1
        if self._nesting > _NESTING_MAX:
            raise UnreadableCondition(reason("condition.too_deep", limit=DEPTH_MAX), start)

    def _atom(self) -> Condition:
        token = self._token
        if not isinstance(token.value, FieldRef):
            raise self._expected("condition")
        self._at += 1
        operator = self._operator()
        if operator is None:
            return _built(token.position, Atom, token.value, Operator.EQUAL, True)
        operand = self._operand(operator)
        return _built(token.position, Atom, token.value, operator, operand)

    def _operator(self) -> Operator | None:
        """The operator behind a field; None if the condition goes on, or ends, without one."""
        token = self._token
        if token.kind is Kind.SIGN and token.text in _SIGNS:
            self._at += 1
            return _SIGNS[token.text]
        if token.kind is Kind.END or token.is_word("and", "or") or token.text == ")":
            return None
        self._at += 1
        if token.is_word("in"):
            return Operator.IN
        if token.is_word("not") and self._take_word("in"):
            return Operator.NOT_IN
        if token.is_word("between"):
            return Operator.BETWEEN
        if token.is_word("contains"):
            if self._take_word("any"):
                return Operator.CONTAINS_ANY
            return Operator.CONTAINS_ALL if self._take_word("all") else Operator.CONTAINS
        if token.is_word("starts") and self._take_word("with"):
            return Operator.STARTS_WITH
        if token.is_word("is"):
            return self._is_operator()
        self._at -= 1
        return self._span_operator()

    def _is_operator(self) -> Operator:
        if self._take_word("empty"):
            return Operator.IS_EMPTY
        if self._take_word("not"):
            if self._take_word("empty"):
                return Operator.IS_NOT_EMPTY
            raise self._expected("operator")
        if self._token.is_word("within") and not self._peek(1).is_word("last", "next", "the"):
            self._at += 1
            return Operator.IS_WITHIN
        return self._span_operator()

    def _span_operator(self) -> Operator:
        if self._take_word("within"):
            self._take_word("the")
            if self._take_word("last"):
                return Operator.WITHIN_LAST
            if self._take_word("next"):
                return Operator.WITHIN_NEXT
        elif self._take_word("older") and self._take_word("than"):
            return Operator.OLDER_THAN
        raise self._expected("operator")

    def _operand(self, operator: Operator) -> Operand:
        shape = shape_of(operator)
        if shape is Shape.NOTHING:
            return None
        if shape is Shape.SPAN:
            return self._duration()
        if shape is Shape.RANGE:
            low = self._single("range")
            if not self._take_word("and"):
                raise self._expected("range")
            return Range(low, self._single("range"))
        if shape is not Shape.VALUE and self._token.text in {"(", "["}:
            return self._list()
        if shape is Shape.LIST and self._token.kind is not Kind.FIELD:
            raise self._expected("list")
        return self._single(shape.value)

    def _list(self) -> tuple[Constant, ...]:
        start = self._token.position
        closing = ")" if self._token.text == "(" else "]"
        self._at += 1
        values: list[Constant] = []
        while not self._take_sign(closing):
            if values and not self._take_sign(","):
                raise self._expected("closing")
            value = self._single("value")
            if isinstance(value, FieldRef):
                self._at -= 1
                raise self._expected("value")
            values.append(value)
        if len(values) > LIST_LENGTH_MAX:
            raise UnreadableCondition(too_long_list(len(values)).reason, start)
        return tuple(values)

    def _single(self, expected: str) -> FieldRef | Constant:
        token = self._token
        self._at += token.kind is not Kind.END
        if token.kind in {Kind.FIELD, Kind.CONSTANT} and token.value is not None:
            return token.value
        if token.is_word("true", "false"):
            return token.is_word("true")
        if token.kind is Kind.WORD and token.text.lower() not in KEYWORDS:
            return settled_constant(token.text)
        if token.kind is Kind.WORD:
            found = clipped(token.text)
            raise UnreadableCondition(reason("condition.unclear_word", word=found), token.position)
        self._at -= token.kind is not Kind.END
        raise self._expected(expected)

    def _duration(self) -> Duration:
        """`7d`, or words: `7 days`, `4 working hours`."""
        token = self._token
        if isinstance(token.value, Duration):
            self._at += 1
            return token.value
        # type() and not isinstance: true is an int to Python.
        if type(token.value) is not int:
            raise self._expected("span")
        self._at += 1
        is_working = self._take_word("working")
        unit = _UNITS.get(self._token.text.lower()) if self._token.kind is Kind.WORD else None
        if is_working and unit is not None:
            unit = _WORKING.get(unit)
        if unit is None:
            raise self._expected("span")
        self._at += 1
        return _built(token.position, Duration, token.value, unit)

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _is_at_end(self) -> bool:
        return self._token.kind is Kind.END

    def _peek(self, ahead: int) -> Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def _take_word(self, word: str) -> bool:
        found = self._token.is_word(word)
        self._at += found
        return found

    def _take_sign(self, sign: str) -> bool:
        found = self._token.kind is Kind.SIGN and self._token.text == sign
        self._at += found
        return found

    def _expected(self, expected: str) -> UnreadableCondition:
        found = clipped(self._token.text) or "end"
        return UnreadableCondition(
            reason("condition.expected", expected=expected, found=found), self._token.position
        )


def _built(start: int, build: Callable[..., _Built], *parts: object) -> _Built:
    """What a constructor makes of the parts; its refusal gets the position in the text."""
    try:
        return build(*parts)
    except InvalidCondition as error:
        raise UnreadableCondition(error.reason, start) from None
