"""C8: one person comes in from eight clients at once, his phone and mail spelled in many ways.

He is one lead, whoever was first; what the others said stays readable at it. Threads take in on
connections of their own, as processes of a server do.
"""

import pytest
from django.db import OperationalError, connection
from psycopg_pool import PoolTimeout

from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Assignment, Contact, Lead
from evenhand.people.actor import SYSTEM
from evenhand.platform.invariants import examine
from evenhand.routing import take_in as taking
from evenhand.routing.take_in import TakenIn, take_in
from tests.server.races.test_claims import at_once
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db(transaction=True)

PHONES = (
    "13800138{0:03}",
    "+86 138 0013 8{0:03}",
    "0086-138-0013-8{0:03}",
    "１３８００１３８{0:03}",
)
MAILS = (
    "fang{0}@haichuan.example",
    "Fang{0}@Haichuan.Example",
    " FANG{0}@haichuan.example ",
    "mailto:fang{0}@haichuan.example",
)
CLIENTS, MOST_TRIES = 8, 100


def spelled(person: int) -> list[LeadIn]:
    """What eight clients send of one person: each with his phone, half of them with his mail."""
    return [
        LeadIn(
            name=f"王芳{person}",
            phone=PHONES[client % 4].format(person),
            email=MAILS[client // 2].format(person) if client % 2 else "",
            note=f"client {client}",
        )
        for client in range(CLIENTS)
    ]


def sent(person: int) -> list[int]:
    """The lead that each of the eight was told."""

    def send(lead: LeadIn) -> TakenIn:
        for _ in range(MOST_TRIES):
            try:
                (taken,) = take_in([lead], actor=SYSTEM)
                return taken
            except OperationalError as error:
                # On a busy machine connections run out: whoever is told to come again does.
                if not isinstance(error.__cause__, PoolTimeout):
                    raise
        raise AssertionError("nobody gave a connection back")

    told = at_once([lambda lead=lead: send(lead) for lead in spelled(person)])
    failed = [one for one in told if not isinstance(one, TakenIn)]
    assert failed == []
    return [one.lead_id for one in told]


def test_one_person_from_eight_clients_at_once_is_one_lead_and_nothing_is_lost() -> None:
    company(2)

    for person in range(6):
        (lead,) = set(sent(person))

        told = Event.objects.filter(object_kind="lead", object_id=lead)
        kinds = sorted(told.values_list("kind", flat=True))
        assert kinds.count("lead.taken_in") == 1 and kinds.count("lead.repeated") == CLIENTS - 1
    assert Lead.objects.count() == Contact.objects.count() == 6
    assert Assignment.objects.filter(closed_at=None).count() == 6
    with connection.cursor() as cursor:
        assert [one.invariant.message for one in examine(cursor)] == []


def test_without_the_lock_of_keys_one_person_is_several_leads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    company(2)
    monkeypatch.setattr(taking, "lock_keys", lambda keys: None)

    assert any(len(set(sent(person))) > 1 for person in range(20))
