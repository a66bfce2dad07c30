"""Receipts, decisions, the unassigned, policies and the journal, by HTTP."""

import pytest

from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep
from evenhand.people.operations.revision import people_changed
from evenhand.routing.take_in import TakenIn, take_in
from tests.server.api.caller import Caller, caller, error_of
from tests.server.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(people: Cast) -> TakenIn:
    """One lead, dealt."""
    return take_in([LeadIn(name="王芳", phone="13800138000")], actor=SYSTEM)[0]


def owner_of(people: Cast, taken: TakenIn) -> tuple[str, list[str]]:
    names = {one.pk: one.name for one in (people.ren, people.rui, people.carl)}
    assert taken.owner_id is not None
    return names.pop(taken.owner_id), list(names.values())


@pytest.mark.parametrize(("language", "word"), [("en", "fair share"), ("zh-CN", "按应得分配")])
def test_a_receipt_is_told_in_the_readers_language(
    people: Cast, taken: TakenIn, language: str, word: str
) -> None:
    answer = caller(people.olga, language=language).get(f"/receipts/{taken.receipt_id}")

    said = answer.json()
    text = "\n".join(line for section in said["sections"] for line in section["lines"])
    assert answer.status_code == 200
    assert word in text
    assert said["decision"]["rep"] == str(taken.owner_id)
    assert "王芳" not in answer.content.decode() and "13800138000" not in answer.content.decode()


def test_a_rep_asks_why_not_he_and_learns_no_customer(people: Cast, taken: TakenIn) -> None:
    _, others = owner_of(people, taken)
    other = getattr(people, others[0].lower())

    path = f"/receipts/{taken.receipt_id}"
    said = caller(other).get(f"{path}?rep={other.pk}").json()

    assert {"lost", "change"} & {one["key"] for one in said["sections"]}
    assert "outcome" not in {one["key"] for one in said["sections"]}
    assert (said["item_id"], said["rep_id"], said["decision"]) == (None, None, None)
    assert caller(other).get(path).status_code == 404
    assert caller(other).get(f"{path}?rep={taken.owner_id}").status_code == 404


def test_the_owner_reads_his_receipt_without_the_raw_decision(people: Cast, taken: TakenIn) -> None:
    owner, _ = owner_of(people, taken)

    said = caller(getattr(people, owner.lower())).get(f"/receipts/{taken.receipt_id}").json()

    assert said["sections"] and said["decision"] is None


def test_a_receipt_of_an_act_by_hand_says_that_it_has_no_computation(
    people: Cast, ops: Caller, taken: TakenIn
) -> None:
    target = next(one for one in (people.ren, people.rui) if one.pk != taken.owner_id)
    moved = ops.post(
        f"/leads/{taken.lead_id}/transfer",
        {"to": target.pk, "reason": "other", "note": "客户要求"},
    ).json()

    said = ops.get(f"/receipts/{moved['receipt_id']}").json()

    assert (said["act"], said["reason"], said["note"]) == ("transfer", "other", "客户要求")
    assert said["not_explained"]["code"] == "receipt.by_hand"


def test_decisions_are_listed_for_who_may_see_them(people: Cast, taken: TakenIn) -> None:
    said = caller(people.olga).get("/decisions?outcome=assigned&line=direct").json()

    assert [one["id"] for one in said["items"]] == [taken.receipt_id]
    assert caller(people.olga).get("/decisions?line=gone").json()["items"] == []
    refused = caller(people.ren).get("/decisions")
    assert (refused.status_code, error_of(refused)["code"]) == (403, "not_allowed")


def test_the_unassigned_stand_with_their_reasons_and_are_read_on(people: Cast, ops: Caller) -> None:
    Rep.objects.update(is_active=False)
    people_changed()
    rows = [LeadIn(name=f"客户{n}", grade="A" if n % 2 else "B") for n in range(7)]
    take_in(rows, actor=SYSTEM)

    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = ops.get(f"/unassigned?limit=2&cursor={cursor}").json()
        assert all(one["reason"]["message"] for one in page["items"])
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]

    expected = Lead.objects.order_by("-points", "queued_at", "pk").values_list("pk", flat=True)
    assert seen == list(expected) and len(seen) == 7
    assert caller(people.ren).get("/unassigned").status_code == 403


def test_lines_and_policies_are_readable(people: Cast, ops: Caller) -> None:
    (line,) = ops.get("/lines").json()["items"]

    assert (line["key"], line["is_default"], line["version"]) == ("direct", True, 1)
    policy = ops.get("/policies/direct").json()
    assert policy["label"] == line["label"]
    assert policy["document"]["rules"][0]["rule"] == "全部"
    assert ops.get("/policies/gone").status_code == 404
    assert caller(people.olga, "intake").get("/policies/direct").status_code == 403
    assert caller(people.olga, "intake").get("/lines").status_code == 200


def test_the_journal_is_for_who_may_read_it(people: Cast, ops: Caller, taken: TakenIn) -> None:
    from tests.server.cast import browser

    session = Caller(client=browser(people.ada))

    said = session.get(f"/journal?object_kind=lead&object_id={taken.lead_id}").json()

    assert "lead.taken_in" in {one["kind"] for one in said["items"]}
    assert ops.get("/journal").status_code == 200
    assert caller(people.olga, "read", "work").get("/journal").status_code == 403
    assert Caller(client=browser(people.ren)).get("/journal").status_code == 403
