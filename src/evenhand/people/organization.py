"""The company itself, and the clock by which somebody reads times."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from evenhand.people.models import Organization, User
from evenhand.platform.looking import is_looking, once
from evenhand.platform.row_objects import row_where
from evenhand.wording.catalogue import DEFAULT_LOCALE

FALLBACK_ZONE = "Asia/Shanghai"
# The currencies that amounts of money can have, the usual ones first.
CURRENCIES = (
    *("CNY", "TWD", "HKD", "USD", "EUR", "JPY", "GBP", "SGD", "KRW", "AUD", "CAD", "CHF"),
    *("MOP", "MYR", "THB", "VND"),
)


def organization() -> Organization | None:
    """The company's row; None before the set-up."""
    return once("organization", lambda: row_where(Organization, "id = 1", ()))


def people_revision() -> int:
    """Which change of people was the latest; a page that looks has it with the company's row.

    :raises Organization.DoesNotExist: before the set-up.
    """
    company = organization() if is_looking() else None
    if company is not None:
        return company.people_revision
    found: int = Organization.objects.values_list("people_revision", flat=True).get(pk=1)
    return found


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
