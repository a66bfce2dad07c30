"""Numbers on pages: `{% points n %}`, `{% balance n %}`, `{% money amount "CNY" %}`.

Amounts come as the tables hold them: points in micro-points, money in minor units.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evenhand.wording.catalogue import Words

register = template.Library()

_CENT = Decimal("0.01")
_FINE = Decimal("0.0001")
_MICRO = Decimal(1_000_000)
NOTHING = "—"

# How currencies are written where we sell; others by their code.
_SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "TWD": "NT$", "HKD": "HK$", "JPY": "JP¥"}
# Currencies whose minor unit is the unit itself.
_WHOLE = frozenset({"JPY", "KRW", "VND", "TWD"})


@register.simple_tag(takes_context=True)
def points(context: dict[str, Any], micro_points: int | None) -> str:
    """Micro-points as points with two decimals and their unit: 3.20 分."""
    if micro_points is None:
        return NOTHING
    words: Words = context["words"]
    return words.text("web-points", points=hundredths(micro_points))


@register.simple_tag
def bare_points(micro_points: int | None) -> str:
    """The same without the unit, for a column whose head says it."""
    return NOTHING if micro_points is None else hundredths(micro_points)


@register.simple_tag(takes_context=True)
def balance(context: dict[str, Any], micro_points: int | None) -> str | SafeString:
    """What somebody is owed or ahead: 待补 3.20 分, 已超 1.50 分."""
    if micro_points is None:
        return NOTHING
    sign = "owed" if micro_points > 0 else "ahead" if micro_points < 0 else "even"
    if hundredths(abs(micro_points)) == "0.00":  # what cannot be seen is even
        sign = "even"
    words: Words = context["words"]
    return format_html(
        '<span class="balance-{}">{}</span>',
        sign,
        words.text("balance", sign=sign, points=hundredths(abs(micro_points))),
    )


@register.simple_tag
def money(amount: int | None, currency: str, unit: str = "minor") -> str:
    """An amount of money in minor units (or, with unit="whole", in whole ones): ¥1,234.50."""
    if amount is None:
        return NOTHING
    is_whole = unit == "whole" or currency in _WHOLE
    value = Decimal(amount) if is_whole else Decimal(amount) / 100
    shown = f"{abs(value):,.2f}".removesuffix(".00")
    sign = _SIGNS.get(currency, f"{currency} " if currency else "")
    return f"{'-' if value < 0 else ''}{sign}{shown}"


@register.simple_tag
def number(value: int | None) -> str:
    """A count with its thousands apart."""
    return NOTHING if value is None else f"{value:,}"


@register.simple_tag
def fine_points(micro_points: int) -> str:
    """Micro-points as points with four decimals: a share of one item among many people."""
    return f"{(Decimal(micro_points) / _MICRO).quantize(_FINE, ROUND_HALF_UP):,}"


@register.simple_tag
def thousandths(value: int | None) -> str:
    """An index between 0 and 1, given in thousandths: 0.987."""
    return NOTHING if value is None else f"{value / 1_000:.3f}"


@register.simple_tag
def percent_of(part: int, whole: int) -> str:
    """A share in whole percent, rounded down; — of nothing."""
    return f"{100 * part // whole}%" if whole else "—"


@register.simple_tag
def millions(value: int | None) -> str:
    """A count that is given in millionths, with one decimal."""
    return "—" if value is None else f"{Decimal(value) / _MICRO:,.1f}"


@register.simple_tag
def percent_millions(value: int) -> str:
    """A probability in millionths as whole percent, rounded down."""
    return str(value // 10_000)


@register.simple_tag
def parts(hundredths_of_one: int) -> str:
    """Hundredths as a number: 140 is 1.4."""
    return f"{Decimal(hundredths_of_one) / 100:.2f}".rstrip("0").rstrip(".")


def hundredths(micro_points: int) -> str:
    """Micro-points as points with two decimals, rounded half up."""
    return f"{(Decimal(micro_points) / _MICRO).quantize(_CENT, ROUND_HALF_UP):,}"
