"""Files of companies, contacts, activities and deals: one kind a file, once, linked, undone."""

import pytest

from evenhand.imports.kinds.guess import guessed_kind
from evenhand.imports.models import Becomes, Import, ImportFile, ImportRow, Kind, Step, Strangers
from evenhand.imports.operations.becoming import Becoming, decide, set_kind
from evenhand.imports.operations.begin import CannotImport, Choices, choose, start, upload
from evenhand.imports.operations.run import run
from evenhand.imports.operations.undo import run_undo, undo
from evenhand.imports.queries import counts_of, why_refused
from evenhand.leads.keys import phone_key
from evenhand.leads.models import Activity, Assignment, Company, Contact, Lead, Load, Opportunity
from evenhand.leads.operations.companies import edit_company
from evenhand.leads.operations.contacts import edit_contact
from evenhand.leads.operations.erasing import erase_person
from evenhand.ledger.models import Posting
from evenhand.people.actor import Actor
from evenhand.people.scope import actor_of
from evenhand.routing.operations.merging import merge
from tests.server.appeals.test_deciding import broken
from tests.server.cast import Cast, browser

pytestmark = pytest.mark.django_db

COMPANIES = (
    "客户编号,客户名称,上级公司,网址,行业,员工人数,年收入,负责人,创建时间\n"
    "A1,海天精工有限公司,海天集团,https://www.haitian.com/about,制造,1200,12.5万,Ren,2024-01-02\n"
    "A2,海天集团,,,,5000,,Rui,2024-01-01\n"
    "A3,四通软件,,sitong.cn,软件,80,,陌生人,2024-02-01\n"
    ",,,,制造,,,,\n"
)
PEOPLE = (
    "联系人编号,姓名,职务,手机,邮箱,客户编号,公司名称\n"
    "C1,李采购,采购经理,13900139001,li@haitian.com,A1,\n"
    "C2,赵总,总经理,13900139002,,,新客户有限公司\n"
    "C3,,,,,A1,\n"
)
LEADS = (
    "线索编号,姓名,手机,公司,负责人,线索状态,创建时间\n"
    "L1,王一,13900130001,海天精工有限公司,Ren,跟进中,2025-03-01\n"
)
DEALS = (
    "商机编号,商机名称,客户编号,线索编号,商机阶段,预计成交金额(万元),币种,预计成交日期,负责人,创建时间\n"
    "D1,海天二期,A1,,方案报价,30,人民币,2099-05-01,Ren,2025-01-01\n"
    "D2,海天一期,A1,L1,赢单,8.5,,2024-12-20,Dan,2024-06-01\n"
    "D3,丢掉的,,,输单,,,2024-11-01,陌生人,2024-05-01\n"
)
CALLS = (
    "通话编号,通话时间,通话时长(秒),呼叫类型,通话结果,坐席,线索编号,商机编号,客户号码,备注\n"
    "T1,2025-03-02 10:00,65,呼出,接通,Ren,L1,,,谈了价格\n"
    "T2,2025-03-03 10:00,0,呼出,未接,Ren,,D1,,\n"
    "T3,2025-03-04 10:00,30,呼入,接通,陌生人,,,13900139001,\n"
    "T4,2025-03-05 10:00,30,呼入,接通,Ren,,,13000000000,\n"
    "T5,2099-03-05 10:00,30,呼出,接通,Ren,L1,,,\n"
)


def brought_in(
    actor: Actor, text: str, name: str, wanted: Becoming | None = None, kind: str = ""
) -> Import:
    row = upload(f"{name}.csv", text.encode(), actor=actor)
    assert not kind or row.kind == kind
    if wanted is not None:
        decide(row.pk, wanted, actor=actor)
    start(row.pk, actor=actor)
    run(row.pk)
    row.refresh_from_db()
    assert row.step == Step.DONE and row.why is None
    return row


KEEP = Becoming(Becomes.KEEP_OWNER, strangers=Strangers.LEAVE)


