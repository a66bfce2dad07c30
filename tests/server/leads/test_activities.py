"""Logging contacts: what it changes, what it refuses, and entries that arrive late or twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from evenhand.journal.models import Event
from evenhand.leads.access import NotFound
from evenhand.leads.models import Activity, Lead, Relationship
from evenhand.leads.operations.activities import CannotLog, log_activity
from evenhand.leads.relationships import FULL, faded, strengthened
from evenhand.leads.work import OUTCOMES, contacted
from evenhand.people.actor import Actor, ActorKind
from evenhand.people.scope import NotAllowed
from tests.server.leads import company
from tests.server.leads.company import Firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Firm:
    return company.firm()


def due_lead(firm: Firm, **values: Any) -> Lead:
    return company.lead(
        firm.rep("li"), contact_due_at=timezone.now() + timedelta(hours=1), **values
    )


def log(one: Lead, actor: Actor, **entry: Any) -> Activity:
    entry = {"channel": "call", "outcome": "no_answer"} | entry
    return log_activity("lead", one.pk, **entry, actor=actor)


def test_the_first_contact_ends_the_countdown(firm: Firm) -> None:
    one = due_lead(firm)

    made = log(one, firm.actor("li"))

    one.refresh_from_db()
    assert one.contact_due_at is None
    assert one.contacted_at == one.active_at == made.at
    assert (made.direction, made.evidence, one.stage) == ("out", "said", "new")
    event = Event.objects.get(kind="lead.logged")
    assert (event.object_id, event.actor_id) == (one.pk, firm.users["li"].pk)
    assert event.data == {"activity": made.pk, "channel": "call", "outcome": "no_answer"}


def test_a_conversation_makes_a_new_lead_contacted(firm: Firm) -> None:
    one = due_lead(firm)

    log(one, firm.actor("li"), outcome="reached", seconds=180)

    one.refresh_from_db()
    assert one.stage == "contacted"


def test_a_note_is_no_contact(firm: Firm) -> None:
    one = due_lead(firm)

    log(one, firm.actor("li"), channel="note", outcome="noted", note="明天再打")

    one.refresh_from_db()
    assert one.contact_due_at is not None
    assert one.contacted_at is None
    assert one.active_at is not None


def test_an_entry_sent_twice_is_one_entry(firm: Firm) -> None:
    one, actor = due_lead(firm), firm.actor("li")

    first = log(one, actor, entry_key="k1")
    one.refresh_from_db()
    again = log(one, actor, entry_key="k1", outcome="reached")

    assert again.pk == first.pk
    assert Activity.objects.count() == Event.objects.filter(kind="lead.logged").count() == 1
    after = Lead.objects.get(pk=one.pk)
    assert (after.active_at, after.stage) == (one.active_at, one.stage)


def test_an_entry_key_of_another_item_is_refused(firm: Firm) -> None:
    one, other, actor = due_lead(firm), due_lead(firm), firm.actor("li")
    log(one, actor, entry_key="k1")

    with pytest.raises(CannotLog, match="entry_key_used"):
        log(other, actor, entry_key="k1")

    other.refresh_from_db()
    assert other.contacted_at is None


def test_an_entry_kept_offline_counts_from_when_it_was_made(firm: Firm) -> None:
    one, actor = due_lead(firm), firm.actor("li")
    now = timezone.now()
    Lead.objects.filter(pk=one.pk).update(assigned_at=now - timedelta(hours=2))

    log(one, actor, at=now - timedelta(hours=1))

    one.refresh_from_db()
    assert one.contacted_at == now - timedelta(hours=1)


def test_a_contact_is_not_earlier_than_the_assignment(firm: Firm) -> None:
    one, actor = due_lead(firm), firm.actor("li")

    log(one, actor, at=timezone.now() - timedelta(hours=5))

    one.refresh_from_db()
    assert one.contacted_at == one.assigned_at


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"channel": "pigeon"}, "work.not_a_choice"),
        ({"outcome": "met"}, "work.not_a_choice"),
        ({"evidence": "call_record"}, "work.evidence_from_programs"),
        ({"evidence": "x"}, "work.not_a_choice"),
        ({"seconds": -1}, "work.not_a_length"),
        ({"channel": "note", "outcome": "noted", "note": "  "}, "work.note_empty"),
        ({"note": "x" * 5000}, "intake.too_long"),
        ({"at": timezone.now() + timedelta(hours=1)}, "work.in_the_future"),
        ({"at": timezone.now() - timedelta(days=9)}, "work.too_late"),
        ({"entry_key": "k" * 41}, "intake.too_long"),
    ],
)
def test_what_cannot_be_logged_changes_nothing(
    firm: Firm, entry: dict[str, Any], code: str
) -> None:
    one = due_lead(firm)

    with pytest.raises(CannotLog) as refused:
        log(one, firm.actor("li"), **entry)

    assert refused.value.why.code == code
    one.refresh_from_db()
    assert one.active_at is None
    assert (Activity.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize(("who", "error"), [("chen", NotFound), ("wang", NotFound)])
def test_nobody_logs_on_what_he_cannot_see(firm: Firm, who: str, error: type[Exception]) -> None:
    one = due_lead(firm)

    with pytest.raises(error):
        log(one, firm.actor(who))

    assert Activity.objects.count() == 0


def test_an_auditor_only_looks(firm: Firm) -> None:
    one = due_lead(firm)

    with pytest.raises(NotAllowed):
        log(one, firm.actor("auditor"))

    assert Activity.objects.count() == 0


def test_what_nobody_holds_cannot_be_worked_on(firm: Firm) -> None:
    one = company.lead(None)

    with pytest.raises(CannotLog, match="nobody_holds"):
        log(one, firm.actor("ops"))


def test_a_program_brings_evidence(firm: Firm) -> None:
    one = due_lead(firm)
    user = firm.actor("li")
    program = Actor(
        ActorKind.TOKEN, user_id=user.user_id, token_id=7, role="rep", scope="self",
        is_rep=True, token_scopes=frozenset({"work"}),
    )  # fmt: skip

    made = log(one, program, outcome="reached", evidence="call_record", seconds=90)

    assert (made.evidence, made.seconds) == ("call_record", 90)


def test_each_contact_brings_rep_and_person_closer(firm: Firm) -> None:
    person = company.contact()
    one, actor = due_lead(firm, contact=person), firm.actor("li")

    strengths = []
    for outcome in ("no_answer", "reached", "reached"):
        log(one, actor, outcome=outcome)
        strengths.append(Relationship.objects.get(contact=person).strength)

    assert strengths == [2, 16, 28]


def test_a_contact_of_another_company_is_not_found(firm: Firm) -> None:
    held = company.account(firm.rep("li"))
    other = company.contact(company.account(None, name="别的公司"))

    with pytest.raises(NotFound):
        log_activity(
            "account", held.pk, channel="call", outcome="reached", contact_id=other.pk,
            actor=firm.actor("li"),
        )  # fmt: skip

    assert Activity.objects.count() == 0


@given(st.integers(0, FULL), st.integers(0, 2000), st.integers(0, 2000))
def test_a_relationship_only_fades_and_never_below_nothing(first: int, a: int, b: int) -> None:
    now = timezone.now()
    early, late = sorted((a, b))

    sooner = faded(first, now - timedelta(days=early), now)
    later = faded(first, now - timedelta(days=late), now)

    assert 0 <= later <= sooner <= first
    assert faded(FULL, now - timedelta(days=90), now) == FULL // 2


@given(st.integers(0, FULL))
def test_a_contact_never_weakens_and_never_passes_full(strength: int) -> None:
    for channel, outcomes in OUTCOMES.items():
        for outcome in outcomes:
            what = contacted(channel, outcome)
            after = strengthened(strength, channel=channel, direction=what.direction)
            assert strength <= after <= FULL
            assert what.is_contact or after == strength
