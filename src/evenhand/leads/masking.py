"""Phone and mail of items that somebody sees but does not hold are masked, unless his role may.

Masks are laid on the objects that pages and the API show. Operations read rows anew, so that a
mask is never saved.
"""

import re
from collections.abc import Iterable
from typing import Any

from evenhand.leads.models import Contact, Held, Lead
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, may

_DOTS = "****"
_NUMBERS = re.compile(r"\+?[0-9][0-9\-.() ]{5,}[0-9]")
_FEWEST_DIGITS = 7
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-.][0-9]{1,2}[-.][0-9]{1,2}")
_ADDRESSES = re.compile(r"[^\s@<>()\[\]:;,，。；]+@[^\s@<>()\[\]:;,，。；]+")


def sees_contact_data(actor: Actor, item: Held) -> bool:
    """Whether somebody may read the phone and mail of an item that he can see."""
    return may(actor, Right.SEE_CONTACTS) or (
        actor.user_id is not None and item.owner_id == actor.user_id
    )


def masked_phone(phone: str) -> str:
    """A phone number of which two digits are kept at the end: 138****8000 shows too much."""
    return f"{_DOTS}{phone[-2:]}" if phone else ""


def masked_email(email: str) -> str:
    """A mail address of which only the host is kept."""
    return f"{_DOTS}@{email.rpartition('@')[2]}" if email else ""


def masked_text(text: str) -> str:
    """A note without the numbers and addresses by which somebody could be reached."""
    return _ADDRESSES.sub(_DOTS, _NUMBERS.sub(_masked_number, text))


def mask_leads(actor: Actor, leads: Iterable[Lead]) -> None:
    """Lay masks on the leads whose contact data the actor may not see."""
    for lead in leads:
        if not sees_contact_data(actor, lead):
            lead.phone, lead.email = masked_phone(lead.phone), masked_email(lead.email)
            lead.note = masked_text(lead.note)
            lead.extra = {name: _masked(value) for name, value in lead.extra.items()}
            lead.region_evidence = _masked_evidence(lead.region_evidence)
            lead.search = ""


def mask_contacts(contacts: Iterable[Contact]) -> None:
    """Lay masks on contacts; who asks has found that the actor may not see them."""
    for contact in contacts:
        contact.phone, contact.email = masked_phone(contact.phone), masked_email(contact.email)
        contact.phone_key = contact.email_key = ""


def _masked_number(found: re.Match[str]) -> str:
    text = found[0]
    is_short = sum(letter.isdigit() for letter in text) < _FEWEST_DIGITS
    return text if is_short or _DATE.fullmatch(text) else _DOTS


def _masked_evidence(told: Any) -> Any:
    """Evidence without the first digits of a phone."""
    return told and [
        {**one, "prefix": _DOTS} if one.get("hint") == "phone" and "prefix" in one else one
        for one in told
    ]


def _masked(value: Any) -> Any:
    return masked_text(value) if isinstance(value, str) else value
