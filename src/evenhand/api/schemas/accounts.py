"""Accounts (客户): companies that can be dealt like leads."""

from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import (
    Body,
    Id,
    Listing,
    Moment,
    Name200,
    Text40,
    Text60,
    Text80,
    Text120,
    Text4000,
)
from evenhand.api.schemas.shared import CompanyRef, Place, place_of
from evenhand.leads.masking import masked_text
from evenhand.leads.models import Company
from evenhand.wording.catalogue import Words


class AccountOut(Place):
    """An account."""

    name: str
    domain: str
    parent: CompanyRef | None
    region: str
    industry: str
    size: str
    employees: int | None
    is_key_account: bool
    note: str


class AccountsOut(Schema):
    """A page of accounts, newest first."""

    items: list[AccountOut]
    next: str | None = Field(description="api-doc-next")


class AccountListing(Listing):
    """Which accounts are wanted."""

    q: str = Field("", max_length=80, description="api-doc-q")
    state: Literal["all", "open", "untended", "queued", "owned", "pooled", "closed"] = "open"
    owner: Id | None = None
    team: Id | None = None
    line: Text80 = Field("", description="api-doc-line")
    grade: Text40 = ""
    region: Text120 = ""
    industry: Text60 = ""
    key: bool = Field(False, description="api-doc-key")
    since: Moment | None = None
    until: Moment | None = None


class AccountIn(Body):
    """A new account; a rep looks after what he enters."""

    name: Name200
    domain: Text120 = ""
    region: Text120 = ""
    industry: Text60 = ""
    size: Text40 = ""
    employees: int | None = Field(None, strict=True, ge=0, le=2**31 - 1)
    note: Text4000 = ""


class AccountEdit(Body):
    """Fields to change; what is left out stays, null empties."""

    name: Name200 | None = None
    domain: Text120 | None = None
    region: Text120 | None = None
    industry: Text60 | None = None
    size: Text40 | None = None
    employees: int | None = Field(None, strict=True, ge=0, le=2**31 - 1)
    note: Text4000 | None = None


def account_out(account: Company, words: Words, *, sees_contact_data: bool) -> AccountOut:
    """An account as it is shown."""
    plain: dict[str, Any] = {name: getattr(account, name) for name in _PLAIN}
    note = account.note if sees_contact_data else masked_text(account.note)
    parent = account.parent
    return AccountOut(
        **place_of(account, words),
        **plain,
        note=note,
        parent=None if parent is None else CompanyRef(id=parent.pk, name=parent.name),
    )


_PLAIN = tuple(AccountOut.model_fields.keys() - Place.model_fields.keys() - {"parent", "note"})
