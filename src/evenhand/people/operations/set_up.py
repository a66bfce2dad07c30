"""The company's first row, its working time, and the first administrator."""

from datetime import timedelta
from secrets import token_hex
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Calendar, DataScope, LinkKind, Organization, Role, User
from evenhand.people.naming import name_key
from evenhand.people.operations.links import issue_link, use_link
from evenhand.people.operations.passwords import check_new_password
from evenhand.people.operations.profile import choosable_zones
from evenhand.people.operations.totp import EVERYBODY
from evenhand.people.workdays import UnknownCountry, public_days
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import LOCALES, Words

# From then on nobody works without a second factor, unless the company decides otherwise.
SECOND_FACTOR_DAYS = 14
OFFICE_HOURS = "09:00-12:00 13:30-18:00"
CURRENCIES = {
    "CN": "CNY",
    "TW": "TWD",
    "HK": "HKD",
    "MO": "MOP",
    "SG": "SGD",
    "MY": "MYR",
    "JP": "JPY",
    "KR": "KRW",
    "VN": "VND",
    "TH": "THB",
    "US": "USD",
    "GB": "GBP",
    "DE": "EUR",
}


class CannotSetUp(Refused):
    """The company is there already, or something about it is missing."""


def create_company(
    name: str,
    zone: str,
    country: str,
    locale: str,
    admin_name: str,
    admin_email: str,
    *,
    password: str | None = None,
    is_demo: bool = False,
) -> tuple[Organization, User]:
    """Create the company, its usual working time (weekdays, official days off) and its first
    administrator; without a password he comes in by a link.

    Nobody can receive a lead yet: lines of business with their rules are the caller's.

    :raises CannotSetUp: there is a company, or a value cannot be; `field` names it.
    :raises WeakPassword: the password is not good enough.
    """
    email = admin_email.strip().lower()
    _check(name, zone, country, locale, admin_name, email)
    admin = User(
        email=email,
        name=admin_name.strip()[:80],
        name_key=name_key(admin_name.strip()),
        role=Role.ADMIN,
        scope=DataScope.ALL,
        locale=locale,
    )
    if password is None:
        admin.set_unusable_password()
    else:
        check_new_password(password, admin)
        admin.set_password(password)
    try:
        with transaction.atomic():
            company = Organization.objects.create(
                id=1,
                name=name.strip()[:120],
                seed=token_hex(32),
                zone=zone,
                country=country,
                locale=locale,
                currency=CURRENCIES.get(country[:2], "USD"),
                is_demo=is_demo,
                second_factor=EVERYBODY,
                second_factor_from=timezone.now().astimezone(ZoneInfo(zone)).date()
                + timedelta(days=SECOND_FACTOR_DAYS),
            )
            admin.save()
            _create_calendar(zone, country, locale)
            record("company.set_up", actor=SYSTEM, object_kind="person", object_id=admin.pk)
    except IntegrityError as error:
        raise CannotSetUp(reason("link.set_up_already")) from error
    return company, admin


def set_up_by_link(
    token: str,
    name: str,
    zone: str,
    country: str,
    locale: str,
    admin_name: str,
    admin_email: str,
    *,
    password: str,
) -> User:
    """Use the set-up link up: a real company, and its administrator with a password.

    :raises LinkUnusable: it was used, has expired, or is for something else.
    :raises CannotSetUp, WeakPassword: nothing is used up.
    """
    with transaction.atomic():
        if use_link(token).kind != LinkKind.SET_UP:
            raise CannotSetUp(reason("link.unusable"))
        _, admin = create_company(
            name, zone, country, locale, admin_name, admin_email, password=password
        )
    return admin


def first_run_link() -> str:
    """The token of the link by which a real company is set up, once.

    :raises CannotIssueLink: the company is set up already.
    """
    return issue_link(LinkKind.SET_UP, actor=SYSTEM)


def _check(name: str, zone: str, country: str, locale: str, admin_name: str, email: str) -> None:
    if not name.strip():
        raise CannotSetUp(reason("set_up.company_missing"), field="name")
    if zone not in choosable_zones():
        raise CannotSetUp(reason("calendar.zone_unknown", zone=zone), field="zone")
    if locale not in LOCALES:
        raise CannotSetUp(reason("profile.unknown", value=locale), field="locale")
    if not admin_name.strip():
        raise CannotSetUp(reason("profile.name_missing"), field="admin_name")
    try:
        validate_email(email)
    except ValidationError as error:
        raise CannotSetUp(
            reason("profile.email_wrong", value=email), field="admin_email"
        ) from error
    if country:
        try:
            public_days(country, [])
        except UnknownCountry as error:
            raise CannotSetUp(error.reason, field="country") from error


def _create_calendar(zone: str, country: str, locale: str) -> None:
    Calendar.objects.create(
        name=Words(locale).text("calendar-default-name"),
        zone=zone,
        country=country,
        hours=[*[OFFICE_HOURS] * 5, "", ""],
        is_default=True,
    )
