"""C2, C4: many people reach for one item at once; one has it, the others are told so and no more.

Here by hand from the unassigned; a claim from the pool takes the same locks.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any

import pytest
from django.db import connection

from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Assignment, Lead, Load, State
from evenhand.ledger.models import Balance
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep
from evenhand.routing.models import Receipt
from evenhand.routing.take_in import take_in
from tests.server.api.caller import Caller, token_of
from tests.server.builders import person
from tests.server.races.guards import unlock_everything
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db(transaction=True)

MOST_TRIES, _AGAIN_AFTER_SECONDS = 200, 0.1


def waiting(count: int) -> list[int]:
    """So many leads that nobody holds."""
    leads = [LeadIn(name=f"n{n}", phone=f"1392000{n:04d}") for n in range(count)]
    return [one.lead_id for one in take_in(leads, actor=SYSTEM)]


def clicks(leads: int, each: int, threads: int) -> dict[int, list[tuple[int, Any]]]:
    """Everybody gives every lead to somebody, all at once: (rep wanted, answer) by lead."""
    reps = list(Rep.objects.order_by("pk").values_list("pk", flat=True))
    tokens = [token_of(person(f"Olga{k}", "sales_ops", "all")) for k in range(each)]
    wanted = [
        (lead, reps[k % len(reps)], token)
        for lead in waiting(leads)
        for k, token in enumerate(tokens)
    ]

    def click(one: tuple[int, int, str]) -> tuple[int, int, Any]:
        lead, rep, token = one
        try:
            body, caller = {"to": rep, "reason": "waiting"}, Caller(token)
            for _ in range(MOST_TRIES):
                answer = caller.post(f"/leads/{lead}/assign", body)
                # More than a process serves at once: whoever is told to come again does, sooner.
                if answer.status_code != 503 or "Retry-After" not in answer.headers:
                    break
                sleep(_AGAIN_AFTER_SECONDS)
            return lead, rep, answer
        finally:
            connection.close()

    found: dict[int, list[tuple[int, Any]]] = {}
    with ThreadPoolExecutor(threads) as pool:
        for lead, rep, answer in pool.map(click, wanted):
            found.setdefault(lead, []).append((rep, answer))
    return found


def broken(answers: dict[int, list[tuple[int, Any]]]) -> list[str]:
    """What is wrong with who won."""
    found = []
    owners = dict(Lead.objects.values_list("pk", "owner_id"))
    names = dict(Rep.objects.values_list("pk", "user__name"))
    for lead, said in answers.items():
        kinds = Counter(answer.status_code for _, answer in said)
        if kinds != {200: 1, 409: len(said) - 1}:
            found.append(f"lead {lead} answered {dict(kinds)}")
        winners = [rep for rep, answer in said if answer.status_code == 200]
        if winners != [owners[lead]]:
            found.append(f"lead {lead} is with {owners[lead]}, told {winners}")
        losers = [answer.content.decode() for _, answer in said if answer.status_code == 409]
        if any(names[owners[lead]] in text for text in losers):
            found.append(f"a loser of lead {lead} is told who has it")
    if Assignment.objects.filter(closed_at=None).count() != len(answers):
        found.append("not one open assignment a lead")
    if Receipt.objects.filter(act="assign").count() != len(answers):
        found.append("not one receipt a lead")
    if any(sum(one.amounts) for one in Balance.objects.all()):
        found.append("a grade does not sum to zero")
    if sum(Load.objects.values_list("open_count", flat=True)) != len(answers):
        found.append("loads do not add up")
    return found


def prepare() -> None:
    """Eight reps who receive nothing by the rules."""
    company(8)
    Rep.objects.update(is_accepting=False)


def test_of_all_who_reach_for_a_lead_exactly_one_has_it() -> None:
    prepare()

    answers = clicks(leads=50, each=16, threads=16)

    assert broken(answers) == []
    assert Lead.objects.filter(state=State.OWNED).count() == 50


@pytest.mark.slow
def test_two_hundred_people_reach_for_each_of_twenty_leads() -> None:
    prepare()

    assert broken(clicks(leads=20, each=200, threads=32)) == []


@pytest.fixture
def guards_off(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither books nor the item are locked."""
    unlock_everything(monkeypatch)
    yield


def test_without_the_guard_somebody_is_promised_what_another_has(guards_off: None) -> None:
    prepare()

    assert broken(clicks(leads=15, each=16, threads=16)) != []
