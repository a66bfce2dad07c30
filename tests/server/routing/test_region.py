"""The region of a lead is known when it comes in, and rules see it."""

import pytest

from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Company, Lead
from evenhand.leads.operations.editing import edit_lead
from evenhand.leads.operations.erasing import erase_person
from evenhand.people.actor import SYSTEM
from evenhand.routing.take_in import take_in
from tests.server.cast import browser, cast
from tests.server.routing.world import SHARE, company, policy

pytestmark = pytest.mark.django_db

EAST = {
    "rule": "浙江",
    "when": "lead.region is within 浙江",
    "to": {"strategy": "person", "rep": "r1", "if_absent": "wait"},
    "if_nobody": {"do": "wait"},
}


def test_rules_see_the_region_of_the_phone_where_none_is_written_and_the_evidence_is_kept() -> None:
    reps = company(2, policy(rules=[EAST, SHARE]))
    given = [
        LeadIn(name="甲", phone="13588880001"),  # a number of Hangzhou
        LeadIn(name="乙", company="余杭科技", region="余杭区文一西路969号"),
        LeadIn(name="丙", region="华东区", phone="13588880002"),
        LeadIn(name="丁", extra={"邮编": "310000"}),
    ]

    taken = take_in(given, actor=SYSTEM)

    leads = [Lead.objects.get(pk=one.lead_id) for one in taken]
    assert [one.region for one in leads] == [
        "浙江省/杭州市",
        "浙江省/杭州市/余杭区",
        "华东区",
        "浙江省/杭州市",
    ]
    assert [one.region_said for one in leads] == ["", "余杭区文一西路969号", "华东区", ""]
    assert [one.region_confidence for one in leads] == ["likely", "sure", "unknown", "likely"]
    assert leads[0].region_evidence == [
        {
            "code": "region.number",
            "hint": "phone",
            "prefix": "1358888",
            "places": ["浙江省/杭州市"],
        }
    ]
    assert {one.owner_id for one in (leads[0], leads[1], leads[3])} == {reps[0].pk}
    assert Company.objects.get().region == "浙江省/杭州市/余杭区"


def test_a_region_edited_is_read_anew_and_one_that_a_phone_told_follows_the_phone() -> None:
    company(1)
    (taken,) = take_in([LeadIn(name="甲", phone="13588880001")], actor=SYSTEM)

    edit_lead(taken.lead_id, {"phone": "13800138000"}, seen={}, actor=SYSTEM)
    lead = Lead.objects.get(pk=taken.lead_id)
    assert (lead.region, lead.region_said) == ("北京市", "")

    edit_lead(taken.lead_id, {"region": "襄樊"}, seen={}, actor=SYSTEM)
    edit_lead(taken.lead_id, {"phone": "13588880001"}, seen={}, actor=SYSTEM)
    lead.refresh_from_db()
    assert (lead.region, lead.region_said) == ("湖北省/襄阳市", "襄樊")


def test_erasing_leaves_the_region_but_no_address_and_no_digits_of_a_phone() -> None:
    company(1)
    taken = take_in(
        [
            LeadIn(name="甲", phone="13588880001", region="余杭区文一西路969号"),
            LeadIn(name="乙", phone="13588880002"),
            LeadIn(name="丙", phone="13588880003", region="幸福里7号"),
        ],
        actor=SYSTEM,
    )

    for one in taken:
        erase_person(one.lead_id, typed=str(one.lead_id), actor=SYSTEM)

    rows = Lead.objects.order_by("pk").values_list("region", "region_said", "region_evidence")
    assert list(rows) == [
        ("浙江省/杭州市/余杭区", "", None),
        ("浙江省/杭州市", "", None),
        ("", "", None),
    ]


def test_the_page_says_how_the_region_is_known_and_hides_a_masked_phone() -> None:
    company(1)
    (taken,) = take_in([LeadIn(name="甲", phone="13588880001")], actor=SYSTEM)

    page = browser(cast().ada).get(f"/leads/{taken.lead_id}").content.decode()

    assert "按电话归属地推断，很可能" in page
    assert "1358888" not in page


def test_a_phone_that_identifies_nobody_is_kept_as_typed_and_flagged_on_the_page() -> None:
    company(1)
    kept = ["138****5678", "1.33E+10", "11111111111", "１３５ ８８８８\t０００１"]

    taken = take_in([LeadIn(name="甲", phone=one) for one in kept], actor=SYSTEM)

    rows = Lead.objects.order_by("pk").select_related("contact")
    assert [one.phone for one in rows] == kept
    assert [one.contact.phone_key for one in rows] == ["", "", "", "13588880001"]
    assert not any(one.is_duplicate for one in taken)
    client = browser(cast().olga)
    pages = [client.get(f"/leads/{one.lead_id}").content.decode() for one in taken]
    assert "打码的号码" in pages[0]
    assert "变成了科学计数" in pages[1]
    assert ["phone-flag" in page for page in pages] == [True, True, True, False]
