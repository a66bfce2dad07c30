"""Public pools over the API: looking, claiming, giving back."""

import pytest

from evenhand.leads.models import Lead, State
from tests.server.api.caller import Caller, token_of
from tests.server.builders import person
from tests.server.pool.deep import POOL, adrift, waters

pytestmark = pytest.mark.django_db


def test_a_program_looks_claims_and_gives_back_for_its_rep() -> None:
    rep, other, _ = waters(pool={"claim": {"per_day": 2}})
    caller = Caller(token_of(rep.user, "work"))
    items = adrift(3, days=1.5, phone="13800138000", note="打 13800138000")

    (pool, cold) = caller.get("/pools").json()["items"]
    assert (pool["name"], pool["is_member"], pool["limits"]["day"]["left"]) == (POOL, True, 2)
    assert cold["name"] == "冷线索"
    offered = caller.get(f"/pools/items?pool={POOL}").json()
    assert offered["total"] == 3 and {one["price"] for one in offered["items"]} == {1.9}
    assert "13800138000" not in str(offered)

    one = {"kind": "lead", "id": items[0].pk}
    claimed = caller.post("/pools/claim", one)
    assert claimed.status_code == 200 and claimed.json()["claimed"], claimed.content
    late = Caller(token_of(other.user, "work")).post("/pools/claim", one)
    assert late.status_code == 409 and rep.user.name not in late.content.decode()
    asked = {"items": [{"kind": "lead", "id": one.pk} for one in items]}
    answers = caller.post("/pools/claims", asked).json()["items"]
    assert [one["claimed"] for one in answers] == [False, True, False]
    assert [one["why_not"] and one["why_not"]["code"] for one in answers] == [
        "claim.gone",
        None,
        "claim.day_limit",
    ]
    assert answers[2]["from_at"]
    back = caller.post("/pools/return", {**one, "reason": "no_answer"})
    assert back.status_code == 200
    assert Lead.objects.get(pk=items[0].pk).state == State.POOLED


def test_administrators_move_and_assign_others_are_refused() -> None:
    rep = waters()[0]
    (item,) = adrift(1)
    one = {"kind": "lead", "id": item.pk, "reason": "tidying"}
    own = Caller(token_of(rep.user, "work", "distribute"))
    assert own.post("/pools/put", {**one, "pool": "冷线索"}).status_code == 403
    ops = Caller(token_of(person("Olga", "sales_ops"), "distribute"))
    assert ops.post("/pools/put", {**one, "pool": "冷线索"}).status_code == 200
    assert ops.post("/pools/put", {**one, "pool": "无此池"}).status_code == 409
    given = {**one, "reason": "expertise", "to": rep.pk}
    assert own.post("/pools/assign", given).status_code == 403
    assert ops.post("/pools/assign", given).status_code == 200
    assert Lead.objects.get(pk=item.pk).owner_id == rep.pk
    assert own.get("/pools/items?pool=无此池").status_code == 404
