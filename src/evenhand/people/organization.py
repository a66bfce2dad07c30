"""The company itself, and the clock by which somebody reads times."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from evenhand.people.models import Organization, User
from evenhand.wording.catalogue import DEFAULT_LOCALE

FALLBACK_ZONE = "Asia/Shanghai"
# The currencies that amounts of money can have, the usual ones first.
CURRENCIES = (
    *("CNY", "TWD", "HKD", "USD", "EUR", "JPY", "GBP", "SGD", "KRW", "AUD", "CAD", "CHF"),
    *("MOP", "MYR", "THB", "VND"),
)


def organization() -> Organization | None:
    """The company's row; None before the set-up."""
    return Organization.objects.filter(pk=1).first()


def usual_locale(company: Organization | None) -> str:
    """The language of whoever chose none: the company's."""
    return DEFAULT_LOCALE if company is None else company.locale


def first_contact_minutes() -> int:
    """The working time in which a first contact is to be made; 0 = no clock runs."""
    company = organization()
    return 0 if company is None else company.first_contact_minutes


def zone_of(user: User | None, ask: Callable[[], Organization | None] = organization) -> ZoneInfo:
    """The viewer's time zone: his own choice, else that of the company, which `ask` gives."""
    if user is not None and user.zone:
        return ZoneInfo(user.zone)
    company = ask()
    return ZoneInfo(company.zone if company is not None else FALLBACK_ZONE)
