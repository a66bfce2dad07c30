"""Stages, closing, converting, editing, accounts, opportunities, views, export, erasing."""

import pytest

from evenhand.journal.models import Event
from evenhand.leads.access import NotFound
from evenhand.leads.intake import InvalidIntake
from evenhand.leads.keys import search_text
from evenhand.leads.models import (
    Activity,
    Assignment,
    Company,
    Contact,
    Lead,
    Load,
    Opportunity,
    SavedView,
)
from evenhand.leads.money import NotAnAmount, as_typed, minor_units
from evenhand.leads.operations import (
    closing,
    companies,
    contacts,
    converting,
    editing,
    erasing,
    opportunities,
    stages,
    views,
)
from evenhand.leads.queries import choices
from evenhand.people.models import Rep
from evenhand.people.scope import NotAllowed
from evenhand.platform.refusal import Refused
from tests.server.leads import company
from tests.server.leads.company import Firm

pytestmark = pytest.mark.django_db
DEAL = {"name": "华为 首单", "value": "12,500.50", "currency": "CNY", "close_on": "2026-12-31"}


@pytest.fixture
def firm() -> Firm:
    return company.firm()


def load(rep: Rep) -> int:
    """What somebody carries, which is always the recount of his open assignments."""
    open_ones = Assignment.objects.filter(rep=rep, closed_at=None).count()
    found = Load.objects.filter(rep=rep).first()
    assert (found.open_count if found else 0) == open_ones
    return open_ones


def told(kind: str) -> Event:
    return Event.objects.get(kind=kind)


