"""Numbers that items bring, as exact integers; numbers that divide, rounded."""

from decimal import ROUND_HALF_UP, Context, Decimal

from evenhand.engine.facts import Value

LARGEST = 10**15

# Not the context of the thread, which is anybody's to change.
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def scaled(value: Value, decimals: int) -> int | None:
    """A number in units of its last decimal, rounded half away from zero; None if it is none.

    Beyond ±10¹⁵ a value is a slip, not a number to reckon with.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    if not -LARGEST <= value <= LARGEST:
        return None
    if isinstance(value, int):
        return int(value * 10**decimals)
    return int(_EXACT.quantize(value, Decimal(1).scaleb(-decimals)).scaleb(decimals, _EXACT))


def rounded(numerator: int, denominator: int) -> int:
    """The quotient rounded half away from zero, so that −x rounds to the mirror of x."""
    assert denominator > 0
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size
