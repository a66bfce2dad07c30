"""A rebalance by HTTP."""

import pytest

from evenhand.rebalance.operations.approve import go_on
from tests.server.api.caller import caller
from tests.server.cast import Cast
from tests.server.rebalance.test_rebalance import people as people
from tests.server.rebalance.uneven import held

pytestmark = pytest.mark.django_db


def test_a_program_proposes_edits_approves_and_undoes(people: Cast) -> None:
    tom, ren = caller(people.tom), caller(people.ren)
    assert ren.post("/rebalances", {}).status_code == 403
    made = tom.post("/rebalances", {"team_id": people.shanghai.pk})
    assert made.status_code == 201, made.json()
    loads = {one["rep_id"]: one for one in made.json()["loads"]}
    assert loads[people.ren.pk]["after"] <= loads[people.ren.pk]["cap"]
    place = f"/rebalances/{made.json()['id']}"
    moves = tom.get(f"{place}/moves").json()["items"]
    assert {one["to_rep"] for one in moves} == {people.rui.pk}
    left = tom.post(f"{place}/edit", {"move_id": moves[0]["id"], "to": None})
    assert left.json()["state"] == "out"

    answer = tom.post(f"{place}/approve", {})
    assert answer.status_code == 202 and answer.json()["state"] == "approved", answer.json()
    assert tom.post(f"{place}/approve", {}).status_code == 409
    go_on(made.json()["id"])
    assert held(people.rui) == len(moves) - 1
    assert tom.post(f"{place}/undo", {}).status_code == 202
    go_on(made.json()["id"])
    assert held(people.ren) == 12
    assert tom.get("/rebalances").json()["items"][0]["state"] == "undone"


def test_a_program_drops_what_nobody_approved(people: Cast) -> None:
    tom, ren = caller(people.tom), caller(people.ren)
    made = tom.post("/rebalances", {"team_id": people.shanghai.pk}).json()
    place = f"/rebalances/{made['id']}"

    assert ren.post(f"{place}/drop", {}).status_code in (403, 404)
    assert tom.post(f"{place}/drop", {}).json()["state"] == "dropped"
    assert tom.post(f"{place}/drop", {}).status_code == 409
    assert tom.post(f"{place}/approve", {}).status_code == 409
    assert held(people.ren) == 12
