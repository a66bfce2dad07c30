"""Lists: who sees what, what filters and search find, and how many queries it takes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction

from bench.statements import statements
from evenhand.journal.operations import record
from evenhand.leads.access import (
    MODELS,
    NotFound,
    item_for,
    reach_in_sql,
    readable_in_sql,
    visible,
)
from evenhand.leads.masking import masked_text
from evenhand.leads.models import Activity, Guidance, Lead
from evenhand.leads.queries import accounts, leads, opportunities, paging, timeline
from evenhand.leads.queries.filters import (
    AccountFilter,
    LeadFilter,
    OpportunityFilter,
    lead_filter,
)
from evenhand.leads.queries.options import VALUES, options_for
from evenhand.leads.queries.paging import page_of
from evenhand.people.models import User
from evenhand.people.operations.revision import people_changed
from evenhand.platform.looking import looking
from evenhand.platform.row_objects import rows_where
from tests.server.leads import company
from tests.server.leads.company import Firm
from tests.server.simulated.virtual import virtual_time

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def firm() -> Firm:
    return company.firm()


def names(firm: Firm, who: str, **wanted: Any) -> list[str]:
    page = leads.lead_page(firm.actor(who), LeadFilter(**wanted), now=NOW)
    return sorted(row.name for row in page.rows)


def test_a_stage_is_a_value_and_never_part_of_the_question(firm: Firm) -> None:
    everything = "x' OR '1' = '1"

    company.lead(firm.rep("li"), name="of li")

    for who in ("li", "ops"):
        assert names(firm, who) == ["of li"]
        assert names(firm, who, stage=everything) == []


def test_everybody_sees_what_his_scope_says(firm: Firm) -> None:
    for name in ("li", "wang", "chen"):
        company.lead(firm.rep(name), name=f"of {name}")
    company.lead(None, name="waiting")

    assert names(firm, "li") == ["of li"]
    assert names(firm, "mate") == ["of li", "of wang"]
    assert names(firm, "lead") == ["of li", "of wang", "waiting"]
    assert names(firm, "head") == ["of li", "of wang", "waiting"]
    assert names(firm, "ops") == ["of chen", "of li", "of wang", "waiting"]


def test_the_gate_lets_through_the_same_in_both_ways_of_asking(firm: Firm) -> None:
    for name in ("li", "wang", "chen"):
        company.opportunity(firm.rep(name), company=company.account(firm.rep(name), name=name))
        company.lead(firm.rep(name))
    company.lead(None)
    beside = Lead.objects.filter(owner=firm.rep("chen")).latest("pk")
    Guidance.objects.create(
        item_kind="lead", item_id=beside.pk, rep=firm.rep("chen"), mentor=firm.rep("li"),
        percent=20, receipt_id=1,
    )  # fmt: skip
    actors = [firm.actor(who) for who in ("li", "mate", "lead", "head", "ops")]
    actors.append(replace(actors[0], token_id=1, token_scopes=frozenset({"intake"})))
    actors.append(replace(actors[2], token_id=1, token_scopes=frozenset({"read"})))

    seen: set[int] = set()
    for actor in actors:
        for kind, model in MODELS.items():
            table = model._meta.db_table
            found = {row.pk for row in rows_where(model, *reach_in_sql(actor, table))}
            assert found == {row.pk for row in visible(actor, kind)}, (actor, kind)
            seen.add(len(found))
            read = {row.pk for row in rows_where(model, *readable_in_sql(actor, kind, table))}
            stands_beside = actor is actors[0] and kind == "lead"
            assert read == found | ({beside.pk} if stands_beside else set()), (actor, kind)
    assert {0, 1, 2, 3} <= seen
    with pytest.raises(NotFound):  # an id that the database could not even hold
        item_for(actors[4], "lead", 2**63)


@pytest.mark.parametrize("who", ["li", "lead", "ops"])
def test_the_usual_pages_are_those_that_every_filter_reads(firm: Firm, who: str) -> None:
    for number in range(23):
        company.lead(
            firm.rep(("li", "chen")[number % 9 == 0]), name=f"{number:02d}",
            stage=("new", "contacted")[number % 2], score=(None, 50, 100)[number % 3],
            contact_due_at=None if number % 4 else NOW + timedelta(hours=number),
            active_at=None if number % 5 else NOW - timedelta(hours=number), extra={"n": number},
        )  # fmt: skip
    company.lead(firm.rep("li"), state="closed", closed_at=NOW)
    company.lead(None)
    actor = firm.actor(who)

    for state, stage in (("open", ""), ("open", "contacted"), ("all", ""), ("queued", "")):
        wanted = LeadFilter(state=state, stage=stage)
        for sort, number in product(leads.SORTS, (1, 2, 3)):
            asked: dict[str, Any] = {"now": NOW, "sort": sort, "number": number}
            usual = leads.lead_page(actor, wanted, **asked)
            other = leads.lead_page(actor, wanted, **asked, along=("line",))
            assert usual == other, (wanted, sort, number)
            assert [row.extra for row in usual.rows] == [row.extra for row in other.rows]


def test_the_estimate_of_many_rows_is_as_good_a_minute_later(
    firm: Firm, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    for _ in range(4):
        company.lead(firm.rep("li"))
    monkeypatch.setattr(paging, "EXACT_UP_TO", 2)
    everything, own = visible(firm.actor("ops")), visible(firm.actor("li"))
    few = own.filter(pk__lt=Lead.objects.order_by("pk")[2].pk)

    with virtual_time(NOW) as clock:
        with django_assert_num_queries(4):  # each asks the planner, and counts up to three
            first = [paging.count_of(rows) for rows in (everything, own)]
        clock.go_to(NOW + paging.ESTIMATES.lasts - timedelta(seconds=1))
        with django_assert_num_queries(0):
            assert [paging.count_of(rows) for rows in (everything, own)] == first
        with django_assert_num_queries(4):  # what is exact is counted each time
            assert [paging.count_of(few) for _ in range(2)] == [paging.Count(2, False)] * 2
        clock.go_to(NOW + paging.ESTIMATES.lasts)
        with django_assert_num_queries(2):
            paging.count_of(everything)
    assert all(count.is_estimate for count in first)


def test_out_of_reach_is_not_found_and_says_nothing(firm: Firm) -> None:
    other = company.lead(firm.rep("chen"))
    actor = firm.actor("li")

    with pytest.raises(NotFound) as there:
        leads.lead_facts(actor, other.pk)
    with pytest.raises(NotFound) as absent:
        leads.lead_facts(actor, other.pk + 1)
    with pytest.raises(NotFound):
        timeline.time_line(actor, "lead", other.pk)

    assert str(there.value).replace(str(other.pk), "N") == str(absent.value).replace(
        str(other.pk + 1), "N"
    )


def test_two_characters_find_a_name_or_a_company(firm: Firm) -> None:
    li = firm.rep("li")
    company.lead(li, name="王小明", company_name="华为技术")
    company.lead(li, name="华小为", company_name="腾讯")
    company.lead(li, name="赵六", company_name="美的集团", phone="+86 139-1234-5678")

    assert names(firm, "li", q="华为") == ["王小明"]
    assert names(firm, "li", q="小明 华为") == ["王小明"]
    assert names(firm, "li", q="13912345678") == ["赵六"]
    assert names(firm, "li", q="139-1234") == ["赵六"]
    assert names(firm, "li", q="＋86 139 1234") == []
    assert names(firm, "li", q="%_") == []
    assert names(firm, "li", q="没有") == []


def test_one_character_finds_what_begins_with_it(firm: Firm) -> None:
    li = firm.rep("li")
    company.lead(li, name="王小明", company_name="华为技术")
    company.lead(li, name="小王", company_name="腾讯")

    assert names(firm, "li", q="王") == ["王小明"]
    assert names(firm, "li", q="腾") == ["小王"]


def test_a_phone_that_is_masked_cannot_be_found_out_by_search(firm: Firm) -> None:
    company.lead(firm.rep("li"), name="王小明", phone="13800138000")

    assert names(firm, "mate", q="1380013") == []
    assert names(firm, "mate", q="小明") == ["王小明"]
    assert names(firm, "lead", q="1380013") == ["王小明"]


def test_contact_data_are_masked_for_who_does_not_hold_the_item(firm: Firm) -> None:
    one = company.lead(
        firm.rep("li"), note="打 138 0013 8000 或 a@b.com", extra={"备用": "13800138001", "n": 3}
    )

    mine = leads.lead_facts(firm.actor("li"), one.pk).lead
    managers = leads.lead_facts(firm.actor("lead"), one.pk).lead
    colleague = leads.lead_facts(firm.actor("mate"), one.pk).lead
    auditor = leads.lead_facts(firm.actor("auditor"), one.pk).lead

    assert mine.phone == managers.phone == "13800138000"
    for shown in (colleague, auditor):
        assert (shown.phone, shown.email) == ("****00", "****@huawei.example")
        assert shown.note == "打 **** 或 ****"
        assert shown.extra == {"备用": "****", "n": 3}
    one.refresh_from_db()
    assert one.phone == "13800138000"


def test_a_mask_keeps_amounts_and_dates() -> None:
    assert masked_text("预算 200000,2026-11-30 前") == "预算 200000,2026-11-30 前"


def test_filters_narrow_together(firm: Firm) -> None:
    li = firm.rep("li")
    company.lead(li, name="a", source="web", region="广东省/深圳市", contact_due_at=NOW)
    company.lead(li, name="b", source="web", region="广东省", stage="contacted")
    company.lead(
        li, name="c", source="fair", region="广东", contact_due_at=NOW - timedelta(minutes=1)
    )
    company.lead(None, name="d", why_unassigned={"code": "unassigned.all_full"})
    company.lead(li, name="e", state="closed")

    assert names(firm, "ops", source="web", region="广东省") == ["a", "b"]
    assert names(firm, "ops", stage="contacted") == ["b"]
    assert names(firm, "ops", due="due") == ["a", "c"]
    assert names(firm, "ops", due="overdue") == ["c"]
    assert names(firm, "ops", state="queued", reason="unassigned.all_full") == ["d"]
    assert names(firm, "ops", state="closed") == ["e"]
    assert len(names(firm, "ops", state="all")) == 5
    assert names(firm, "ops", owner=firm.rep("wang").pk) == []
    assert len(names(firm, "ops", team=firm.users["li"].team.parent_id)) == 3


def test_an_address_that_means_nothing_filters_nothing() -> None:
    wanted = lead_filter(
        {"state": "x", "owner": "1 or 1", "since": "2026-13-01", "due": "?", "q": " 华为 "},
        zone="Asia/Shanghai",
    )

    assert wanted == LeadFilter(q="华为")


def test_days_of_a_filter_are_days_of_the_viewer() -> None:
    wanted = lead_filter({"since": "2026-11-01", "until": "2026-11-01"}, zone="Asia/Shanghai")

    assert wanted.since == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert wanted.until == datetime(2026, 11, 1, 16, tzinfo=UTC)


def test_no_row_stands_on_two_pages(firm: Firm) -> None:
    for number in range(45):
        company.lead(firm.rep("li"), name=f"n{number}", score=number % 3)
    seen: list[int] = []
    for sort in leads.SORTS:
        seen = []
        for number in (1, 2, 3):
            page = leads.lead_page(
                firm.actor("ops"), LeadFilter(), now=NOW, sort=sort, number=number, size=20
            )
            seen += [row.pk for row in page.rows]
        assert len(set(seen)) == len(seen) == 45
        assert page.count.number == 45
        assert (page.first, page.last, page.has_next) == (41, 45, False)


def test_a_page_size_of_ones_own_is_not_taken(firm: Firm) -> None:
    for nothing in (Lead.objects.none(), Lead.objects.filter(pk__in=[])):
        empty = page_of(nothing.order_by("id"))
        assert (empty.rows, empty.count.number, empty.has_next) == ([], 0, False)

    page = page_of(Lead.objects.order_by("id"), number=-3, size=100_000)

    assert (page.number, page.size, page.first, page.last) == (1, 20, 0, 0)


def test_programs_read_on_below_an_id(firm: Firm) -> None:
    made = [company.lead(firm.rep("li")).pk for _ in range(5)]
    actor = firm.actor("li")

    first = leads.leads_after(actor, LeadFilter(), now=NOW, below_id=None, size=3)
    rest = leads.leads_after(actor, LeadFilter(), now=NOW, below_id=first[-1].pk, size=3)

    assert [row.pk for row in first + rest] == sorted(made, reverse=True)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_takes_the_same_queries_whatever_it_holds(firm: Firm, rows: int) -> None:
    counted = 2 if rows > 20 else 0  # where the page is the last, it says how many there are
    for _ in range(rows):
        company.lead(firm.rep("li"))
        held = company.account(firm.rep("li"), name=f"公司{_}", parent=None)
        company.opportunity(firm.rep("li"), company=held)
    actor = firm.actor("head")

    along = ("owner__user__team", "line")
    leads.sees_few(actor)  # asked once in some minutes
    with statements() as asked_for_leads:
        for row in leads.lead_page(actor, LeadFilter(q="华为"), now=NOW, along=along).rows:
            _ = (row.owner.user.name, row.owner.user.team.name, row.line)
    with statements() as asked_for_board:
        leads.lead_board(actor, LeadFilter(), now=NOW)
    with statements() as asked_for_accounts:
        for row in accounts.account_page(actor, AccountFilter(q="公司")).rows:
            _ = (row.owner.user.name, row.open_count, row.parent)
    with statements() as asked_for_opportunities:
        page, totals = opportunities.opportunity_page(actor, OpportunityFilter())
        _ = [(row.company.name, row.owner.user.team) for row in page.rows]
    with statements() as asked_for_options:
        options_for(actor)
    assert len(asked_for_leads) == len(asked_for_accounts) == 2 + counted
    assert len(asked_for_board) == 9
    assert len(asked_for_opportunities) == 3 + counted
    assert len(asked_for_options) == 4
    assert totals.by_currency == {"CNY": rows * 1_000_00}


def test_choices_stay_within_reach(firm: Firm) -> None:
    company.lead(firm.rep("li"), source="web")
    company.lead(firm.rep("chen"), source="secret fair")

    mine, everything = options_for(firm.actor("lead")), options_for(firm.actor("ops"))

    assert mine.values["source"] == ["web"]
    assert {name for _, name in mine.owners} == {"li", "wang", "mate"}
    assert [name for _, name in mine.teams] == ["上海"]
    assert everything.values["source"] == ["secret fair", "web"]
    assert len(everything.owners) == 4


def test_choices_are_some_minutes_old_but_never_of_another_reach(firm: Firm) -> None:
    company.lead(firm.rep("li"), source="web")
    company.lead(firm.rep("wang"), source="fair")

    def sources(who: str) -> list[str]:
        return options_for(firm.actor(who)).values["source"]

    with virtual_time(NOW) as clock:
        first = {who: sources(who) for who in ("li", "mate", "ops")}
        company.lead(firm.rep("li"), source="new")
        clock.go_to(NOW + VALUES.lasts - timedelta(seconds=1))
        assert {who: sources(who) for who in first} == first
        User.objects.filter(pk=firm.users["wang"].pk).update(team=firm.users["chen"].team)
        assert sources("mate") == ["new", "web"]  # fewer people: another question
        User.objects.filter(pk=firm.users["mate"].pk).update(scope="self")
        assert sources("mate") == []
        clock.go_to(NOW + VALUES.lasts)
        later = {who: sources(who) for who in first}

    assert first == {"li": ["web"], "mate": ["fair", "web"], "ops": ["fair", "web"]}
    assert later == {"li": ["new", "web"], "mate": [], "ops": ["fair", "new", "web"]}


def test_people_to_choose_from_are_read_anew_when_people_change(firm: Firm) -> None:
    def seen(who: str) -> tuple[list[str], list[str]]:
        with looking():
            found = options_for(firm.actor(who))
        return sorted(name for _, name in found.owners), [name for _, name in found.teams]

    first = {who: seen(who) for who in ("li", "lead", "ops")}
    assert first["li"] == (["li"], [])
    assert first["lead"] == (["li", "mate", "wang"], ["上海"])
    User.objects.filter(pk=firm.users["wang"].pk).update(name="ming")
    assert {who: seen(who) for who in first} == first  # told by nobody: still the same people
    with transaction.atomic():
        people_changed()

    assert seen("lead") == (["li", "mate", "ming"], ["上海"])
    User.objects.filter(pk=firm.users["chen"].pk).update(team=firm.users["li"].team)
    assert seen("lead")[0] == ["chen", "li", "mate", "ming"]  # more people: another question


def test_the_time_line_is_merged_newest_first(firm: Firm) -> None:
    one = company.lead(firm.rep("li"))
    user = firm.users["li"]
    later = datetime(2099, 1, 1, tzinfo=UTC)
    Activity.objects.create(
        item_kind="lead", item_id=one.pk, user=user, channel="call", direction="both",
        note="回电 13800138000", at=later,
    )  # fmt: skip
    record("lead.stage_set", actor=firm.actor("li"), object_kind="lead", object_id=one.pk)
    record("lead.logged", actor=firm.actor("li"), object_kind="lead", object_id=one.pk)

    actor = firm.actor("li")
    with statements() as asked:
        told = timeline.time_line(actor, "lead", one.pk)
    colleague = timeline.time_line(firm.actor("mate"), "lead", one.pk)

    assert [entry.kind for entry in told.entries] == ["activity", "event", "assigned"]
    assert {entry.who for entry in told.entries} == {"li"}
    assert len(asked) == 6
    assert colleague.entries[0].activity is not None
    assert colleague.entries[0].activity.note == "回电 ****"


def test_the_time_line_has_pages(firm: Firm) -> None:
    one = company.lead(firm.rep("li"))
    for number in range(timeline.PAGE + 4):
        Activity.objects.create(
            item_kind="lead", item_id=one.pk, channel="note", direction="none", note=str(number)
        )
    actor = firm.actor("li")

    pages = [timeline.time_line(actor, "lead", one.pk, number=number) for number in (1, 2)]

    assert [page.has_more for page in pages] == [True, False]
    assert [len(page.entries) for page in pages] == [timeline.PAGE, 5]


def test_accounts_and_opportunities_are_found_by_name(firm: Firm) -> None:
    li = firm.rep("li")
    held = company.account(li, name="ABC 機械")
    company.account(li, name="腾讯")
    company.opportunity(li, name="年度采购", company=held)
    company.opportunity(li, name="别的")
    actor = firm.actor("li")

    def found(q: str) -> tuple[list[str], list[str]]:
        firms = accounts.account_page(actor, AccountFilter(q=q, state="all")).rows
        deals, _ = opportunities.opportunity_page(actor, OpportunityFilter(q=q, state="all"))
        return [row.name for row in firms], [row.name for row in deals.rows]

    assert found("機械") == (["ABC 機械"], ["年度采购"])
    assert found("abc") == (["ABC 機械"], ["年度采购"])
    assert found("腾") == (["腾讯"], [])
    assert found("采购") == ([], ["年度采购"])


@pytest.mark.parametrize("q", ["华为", "王"])
def test_the_pairs_of_characters_are_found_by_their_index(firm: Firm, q: str) -> None:
    for number in range(20):
        company.lead(firm.rep("li"), name=f"n{number}")
    held = company.account(firm.rep("li"))
    company.opportunity(firm.rep("li"), company=held)
    actor = firm.actor("ops")
    lists = {
        "lead_search": leads.leads_within(actor, LeadFilter(q=q, state="all"), now=NOW),
        "company_search": accounts.accounts_within(actor, AccountFilter(q=q, state="all")),
        "opportunity_search": opportunities.opportunities_within(
            actor, OpportunityFilter(q=q, state="all")
        ),
    }

    with connection.cursor() as cursor:  # as if the tables were too large to be read through
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    for index, rows in lists.items():
        assert f"Bitmap Index Scan on {index}" in rows.explain()


@pytest.mark.parametrize("state", ["open", "owned"])
def test_open_leads_by_score_come_in_the_order_of_an_index(firm: Firm, state: str) -> None:
    rows = leads.leads_within(firm.actor("ops"), LeadFilter(state=state), now=NOW)

    with connection.cursor() as cursor:  # a handful of rows needs no index
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = rows.values_list("pk").order_by(*leads.SORTS["-score"])[:21].explain()

    assert "using lead_by_score" in plan and "Sort" not in plan


def test_the_leads_of_a_source_are_counted_in_their_index(firm: Firm) -> None:
    rows = leads.leads_within(firm.actor("ops"), LeadFilter(source="s3"), now=NOW)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    assert "Index Only Scan using lead_of_source" in rows.order_by().values("pk")[:9].explain()
