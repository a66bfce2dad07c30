"""Comings-in: noted for the journal, and for who came in himself to look over.

The journal learns who, how and a keyed digest of the address. The person's own page shows more:
the kind of browser, and an address without its end.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.db import transaction

from evenhand.journal.operations import record
from evenhand.people.models import Entry, User
from evenhand.people.operations.incidents import source_of
from evenhand.people.scope import actor_of

KEEP_ENTRIES = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Came:
    """How somebody came in; `by`: password, link, wecom, each perhaps `_and_code`.

    `device` is what the browser seems to be, `mark` the random text that this browser keeps.
    """

    by: str
    address: str = ""
    device: str = ""
    mark: str = ""


def note_login(user: User, came: Came) -> None:
    """Write down that somebody came in, and whether this browser was here before.

    Who comes for the first time of all comes with no new browser.
    """
    digest = sha256(came.mark.encode()).hexdigest()
    with transaction.atomic():
        before = Entry.objects.filter(user=user)
        is_new = before.exists() and not before.filter(browser=digest).exists()
        Entry.objects.create(
            user=user,
            by=came.by,
            device=came.device[:60],
            address=shortened(came.address),
            browser=digest,
            is_new=is_new,
        )
        record(
            "login.made",
            actor=actor_of(user),
            object_kind="person",
            object_id=user.pk,
            data={"by": came.by, "is_new": is_new, "source": source_of(came.address)},
        )


def forget_entries(now: datetime) -> None:
    """Drop what nobody looks over any more."""
    Entry.objects.filter(at__lt=now - KEEP_ENTRIES).delete()


def shortened(address: str) -> str:
    """An address without its end: 203.0.113.*, 2001:db8:1::*; "" where it is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found).rpartition(".")[0] + ".*"
    return str(ip_network(f"{found}/48", strict=False).network_address).removesuffix("::") + "::*"
