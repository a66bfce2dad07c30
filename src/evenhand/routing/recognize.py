"""Whether a lead is new: whom its phone, mail and company mean."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from evenhand.engine.facts import OWN, Item
from evenhand.engine.matching.again import NEW as AS_NEW
from evenhand.engine.matching.again import Fate, KnownLead, Verdict, same_person
from evenhand.engine.matching.section import DuplicatesSection
from evenhand.engine.reasons import reason
from evenhand.leads.arrivals import CompanyRow, Found, Keys, OpenLead, Owner, look_up
from evenhand.leads.arrive import NewCompany, NewLead
from evenhand.leads.intake import LeadIn
from evenhand.leads.likeness import ASKED_FROM, certainty, core_of, parts_of
from evenhand.leads.whereabouts import Whereabouts, whereabouts
from evenhand.people.actor import Actor
from evenhand.platform.refusal import Refused
from evenhand.policies.live import LivePolicy
from evenhand.routing.facts import LEAD_TEXTS, Known, lead_item
from evenhand.routing.world import World, present


class UnknownCollector(Refused):
    """`collected_by` is nobody who works here."""

    def __init__(self, rep_id: int) -> None:
        super().__init__(reason("intake.no_such_rep", rep=str(rep_id)), field="collected_by")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A lead and whose hand it came through."""

    lead: LeadIn
    actor: Actor
    is_told: bool = True  # whose it becomes; if not, whoever brings it tells people once for all


def recognizer_for(
    world: World, leads: Sequence[LeadIn], keys: Sequence[Keys], places: Whereabouts
) -> "Recognizer":
    """What recognizes these leads of one line as the line's policy says."""
    said = world.live.duplicates
    sources = {one.source for one in leads} if said.by_source else {""}
    days = max((said.for_source(one)[1] for one in sources), default=0)
    since = world.now - timedelta(days=days) if days else None
    found = look_up(keys, closed_since=since, alike=said.similar_company != "ignore")
    return Recognizer(
        world.live, world.people.names, world.now, found, places, said, present(world)
    )


class Likely(NamedTuple):
    """A known company that a name may mean, and how likely, in percent."""

    company_id: int
    percent: int


@dataclass(frozen=True, slots=True)
class Attached:
    """A lead of its own beside another of the same person.

    `twin` is the number of an earlier lead of this batch, whose owner is known once it is dealt.
    """

    number: int
    new: NewLead
    item: Item
    to_lead: int
    owner_id: int | None
    is_open: bool
    twin: int | None


