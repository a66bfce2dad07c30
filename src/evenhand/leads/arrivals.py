"""Who a new lead is about: the contact, company and open lead that its keys already know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection

from evenhand.engine.facts import DOMAIN, OWN, PARENT
from evenhand.leads.intake import LeadIn
from evenhand.leads.keys import company_key, domain_of, email_key, phone_key
from evenhand.leads.likeness import core_of
from evenhand.leads.models import Lead


@dataclass(frozen=True, slots=True)
class Keys:
    """What a lead can be recognized by; "" = nothing given, or nothing usable."""

    phone: str
    email: str
    company: str
    domain: str
    name: str = ""  # the company's, as it came


def keys_of(lead: LeadIn, country: str) -> Keys:
    """The keys of a lead as it came in."""
    return Keys(
        phone=phone_key(lead.phone, country) if lead.phone else "",
        email=email_key(lead.email) if lead.email else "",
        company=company_key(lead.company) if lead.company else "",
        domain=domain_of(lead.email) if lead.email else "",
        name=lead.company,
    )


def lock_keys(keys: Iterable[Keys]) -> None:
    """Let nobody else take in the same people or companies until this transaction ends.

    Two submissions of one person at the same time are then one lead, whichever process has them.
    """
    texts = {
        f"{kind}:{value}"
        for one in keys
        for kind, value in (("p", one.phone), ("e", one.email), ("c", one.company))
        if value
    }
    numbers = sorted(
        int.from_bytes(sha256(text.encode()).digest()[:8], "big", signed=True) for text in texts
    )
    if numbers:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_advisory_xact_lock(k)) FROM unnest(%s::bigint[]) AS k", [numbers]
            )


@dataclass(slots=True)
class CompanyRow:
    """A company that is there already."""

    id: int
    name: str
    region: str
    industry: str
    size: str
    employees: int | None
    revenue: int | None
    is_key_account: bool
    owner_id: int | None
    above_id: int | None = None  # who looks after the nearest company above it that has an owner


class Owner(NamedTuple):
    """Who looks after a company, and by which way he was found (`facts.OWNER_WAYS`)."""

    rep_id: int
    by: str


@dataclass(frozen=True, slots=True)
class OpenLead:
    """A lead of the same person that is still being worked on, waits, or lies in a pool.

    A closed one has `closed_at`, and its owner is who had it last.
    """

    id: int
    line_id: int
    state: str
    owner_id: int | None
    receipt_id: int | None
    closed_at: datetime | None = None


@dataclass(slots=True)
class Found:
    """Everything that keys of one batch lead to."""

    contact_by_phone: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    contact_by_email: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    company_by_key: dict[str, int] = field(default_factory=dict)
    company_by_domain: dict[str, int] = field(default_factory=dict)
    companies: dict[int, CompanyRow] = field(default_factory=dict)
    open_by_contact: dict[int, list[OpenLead]] = field(default_factory=dict)
    companies_by_core: dict[str, list[int]] = field(default_factory=dict)

    def learn_core(self, company_id: int, name: str) -> None:
        """A company may be meant by names with the same name proper."""
        self.companies_by_core.setdefault(core_of(name), []).append(company_id)

    @property
    def contact_ids(self) -> set[int]:
        """The contacts that a phone or a mail led to."""
        return {contact for contact, _ in self._people}

    @property
    def company_ids(self) -> set[int]:
        """The companies that these contacts are at."""
        return {company for _, company in self._people if company is not None}

    @property
    def _people(self) -> Iterable[tuple[int, int | None]]:
        return chain(self.contact_by_phone.values(), self.contact_by_email.values())

    def contact_of(self, keys: Keys) -> tuple[int, int | None] | None:
        """Contact id and its company id; the phone counts before the mail."""
        found = self.contact_by_phone.get(keys.phone) if keys.phone else None
        if found is None and keys.email:
            found = self.contact_by_email.get(keys.email)
        return found

    def matches(self, keys: Keys) -> dict[int, tuple[str, ...]]:
        """The contacts that share a key, and which they share: phone, email."""
        found: dict[int, tuple[str, ...]] = {}
        ways = (("phone", self.contact_by_phone), ("email", self.contact_by_email))
        for name, by_key in ways:
            value = getattr(keys, name)
            if value and (contact := by_key.get(value)) is not None:
                found[contact[0]] = (*found.get(contact[0], ()), name)
        return found

    def open_lead(self, lead_id: int) -> OpenLead:
        """An open lead that was found."""
        return next(
            one for leads in self.open_by_contact.values() for one in leads if one.id == lead_id
        )

    def owner_of(self, company_id: int, domain: str, *, beyond: bool = False) -> Owner | None:
        """Of the company itself, else of the nearest one above it, else by the mail's domain.

        `beyond` leaves out the company itself.
        """
        company = self.companies[company_id]
        own = _owner(replace(company, owner_id=None) if beyond else company)
        if own is not None or not domain or domain not in self.company_by_domain:
            return own
        other = _owner(self.companies[self.company_by_domain[domain]])
        return None if other is None else Owner(other.rep_id, DOMAIN)


def _owner(company: CompanyRow) -> Owner | None:
    if company.owner_id is not None:
        return Owner(company.owner_id, OWN)
    return None if company.above_id is None else Owner(company.above_id, PARENT)


def look_up(
    keys: Sequence[Keys], *, closed_since: datetime | None = None, alike: bool = False
) -> Found:
    """Find contacts, companies and open leads by keys: a fixed number of statements.

    With `closed_since` also leads that somebody had and that were closed since; with `alike`, for
    companies that are not there by name, those of the same name proper: one more statement.
    """
    found = Found()
    with connection.cursor() as cursor:
        _contacts(cursor, keys, found)
        _companies(cursor, keys, found)
        if alike:
            _companies_alike(cursor, keys, found)
        _open_leads(cursor, found, closed_since)
    return found


_CONTACT = (
    "SELECT c.id, c.company_id, m.phone_key, m.email_key FROM contact m"
    " JOIN contact c ON c.id = coalesce(m.merged_into_id, m.id)"
)


def _contacts(cursor: Any, keys: Sequence[Keys], found: Found) -> None:
    phones = sorted({one.phone for one in keys if one.phone})
    emails = sorted({one.email for one in keys if one.email})
    if not phones and not emails:
        return
    cursor.execute(
        f"{_CONTACT} WHERE m.phone_key <> '' AND m.phone_key = ANY(%s) UNION ALL"
        f" {_CONTACT} WHERE m.email_key <> '' AND m.email_key = ANY(%s) ORDER BY 1",
        [phones, emails],
    )
    for contact_id, company_id, phone, email in cursor.fetchall():
        if phone:
            found.contact_by_phone.setdefault(phone, (contact_id, company_id))
        if email:
            found.contact_by_email.setdefault(email, (contact_id, company_id))


def _holder(company: str) -> str:
    """SQL: who looks after a company, its own holder, else whoever holds its latest lead.

    The row of a company that was given up still names whose it was: he looks after it no more.
    """
    return (
        f"coalesce(CASE WHEN {company}.state = 'owned' THEN {company}.owner_id END,"
        " (SELECT l.owner_id FROM lead l"
        f" WHERE l.company_id = {company}.id AND l.state = 'owned' ORDER BY l.id DESC LIMIT 1))"
    )


# Asked only of companies that stand below another; the steps are bounded, as no circle can be.
_ABOVE = f"""
WITH RECURSIVE up AS (
  SELECT c.id AS below, p.id, p.parent_id, p.owner_id, p.state, 1 AS step
  FROM company c JOIN company p ON p.id = c.parent_id WHERE c.id = ANY(%s)
  UNION ALL
  SELECT up.below, p.id, p.parent_id, p.owner_id, p.state, up.step + 1
  FROM up JOIN company p ON p.id = up.parent_id WHERE up.step < 20
)
SELECT DISTINCT ON (below) below, rep
FROM (SELECT up.below, up.step, {_holder("up")} AS rep FROM up) AS held
WHERE rep IS NOT NULL ORDER BY below, step
"""
_KEYED = "SELECT id, merged_into_id, name_key, domain FROM company"


def _company(*where: str) -> str:
    """SQL: the companies that these conditions find, each once for every key that found it.

    What was merged is found by its name and domain still, and stands for what survived.
    """
    found = " UNION ".join(f"{_KEYED} WHERE {one}" for one in where)
    return (
        "SELECT c.id, c.name, c.region, c.industry, c.size, c.employees, c.revenue / 100,"
        f" c.is_key_account, {_holder('c')}, c.parent_id, m.name_key, m.domain"
        f" FROM ({found}) AS m JOIN company c ON c.id = coalesce(m.merged_into_id, m.id)"
        " ORDER BY 1"
    )


def _companies(cursor: Any, keys: Sequence[Keys], found: Found) -> None:
    names = sorted({one.company for one in keys if one.company})
    domains = sorted({one.domain for one in keys if one.domain})
    ids = sorted(found.company_ids)
    if not (names or domains or ids):
        return
    cursor.execute(
        _company(
            "name_key <> '' AND name_key = ANY(%s)",
            "domain <> '' AND domain = ANY(%s)",
            "id = ANY(%s)",
        ),
        [names, domains, ids],
    )
    _fill(cursor, found, cursor.fetchall())


def _companies_alike(cursor: Any, keys: Sequence[Keys], found: Found) -> None:
    names = {one.name for one in keys if one.company and one.company not in found.company_by_key}
    cores = sorted({core for name in names if (core := core_of(name))})
    if cores:
        cursor.execute(
            _company(
                "core_key <> '' AND core_key = ANY(%s)"
                f" AND state NOT IN ('merged', 'rejected') ORDER BY id LIMIT {_MOST_ALIKE}"
            ),
            [cores],
        )
        rows = cursor.fetchall()
        _fill(cursor, found, rows)
        for row in rows:
            found.learn_core(row[0], row[1])


def _fill(
    cursor: Any, found: Found, rows: Iterable[tuple[Any, ...]], *, beyond: bool = False
) -> None:
    """Take companies in; of those below another, who looks after what is above them."""
    below = set()
    for row in rows:
        found.companies[row[0]] = CompanyRow(*row[:9])
        if row[9] is not None and (beyond or row[8] is None):
            below.add(row[0])
        if row[10]:
            found.company_by_key.setdefault(row[10], row[0])
        if row[11]:
            found.company_by_domain.setdefault(row[11], row[0])
    if below:
        cursor.execute(_ABOVE, [sorted(below)])
        for company_id, rep_id in cursor.fetchall():
            found.companies[company_id].above_id = rep_id


def _open_leads(cursor: Any, found: Found, closed_since: datetime | None) -> None:
    contacts = found.contact_ids
    if not contacts:
        return
    closed = "" if closed_since is None else " OR (state = 'closed' AND closed_at > %s)"
    cursor.execute(
        "SELECT contact_id, id, line_id, state, owner_id, receipt_id, closed_at FROM lead"
        " WHERE contact_id = ANY(%s)"
        f" AND (state IN ('queued', 'owned', 'pooled'){closed}) ORDER BY id DESC",
        [sorted(contacts), *([] if closed_since is None else [closed_since])],
    )
    for contact_id, *lead in cursor.fetchall():
        found.open_by_contact.setdefault(contact_id, []).append(OpenLead(*lead))


_MOST_ALIKE = 5_000


def owners_of(leads: Iterable[Lead], *, beyond: bool = False) -> dict[int, Owner]:
    """Who looks after the companies of stored leads, by lead id, as at their arrival."""
    ways = {
        lead.pk: (lead.company_id, domain_of(lead.email) if lead.email else "")
        for lead in leads
        if lead.company_id is not None
    }
    found = Found()
    with connection.cursor() as cursor:
        cursor.execute(
            _company("id = ANY(%s)", "domain <> '' AND domain = ANY(%s)"),
            [
                sorted({company_id for company_id, _ in ways.values()}),
                sorted({domain for _, domain in ways.values() if domain}),
            ],
        )
        _fill(cursor, found, cursor.fetchall(), beyond=beyond)
    owners = {lead_id: found.owner_of(*way, beyond=beyond) for lead_id, way in ways.items()}
    return {lead_id: owner for lead_id, owner in owners.items() if owner is not None}
