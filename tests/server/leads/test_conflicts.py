"""撞单查询: what somebody learns before he calls, and what he never sees."""

import json

import pytest

from evenhand.engine.facts import ItemKind
from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.leads.keys import company_key
from evenhand.leads.models import Company, Lead, State
from evenhand.leads.operations.conflicts import (
    BURST,
    CannotCheck,
    ask_holder,
    check_conflict,
)
from evenhand.leads.operations.erasing import erase_person
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Bucket, Organization
from evenhand.people.scope import NotAllowed, actor_of
from evenhand.policies.operations.publish import publish
from evenhand.routing.take_in import take_in
from tests.server.builders import person
from tests.server.cast import browser, cast
from tests.server.routing.world import company, policy

pytestmark = pytest.mark.django_db

PHONE, OTHER = "13800138000", "138 0013 8000"


def test_everybody_learns_how_a_phone_stands_and_only_its_holder_where_it_is() -> None:
    holder, peer = company(2)
    (taken,) = take_in([LeadIn(name="王芳", phone=PHONE, company="海川机械")], actor=SYSTEM)
    if taken.owner_id != holder.pk:
        holder, peer = peer, holder
    mine, his = actor_of(holder.user), actor_of(peer.user)

    own = check_conflict(OTHER, actor=mine)
    asked = check_conflict(OTHER, actor=his)

    assert (own.standing, own.findings[0].item_id) == ("yours", taken.lead_id)
    assert asked.standing == "taken" and asked.may_ask and not asked.may_enter
    assert {one.item_id for one in asked.findings} == {None}
    assert {one.name for one in asked.findings} == {""}  # whose customer he is, is not said
    assert {one.holder for one in asked.findings} == {holder.user.name}
    for shows, said in {"team": ("", "华东"), "taken": ("", "")}.items():
        Organization.objects.update(conflict_shows=shows)
        found = check_conflict(OTHER, actor=his).findings[0]
        assert (found.holder, found.team) == said
    assert check_conflict("13900139000", actor=his).standing == "free"
    by_name = check_conflict("海川机械(宁波)", actor=his)
    assert by_name.standing == "free"
    assert [(one.name, one.is_likely, one.standing) for one in by_name.findings] == [
        ("海川机械", True, "taken")
    ]
    events = Event.objects.filter(kind="conflict.checked").order_by("pk")
    assert len(events) == 6 and events[1].data["standing"] == "taken"
    said_of_it = json.dumps([event.data for event in events], ensure_ascii=False)
    assert PHONE not in said_of_it and "海川" not in said_of_it
    assert events[0].data["digest"] == events[1].data["digest"] != events[4].data["digest"]


def test_pool_queue_old_ones_and_the_forgotten_are_told_apart() -> None:
    (rep,) = company(1)
    actor = actor_of(rep.user)
    phones = [f"1380013800{number}" for number in range(3)]
    taken = take_in([LeadIn(name="x", phone=phone) for phone in phones], actor=SYSTEM)
    for one, state in zip(taken, (State.POOLED, State.QUEUED, State.CLOSED), strict=True):
        Lead.objects.filter(pk=one.lead_id).update(state=state, owner=None)

    assert [check_conflict(phone, actor=actor).standing for phone in phones] == [
        "pooled",
        "waiting",
        "known",
    ]
    boss = actor_of(person("Boss", "admin"))
    erase_person(taken[2].lead_id, typed=str(taken[2].lead_id), actor=boss)
    answer = check_conflict(phones[2], actor=actor)
    assert answer.standing == "erased" and not answer.may_enter and answer.findings == ()


def test_a_company_is_held_by_whoever_holds_the_one_above_it() -> None:
    reps = company(2)
    group = Company.objects.create(
        name="海川集团", name_key=company_key("海川集团"), owner=reps[0], state=State.OWNED
    )
    plant = "海川宁波工厂"
    Company.objects.create(
        name=plant, name_key=company_key(plant), parent=group, state=State.UNTENDED
    )

    answer = check_conflict(plant, actor=actor_of(reps[1].user))

    assert (answer.standing, answer.findings[0].way) == ("taken", "parent")
    assert ask_holder(plant, actor=actor_of(reps[1].user)) == 1


def test_the_holder_is_asked_once_a_day_and_sees_who_asks() -> None:
    holder, peer = company(2)
    (taken,) = take_in([LeadIn(name="王芳", phone=PHONE)], actor=SYSTEM)
    if taken.owner_id != holder.pk:
        holder, peer = peer, holder

    assert ask_holder(PHONE, actor=actor_of(peer.user)) == 1
    with pytest.raises(CannotCheck) as again:
        ask_holder(PHONE, actor=actor_of(peer.user))
    with pytest.raises(CannotCheck) as himself:
        ask_holder(PHONE, actor=actor_of(holder.user))

    assert again.value.why.code == "conflict.asked_already"
    assert himself.value.why.code == "conflict.nobody_to_ask"
    notice = Notice.objects.get(kind="conflict_asked")
    assert (notice.user_id, notice.object_kind, notice.object_id) == (
        holder.pk,
        ItemKind.LEAD,
        taken.lead_id,
    )
    assert notice.params == {"by": peer.pk}


def test_questions_are_limited_must_mean_something_and_are_for_those_who_sell() -> None:
    (rep,) = company(1)
    actor = actor_of(rep.user)
    for text in ("", "  ", "x", "138", "a@"):
        with pytest.raises(CannotCheck) as refused:
            check_conflict(text, actor=actor)
        assert refused.value.why.code == "conflict.means_nothing", text
    with pytest.raises(NotAllowed):
        check_conflict(PHONE, actor=actor_of(person("Ada", "auditor")))
    for _ in range(BURST):
        check_conflict(PHONE, actor=actor)

    with pytest.raises(CannotCheck) as limited:
        check_conflict(PHONE, actor=actor)

    assert limited.value.why.code == "conflict.wait"
    assert Event.objects.filter(kind="conflict.checked").count() == BURST


def test_the_page_answers_asks_and_leads_to_the_filled_form() -> None:
    people = cast()
    publish("direct", policy(), actor=SYSTEM)
    visitor = browser(people.ren, "zh-Hans")

    page = visitor.post("/conflicts", {"q": PHONE}).content.decode()
    form = visitor.post("/intake", {"phone": PHONE, "begin": "1"})
    wrong = visitor.post("/conflicts", {"q": "1"})
    Bucket.objects.filter(key=f"conflict:{people.ren.pk}").update(tokens=-1_000)
    limited = visitor.post("/conflicts", {"q": PHONE})
    told = visitor.post("/api/v1/conflicts/check", {"q": PHONE}, content_type="application/json")
    for answer in (limited, told):
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 1_000

    assert "没有记录，可以联系" in page and 'name="phone" value="13800138000"' in page
    assert form.status_code == 200 and 'value="13800138000"' in form.content.decode()
    assert wrong.status_code == 422 and not Lead.objects.exists()
