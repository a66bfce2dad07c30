"""Leads, accounts and opportunities: what a caller reaches, changes and reads on."""

from typing import Any

import pytest

from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Activity, Company, Lead, Opportunity
from evenhand.people.actor import SYSTEM
from evenhand.people.models import User
from evenhand.routing.models import Receipt
from evenhand.routing.take_in import take_in
from tests.server.api.caller import Caller, caller, error_of
from tests.server.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def leads(people: Cast) -> list[Lead]:
    """Nine leads, three for each of the reps Ren, Rui and Carl."""
    wanted = [
        LeadIn(name=f"客户{n}", phone=f"1380000{n:04d}", note="电话 13800138000", source="展会")
        for n in range(9)
    ]
    made = [one.lead_id for one in take_in(wanted, actor=SYSTEM)]
    return list(Lead.objects.filter(pk__in=made).order_by("pk"))


def of(leads: list[Lead], owner: User) -> Lead:
    return next(lead for lead in leads if lead.owner_id == owner.pk)


def test_a_list_is_read_to_its_end_without_a_gap(ops: Caller, leads: list[Lead]) -> None:
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        said = ops.get(f"/leads?limit=4&cursor={cursor}").json()
        seen += [one["id"] for one in said["items"]]
        cursor = said["next"]

    assert seen == sorted((lead.pk for lead in leads), reverse=True)


def test_a_row_that_arrives_meanwhile_does_not_shift_the_pages(
    ops: Caller, leads: list[Lead]
) -> None:
    first = ops.get("/leads?limit=5").json()
    take_in([LeadIn(name="新来")], actor=SYSTEM)

    second = ops.get(f"/leads?limit=5&cursor={first['next']}").json()

    ids = [one["id"] for one in (*first["items"], *second["items"])]
    assert len(ids) == len(set(ids)) == 9


def test_a_rep_sees_his_own_leads_and_a_head_those_of_his_teams(
    people: Cast, leads: list[Lead]
) -> None:
    owners = {
        who.name: {one["owner"]["name"] for one in caller(who).get("/leads").json()["items"]}
        for who in (people.ren, people.tom, people.hua, people.olga, people.ada)
    }

    everybody = {"Ren", "Rui", "Carl"}
    assert owners == {
        "Ren": {"Ren"},
        "Tom": {"Ren", "Rui"},
        "Hua": {"Ren", "Rui"},
        "Olga": everybody,
        "Ada": everybody,
    }


def test_contact_data_are_masked_for_who_may_not_see_them(people: Cast, leads: list[Lead]) -> None:
    lead = of(leads, people.ren)

    seen = caller(people.olga).get(f"/leads/{lead.pk}").json()
    own = caller(people.ren).get(f"/leads/{lead.pk}").json()
    masked = caller(people.ada).get(f"/leads/{lead.pk}").json()
    narrow = caller(people.olga, "work").get(f"/leads/{lead.pk}").json()

    assert seen["phone"] == own["phone"] == lead.phone
    for one in (masked, narrow):
        assert one["phone"].startswith("****") and "13800138000" not in one["note"]
    assert not [1 for one in caller(people.ada).get("/leads").json()["items"]
                if one["phone"] in {lead.phone for lead in leads}]  # fmt: skip


READS = ("/leads/{}", "/leads/{}/receipts")
WRITES: dict[str, dict[str, Any]] = {
    "assign": {"to": 1, "reason": "waiting"},
    "transfer": {"to": 1, "reason": "leave"},
    "return": {"reason": "overload"},
    "void": {"reason": "spam"},
    "activities": {"channel": "note", "outcome": "noted", "note": "x"},
}


def test_out_of_reach_and_not_there_are_the_same_answer(people: Cast, leads: list[Lead]) -> None:
    far, nowhere = of(leads, people.carl).pk, 999_999
    lead_of_team = caller(people.tom)
    before = (Event.objects.count(), Receipt.objects.count(), Activity.objects.count())

    for path in READS:
        answers = [lead_of_team.get(path.format(one)) for one in (far, nowhere)]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].content == answers[1].content
        assert dict(answers[0].headers) == dict(answers[1].headers)
    for act, body in WRITES.items():
        actor = caller(people.ren) if act == "return" else lead_of_team
        answers = [actor.post(f"/leads/{one}/{act}", body) for one in (far, nowhere)]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].content == answers[1].content
    answers = [lead_of_team.patch(f"/leads/{one}", {"name": "x"}) for one in (far, nowhere)]
    assert [one.status_code for one in answers] == [404, 404]
    assert (Event.objects.count(), Receipt.objects.count(), Activity.objects.count()) == before


