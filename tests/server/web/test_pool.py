"""公海 as a rep sees it: what he may claim, what it costs, what he has left; one tap."""

import pytest
from django.utils import timezone

from evenhand.leads.models import Assignment, Lead, PoolStay, State
from evenhand.people.actor import SYSTEM
from evenhand.people.scope import actor_of
from evenhand.platform.together import Overloaded
from evenhand.policies.models import Line
from evenhand.policies.operations.publish import publish
from evenhand.pool.access import pool_named
from evenhand.pool.queries import offer
from tests.server.cast import Cast, browser, cast
from tests.server.routing.world import policy

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


def _pool(**terms: object) -> None:
    pool = {"pool": "公海", "group": "全体", "claim": {"per_day": 2}} | terms
    publish("direct", policy(pools=[pool]), actor=SYSTEM)


def _pooled(name: str) -> Lead:
    return Lead.objects.create(
        name=name, phone=PHONE, grade="B", state=State.POOLED, pool="公海", line=Line.objects.get()
    )


@pytest.fixture
def people() -> Cast:
    return cast()


def test_a_rep_sees_price_and_limits_and_claims_in_one_tap(people: Cast) -> None:
    _pool()
    lead, ren = _pooled("王芳"), browser(people.ren)

    page = ren.get("/pool").content.decode()
    done = ren.post("/pool/claim", {"item": f"lead:{lead.pk}"}, headers={"HX-Request": "true"})

    assert "王芳" in page and "2.00 分" in page and "已领 0 / 2" in page
    assert PHONE not in page
    assert done.status_code == 200
    assert f"/leads/{lead.pk}" in done.content.decode()
    assert "已领 1 / 2" in done.content.decode()
    lead.refresh_from_db()
    assert (lead.state, lead.owner_id) == (State.OWNED, people.ren.pk)


def test_who_comes_late_gets_409_and_nothing_of_the_winner(people: Cast) -> None:
    _pool()
    lead = _pooled("王芳")
    item = {"item": f"lead:{lead.pk}"}
    browser(people.ren).post("/pool/claim", item)

    rui = browser(people.rui)
    for headers in ({"HX-Request": "true"}, {}):
        late = rui.post("/pool/claim", item, headers=headers)
        assert late.status_code == 409
        body = late.content.decode()
        assert "已经不在公海" in body
        assert "Ren" not in body and "王芳" not in body
    lead.refresh_from_db()
    assert lead.owner_id == people.ren.pk


def test_a_claim_while_too_much_waits_is_told_to_come_again(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pool()
    lead = _pooled("王芳")

    def full(asks: object) -> None:
        raise Overloaded

    with monkeypatch.context() as busy:
        busy.setattr("evenhand.pool.operations.claim.settle_together", full)
        answer = browser(people.ren).post("/pool/claim", {"item": f"lead:{lead.pk}"})

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    lead.refresh_from_db()
    assert (lead.state, lead.owner_id) == (State.POOLED, None)


def test_several_are_claimed_as_far_as_the_limit_goes_and_the_rest_is_told(people: Cast) -> None:
    _pool()
    leads = [_pooled(f"第{number}位") for number in range(3)]
    ren = browser(people.ren)

    answer = ren.post("/pool/claim", {"item": [f"lead:{one.pk}" for one in leads]}, follow=True)

    page = answer.content.decode()
    assert "领到 2 条" in page
    assert "今天在这个公海已领满 2 条" in page
    assert Lead.objects.filter(owner=people.ren.pk).count() == 2


def test_the_past_is_seen_before_claiming_and_nothing_of_a_blind_pool(people: Cast) -> None:
    _pool()
    lead = _pooled("王芳")
    Assignment.objects.create(
        item_kind="lead", item_id=lead.pk, rep_id=people.rui.pk, cause="manual",
        closed_at=timezone.now(), closed_by="return",
    )  # fmt: skip
    ren = browser(people.ren)

    past = ren.get(f"/pool/lead/{lead.pk}").content.decode()
    Lead.objects.filter(pk=lead.pk).update(industry="精密机械", size="大型", product="云仓")
    PoolStay.objects.filter(item_id=lead.pk).update(how="return", note="王芳说太贵")
    open_page = ren.get("/pool").content.decode()
    _pool(claim={"blind": True})
    blind = ren.get("/pool").content.decode()
    told = ren.get("/pool?part=list&industry=别的").content.decode()
    seen = pool_named(actor_of(people.ren), "公海")
    (shown,) = offer(actor_of(people.ren), seen).items

    assert "Rui" in past and PHONE not in past
    assert "精密机械" in open_page and "精密机械" not in blind
    assert f"线索 {lead.pk}" in told  # a filter would tell of which industry it is not
    assert {shown.item.industry, shown.item.size, shown.item.product} == {"****"}
    assert shown.stay is not None and shown.stay.note == ""
    assert "王芳" not in blind and f"线索 {lead.pk}" in blind
    assert ren.get(f"/pool/lead/{lead.pk}").status_code == 404


def test_who_sees_no_pool_is_told_so(people: Cast) -> None:
    publish("direct", policy(), actor=SYSTEM)

    assert "没有您能看到的公海" in browser(people.ren).get("/pool").content.decode()


def test_by_hand_an_item_goes_back_to_a_pool_into_another_and_out_of_it(people: Cast) -> None:
    # «公海» takes what comes back; «备用» is looked after by whoever may tend pools.
    spare = {"pool": "备用", "takes": "false", "mode": "assign_only"}
    publish("direct", policy(pools=[{"pool": "公海", "group": "全体"}, spare]), actor=SYSTEM)
    lead, ren, olga = _pooled("王芳"), browser(people.ren), browser(people.olga)
    ren.post("/pool/claim", {"item": f"lead:{lead.pk}"})
    place = f"/pool/lead/{lead.pk}/move"

    assert place in ren.get(f"/leads/{lead.pk}").content.decode()
    refused = ren.post(place, {"act": "back", "reason": ""})
    lead.refresh_from_db()
    assert (refused.status_code, lead.owner_id) == (409, people.ren.pk)
    assert ren.post(place, {"act": "put", "pool": "备用", "reason": "tidying"}).status_code == 403
    assert ren.post(place, {"act": "back", "reason": "no_demand"}).status_code == 302
    lead.refresh_from_db()
    assert (lead.state, lead.pool, lead.owner_id) == (State.POOLED, "公海", None)

    page = olga.get(f"/pool/lead/{lead.pk}").content.decode()
    assert "退回：暂无需求" in page and 'value="备用"' in page and 'value="公海"' not in page
    assert olga.post(place, {"act": "put", "pool": "备用", "reason": "tidying"}).status_code == 302
    lead.refresh_from_db()
    assert lead.pool == "备用"
    out = {"act": "out", "to": people.rui.pk, "reason": "expertise"}
    assert olga.post(place, out).status_code == 302
    lead.refresh_from_db()
    assert (lead.state, lead.owner_id) == (State.OWNED, people.rui.pk)
