"""What holds for the whole company: its name, clock, language, money, and limits."""

from dataclasses import dataclass, fields
from datetime import date

from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.models import Organization
from evenhand.people.operations.checks import CannotEdit, needed, within
from evenhand.people.operations.profile import choosable_zones
from evenhand.people.operations.revision import people_changed
from evenhand.people.organization import CURRENCIES
from evenhand.people.scope import Right, demand
from evenhand.people.workdays import UnknownCountry, public_days
from evenhand.platform.transactions import one_transaction
from evenhand.wording.catalogue import LOCALES

LONGEST_NAME = 120
# A first contact may be due within minutes, or within two working weeks of ten hours a day.
FIRST_CONTACT_MINUTES = (5, 6_000)
MOST_OVERRIDES = 1_000
MOST_ALONE = 1_000_000  # rows: more leave in no export
SECOND_FACTOR = ("roles", "all")
CONFLICT_SHOWS = ("name", "team", "taken")


@dataclass(frozen=True, slots=True)
class CompanyIn:
    """The settings as they shall be. `overrides_per_day`: None = no limit, 0 = none at all.

    `second_factor_from`: the day from which all must have one, where all must; None = at once.
    `export_alone_rows`: None = nobody needs a second person, 0 = everybody always does.
    """

    name: str
    country: str
    zone: str
    locale: str
    currency: str
    first_contact_minutes: int | None
    overrides_per_day: int | None
    export_alone_rows: int | None
    conflict_shows: str = CONFLICT_SHOWS[0]
    second_factor: str = SECOND_FACTOR[0]
    second_factor_from: date | None = None


@one_transaction
def edit_company(given: CompanyIn, *, actor: Actor) -> bool:
    """Change the company's settings; whether anything is different now.

    What is due or counted already keeps what held when it came.

    :raises NotAllowed: the actor may not.
    :raises CannotEdit: a value cannot be; `field` names it, and nothing is changed.
    """
    demand(actor, Right.EDIT_COMPANY)
    values = _checked(given)
    company = Organization.objects.select_for_update().get(pk=1)
    changed = {
        name: [getattr(company, name), value]
        for name, value in values.items()
        if getattr(company, name) != value
    }
    if not changed:
        return False
    for name in changed:
        setattr(company, name, values[name])
    company.save(update_fields=list(changed))
    people_changed()
    data = {name: [_plain(one) for one in pair] for name, pair in changed.items()}
    record("company.edited", actor=actor, object_kind="organization", object_id=1, data=data)
    return True


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _checked(given: CompanyIn) -> dict[str, object]:
    if given.zone not in choosable_zones():
        raise CannotEdit(reason("calendar.zone_unknown", zone=given.zone[:60]), field="zone")
    if given.locale not in LOCALES:
        raise CannotEdit(reason("people.choice_gone"), field="locale")
    if given.currency not in CURRENCIES:
        raise CannotEdit(reason("people.choice_gone"), field="currency")
    if given.conflict_shows not in CONFLICT_SHOWS:
        raise CannotEdit(reason("people.choice_gone"), field="conflict_shows")
    if given.second_factor not in SECOND_FACTOR:
        raise CannotEdit(reason("people.choice_gone"), field="second_factor")
    if given.first_contact_minutes is None:
        raise CannotEdit(reason("people.needed"), field="first_contact_minutes")
    within(given.first_contact_minutes, *FIRST_CONTACT_MINUTES, "first_contact_minutes")
    if given.overrides_per_day is not None:
        within(given.overrides_per_day, 0, MOST_OVERRIDES, "overrides_per_day")
    if given.export_alone_rows is not None:
        within(given.export_alone_rows, 0, MOST_ALONE, "export_alone_rows")
    if given.country:
        try:
            public_days(given.country, [])
        except UnknownCountry as error:
            raise CannotEdit(error.reason, field="country") from error
    values: dict[str, object] = {one.name: getattr(given, one.name) for one in fields(given)}
    since = given.second_factor_from if given.second_factor == "all" else None
    return values | {
        "name": needed(given.name, "name", longest=LONGEST_NAME),
        "second_factor_from": since,
    }
