"""Amounts as people type and read them, and as they are kept: integers in minor units."""

from decimal import Decimal, InvalidOperation

# Digits behind the point, where they are not two (ISO 4217; dollars of Taiwan are dealt in whole).
_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "TWD": 0}
LARGEST = 10**15


class NotAnAmount(ValueError):
    """The text is no amount of this currency, or too large."""


def digits_of(currency: str) -> int:
    """How many digits of a currency stand behind the point."""
    return _DIGITS.get(currency, 2)


def minor_units(text: str, currency: str) -> int:
    """An amount such as 12,500.50 in minor units.

    :raises NotAnAmount: it is none, negative, too fine or too large.
    """
    try:
        amount = Decimal(text.strip().replace(",", "").replace("，", "").replace(" ", ""))
    except InvalidOperation:
        raise NotAnAmount(text) from None
    if not amount.is_finite() or not 0 <= amount <= LARGEST:
        raise NotAnAmount(text)
    scaled = amount.scaleb(digits_of(currency))
    if scaled != scaled.to_integral_value() or scaled > LARGEST:
        raise NotAnAmount(text)
    return int(scaled)


def as_typed(value: int | None, currency: str) -> str:
    """An amount as a form shows it: 12500.50, 12500; "" = none."""
    if value is None:
        return ""
    digits = digits_of(currency)
    text = format(Decimal(value).scaleb(-digits), "f")
    return text.removesuffix("." + "0" * digits) if digits else text
