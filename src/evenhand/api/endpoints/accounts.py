"""Accounts: list, look at, found, change; acts by hand."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.responses import Status

from evenhand.api.auth import actor_of
from evenhand.api.cursors import newest_first
from evenhand.api.endpoints.by_hand import acts_on
from evenhand.api.errors import words_of
from evenhand.api.idempotency import idempotent
from evenhand.api.lines import line_id_of
from evenhand.api.schemas.accounts import (
    AccountEdit,
    AccountIn,
    AccountListing,
    AccountOut,
    AccountsOut,
    account_out,
)
from evenhand.api.schemas.fields import Id, changed
from evenhand.api.schemas.leads import AssignIn, TransferIn
from evenhand.api.schemas.shared import Done, done
from evenhand.leads.masking import sees_contact_data
from evenhand.leads.operations.companies import create_company, edit_company
from evenhand.leads.queries.accounts import account_facts, accounts_within
from evenhand.leads.queries.filters import AccountFilter
from evenhand.people.actor import Actor
from evenhand.routing.operations.give import assign, transfer
from evenhand.wording.catalogue import Words

router = Router(tags=["accounts"])
KIND = "account"
act = acts_on(router, "accounts", KIND)


@router.get(
    "/accounts", response=AccountsOut, operation_id="accounts_list", summary="api-op-accounts-list"
)
def list_accounts(request: HttpRequest, wanted: Query[AccountListing]) -> AccountsOut:
    """A page of accounts, newest first."""
    actor, words = actor_of(request), words_of(request)
    plain = wanted.model_dump(exclude={"limit", "cursor", "line"})
    rows = accounts_within(actor, AccountFilter(**plain, line=line_id_of(wanted.line)))
    shown, following = newest_first(
        rows.select_related("owner__user", "line", "parent"),
        cursor=wanted.cursor,
        limit=wanted.limit,
        of="accounts",
    )
    items = [
        account_out(one, words, sees_contact_data=sees_contact_data(actor, one)) for one in shown
    ]
    return AccountsOut(items=items, next=following)


@router.post(
    "/accounts",
    response={201: AccountOut},
    operation_id="accounts_create",
    summary="api-op-accounts-create",
)
@idempotent
def create_account(request: HttpRequest, wanted: AccountIn) -> Status[AccountOut]:
    """Found an account."""
    actor = actor_of(request)
    company = create_company(wanted.model_dump(), actor=actor)
    return Status(201, _shown(actor, company.pk, words_of(request)))


@router.get(
    "/accounts/{account_id}",
    response=AccountOut,
    operation_id="accounts_get",
    summary="api-op-accounts-get",
)
def get_account(request: HttpRequest, account_id: Id) -> AccountOut:
    """One account."""
    return _shown(actor_of(request), account_id, words_of(request))


@router.patch(
    "/accounts/{account_id}",
    response=AccountOut,
    operation_id="accounts_change",
    summary="api-op-accounts-change",
)
def change_account(request: HttpRequest, account_id: Id, wanted: AccountEdit) -> AccountOut:
    """Change fields of an account."""
    actor = actor_of(request)
    edit_company(account_id, changed(wanted, numbers=("employees",)), seen={}, actor=actor)
    return _shown(actor, account_id, words_of(request))


@act("assign")
def assign_account(request: HttpRequest, account_id: Id, wanted: AssignIn) -> Status[Done]:
    """Give an account that nobody looks after to a rep."""
    given = assign(KIND, account_id, **wanted.dict(), actor=actor_of(request))
    return Status(200, done(given))


@act("transfer")
def transfer_account(request: HttpRequest, account_id: Id, wanted: TransferIn) -> Status[Done]:
    """Move an account to another rep."""
    given = transfer(KIND, account_id, **wanted.dict(), actor=actor_of(request))
    return Status(200, done(given))


def _shown(actor: Actor, account_id: int, words: Words) -> AccountOut:
    facts = account_facts(actor, account_id, now=timezone.now())
    return account_out(facts.account, words, sees_contact_data=facts.sees_contact_data)