def a_whole_crm(actor: Actor) -> list[Import]:
    return [
        brought_in(actor, COMPANIES, "客户", KEEP, Kind.ACCOUNT),
        brought_in(actor, PEOPLE, "联系人", None, Kind.CONTACT),
        brought_in(actor, LEADS, "线索", KEEP, Kind.LEAD),
        brought_in(actor, DEALS, "商机", KEEP, Kind.OPPORTUNITY),
        brought_in(actor, CALLS, "通话", None, Kind.ACTIVITY),
    ]


def outcomes(row: Import) -> dict[int, str]:
    return dict(row.rows.values_list("number", "outcome"))


def test_a_whole_crm_comes_in_linked_with_owners_and_history(olga: Actor, people: Cast) -> None:
    accounts, contacts, leads, deals, calls = a_whole_crm(olga)

    plant, group = Company.objects.get(external_id="A1"), Company.objects.get(external_id="A2")
    assert (plant.parent, plant.owner_id, plant.state) == (group, people.ren.pk, "owned")
    assert (plant.domain, plant.employees, plant.revenue) == ("haitian.com", 1200, 12_500_000)
    assert (group.owner_id, group.employees) == (people.rui.pk, 5000)
    assert Company.objects.get(external_id="A3").state == "untended"
    assert outcomes(accounts) == {2: "created", 3: "created", 4: "created", 5: "rejected"}

    buyer = Contact.objects.get(external_id="C1")
    assert (buyer.company, buyer.title) == (plant, "采购经理")
    assert Contact.objects.get(external_id="C2").company == Company.objects.get(
        name="新客户有限公司"
    )
    assert outcomes(contacts) == {2: "created", 3: "created", 4: "rejected"}

    lead = Lead.objects.get(external_id="L1")
    assert lead.company == plant and counts_of(leads).created == 1

    open_deal, won = (
        Opportunity.objects.get(external_id="D1"),
        Opportunity.objects.get(name="海天一期"),
    )
    assert (open_deal.stage, open_deal.value, open_deal.state) == ("proposal", 30_000_000, "owned")
    assert (open_deal.company, open_deal.owner_id) == (plant, people.ren.pk)
    assert str(open_deal.close_on) == "2099-05-01" and open_deal.closed_at is None
    assert (won.stage, won.state, won.owner_id) == ("won", "closed", people.dan.pk)
    assert (won.lead, won.value) == (lead, 8_500_000)
    assert won.closed_at is not None and won.closed_at.year == 2024
    assert counts_of(deals).created == 3

    assert outcomes(calls) == {
        2: "created", 3: "created", 4: "created", 5: "rejected", 6: "rejected",
    }  # fmt: skip
    assert why_refused(calls)[5].code == "import.no_item"
    talk = Activity.objects.get(item_kind="lead", channel="call")
    assert (talk.item_id, talk.user_id, talk.seconds) == (lead.pk, people.ren.pk, 65)
    assert (talk.direction, talk.outcome, talk.note) == ("out", "reached", "谈了价格")
    missed = Activity.objects.get(item_kind="opportunity")
    assert (missed.item_id, missed.outcome) == (open_deal.pk, "no_answer")
    rang = Activity.objects.get(item_kind="account")
    assert (rang.item_id, rang.contact, rang.direction) == (plant.pk, buyer, "in")

    assert not Posting.objects.exists()
    assert Load.objects.get(rep_id=people.ren.pk).open_count == 3
    assert set(Assignment.objects.values_list("cause", flat=True)) == {"imported"}
    assert broken() == []


