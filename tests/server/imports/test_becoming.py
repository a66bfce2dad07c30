"""What rows become: kept by their owner, pooled, left aside; with the past that the file tells."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from evenhand.imports.models import Becomes, Import, ImportRow, Kind, Step, Strangers
from evenhand.imports.operations.becoming import Becoming, decide
from evenhand.imports.operations.begin import CannotImport, start, upload
from evenhand.imports.operations.release import release
from evenhand.imports.operations.run import run
from evenhand.imports.operations.undo import run_undo, undo
from evenhand.imports.queries import counts_of
from evenhand.imports.words import words_of
from evenhand.journal.models import Event
from evenhand.leads.models import Assignment, Lead, Load, State
from evenhand.leads.operations.activities import log_activity
from evenhand.ledger.models import Posting
from evenhand.notify.models import Notice
from evenhand.people.actor import Actor
from evenhand.people.scope import NotAllowed, actor_of
from evenhand.policies.operations.publish import publish
from evenhand.routing.place_in import NoSuchPool
from evenhand.routing.retry import retry_all
from tests.server.appeals.test_deciding import broken
from tests.server.cast import Cast
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db

OLD = (
    "线索编号,姓名,手机,公司,负责人,线索状态,创建时间,首次联系时间,最近联系时间,成交时间,输单原因\n"
    "K1,王一,13900130001,一号公司,Ren,跟进中,2025-03-01 10:00,2025-03-01 12:00,2025-06-01 09:00,,\n"
    "K2,王二,13900130002,二号公司,rui@cast.example,已成交,2025-03-02,2025-03-03,,2025-05-01,\n"
    "K3,王三,13900130003,三号公司,Dan,无效,2025-03-03,,,,空号\n"
    "K4,王四,13900130004,四号公司,Dan,待跟进,2025-03-04,,,,\n"
    "K5,王五,13900130005,五号公司,陌生人,待跟进,2025-03-05,,,,\n"
    "K6,王六,13900130006,六号公司,,待跟进,2025-03-06,,,,\n"
)


def brought_in(actor: Actor, wanted: Becoming, text: str = OLD) -> Import:
    row = upload("旧系统线索.csv", text.encode(), actor=actor)
    decide(row.pk, wanted, actor=actor)
    start(row.pk, actor=actor)
    run(row.pk)
    row.refresh_from_db()
    assert row.step == Step.DONE and row.why is None
    return row


def lead(key: str) -> Lead:
    return Lead.objects.get(external_id=key)


def test_owners_keep_what_is_theirs_with_dates_and_stage_and_no_clock(
    olga: Actor, people: Cast
) -> None:
    brought_in(olga, Becoming(Becomes.KEEP_OWNER, strangers=Strangers.LEAVE))

    first, won, lost = lead("K1"), lead("K2"), lead("K3")
    assert (first.state, first.owner_id, first.stage) == ("owned", people.ren.pk, "contacted")
    assert first.created_at == datetime(2025, 3, 1, 2, tzinfo=UTC)
    assert first.contacted_at == datetime(2025, 3, 1, 4, tzinfo=UTC)
    assert first.active_at is not None and first.contact_due_at is None and first.points == 0
    assert (won.state, won.owner_id, won.stage) == ("closed", people.rui.pk, "converted")
    assert won.closed_at == datetime(2025, 4, 30, 16, tzinfo=UTC)
    # What is over stays his who had it, though he has left; what is open does not.
    assert (lost.state, lost.owner_id, lost.stage) == ("closed", people.dan.pk, "lost")
    assert lost.close_reason == "unreachable"
    for key in ("K4", "K5", "K6"):
        assert (lead(key).state, lead(key).owner_id) == (State.UNTENDED, None)
        assert lead(key).why_unassigned["code"] == "unassigned.left_aside"
    assert not Posting.objects.exists()
    assert Load.objects.get().rep_id == people.ren.pk
    assert Assignment.objects.filter(cause="imported", closed_at=None).count() == 1
    assert Assignment.objects.filter(cause="imported").count() == 3
    assert Event.objects.filter(kind="lead.imported", actor_id=people.olga.pk).count() == 6
    assert broken() == []


@pytest.mark.parametrize("strangers", [Strangers.ROUTE, Strangers.GIVE])
def test_rows_of_strangers_are_dealt_or_given(
    olga: Actor, people: Cast, strangers: Strangers
) -> None:
    wanted = Becoming(Becomes.KEEP_OWNER, strangers=strangers, strangers_to=people.carl.pk)

    brought_in(olga, wanted)

    owners = {lead(key).owner_id for key in ("K4", "K5", "K6")}
    assert lead("K5").state == State.OWNED
    assert Posting.objects.count() == (3 if strangers == Strangers.ROUTE else 0)
    assert strangers == Strangers.ROUTE or owners == {people.carl.pk}
    # Everybody is told once of what he has now, however he came by it.
    told = dict(Notice.objects.filter(kind="given_list").values_list("user_id", "params__count"))
    mine = Lead.objects.filter(state=State.OWNED).values_list("owner_id", flat=True)
    assert told == dict(Counter(mine)) and people.ren.pk in told
    assert broken() == []


def test_words_are_listed_before_the_start_and_may_be_changed(olga: Actor, people: Cast) -> None:
    row = upload("旧系统线索.csv", OLD.encode(), actor=olga)

    words = words_of(row)
    assert {one.text: one.is_here for one in words.owners} == {
        "Ren": True, "rui@cast.example": True, "Dan": False, "陌生人": False,
    }  # fmt: skip
    assert (words.nobody, [one.text for one in words.strangers]) == (1, ["Dan", "陌生人"])
    proposed = {one.text: one.stage for one in words.stages}
    assert proposed == {
        "待跟进": "new", "跟进中": "contacted", "已成交": "converted", "无效": "lost",
    }  # fmt: skip

    said = {"陌生人": people.carl.pk, "Ren": 0}
    stages = {"status:待跟进": "qualified"}
    brought_in(olga, Becoming(Becomes.KEEP_OWNER, "", "leave", None, said, stages))

    assert (lead("K5").owner_id, lead("K5").stage) == (people.carl.pk, "qualified")
    assert lead("K1").state == State.UNTENDED


def test_leads_are_pooled_where_the_policy_has_such_a_pool(olga: Actor, people: Cast) -> None:
    publish("direct", policy(pools=[{"pool": "老客户"}]), actor=actor_of(people.alice))
    row = upload("旧系统线索.csv", OLD.encode(), actor=olga)

    with pytest.raises(NoSuchPool):
        decide(row.pk, Becoming(Becomes.POOL, "没有"), actor=olga)
    assert Import.objects.get(pk=row.pk).becomes == Becomes.ROUTE

    brought_in(olga, Becoming(Becomes.POOL, "老客户"))
    assert Lead.objects.filter(state=State.POOLED, pool="老客户").count() == 4
    assert broken() == []


def test_what_lies_aside_is_dealt_only_when_released(olga: Actor, people: Cast) -> None:
    row = brought_in(olga, Becoming(Becomes.LEAVE))
    assert retry_all() == 0

    with pytest.raises(NotAllowed):
        release(row.pk, actor=actor_of(people.ada))
    assert Lead.objects.filter(state=State.UNTENDED).count() == 4

    assert release(row.pk, actor=olga) == 4
    assert release(row.pk, actor=olga) == 0
    assert retry_all() == 4
    assert Lead.objects.filter(state=State.OWNED).count() == 4
    assert lead("K1").stage == "contacted"
    assert broken() == []


def test_the_same_file_again_changes_nothing(olga: Actor) -> None:
    brought_in(olga, Becoming(Becomes.KEEP_OWNER, strangers=Strangers.LEAVE))
    before = list(Lead.objects.order_by("pk").values())

    again = brought_in(olga, Becoming(Becomes.KEEP_OWNER, strangers=Strangers.ROUTE))

    assert list(Lead.objects.order_by("pk").values()) == before
    assert counts_of(again).repeated == counts_of(again).settled == 6


def test_what_is_over_is_never_dealt(olga: Actor) -> None:
    brought_in(olga, Becoming(Becomes.ROUTE))

    assert {lead(key).state for key in ("K2", "K3")} == {"closed"}
    assert {lead(key).state for key in ("K1", "K4", "K5", "K6")} == {"owned"}
    assert lead("K1").stage == "new" and lead("K1").contact_due_at is not None


def test_history_is_undone_but_for_what_somebody_works_on(olga: Actor, people: Cast) -> None:
    row = brought_in(olga, Becoming(Becomes.KEEP_OWNER, strangers=Strangers.LEAVE))
    log_activity(
        "lead", lead("K1").pk, channel="call", outcome="reached", actor=actor_of(people.ren)
    )

    undo(row.pk, actor=olga)
    run_undo(row.pk)

    kept = ImportRow.objects.get(kept_why__isnull=False)
    assert (kept.lead_id, kept.kept_why["code"]) == (lead("K1").pk, "import.worked_on")
    assert Lead.objects.filter(close_reason="void:other").count() == 5
    assert Load.objects.get().open_count == 1
    assert broken() == []

    again = brought_in(olga, Becoming(Becomes.KEEP_OWNER, strangers=Strangers.LEAVE))
    assert counts_of(again).created == 5  # what was taken back may come again


def test_rows_that_name_nobody_come_in_where_that_is_wanted(olga: Actor) -> None:
    text = "mql_id,first_contact_date,origin\nabc,2018-02-01,social\ndef,2018-02-02,email\n"

    refused = brought_in(olga, Becoming(Becomes.LEAVE), text)
    assert counts_of(refused).rejected == 2

    brought_in(olga, Becoming(Becomes.LEAVE, keeps_nameless=True), text)
    assert set(Lead.objects.values_list("name", "source")) == {("abc", "social"), ("def", "email")}


def test_choices_that_lead_nowhere_are_refused(olga: Actor, people: Cast) -> None:
    row = upload("旧系统线索.csv", OLD.encode(), actor=olga)

    for wanted in (
        Becoming("nothing"),
        Becoming(Becomes.KEEP_OWNER, strangers=Strangers.GIVE),
        Becoming(Becomes.KEEP_OWNER, strangers=Strangers.GIVE, strangers_to=people.dan.pk),
        Becoming(Becomes.KEEP_OWNER, owners={"Ren": 999_999}),
        Becoming(Becomes.KEEP_OWNER, stages={"status:x": "nowhere"}),
    ):
        with pytest.raises(CannotImport):
            decide(row.pk, wanted, actor=olga)

    row.refresh_from_db()
    assert (row.kind, row.becomes, row.owners) == (Kind.LEAD, Becomes.ROUTE, {})