def test_what_a_token_may_not_do_is_refused_before_the_item_is_looked_for(
    people: Cast, leads: list[Lead]
) -> None:
    reader = caller(people.olga, "read")

    for act, body in WRITES.items():
        for item in (leads[0].pk, 999_999):
            answer = reader.post(f"/leads/{item}/{act}", body)
            assert (answer.status_code, error_of(answer)["code"]) == (403, "not_allowed")
    assert reader.patch(f"/leads/{leads[0].pk}", {"name": "x"}).status_code == 403


def test_a_lead_is_changed_field_by_field(ops: Caller, leads: list[Lead]) -> None:
    answer = ops.patch(
        f"/leads/{leads[0].pk}",
        {"company_name": "远大", "budget": 500, "stage": "qualified", "note": None},
    )

    said = answer.json()
    assert answer.status_code == 200
    assert (said["company_name"], said["budget"], said["stage"]) == ("远大", 500, "qualified")
    assert said["note"] == "" and said["name"] == leads[0].name


def test_a_change_is_whole_or_none(ops: Caller, leads: list[Lead]) -> None:
    Lead.objects.filter(pk=leads[0].pk).update(state="queued", owner=None)

    answer = ops.patch(f"/leads/{leads[0].pk}", {"name": "另一个", "stage": "qualified"})

    assert answer.status_code == 409
    leads[0].refresh_from_db()
    assert leads[0].name == "客户0"


@pytest.mark.parametrize(
    ("path", "model", "allowed"),
    [
        ("/leads/{}", Lead, {"name", "stage"}),
        ("/accounts/{}", Company, {"name"}),
    ],
)
def test_no_field_beyond_those_on_the_list_can_be_changed(
    people: Cast, leads: list[Lead], path: str, model: Any, allowed: set[str]
) -> None:
    row = model.objects.order_by("pk").first() or Company.objects.create(
        name="远大", name_key="远大", state="untended"
    )
    schema = caller(people.olga).get("/openapi.json").json()["components"]["schemas"]
    editable = schema["LeadEdit" if model is Lead else "AccountEdit"]["properties"].keys()
    columns = {one.attname for one in model._meta.fields} | {one.name for one in model._meta.fields}
    before = model.objects.filter(pk=row.pk).values().get()

    for name in sorted(columns - editable):
        answer = caller(people.olga).patch(path.format(row.pk), {name: 1})
        assert (answer.status_code, name) == (422, name)

    assert model.objects.filter(pk=row.pk).values().get() == before
    assert allowed <= editable
    assert not {"owner", "owner_id", "state", "points", "grade", "id", "line"} & set(editable)


def test_a_contact_is_logged_and_sent_twice_is_one(people: Cast, leads: list[Lead]) -> None:
    rep = caller(people.ren)
    lead = of(leads, people.ren)
    body = {
        "channel": "call", "outcome": "reached", "seconds": 60, "entry_key": "e1",
        "evidence": "call_record",
    }  # fmt: skip

    first = rep.post(f"/leads/{lead.pk}/activities", body)
    again = rep.post(f"/leads/{lead.pk}/activities", body)

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert Activity.objects.count() == 1
    assert rep.get(f"/leads/{lead.pk}").json()["contacted_at"] is not None