def test_calls_of_somebody_merged_since_go_to_the_one_that_stayed(olga: Actor) -> None:
    company_ids = []
    for name, phone in (("海天精工有限公司", "13900139001"), ("海天", "13900139009")):
        made = Company.objects.create(name=name, name_key=name, state="untended")
        Contact.objects.create(name="李采购", company=made, phone=phone, phone_key=phone_key(phone))
        company_ids.append(made.pk)
    stays, goes = company_ids
    merge("account", stays, goes, actor=olga)
    buyers = Contact.objects.order_by("pk").values_list("pk", flat=True)
    merge("contact", buyers[0], buyers[1], actor=olga)

    heading, call = CALLS.splitlines()[0], "T3,2025-03-04 10:00,30,呼入,接通,陌生人,,,13900139009,"
    brought_in(olga, f"{heading}\n{call}\n", "通话", None, Kind.ACTIVITY)

    rang = Activity.objects.get()
    assert (rang.item_kind, rang.item_id, rang.contact_id) == ("account", stays, buyers[0])


def test_the_same_files_again_change_nothing(olga: Actor) -> None:
    a_whole_crm(olga)
    tables = (Company, Contact, Lead, Opportunity, Activity, Assignment, Load)
    before = [list(table._default_manager.order_by("pk").values()) for table in tables]

    again = a_whole_crm(olga)

    assert [list(table._default_manager.order_by("pk").values()) for table in tables] == before
    assert {one for row in again for one in outcomes(row).values()} == {"repeated", "rejected"}


def test_everything_is_undone_but_for_what_was_touched(olga: Actor, people: Cast) -> None:
    rows = a_whole_crm(olga)
    third = Company.objects.get(external_id="A3")
    edit_company(third.pk, {"note": "老客户"}, seen={"note": ""}, actor=olga)

    for row in reversed(rows):
        undo(row.pk, actor=olga)
        run_undo(row.pk)

    assert not Activity.objects.exists() and not Opportunity.objects.exists()
    # A lead is voided, not deleted: its contact and its company stay with it.
    kept = {name: why["code"] for name, why in _stayed()}
    assert kept == {
        "海天精工有限公司": "import.has_what_hangs_on_it",
        "海天集团": "import.has_what_hangs_on_it",
        "四通软件": "import.worked_on",
    }
    assert set(Company.objects.values_list("name", flat=True)) == set(kept)
    assert list(Contact.objects.values_list("name", flat=True)) == ["王一"]
    assert broken() == []


def test_people_whom_somebody_corrected_or_merged_stay_when_their_import_is_undone(
    olga: Actor,
) -> None:
    brought_in(olga, COMPANIES, "客户", KEEP)
    text = (
        "联系人编号,姓名,手机,客户编号\nC1,李采购,13900139001,A1\nC2,赵总,13900139002,A1\n"
        "C3,孙工,13900139003,A1\nC4,孙工程师,13900139004,A1\nC5,周经理,13900139005,A1\n"
    )
    row = brought_in(olga, text, "联系人", None, Kind.CONTACT)
    named = {one.external_id: one for one in Contact.objects.all()}
    plant, buyer = named["C1"].company_id, named["C1"].pk
    assert plant is not None
    edit_contact(plant, buyer, {"phone": "13900139009"}, seen={"phone": "13900139001"}, actor=olga)
    merge("contact", named["C3"].pk, named["C4"].pk, actor=olga)

    undo(row.pk, actor=olga)
    run_undo(row.pk)

    stays = Contact.objects.order_by("external_id").values_list("external_id", flat=True)
    assert list(stays) == ["C1", "C3", "C4"]
    whys = row.rows.filter(kept_why__isnull=False).values_list("kept_why__code", flat=True)
    assert list(whys) == ["import.worked_on"] * 3


def _stayed() -> list[tuple[str, dict[str, str]]]:
    rows = ImportRow.objects.filter(import_of__kind=Kind.ACCOUNT, kept_why__isnull=False)
    named = dict(Company.objects.values_list("pk", "name"))
    return [(named[pk], why) for pk, why in rows.values_list("made_id", "kept_why") if pk and why]


