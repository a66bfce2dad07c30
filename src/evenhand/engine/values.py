"""Values that several sections of the policy document share: points, percents, their checks.

People write points ("0.5"); the engine counts integer micro-points. Percents of weight are
integers in hundredths as written (100 = a full share). A float is refused wherever a number is
expected: the loaders give int or Decimal, and nothing that decides may be rounded in silence.
"""

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, Strict

from evenhand.engine.facts import POINT
from evenhand.engine.refusal import refusal

MOST_POINTS = 1_000_000  # per item; keeps every sum far inside 64 bits


class Section(BaseModel):
    """A part of the policy document: immutable, and no key that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


def exact_number(value: Any) -> Decimal | None:
    """A number as written (3, 0.5, "0.5"), every digit of it; None where it is none, or a float."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def to_micro_points(value: Any) -> int:
    """Points as written ("0.5", 3, Decimal) to integer micro-points.

    :raises PydanticCustomError: not a number, too fine or too large.
    """
    number = exact_number(value)
    if number is None or number.is_nan():
        raise refusal(
            "points.not_a_number",
            "points must be a number such as 3 or 0.5, not {value}",
            value=repr(value)[:100],
        )
    if not number.is_finite() or abs(number) > MOST_POINTS:
        raise refusal(
            "points.out_of_range",
            "points must lie between -{limit} and {limit}, not {value}",
            value=str(value)[:100],
            limit=MOST_POINTS,
        )
    # Exact however many digits: a plain product would be rounded to 28 of them.
    numerator, denominator = number.as_integer_ratio()
    micro, rest = divmod(numerator * POINT, denominator)
    if rest:
        raise refusal(
            "points.too_fine",
            "points have at most six decimals, not {value}",
            value=str(value)[:100],
        )
    return micro


def from_micro_points(amount: int) -> int | str:
    """Micro-points as people write them: 3 or "0.5", exact."""
    whole, rest = divmod(abs(amount), POINT)
    sign = -1 if amount < 0 else 1
    if rest == 0:
        return sign * whole
    return f"{'-' if sign < 0 else ''}{whole}.{rest:06d}".rstrip("0")


def _whole(value: Any) -> int:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise refusal(
            "policy.wrong_type",
            "must be a whole number, not {value}",
            value=repr(value)[:100],
            wanted="whole",
        )
    return value


SignedMicroPoints = Annotated[
    int,
    BeforeValidator(to_micro_points),
    PlainSerializer(from_micro_points, return_type=int | str),
]
MicroPoints = Annotated[SignedMicroPoints, Field(ge=0)]
Whole = Annotated[int, BeforeValidator(_whole)]
Count = Annotated[Whole, Field(ge=0, le=1_000_000)]
Percent = Annotated[Whole, Field(ge=0, le=1000)]
# Only true and false: "no" is a text, and a text is no answer.
Flag = Annotated[bool, Strict()]
Name = Annotated[str, Field(min_length=1, max_length=200)]