def test_acts_by_hand_answer_with_their_receipt(people: Cast, leads: list[Lead]) -> None:
    lead = of(leads, people.ren)
    head = caller(people.tom)

    moved = head.post(f"/leads/{lead.pk}/transfer", {"to": people.rui.pk, "reason": "leave"})
    again = head.post(f"/leads/{lead.pk}/transfer", {"to": people.rui.pk, "reason": "leave"})
    returned = caller(people.rui).post(f"/leads/{lead.pk}/return", {"reason": "overload"})
    gone = caller(people.olga).post(f"/leads/{lead.pk}/void", {"reason": "spam"})

    assert [one.status_code for one in (moved, again, returned, gone)] == [200, 409, 200, 200]
    assert error_of(again)["code"] == "edit.already_owned"
    assert Receipt.objects.get(pk=moved.json()["receipt_id"]).act == "transfer"
    said = caller(people.olga).get(f"/leads/{lead.pk}/receipts").json()["items"]
    assert {one["act"] for one in said} >= {"transfer", "return", "void", ""}


@pytest.mark.parametrize(
    ("act", "body", "field"),
    [
        ("assign", {"to": 1, "reason": "because"}, "reason"),
        ("assign", {"to": "1", "reason": "waiting"}, "to"),
        ("assign", {"reason": "waiting"}, "to"),
        ("transfer", {"to": 1, "reason": "other"}, "note"),
        ("void", {"reason": "spam", "points": 0}, "points"),
    ],
)
def test_an_act_without_a_proper_reason_is_refused_and_nothing_changes(
    ops: Caller, leads: list[Lead], act: str, body: dict[str, Any], field: str
) -> None:
    before = list(Lead.objects.order_by("pk").values())

    answer = ops.post(f"/leads/{leads[0].pk}/{act}", body)

    assert answer.status_code == 422
    assert [one["field"] for one in error_of(answer)["fields"]] == [field]
    assert list(Lead.objects.order_by("pk").values()) == before


def test_an_account_is_founded_looked_at_changed_and_given(people: Cast, ops: Caller) -> None:
    made = ops.post("/accounts", {"name": "远大机械", "industry": "机械"}).json()
    path = f"/accounts/{made['id']}"

    assert made["owner"] is None and made["state"] == "untended"
    assert ops.post("/accounts", {"name": "远大机械"}).status_code == 422
    assert ops.patch(path, {"industry": "电子"}).json()["industry"] == "电子"
    given = ops.post(f"{path}/assign", {"to": people.ren.pk, "reason": "relationship"})
    assert given.status_code == 200
    assert ops.get(path).json()["owner"]["name"] == "Ren"
    moved = ops.post(f"{path}/transfer", {"to": people.rui.pk, "reason": "leave"})
    assert moved.status_code == 200
    assert caller(people.rui).get("/accounts").json()["items"][0]["name"] == "远大机械"
    assert caller(people.carl).get(path).status_code == 404


def test_an_opportunity_is_opened_and_given(people: Cast, ops: Caller) -> None:
    account = ops.post("/accounts", {"name": "远大机械"}).json()["id"]
    ops.post(f"/accounts/{account}/assign", {"to": people.ren.pk, "reason": "relationship"})
    body = {"account_id": account, "name": "样机", "value": "1200.50", "currency": "CNY"}

    made = caller(people.ren).post("/opportunities", body)

    assert made.status_code == 201
    said = made.json()
    assert (said["value"], said["owner"]["name"]) == ("1200.50", "Ren")
    assert Opportunity.objects.get().value == 120_050
    moved = ops.post(
        f"/opportunities/{said['id']}/transfer", {"to": people.rui.pk, "reason": "leave"}
    )
    assert moved.status_code == 200
    assert ops.get("/opportunities?stage=discovery").json()["items"][0]["owner"]["name"] == "Rui"
    assert caller(people.carl).post("/opportunities", body).status_code == 404
    assert Opportunity.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"value": "much"}, {"currency": "GOLD"}, {"close_on": 5}, {"account_id": "1"}]
)
def test_an_unusable_opportunity_is_not_opened(ops: Caller, wrong: dict[str, Any]) -> None:
    account = ops.post("/accounts", {"name": "远大机械"}).json()["id"]
    body = {"account_id": account, "name": "样机", "value": "1", "currency": "CNY", **wrong}

    answer = ops.post("/opportunities", body)

    assert answer.status_code == 422
    assert [one["field"] for one in error_of(answer)["fields"]] == list(wrong)
    assert not Opportunity.objects.exists()
