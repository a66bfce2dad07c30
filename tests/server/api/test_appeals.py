"""Appeals by HTTP: filed by whom they concern, decided by somebody else, once."""

import pytest

from evenhand.appeals.models import Appeal
from evenhand.leads.intake import LeadIn
from evenhand.leads.models import Lead
from evenhand.people.actor import SYSTEM
from evenhand.people.models import User
from evenhand.routing.take_in import take_in
from tests.server.api.caller import caller
from tests.server.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(people: Cast) -> Lead:
    """One lead, dealt."""
    take_in([LeadIn(name="王芳", phone="13800138000")], actor=SYSTEM)
    return Lead.objects.get()


def _loser(people: Cast, lead: Lead) -> User:
    """Who of Shanghai did not get it."""
    return people.rui if lead.owner_id == people.ren.pk else people.ren


def _filed(people: Cast, lead: Lead) -> dict[str, object]:
    body = {"item_kind": "lead", "item_id": lead.pk, "why": "excluded", "note": "我在岗"}
    answer = caller(_loser(people, lead)).post("/appeals", body, Idempotency_Key="a1")
    assert answer.status_code == 201, answer.json()
    return dict(answer.json())


def test_it_is_filed_listed_and_upheld_with_a_credit(people: Cast, lead: Lead) -> None:
    filed = _filed(people, lead)
    loser = _loser(people, lead)

    mine = caller(loser).get("/appeals").json()["items"]
    said = caller(people.tom).post(
        f"/appeals/{filed['id']}/decide", {"is_upheld": True, "answer": "登记错了"}
    )

    assert [one["id"] for one in mine] == [filed["id"]]
    assert filed["state"] == "open" and filed["decider_id"] == people.tom.pk
    assert said.status_code == 200, said.json()
    upheld = caller(loser).get(f"/appeals/{filed['id']}").json()
    assert (upheld["state"], upheld["answers"][0]["answer"]) == ("upheld", "登记错了")
    assert upheld["points"] == lead.points / 1_000_000
    assert "王芳" not in str(upheld)


def test_the_same_key_files_it_once(people: Cast, lead: Lead) -> None:
    program = caller(_loser(people, lead))
    body = {"item_kind": "lead", "item_id": lead.pk, "why": "excluded"}

    first, again = (program.post("/appeals", body, Idempotency_Key="a1") for _ in range(2))

    assert first.json() == again.json() and first.status_code == again.status_code == 201
    assert Appeal.objects.count() == 1


def test_a_rejection_wants_words_and_a_reason_one_of_the_list(people: Cast, lead: Lead) -> None:
    filed = _filed(people, lead)

    silent = caller(people.tom).post(f"/appeals/{filed['id']}/decide", {"is_upheld": False})
    body = {"item_kind": "lead", "item_id": lead.pk, "why": "because"}
    unknown = caller(_loser(people, lead)).post("/appeals", body)

    assert silent.status_code in (409, 422) and unknown.status_code == 422
    assert Appeal.objects.get().state == "open"


def test_nobody_decides_his_own_and_strangers_see_nothing(people: Cast, lead: Lead) -> None:
    filed = _filed(people, lead)
    path = f"/appeals/{filed['id']}"

    assert caller(_loser(people, lead)).post(f"{path}/decide", {"is_upheld": True}).status_code in (
        403,
        404,
    )
    assert caller(people.carl).get(path).status_code == 404
    assert caller(people.carl).get("/appeals").json()["items"] == []
    assert Appeal.objects.get().state == "open"


def test_it_is_withdrawn_by_its_own_person_alone(people: Cast, lead: Lead) -> None:
    filed = _filed(people, lead)
    path = f"/appeals/{filed['id']}/withdraw"

    stranger = caller(people.carl).post(path)
    own = caller(_loser(people, lead)).post(path)

    assert stranger.status_code == 404
    assert own.status_code == 200 and own.json()["state"] == "withdrawn"