class TestStages:
    def test_a_stage_is_set_and_told(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"))

        stages.set_stage(one.pk, "qualified", seen="new", actor=firm.actor("li"))

        one.refresh_from_db()
        assert one.stage == "qualified"
        assert told("lead.stage_set").data == {"from": "new", "to": "qualified"}

    def test_a_stage_that_changed_meanwhile_is_not_written_over(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"), stage="contacted")

        with pytest.raises(stages.CannotSetStage, match="stage_changed"):
            stages.set_stage(one.pk, "qualified", seen="new", actor=firm.actor("li"))

        one.refresh_from_db()
        assert (one.stage, Event.objects.count()) == ("contacted", 0)

    @pytest.mark.parametrize("stage", ["converted", "lost", "x"])
    def test_an_end_is_no_stage_to_set(self, firm: Firm, stage: str) -> None:
        one = company.lead(firm.rep("li"))

        with pytest.raises(stages.CannotSetStage, match="not_a_choice"):
            stages.set_stage(one.pk, stage, actor=firm.actor("li"))

        one.refresh_from_db()
        assert one.stage == "new"

    def test_many_are_set_all_or_none(self, firm: Firm) -> None:
        mine = [company.lead(firm.rep("li")).pk for _ in range(3)]
        foreign = company.lead(firm.rep("chen")).pk
        actor = firm.actor("li")

        with pytest.raises(NotFound):
            stages.set_stage_of_many([*mine, foreign], "contacted", actor=actor)
        assert set(Lead.objects.values_list("stage", flat=True)) == {"new"}

        assert stages.set_stage_of_many(mine, "contacted", actor=actor) == 3
        assert Lead.objects.filter(stage="contacted").count() == 3

    def test_nothing_and_too_many_are_refused(self, firm: Firm) -> None:
        for ids in ([], list(range(1, 300))):
            with pytest.raises(stages.CannotSetStage):
                stages.set_stage_of_many(ids, "contacted", actor=firm.actor("ops"))


class TestClosing:
    def test_a_lost_lead_frees_its_owner(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"))

        closing.lose_lead(one.pk, why="no_budget", actor=firm.actor("li"))

        one.refresh_from_db()
        assert (one.state, one.stage, one.close_reason) == ("closed", "lost", "no_budget")
        assert load(firm.rep("li")) == 0
        assert told("lead.lost").data == {"reason": "no_budget", "stage": "new"}

    def test_lost_twice_is_refused(self, firm: Firm) -> None:
        one, actor = company.lead(firm.rep("li")), firm.actor("li")
        closing.lose_lead(one.pk, why="other", actor=actor)

        with pytest.raises(stages.CannotSetStage, match="closed"):
            closing.lose_lead(one.pk, why="other", actor=actor)

        assert load(firm.rep("li")) == 0

    def test_a_reason_comes_from_the_list(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"))

        with pytest.raises(closing.CannotClose):
            closing.lose_lead(one.pk, why="bad mood", actor=firm.actor("li"))

        assert load(firm.rep("li")) == 1

    def test_many_are_lost_all_or_none(self, firm: Firm) -> None:
        ids = [company.lead(firm.rep(who)).pk for who in ("li", "wang", "li")]
        waiting = company.lead(None).pk

        with pytest.raises(stages.CannotSetStage):
            closing.lose_leads([*ids, waiting], why="no_need", actor=firm.actor("lead"))
        assert load(firm.rep("li")) == 2

        assert closing.lose_leads(ids, why="no_need", actor=firm.actor("lead")) == 3
        assert load(firm.rep("li")) == load(firm.rep("wang")) == 0


class TestConverting:
    def test_a_lead_becomes_company_contact_and_opportunity(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"), company_name="华为技术有限公司", line=firm.line)

        made = converting.convert_lead(one.pk, DEAL, actor=firm.actor("li"))

        one.refresh_from_db()
        assert made.company is not None
        account, deal = made.company, Opportunity.objects.get(pk=made.opportunity.pk)
        account.refresh_from_db()
        assert (one.state, one.stage, one.company_id) == ("closed", "converted", account.pk)
        assert (account.name_key, account.owner_id) == ("华为技术", firm.rep("li").pk)
        assert made.contact.phone_key == "13800138000"
        assert (deal.value, deal.owner_id, deal.lead_id) == (1250050, firm.rep("li").pk, one.pk)
        assert deal.line_id == firm.line.pk
        assert load(firm.rep("li")) == 2

    def test_a_company_that_is_there_is_taken_and_keeps_its_owner(self, firm: Firm) -> None:
        held = company.account(firm.rep("chen"), name="华为技术有限公司")
        one = company.lead(firm.rep("li"), company_name="华为技术")

        made = converting.convert_lead(one.pk, DEAL, actor=firm.actor("li"))

        held.refresh_from_db()
        assert made.company == held
        assert held.owner_id == firm.rep("chen").pk
        assert load(firm.rep("li")) == 1

    def test_a_private_customer_has_no_company(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"), company_name="")

        made = converting.convert_lead(one.pk, DEAL, actor=firm.actor("li"))

        assert made.company is None
        assert Company.objects.count() == 0

    def test_an_unusable_deal_changes_nothing(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"))

        for wrong in ({"name": ""}, {"value": "viel"}, {"currency": "XXX"}, {"close_on": "soon"}):
            with pytest.raises(InvalidIntake):
                converting.convert_lead(one.pk, {**DEAL, **wrong}, actor=firm.actor("li"))

        one.refresh_from_db()
        assert one.state == "owned"
        assert Opportunity.objects.count() == Company.objects.count() == Event.objects.count() == 0


class TestEditing:
    def test_what_was_edited_can_be_searched(self, firm: Firm) -> None:
        person = company.contact(name="王小明", phone="13800138000", phone_key="13800138000")
        one = company.lead(firm.rep("li"), contact=person)

        editing.edit_lead(
            one.pk,
            {"phone": "+86 139 0000 1111", "region": "上海市"},
            seen={"phone": "13800138000", "region": ""},
            actor=firm.actor("li"),
        )

        one.refresh_from_db()
        person.refresh_from_db()
        assert "13900001111" in one.search
        assert (person.phone, person.phone_key) == ("+86 139 0000 1111", "13900001111")
        assert told("lead.edited").data == {"fields": ["phone", "region"]}

    def test_two_people_edit_one_field_and_nothing_is_lost(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"), region="上海市", industry="电子")
        seen = {"region": "上海市", "industry": "电子"}
        editing.edit_lead(one.pk, {"region": "浙江省"}, seen=seen, actor=firm.actor("lead"))

        with pytest.raises(editing.ChangedMeanwhile) as conflict:
            editing.edit_lead(
                one.pk, {"region": "江苏省", "industry": "机械"}, seen=seen, actor=firm.actor("li")
            )

        one.refresh_from_db()
        assert conflict.value.conflicts == {"region": ("江苏省", "浙江省")}
        assert (one.region, one.industry) == ("浙江省", "电子")

    def test_two_people_edit_two_fields_and_both_stay(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"), region="上海市", industry="电子")
        seen = {"region": "上海市", "industry": "电子"}
        editing.edit_lead(one.pk, {**seen, "region": "浙江省"}, seen=seen, actor=firm.actor("lead"))
        editing.edit_lead(one.pk, {**seen, "industry": "机械"}, seen=seen, actor=firm.actor("li"))

        one.refresh_from_db()
        assert (one.region, one.industry) == ("浙江省", "机械")

    @pytest.mark.parametrize(
        "name", [f.attname for f in Lead._meta.fields if f.attname not in
                 {*editing.LEAD_EDITING.texts, *editing.LEAD_EDITING.numbers}]
    )  # fmt: skip
    def test_no_other_field_can_be_posted(self, firm: Firm, name: str) -> None:
        one = company.lead(firm.rep("li"))
        before = Lead.objects.filter(pk=one.pk).values().get()

        with pytest.raises(InvalidIntake):
            editing.edit_lead(one.pk, {name: "1"}, seen={}, actor=firm.actor("admin"))

        assert Lead.objects.filter(pk=one.pk).values().get() == before

    def test_who_sees_a_mask_cannot_write_over_it(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"))

        with pytest.raises(InvalidIntake):
            editing.edit_lead(one.pk, {"phone": "****00"}, seen={}, actor=firm.actor("mate"))

        one.refresh_from_db()
        assert one.phone == "13800138000"

    def test_a_lead_without_anybody_is_refused(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"))
        empty = dict.fromkeys(("name", "company_name", "phone", "email"), "")

        with pytest.raises(InvalidIntake):
            editing.edit_lead(one.pk, empty, seen={}, actor=firm.actor("li"))

        one.refresh_from_db()
        assert one.name == "王小明"


class TestAccounts:
    def test_a_rep_looks_after_the_account_he_enters(self, firm: Firm) -> None:
        made = companies.create_company({"name": "新公司"}, actor=firm.actor("li"))

        made.refresh_from_db()
        assert (made.state, made.owner_id) == ("owned", firm.rep("li").pk)
        assert load(firm.rep("li")) == 1

    def test_one_name_is_one_account(self, firm: Firm) -> None:
        company.account(None, name="新公司有限公司")

        with pytest.raises(companies.CannotKeepCompany, match="name_taken"):
            companies.create_company({"name": "新公司 有限公司"}, actor=firm.actor("li"))

        assert Company.objects.count() == 1
        assert load(firm.rep("li")) == 0

    def test_no_company_is_above_itself(self, firm: Firm) -> None:
        first, second, third = (company.account(firm.rep("li"), name=n * 2) for n in "甲乙丙")
        actor = firm.actor("li")
        companies.set_parent(second.pk, first.pk, actor=actor)
        companies.set_parent(third.pk, second.pk, actor=actor)

        for parent in (first, third, second):
            with pytest.raises(companies.CannotKeepCompany, match="circle"):
                companies.set_parent(first.pk, parent.pk, actor=actor)

        first.refresh_from_db()
        assert first.parent_id is None

    def test_a_parent_out_of_reach_is_not_found(self, firm: Firm) -> None:
        mine, other = (
            company.account(firm.rep("li")),
            company.account(firm.rep("chen"), name="乙方"),
        )

        with pytest.raises(NotFound):
            companies.set_parent(mine.pk, other.pk, actor=firm.actor("li"))

    def test_a_rep_does_not_name_key_accounts(self, firm: Firm) -> None:
        mine = company.account(firm.rep("li"))

        with pytest.raises(NotAllowed):
            companies.mark_key_account(mine.pk, True, actor=firm.actor("li"))
        mine.refresh_from_db()
        assert not mine.is_key_account

        companies.mark_key_account(mine.pk, True, actor=firm.actor("lead"))
        mine.refresh_from_db()
        assert mine.is_key_account

    def test_people_are_added_and_corrected(self, firm: Firm) -> None:
        held, actor = company.account(firm.rep("li")), firm.actor("li")

        made = contacts.add_contact(
            held.pk, {"name": "李娜", "phone": "139 0013 9000"}, actor=actor
        )
        contacts.edit_contact(
            held.pk, made.pk, {"email": "na@h.example"}, seen={"email": ""}, actor=actor
        )
        with pytest.raises(InvalidIntake):
            contacts.add_contact(held.pk, {"title": "经理"}, actor=actor)

        made.refresh_from_db()
        assert (made.phone_key, made.email_key) == ("13900139000", "na@h.example")
        assert Contact.objects.count() == 1


class TestOpportunities:
    def test_a_won_opportunity_frees_its_owner(self, firm: Firm) -> None:
        held, actor = company.account(firm.rep("li")), firm.actor("li")
        deal = opportunities.create_opportunity(held.pk, DEAL, actor=actor)
        opportunities.set_opportunity_stage(deal.pk, "proposal", actor=actor)
        assert load(firm.rep("li")) == 2

        opportunities.win_opportunity(deal.pk, actor=actor)

        deal.refresh_from_db()
        assert (deal.stage, deal.state) == ("won", "closed")
        assert load(firm.rep("li")) == 1
        assert told("opportunity.won").data == {"from": "proposal"}
        for again in (
            lambda: opportunities.win_opportunity(deal.pk, actor=actor),
            lambda: opportunities.lose_opportunity(deal.pk, why="other", actor=actor),
            lambda: opportunities.set_opportunity_stage(deal.pk, "proposal", actor=actor),
        ):
            with pytest.raises(opportunities.CannotKeepOpportunity, match="closed"):
                again()

    def test_nothing_is_won_without_a_value(self, firm: Firm) -> None:
        deal = company.opportunity(firm.rep("li"), value=None)

        with pytest.raises(opportunities.CannotKeepOpportunity, match="value_needed"):
            opportunities.win_opportunity(deal.pk, actor=firm.actor("li"))

        assert load(firm.rep("li")) == 1

    def test_a_value_is_edited_in_its_currency(self, firm: Firm) -> None:
        deal = company.opportunity(firm.rep("li"))
        seen = {"value": "1000", "currency": "CNY"}

        opportunities.edit_opportunity(
            deal.pk, {"value": "900", "currency": "JPY"}, seen=seen, actor=firm.actor("li")
        )
        deal.refresh_from_db()
        assert (deal.value, deal.currency) == (900, "JPY")

        with pytest.raises(editing.ChangedMeanwhile):
            opportunities.edit_opportunity(
                deal.pk, {"value": "800", "currency": "CNY"}, seen=seen, actor=firm.actor("li")
            )

    def test_amounts_are_integers_of_the_smallest_unit(self) -> None:
        assert minor_units("12,500.5", "CNY") == 1250050
        assert minor_units("3000", "TWD") == 3000
        assert (as_typed(1250050, "CNY"), as_typed(1250000, "CNY")) == ("12500.50", "12500")
        for wrong in ("1.234", "-1", "NaN", "1e99", "", "十"):
            with pytest.raises(NotAnAmount):
                minor_units(wrong, "CNY")


class TestViews:
    def test_a_view_is_kept_replaced_and_forgotten(self, firm: Firm) -> None:
        li = firm.actor("li")

        views.save_view("leads", "待跟进", "state=owned&due=due&page=4", actor=li)
        view = views.save_view("leads", "待跟进", "due=overdue", actor=li)

        assert [one.query for one in choices.saved_views(li, "leads")] == ["due=overdue"]
        assert choices.saved_views(firm.actor("wang"), "leads") == []
        with pytest.raises(NotFound):
            views.delete_view(view.pk, actor=firm.actor("wang"))
        views.delete_view(view.pk, actor=li)
        assert SavedView.objects.count() == 0

    def test_a_manager_shares_a_rep_does_not(self, firm: Firm) -> None:
        views.save_view("leads", "全组", "due=due", is_shared=True, actor=firm.actor("lead"))
        with pytest.raises(NotAllowed):
            views.save_view("leads", "x", "due=due", is_shared=True, actor=firm.actor("li"))

        assert [one.name for one in choices.saved_views(firm.actor("li"), "leads")] == ["全组"]

    def test_columns_and_page_size_are_kept(self, firm: Firm) -> None:
        views.choose_list("leads", columns=("stage", "grade"), size=50, actor=firm.actor("li"))
        views.choose_list("leads", columns=("stage",), size=7, actor=firm.actor("li"))

        assert choices.chosen(firm.actor("li"), "leads") == {"columns": ["stage"], "size": 20}
        assert choices.chosen(firm.actor("wang"), "leads") == {}


class TestErasing:
    def test_nothing_is_left_of_a_person(self, firm: Firm) -> None:
        li = firm.rep("li")
        person = company.contact(
            name="王小明", phone="13800138000", phone_key="13800138000",
            email="xm@huawei.example", email_key="xm@huawei.example",
        )  # fmt: skip
        one = company.lead(li, contact=person, note="住在人民路", extra={"x": "王小明"})
        twin = company.lead(li, contact=None)
        colleague = company.lead(li, name="赵六", email="z@huawei.example")
        deal = company.opportunity(li, name="王小明 的采购", lead=one, note="王小明 说")
        Activity.objects.create(
            item_kind="lead", item_id=one.pk, channel="note", direction="none", note="王小明 来电"
        )
        views.save_view("leads", "v", "q=王小明&due=due", actor=firm.actor("li"))

        before = erasing.erasure_of(one.pk, actor=firm.actor("admin"))
        done = erasing.erase_person(one.pk, typed=str(one.pk), actor=firm.actor("admin"))

        assert done == before == erasing.Erased(leads=2, contacts=1, activities=1)
        rows = [*Lead.objects.filter(pk__in=[one.pk, twin.pk]).values(),
                *Contact.objects.values(), *Opportunity.objects.values(),
                *Activity.objects.values(), *SavedView.objects.values(),
                *Event.objects.values()]  # fmt: skip
        for said in ("王小明", "13800138000", "xm@huawei", "人民路", "%E7%8E%8B"):
            assert said not in str(rows)
        one.refresh_from_db()
        assert (one.state, one.close_reason, one.search) == (
            "closed", "erased", search_text("", "华为技术", "", ""),
        )  # fmt: skip
        colleague.refresh_from_db()
        assert (colleague.name, colleague.state) == ("赵六", "owned")
        assert load(li) == 2
        deal.refresh_from_db()
        assert deal.name == "**** 的采购"
        assert SavedView.objects.get().query == "due=due"
        assert erasing.is_erased("138 0013 8000", "")
        assert not erasing.is_erased("13900000000", "nobody@x.example")

    def test_it_is_confirmed_by_typing(self, firm: Firm) -> None:
        one = company.lead(firm.rep("li"))

        with pytest.raises(Refused, match="not_confirmed"):
            erasing.erase_person(one.pk, typed="yes", actor=firm.actor("admin"))

        one.refresh_from_db()
        assert (one.name, Event.objects.count()) == ("王小明", 0)

    @pytest.mark.parametrize("who", ["li", "lead", "ops", "auditor"])
    def test_only_an_administrator_erases(self, firm: Firm, who: str) -> None:
        one = company.lead(firm.rep("li"))

        with pytest.raises(NotAllowed):
            erasing.erase_person(one.pk, typed=str(one.pk), actor=firm.actor(who))

        one.refresh_from_db()
        assert one.name == "王小明"
