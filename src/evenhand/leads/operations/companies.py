"""Accounts: founding, editing, the parent, the mark of a key account."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.reasons import reason
from evenhand.journal.operations import record
from evenhand.leads.access import NotFound, item_for, locked_item
from evenhand.leads.keys import company_key
from evenhand.leads.models import Company, Site, State
from evenhand.leads.operations.editing import Editing, apply_edit
from evenhand.leads.operations.holding import give_to
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused
from evenhand.platform.transactions import in_transaction

DEEPEST = 20  # levels of parents
_TEXTS = {"name": 200, "region": 120, "industry": 60, "size": 40, "domain": 120, "note": 4000}
COMPANY_EDITING = Editing(
    texts=_TEXTS, numbers=frozenset({"employees"}), required=frozenset({"name"})
)


class CannotKeepCompany(Refused):
    """A company cannot be founded or changed like this."""


def create_company(values: Mapping[str, Any], *, actor: Actor) -> Company:
    """Found an account; a rep looks after what he enters.

    :raises InvalidIntake: a field is unusable.
    :raises CannotKeepCompany: there is one of this name already.
    """
    fields = COMPANY_EDITING.read(values)
    return in_transaction(lambda: _create(fields, actor))


def edit_company(
    company_id: int, values: Mapping[str, Any], *, seen: Mapping[str, Any], actor: Actor
) -> Company:
    """Change fields of an account; `seen` holds what they were when the form was opened.

    :raises InvalidIntake: a field is unusable.
    :raises ChangedMeanwhile: somebody else changed one of them.
    :raises CannotKeepCompany: there is another one of this name.
    :raises NotFound: there is no such account within reach.
    """
    wanted = COMPANY_EDITING.read(values, partial=True)
    with transaction.atomic():
        company: Company = locked_item(actor, ItemKind.ACCOUNT, company_id, Right.WORK)
        changed = apply_edit(company, wanted, seen=COMPANY_EDITING.seen(seen))
        if not changed:
            return company
        if "name" in changed:
            company.name_key = company_key(company.name)
            changed = [*changed, "name_key"]
        try:
            with transaction.atomic():
                company.save(update_fields=changed)
        except IntegrityError:
            raise CannotKeepCompany(reason("work.name_taken"), field="name") from None
        data = {"fields": sorted(set(changed) - {"name_key"})}
        _told("edited", company_id, actor, data)
    return company


def set_parent(company_id: int, parent_id: int | None, *, actor: Actor) -> None:
    """Put an account under another one, or under none. No company is above itself.

    :raises CannotKeepCompany: that would close a circle, or is too deep.
    :raises NotFound: one of them is not within reach.
    """
    with transaction.atomic():
        # One at a time: two changes that each look fine could together close a circle.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('company.parent'))")
        company: Company = locked_item(actor, ItemKind.ACCOUNT, company_id, Right.WORK)
        if parent_id is not None:
            above = item_for(actor, ItemKind.ACCOUNT, parent_id)
            if above.state == State.MERGED:
                raise NotFound(ItemKind.ACCOUNT, parent_id)
            check_no_circle(company_id, parent_id)
        if company.parent_id == parent_id:
            return
        data = {"fields": ["parent"], "from": company.parent_id, "to": parent_id}
        company.parent_id = parent_id
        company.save(update_fields=["parent_id"])
        _told("edited", company_id, actor, data)


def set_site(company_id: int, site: str, *, actor: Actor) -> None:
    """Say what a company is there for: head office, plant, branch; "" = not said.

    :raises CannotKeepCompany: there is no such role.
    :raises NotFound: there is no such account within reach.
    """
    if site and site not in Site.values:
        choices = tuple(Site.values)
        raise CannotKeepCompany(
            reason("work.not_a_choice", value=site[:20], choices=choices), field="site"
        )
    with transaction.atomic():
        company: Company = locked_item(actor, ItemKind.ACCOUNT, company_id, Right.WORK)
        if company.site == site:
            return
        company.site = site
        company.save(update_fields=["site"])
        _told("edited", company_id, actor, {"fields": ["site"]})


def mark_key_account(company_id: int, is_key: bool, *, actor: Actor) -> None:
    """Name an account a key account, or no longer; for who may move items between people.

    :raises NotAllowed: he may not.
    :raises NotFound: there is no such account within reach.
    """
    with transaction.atomic():
        company: Company = locked_item(actor, ItemKind.ACCOUNT, company_id, Right.TRANSFER)
        if company.is_key_account == is_key:
            return
        company.is_key_account = is_key
        company.save(update_fields=["is_key_account"])
        _told("marked_key", company_id, actor, {"is_key": is_key})


def _create(fields: dict[str, Any], actor: Actor) -> Company:
    demand(actor, Right.WORK)
    try:
        with transaction.atomic():
            company = Company.objects.create(
                **fields,
                name_key=company_key(fields["name"]),
                state=State.UNTENDED,
                created_at=timezone.now(),
            )
    except IntegrityError:
        raise CannotKeepCompany(reason("work.name_taken"), field="name") from None
    _told("created", company.pk, actor, {})
    if actor.is_rep and actor.user_id is not None:
        give_to(ItemKind.ACCOUNT, company, actor.user_id, cause="created", at=timezone.now())
    return company


def check_no_circle(company_id: int, parent_id: int) -> None:
    """Whether a company may stand below another.

    :raises CannotKeepCompany: it would stand below itself, or too deep.
    """
    above: int | None = parent_id
    for _ in range(DEEPEST):
        if above == company_id:
            raise CannotKeepCompany(reason("work.parent_circle"), field="parent")
        if above is None:
            return
        above = Company.objects.values_list("parent_id", flat=True).get(pk=above)
    raise CannotKeepCompany(reason("work.parent_too_deep", limit=DEEPEST), field="parent")


def _told(what: str, company_id: int, actor: Actor, data: Mapping[str, Any]) -> None:
    record(f"account.{what}", actor=actor, object_kind="account", object_id=company_id, data=data)