@dataclass(slots=True)
class Recognizer:
    """Goes through the leads of one line in their order; each may be what a later one repeats."""

    live: LivePolicy
    people: Mapping[str, str]  # names by the engine's id
    now: datetime
    found: Found
    whereabouts: Whereabouts = field(default_factory=whereabouts)
    # What the policy says of who comes again; None: whoever has an open lead is merged into it.
    duplicates: DuplicatesSection | None = None
    here: Collection[int] = ()  # who can be given something at all
    new: list[tuple[int, NewLead, Item]] = field(default_factory=list)
    companies: list[NewCompany] = field(default_factory=list)
    repeats: dict[int, OpenLead] = field(default_factory=dict)
    # Leads of this batch that repeat an earlier one of it: number → number of the first.
    twins: dict[int, int] = field(default_factory=dict)
    number_of: dict[int, int] = field(default_factory=dict)  # of the new leads, by id
    # Leads of their own for whoever has, or had, another of the same person.
    attached: list[Attached] = field(default_factory=list)
    # Companies under another name: number → which, and how certain; and pairs to ask about.
    same_firm: dict[int, Likely] = field(default_factory=dict)
    alike: list[tuple[int, int, int]] = field(default_factory=list)
    keys_of: dict[int, tuple[str, ...]] = field(default_factory=dict)  # recognized by, by number

    def recognize(self, number: int, lead: LeadIn, keys: Keys, ids: Sequence[int]) -> None:
        """Take a lead as new, as a touch of an open one, or as one that this batch has already.

        `ids` are those that lead, contact and company will have if they are new.

        :raises UnknownCollector: it names nobody.
        """
        found = self.found
        lead_id, contact_id, company_id = ids
        known = found.contact_of(keys)
        verdict = AS_NEW if known is None else self._verdict(lead, keys)
        if verdict.lead is not None:
            self.keys_of[number] = verdict.lead.keys
            if verdict.fate is Fate.MERGED and not self._is_attached_later(verdict.lead, lead):
                self._merge(number, verdict.lead.id)
                return
        self._check_collector(lead)
        where = self.whereabouts.of(lead.region, keys.phone, lead.extra)
        # Where a phone was given out says little of where the firm is.
        of_company = where.region if lead.region else ""
        company = self._company(number, lead, keys, of_company, company_id, known, found)
        contact = contact_id if known is None else known[0]
        new = NewLead(
            id=lead_id,
            lead=lead,
            keys=keys,
            where=where,
            contact_id=contact,
            is_new_contact=known is None,
            company_id=None if company is None else company.id,
        )
        texts = dict(zip(_READ, _read(lead), strict=True))
        texts |= {
            "region": where.region,
            "given_grade": lead.grade,
            "collected_by_id": lead.collected_by,
        }
        item = lead_item(
            lead_id,
            texts,
            company=company,
            created_at=self.now,
            extra=lead.extra,
            schema=self.live.policy.schema,
        )
        if verdict.lead is not None:
            twin = self.number_of.get(verdict.lead.id)
            is_open = verdict.fate is not Fate.RETURNED
            self.attached.append(
                Attached(number, new, item, verdict.lead.id, verdict.lead.owner, is_open, twin)
            )
            return
        self._learn(new, found)
        self.new.append((number, new, item))
        self.number_of[lead_id] = number

    def deal(self, leads: Iterable[Attached]) -> None:
        """Have these, which were to be attached, dealt as new ones; of one person the first."""
        first: dict[int | None, int] = {}
        for one in list(leads):
            self.attached.remove(one)
            number = first.setdefault(one.new.contact_id, one.number)
            if number != one.number:
                self.twins[one.number] = number
                continue
            self.new.append((one.number, one.new, one.item))
            self.number_of[one.new.id] = one.number
        self.new.sort(key=lambda known: known[0])

    def _verdict(self, lead: LeadIn, keys: Keys) -> Verdict:
        """What becomes of a lead whose person is known, by his leads in this line."""
        found, here = self.found, self.here
        leads = [
            KnownLead(
                id=one.id,
                state=one.state or "queued",  # of this batch: not dealt yet
                owner=one.owner_id if self.duplicates is None or one.owner_id in here else None,
                keys=by,
                closed_at=one.closed_at,
            )
            for contact_id, by in found.matches(keys).items()
            for one in found.open_by_contact.get(contact_id, ())
            if one.line_id == self.live.line_id
        ]
        if not leads:
            return AS_NEW
        return same_person(leads, self.duplicates or USUAL, source=lead.source, now=self.now)

    def _is_attached_later(self, known: KnownLead, lead: LeadIn) -> bool:
        """Whether it waits for who gets an earlier lead of this batch."""
        if known.id not in self.number_of or self.duplicates is None:
            return False
        return self.duplicates.for_source(lead.source)[0] == "attach"

    def _merge(self, number: int, lead_id: int) -> None:
        if lead_id in self.number_of:
            self.twins[number] = self.number_of[lead_id]
        else:
            self.repeats[number] = self.found.open_lead(lead_id)

    def _check_collector(self, lead: LeadIn) -> None:
        if lead.collected_by is not None and (str(lead.collected_by) not in self.people):
            raise UnknownCollector(lead.collected_by)

    def _company(
        self,
        number: int,
        lead: LeadIn,
        keys: Keys,
        region: str,
        new_id: int,
        contact: tuple[int, int | None] | None,
        found: Found,
    ) -> Known | None:
        """By its name; without one, by the contact or the mail's domain; new if only named."""
        company_id = found.company_by_key.get(keys.company) if keys.company else None
        if company_id is None and not keys.company:
            company_id = contact[1] if contact is not None else None
            if company_id is None and keys.domain:
                company_id = found.company_by_domain.get(keys.domain)
        if company_id is not None:
            return _known(found.companies[company_id], found.owner_of(company_id, keys.domain))
        if not keys.company:
            return None
        likely = self._likely(lead.company, keys)
        if likely and likely[0].percent >= self._certain:
            self.same_firm[number] = likely[0]
            company_id = likely[0].company_id
            found.company_by_key[keys.company] = company_id  # for the rest of this batch
            return _known(found.companies[company_id], found.owner_of(company_id, keys.domain))
        self.alike += [(one.company_id, new_id, one.percent) for one in likely]
        domain = "" if keys.domain in found.company_by_domain else keys.domain
        self.companies.append(
            NewCompany(new_id, lead.company, keys.company, domain, region, lead.industry, lead.size)
        )
        row = CompanyRow(
            new_id, lead.company, region, lead.industry, lead.size, None, None, False, None, None
        )
        found.companies[new_id] = row
        found.company_by_key[keys.company] = new_id
        if self.duplicates is not None:
            found.learn_core(new_id, lead.company)
        if domain:
            found.company_by_domain[domain] = new_id
        return _known(row, found.owner_of(new_id, keys.domain))

    @property
    def _certain(self) -> int:
        """From how many percent on a company counts as the same without asking."""
        said = self.duplicates
        return said.certainty if said is not None and said.similar_company == "attach" else 101

    def _likely(self, name: str, keys: Keys) -> list[Likely]:
        """Known companies that may be meant, the likeliest first; two as likely are both asked."""
        found = self.found
        if self.duplicates is None or self.duplicates.similar_company == "ignore":
            return []
        parts = parts_of(name)
        of_domain = found.company_by_domain.get(keys.domain) if keys.domain else None
        likely = [
            Likely(one, percent)
            for one in found.companies_by_core.get(core_of(name), ())
            if (
                percent := certainty(
                    parts, parts_of(found.companies[one].name), same_domain=one == of_domain
                )
            )
            >= ASKED_FROM
        ]
        likely.sort(key=lambda one: (-one.percent, one.company_id))
        if len(likely) > 1 and likely[1].percent == likely[0].percent >= self._certain:
            likely = [Likely(one.company_id, min(one.percent, self._certain - 1)) for one in likely]
        return likely[:_MOST_ASKED]

    def _learn(self, new: NewLead, found: Found) -> None:
        """Later leads of this batch recognize this one."""
        if new.contact_id is None:
            return
        entry = (new.contact_id, new.company_id)
        if new.keys.phone:
            found.contact_by_phone.setdefault(new.keys.phone, entry)
        if new.keys.email:
            found.contact_by_email.setdefault(new.keys.email, entry)
        if new.keys.phone or new.keys.email:
            line_id = self.live.line_id
            found.open_by_contact.setdefault(new.contact_id, []).append(
                OpenLead(new.id, line_id, "", None, None)
            )


USUAL = DuplicatesSection()
_MOST_ASKED = 3  # companies that one name may be

_READ = (*LEAD_TEXTS, "budget", "employees")
_read = attrgetter(*_READ)


def _known(row: CompanyRow, owner: Owner | None) -> Known:
    return Known(
        id=row.id,
        name=row.name,
        region=row.region,
        industry=row.industry,
        size=row.size,
        employees=row.employees,
        revenue=row.revenue,
        is_key_account=row.is_key_account,
        owner_id=None if owner is None else owner.rep_id,
        owner_by=OWN if owner is None else owner.by,
    )
