"""A small demo company in a real database: every lead dealt by the engine, every count true."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from evenhand.cli.demo_company.generate import generate
from evenhand.cli.demo_company.load import is_complete, load
from evenhand.handover.models import Departure
from evenhand.leads.models import Activity, Assignment, Lead, Load, Opportunity, State
from evenhand.ledger.models import Book
from evenhand.people.models import Organization, Rep, Team, User
from evenhand.people.snapshot import CACHE
from evenhand.platform.invariants import INVARIANTS, examine, over_capacity
from evenhand.policies.models import PolicyVersion
from evenhand.rebalance.models import Rebalance
from evenhand.routing.explain import explain
from evenhand.routing.models import Batch, Receipt
from evenhand.routing.receipt_file import lines_of
from evenhand.wording.catalogue import Words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]

UNTIL = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
LEADS = 150


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: object) -> Iterator[list[tuple[int, int]]]:
    """The company, loaded once for this module and rolled back after it."""
    heard: list[tuple[int, int]] = []
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        CACHE.forget()
        load(generate(UNTIL, leads=LEADS), said=lambda done, total: heard.append((done, total)))
        yield heard
        transaction.set_rollback(True)
    CACHE.forget()


def test_everybody_and_both_lines_are_there() -> None:
    assert Organization.objects.get().is_demo
    assert Rep.objects.count() == 60
    assert User.objects.count() == 69
    assert PolicyVersion.objects.filter(state="live").count() == 2
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert set(Team.objects.filter(parent=None).values_list("name", flat=True)) == {"总部"}


def test_every_promise_is_kept() -> None:
    with connection.cursor() as cursor:
        assert examine(cursor) == []


def test_nobody_was_dealt_more_than_his_limit() -> None:
    with connection.cursor() as cursor:
        assert over_capacity(cursor) == []


def test_every_lead_has_its_receipt_of_its_own_moment() -> None:
    leads = Lead.objects.all()

    assert leads.count() > LEADS * 0.9  # who writes twice is one lead
    for lead in leads:
        first = Receipt.objects.filter(item_kind="lead", item_id=lead.pk).order_by("pk").first()
        assert first is not None
        assert first.at == lead.created_at


def test_who_leaves_has_something_to_hand_over_and_load_was_looked_at() -> None:
    sheet = Departure.objects.get()
    assert sheet.lines.filter(kind="lead", state="offered").exists()
    states = set(Rebalance.objects.values_list("state", flat=True))
    assert "proposed" in states and "approved" not in states


def test_every_decision_can_be_read_back() -> None:
    unreadable = []
    for batch in Batch.objects.order_by("pk"):
        try:
            list(lines_of(batch))
        except (KeyError, LookupError) as problem:
            unreadable.append((batch.pk, repr(problem)))

    assert unreadable == []
    words = Words("zh-Hans")
    for receipt in Receipt.objects.filter(act="").order_by("pk")[::10]:
        assert explain(receipt, words).holds, receipt.pk


def test_the_books_were_moved_and_sum_to_zero() -> None:
    books = Book.objects.filter(postings__gt=0)

    assert books.count() >= 4
    for book in books:
        assert all(sum(row.amounts) == 0 for row in book.balances.all())


def test_what_was_closed_is_off_its_owners_load() -> None:
    closed = Lead.objects.filter(state=State.CLOSED)
    held = Assignment.objects.filter(
        item_kind="lead", item_id__in=closed.values("pk"), closed_at=None
    )

    assert closed.exists()
    assert not held.exists()
    assert sum(Load.objects.values_list("open_count", flat=True)) == (
        Assignment.objects.filter(closed_at=None).count()
    )


def test_contacts_are_logged_by_the_owner_between_assignment_and_now() -> None:
    owners = dict(Assignment.objects.filter(item_kind="lead").values_list("item_id", "rep_id"))

    logged = Activity.objects.filter(item_kind="lead").exclude(user=None)
    assert logged.count() > LEADS
    for one in logged.select_related(None):
        lead = Lead.objects.get(pk=one.item_id)
        assert lead.created_at <= one.at <= UNTIL
        assert one.item_id in owners


def test_opportunities_belong_to_converted_leads() -> None:
    stages = set(Opportunity.objects.values_list("lead__stage", flat=True))

    assert stages == {"converted"}


def test_acts_by_hand_have_their_receipts() -> None:
    acts = set(Receipt.objects.exclude(act="").values_list("act", flat=True))

    assert {"transfer", "return", "void"} <= acts


def test_it_says_how_far_it_is_and_marks_its_end(told: list[tuple[int, int]]) -> None:
    done = [count for count, _ in told]

    assert done == sorted(done)
    assert told[-1] == (LEADS, LEADS)
    assert is_complete()


# Each spoils one thing; the promise that it breaks, and no other message, must be named.
SPOILED = {
    "invariant-owner-is-assignment": "UPDATE lead SET owner_id = (SELECT min(user_id) FROM rep"
    " WHERE user_id <> lead.owner_id) WHERE id = (SELECT min(id) FROM lead WHERE state = 'owned')",
    "invariant-one-place": "UPDATE lead SET why_unassigned = NULL, pool = ''"
    " WHERE id = (SELECT min(id) FROM lead WHERE state = 'pooled')",
    "invariant-intake-is-somewhere": "INSERT INTO event (kind, actor_kind, object_kind, object_id,"
    " data) VALUES ('lead.taken_in', 'system', 'lead', 999999, '{}')",
    "invariant-assignment-has-receipt": "UPDATE assignment SET receipt_id = NULL WHERE id ="
    " (SELECT min(id) FROM assignment WHERE cause = 'fair_share')",
    "invariant-loads-are-recounts": "UPDATE load SET open_count = open_count + 1",
    "invariant-postings-are-numbered": "UPDATE book SET postings = postings + 1",
    "invariant-fairness-days-are-postings": "INSERT INTO fairness_counted (book_id, number, zone)"
    " SELECT id, postings, 'Asia/Shanghai' FROM book",
    "invariant-rule-days-are-receipts": "INSERT INTO rule_day (line_id, day, rule, count)"
    " SELECT id, '2020-01-01', 'nothing', 7 FROM line",
    "invariant-upheld-appeal-has-credit": "INSERT INTO appeal (person_id, receipt_id, item_kind,"
    " item_id, why, filed_at, due_at, state, credit) SELECT (SELECT min(id) FROM person), id,"
    " item_kind, item_id, 'other', at, at, 'upheld', 1000000 FROM receipt LIMIT 1",
    "invariant-team-paths": "UPDATE team SET path = '{}'",
    # A done to-do: of an open one the receipt would say so as well.
    "invariant-work-is-booked": "UPDATE task SET owner_id = (SELECT min(user_id) FROM rep"
    " WHERE user_id <> task.owner_id) WHERE id = (SELECT min(id) FROM task WHERE state = 'done')",
    "invariant-effects-are-delivered": "INSERT INTO outbox (kind, payload, due_at)"
    " VALUES ('mail', '{}', now() - interval '2 hours')",
}


@pytest.mark.parametrize("message", SPOILED)
def test_a_broken_promise_is_named_with_what_breaks_it(message: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SPOILED[message])

        findings = examine(cursor)

    assert [one.invariant.message for one in findings] == [message]
    assert findings[0].count >= 1
    assert findings[0].examples


def test_a_balance_that_was_touched_breaks_the_sum_and_the_recount() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE balance SET amounts[1] = amounts[1] + 1")

        broken = {one.invariant.message for one in examine(cursor)}

    assert broken == {"invariant-books-sum-to-zero", "invariant-balances-are-postings"}


def test_a_balance_without_its_member_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE book SET members = members || 0::bigint")

        broken = {one.invariant.message for one in examine(cursor)}

    assert broken == {"invariant-balances-fit-members"}


def test_every_promise_has_an_id_of_the_list_and_a_message_of_its_own() -> None:
    messages = [one.message for one in INVARIANTS]

    assert len(set(messages)) == len(messages)
    assert {one.id for one in INVARIANTS} >= {"I1", "I2", "I5", "I7", "I9", "I12", "I13"}
