"""Filing an appeal: for whom, about what, how many, by when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from evenhand.appeals.deadline import company_calendar, working_days_on
from evenhand.appeals.models import Appeal
from evenhand.appeals.operations.file import file_appeal
from evenhand.appeals.operations.handing import CannotAppeal
from evenhand.appeals.operations.withdraw import withdraw
from evenhand.journal.models import Event
from evenhand.leads.access import NotFound
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Team
from evenhand.people.scope import NotAllowed
from evenhand.routing.models import Receipt
from evenhand.routing.operations.give_up import void
from tests.server.appeals.cases import Case, dealt
from tests.server.cast import act_as

pytestmark = pytest.mark.django_db


def appeals_told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("user_id", flat=True))


def nothing_happened() -> bool:
    return not (
        Appeal.objects.exists()
        or Event.objects.filter(kind__startswith="appeal.").exists()
        or Notice.objects.filter(kind__startswith="appeal").exists()
    )


def test_a_rep_of_the_group_objects_and_his_manager_is_to_decide(one: Case) -> None:
    found = file_appeal("lead", one.lead.pk, "excluded", "", actor=act_as(one.loser))

    assert (found.state, found.decider_id) == ("open", one.people.tom.pk)
    assert found.receipt == one.receipt
    assert found.rule == "全部"
    assert appeals_told("appeal_filed") == {one.people.tom.pk}
    event = Event.objects.get(kind="appeal.filed")
    assert event.data["receipt"] == one.receipt.pk
    assert event.object_id == found.pk


def test_whoever_holds_it_may_object_too(one: Case) -> None:
    found = file_appeal("lead", one.lead.pk, "invalid", "空号", actor=act_as(one.winner))

    assert found.why == "invalid"


def test_without_a_manager_it_goes_to_sales_operations(one: Case) -> None:
    Team.objects.update(manager=None)

    found = file_appeal("lead", one.lead.pk, "excluded", "", actor=act_as(one.loser))

    assert found.decider_id is None
    assert appeals_told("appeal_filed") == {one.people.olga.pk}


def test_whoever_did_the_act_by_hand_is_not_asked_to_judge_it(one: Case) -> None:
    void("lead", one.lead.pk, reason="spam", actor=act_as(one.people.tom))

    found = file_appeal("lead", one.lead.pk, "other", "是真客户", actor=act_as(one.winner))

    assert found.receipt.act == "void"
    if one.winner.pk != one.people.carl.pk:
        assert found.decider_id is None


@pytest.mark.parametrize(
    ("why", "note", "field", "code"),
    [
        ("because", "", "why", "appeal.reason_unknown"),
        ("other", "  ", "note", "appeal.note_missing"),
        ("excluded", "长" * 501, "note", "appeal.text_too_long"),
        ("invalid", "", "why", "appeal.not_your_item"),
    ],
)
def test_what_is_wrong_is_refused_beside_its_field(
    one: Case, why: str, note: str, field: str, code: str
) -> None:
    with pytest.raises(CannotAppeal) as refused:
        file_appeal("lead", one.lead.pk, why, note, actor=act_as(one.loser))

    assert (refused.value.field, refused.value.why.code) == (field, code)
    assert nothing_happened()


def test_whom_it_does_not_concern_finds_nothing(one: Case) -> None:
    with pytest.raises(NotFound):
        file_appeal("lead", one.lead.pk, "excluded", "", actor=act_as(one.people.tom))
    with pytest.raises(NotFound):
        file_appeal("lead", one.lead.pk + 99, "excluded", "", actor=act_as(one.loser))
    with pytest.raises(NotAllowed):
        file_appeal("lead", one.lead.pk, "excluded", "", actor=act_as(one.people.ada))

    assert nothing_happened()


def test_a_decision_of_long_ago_is_left_alone(one: Case) -> None:
    Receipt.objects.update(at=timezone.now() - timedelta(days=31))

    with pytest.raises(CannotAppeal, match="too_late"):
        file_appeal("lead", one.lead.pk, "excluded", "", actor=act_as(one.loser))

    assert nothing_happened()


def test_one_is_open_per_item_and_five_per_person(one: Case) -> None:
    rep = act_as(one.loser)
    leads = [one.lead, *(dealt(number) for number in range(1, 6))]
    for lead in leads[:5]:
        file_appeal("lead", lead.pk, "excluded", "", actor=rep)

    with pytest.raises(CannotAppeal, match="open_already"):
        file_appeal("lead", leads[0].pk, "repeated", "", actor=rep)
    with pytest.raises(CannotAppeal, match="too_many_open"):
        file_appeal("lead", leads[5].pk, "excluded", "", actor=rep)

    assert Appeal.objects.count() == 5
    assert Event.objects.filter(kind="appeal.filed").count() == 5


def test_an_appeal_taken_back_may_be_filed_anew(one: Case) -> None:
    rep = act_as(one.loser)
    first = file_appeal("lead", one.lead.pk, "excluded", "", actor=rep)

    assert withdraw(first.pk, actor=rep).state == "withdrawn"
    with pytest.raises(CannotAppeal, match="not_open"):
        withdraw(first.pk, actor=rep)
    file_appeal("lead", one.lead.pk, "repeated", "", actor=rep)

    assert Event.objects.filter(kind="appeal.withdrawn").count() == 1


def test_nobody_takes_back_what_is_another_s(one: Case) -> None:
    found = file_appeal("lead", one.lead.pk, "excluded", "", actor=act_as(one.loser))

    with pytest.raises(NotFound):
        withdraw(found.pk, actor=act_as(one.winner))

    found.refresh_from_db()
    assert found.state == "open"


def test_void_leads_are_not_appealed_as_invalid(one: Case) -> None:
    void("lead", one.lead.pk, reason="spam", actor=SYSTEM)

    with pytest.raises(CannotAppeal, match="void_already"):
        file_appeal("lead", one.lead.pk, "invalid", "", actor=act_as(one.winner))

    assert nothing_happened()


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("2026-06-01T02:00", "2026-06-04T10:00"),  # Monday: Tuesday, Wednesday, Thursday 18:00
        ("2026-06-04T02:00", "2026-06-09T10:00"),  # Thursday: Friday, Monday, Tuesday
        ("2026-06-06T02:00", "2026-06-10T10:00"),  # Saturday: Monday, Tuesday, Wednesday
    ],
)
def test_an_answer_is_due_at_the_end_of_the_third_working_day(
    one: Case, filed: str, due: str
) -> None:
    at = datetime.fromisoformat(filed).replace(tzinfo=UTC)

    found = working_days_on(company_calendar(at), at, 3)

    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)
