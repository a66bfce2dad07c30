"""The customer's peace (客户安宁), and giving up for now."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from evenhand.api.schemas.fields import Body, Day, OneOf, StrictId
from evenhand.api.schemas.pools import ItemIn
from evenhand.engine.pool.peace import Life, Standing
from evenhand.leads.work import LOSSES


class PeaceIn(ItemIn):
    """Whose customer is to be left in peace, or no longer."""

    is_left: bool = Field(strict=True)


class PeaceOut(Schema):
    """How much of a customer's patience is used; limits null = none."""

    left_in_peace_since: datetime | None
    may_contact: bool
    owners: int
    owners_limit: int | None
    contacts: int
    contacts_limit: int | None
    quiet_until: datetime | None


class LostIn(Body):
    """What is given up, why, and when it comes back; null = never."""

    kind: Literal["lead", "account"]
    id: StrictId
    reason: Annotated[str, OneOf(LOSSES)]
    revive_on: Day | None = None


class LostOut(Schema):
    """Something lost."""

    kind: str
    id: int
    reason: str
    revive_on: date | None


def peace_out(life: Life, standing: Standing) -> PeaceOut:
    """A customer's peace as it is shown."""
    return PeaceOut(
        left_in_peace_since=life.left_in_peace_at,
        may_contact=standing.contact_refusal is None,
        owners=standing.owners,
        owners_limit=standing.owners_limit,
        contacts=standing.contacts,
        contacts_limit=standing.contacts_limit,
        quiet_until=standing.quiet_until,
    )