def test_what_is_here_already_is_filled_in_and_stays_when_undone(olga: Actor) -> None:
    brought_in(olga, LEADS, "线索")  # names 海天精工
    row = brought_in(olga, COMPANIES, "客户", KEEP)
    assert outcomes(row)[2] == "merged"
    plant = Company.objects.get(name="海天精工有限公司")
    assert (plant.external_id, plant.employees) == ("A1", 1200)

    undo(row.pk, actor=olga)
    run_undo(row.pk)

    why = row.rows.get(number=2).kept_why
    assert why is not None and why["code"] == "import.was_there"
    assert Company.objects.filter(name="海天精工有限公司").exists()
    assert not Company.objects.filter(name="四通软件").exists()


def test_the_kind_may_be_changed_and_columns_are_then_read_anew(olga: Actor) -> None:
    row = upload("清单.csv", COMPANIES.encode(), actor=olga)
    choose(row.pk, Choices(None, "", "", {"行业": "ignore"}), actor=olga)

    changed = set_kind(row.pk, Kind.LEAD, actor=olga)
    assert (changed.kind, changed.becomes, changed.said) == (Kind.LEAD, Becomes.ROUTE, [])

    with pytest.raises(CannotImport):
        set_kind(row.pk, "vendor", actor=olga)
    assert Import.objects.get(pk=row.pk).kind == Kind.LEAD


def test_erasing_a_person_drops_the_files_of_his_contact_and_his_calls(
    olga: Actor, people: Cast
) -> None:
    rows = a_whole_crm(olga)
    lead = Lead.objects.get(external_id="L1")

    erase_person(lead.pk, typed=str(lead.pk), actor=actor_of(people.alice))

    left = set(ImportFile.objects.values_list("import_of__kind", flat=True))
    assert left == {"account", "contact"} and len(rows) == 5
    assert not Activity.objects.filter(item_kind="lead").exclude(note="").exists()


@pytest.mark.parametrize(
    ("header", "name", "kind"),
    [
        ("姓名,手机,公司", "展会", Kind.LEAD),
        ("公司名称,省份,城市", "名单", Kind.LEAD),
        ("LEADID,Last Name,Company,Lead Owner,Lead Source", "Leads", Kind.LEAD),
        ("ACCOUNTID,Account Name,Account Owner Id,Account Owner", "x", Kind.ACCOUNT),
        ("account,sector,year_established,subsidiary_of", "accounts", Kind.ACCOUNT),
        ("opportunity_id,sales_agent,account,deal_stage,close_date", "x", Kind.OPPORTUNITY),
        ("Potential Name,Potential Owner,Closing Date,Stage,LEADID", "x", Kind.OPPORTUNITY),
        ("TASKID,Call Start Time,Call Owner,Call Type,LEADID", "Calls", Kind.ACTIVITY),
        ("Task Owner,Subject,Created Time,Due Date,Status", "Tasks", Kind.ACTIVITY),
        ("联系人编号,姓名,直属上级,手机", "x", Kind.CONTACT),
    ],
)
def test_a_file_says_by_its_headings_what_its_rows_are(header: str, name: str, kind: str) -> None:
    assert guessed_kind(header.split(","), f"{name}.csv") == kind


def test_the_page_shows_and_takes_every_choice(olga: Actor, people: Cast) -> None:
    client = browser(people.olga)
    for text, name in ((LEADS, "线索"), (COMPANIES, "客户"), (DEALS, "商机"), (CALLS, "通话")):
        row = upload(f"{name}.csv", text.encode(), actor=olga)
        place = f"/imports/{row.pk}"

        page = client.get(place)
        assert (page.status_code == 200 and "陌生人" in page.content.decode()) or name == "线索"
        form = {"becomes": "keep_owner", "strangers": "give", "strangers_to": people.carl.pk}
        form |= {"owner": ["陌生人"], "owner_is": [str(people.rui.pk)], "currency": "USD"}
        assert client.post(place, form).status_code == 302
        row.refresh_from_db()
        if row.kind != Kind.ACTIVITY:
            assert (row.becomes, row.strangers_to_id) == ("keep_owner", people.carl.pk)
        assert row.owners == {"陌生人": people.rui.pk}
        assert client.post(f"{place}/kind", {"kind": "contact"}).status_code == 302
    assert client.post(f"{place}/release").status_code == 302
