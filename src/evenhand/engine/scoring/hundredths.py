"""Scores as people write them (12, 0.5) and as the engine keeps them: integer hundredths."""

from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from evenhand.engine.refusal import refusal
from evenhand.engine.values import exact_number

MOST_SCORE = 10_000


def to_hundredths(value: Any) -> int:
    """A number as written (12, 0.5, "0.5") to integer hundredths.

    :raises PydanticCustomError: not a number, too fine or too large.
    """
    number = exact_number(value)
    if number is None or not number.is_finite():
        raise refusal(
            "score.not_a_number",
            "must be an exact number such as 12 or 0.5, not {value}",
            value=repr(value)[:100],
        )
    if abs(number) > MOST_SCORE:
        raise refusal(
            "score.out_of_range",
            "must lie between -{limit} and {limit}, not {value}",
            value=str(value)[:100],
            limit=MOST_SCORE,
        )
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)  # finite
    # Digit by digit, because Decimal's own product is rounded to 28 digits.
    if exponent < -2 and any(digits[exponent + 2 :]):
        raise refusal(
            "score.too_fine", "has at most two decimals, not {value}", value=str(value)[:100]
        )
    return int(number * 100)


def from_hundredths(amount: int) -> int | str:
    """Hundredths as people write them: 12 or "0.5", exact."""
    whole, rest = divmod(abs(amount), 100)
    if rest == 0:
        return -whole if amount < 0 else whole
    return f"{'-' if amount < 0 else ''}{whole}.{rest:02d}".rstrip("0")


Hundredths = Annotated[
    int,
    BeforeValidator(to_hundredths),
    PlainSerializer(from_hundredths, return_type=int | str),
]
