"""Amounts of a file in minor units of their currency."""

from decimal import Decimal

from evenhand.engine.reasons import reason
from evenhand.imports.kinds.base import Around, RowRead
from evenhand.leads.intake import FieldProblem
from evenhand.leads.money import LARGEST, digits_of
from evenhand.people.organization import CURRENCIES

# What files write for a currency besides its code.
_NAMES = {
    "人民币": "CNY", "元": "CNY", "RMB": "CNY", "¥": "CNY", "美元": "USD", "$": "USD", "US$": "USD",
    "港币": "HKD", "新台币": "TWD", "新臺幣": "TWD", "NT$": "TWD", "欧元": "EUR", "€": "EUR",
    "日元": "JPY", "英镑": "GBP", "£": "GBP",
}  # fmt: skip


def currency_of(row: RowRead, around: Around, problems: list[FieldProblem]) -> str:
    """The currency of a row: its own, else the import's, else the company's."""
    text = row.text("currency", 40).upper()
    code = _NAMES.get(text, text) or around.row.currency or around.company.currency
    if code not in CURRENCIES:
        why = reason("work.not_a_choice", value=text, choices=CURRENCIES)
        problems.append(FieldProblem("currency", text, why))
    return code


def amount_of(row: RowRead, role: str, currency: str, problems: list[FieldProblem]) -> int | None:
    """An amount in minor units, rounded to them; None = not said."""
    value = row.values.get(role)
    if not isinstance(value, int | Decimal):
        return None
    amount = Decimal(value)
    if not 0 <= amount <= LARGEST // 10_000:
        problems.append(FieldProblem(role, str(value)[:80], reason("intake.not_a_number")))
        return None
    return int(amount.scaleb(digits_of(currency)).to_integral_value())
