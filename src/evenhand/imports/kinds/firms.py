"""Companies that rows name: found by their id or name, or written down along the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.imports.models import Import
from evenhand.journal.models import Event
from evenhand.journal.operations import record
from evenhand.leads.arrivals import Keys, lock_keys
from evenhand.leads.keys import company_key
from evenhand.leads.models import (
    Activity,
    Assignment,
    Company,
    Contact,
    Lead,
    Merge,
    Opportunity,
    State,
)
from evenhand.people.actor import Actor
from evenhand.tasks.models import Task, TaskState


@dataclass(slots=True)
class Firms:
    """The companies that the rows of a part may mean, under lock."""

    row: Import
    actor: Actor
    by_external: dict[str, Company] = field(default_factory=dict)
    by_key: dict[str, Company] = field(default_factory=dict)
    claimed: set[int] = field(default_factory=set)  # written beside, by now with a row of their own

    def find(self, external_id: str, name: str) -> Company | None:
        """By the id that another system gave it, else by its name."""
        found = self.by_external.get(external_id) if external_id else None
        return found or self.by_key.get(company_key(name))

    def found_or_made(self, external_id: str, name: str) -> Company | None:
        """The same; one that is only named is written down, for its own row to fill in."""
        found = self.find(external_id, name)
        if found is None and company_key(name):
            found = self.make(name=name[:200], external_id="")
            told(self.row, found, self.actor, is_beside=True)
        return found

    def make(self, **fields: Any) -> Company:
        """Write a company down; nobody looks after it yet."""
        values = {"state": State.UNTENDED, "created_at": timezone.now()} | fields
        company = Company.objects.create(name_key=company_key(fields["name"]), **values)
        self.learn(company)
        return company

    def learn(self, company: Company) -> None:
        """Later rows find this one."""
        if company.external_id:
            self.by_external.setdefault(company.external_id, company)
        if company.name_key:
            self.by_key.setdefault(company.name_key, company)


def firms_of(row: Import, actor: Actor, *, ids: Iterable[str], names: Iterable[str]) -> Firms:
    """Find companies by ids and names; nobody else writes one of these names meanwhile."""
    keys = {company_key(name) for name in names} - {""}
    lock_keys(Keys("", "", key, "") for key in keys)
    wanted = {one for one in ids if one}
    firms = Firms(row, actor)
    rows = Company.objects.filter(Q(external_id__in=wanted) | Q(name_key__in=keys))
    for company in rows.select_for_update(no_key=True).order_by("pk"):
        firms.learn(company)
    return firms


def told(
    row: Import,
    company: Company,
    actor: Actor,
    *,
    is_beside: bool = False,
    filled: Iterable[str] = (),
) -> None:
    """Note that an import wrote a company, wrote it because a row named it, or filled it in."""
    data: Mapping[str, Any] = {
        "import": row.pk,
        "rep": company.owner_id,
        "beside": is_beside,
        "fields": sorted(filled),
    }
    record("account.imported", actor=actor, object_kind="account", object_id=company.pk, data=data)


def was_made_beside(row: Import, company: Company) -> bool:
    """Whether this import wrote the company only because a row named it."""
    events = Event.objects.filter(object_kind="account", object_id=company.pk)
    return events.filter(kind="account.imported", data__import=row.pk, data__beside=True).exists()


def is_touched(row: Import, company: Company) -> bool:
    """Whether somebody else has done anything with a company since this import wrote it."""
    events = Event.objects.filter(object_kind="account", object_id=company.pk)
    # A person who was added is seen by himself: he hangs on it, or is gone again.
    events = events.exclude(kind="account.contact_added")
    is_seen = events.exclude(kind="account.imported", data__import=row.pk).exists()
    return is_seen or is_merged(ItemKind.ACCOUNT, company.pk)


def bears(company: Company) -> bool:
    """Whether anything hangs on a company."""
    mine = {"item_kind": ItemKind.ACCOUNT.value, "item_id": company.pk}
    return (
        Lead.objects.filter(company=company).exists()
        or Opportunity.objects.filter(company=company).exists()
        or Contact.objects.filter(company=company).exists()
        or Company.objects.filter(parent=company).exists()
        or Activity.objects.filter(Q(company=company) | Q(**mine)).exists()
        or is_to_be_done_for(ItemKind.ACCOUNT, company.pk)
    )


def is_merged(kind: str, row_id: int) -> bool:
    """Whether somebody has merged a company or a person with another: taken apart, both are
    needed."""
    either = Q(survivor_id=row_id) | Q(merged_id=row_id)
    return Merge.objects.filter(either, item_kind=str(kind), undone_at=None).exists()


def is_to_be_done_for(kind: str, item_id: int) -> bool:
    """Whether there is a to-do for an item, done or not; a canceled one is none."""
    rows = Task.objects.filter(item_kind=str(kind), item_id=item_id)
    return rows.exclude(state=TaskState.CANCELED).exists()


def drop_if_beside(row: Import, company_id: int | None) -> None:
    """Take away a company that was written only because a row named it, if nothing needs it."""
    company = Company.objects.select_for_update().filter(pk=company_id or 0).first()
    if company is None or not was_made_beside(row, company):
        return
    if not is_touched(row, company) and not bears(company) and company.owner_id is None:
        Assignment.objects.filter(item_kind=ItemKind.ACCOUNT, item_id=company.pk).delete()
        company.delete()
