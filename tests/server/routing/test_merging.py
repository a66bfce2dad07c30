"""Merging two of one by hand, and taking them apart again: fields, owners, books, histories."""

from typing import Any

import pytest
from django.db import connection

from evenhand.journal.models import Event
from evenhand.leads.intake import LeadIn
from evenhand.leads.keys import company_key
from evenhand.leads.models import (
    Activity,
    Assignment,
    Company,
    Contact,
    Lead,
    Likeness,
    Load,
    Merge,
    State,
)
from evenhand.leads.operations.activities import log_activity
from evenhand.leads.operations.editing import edit_lead
from evenhand.leads.operations.erasing import erase_person
from evenhand.leads.operations.likenesses import find_likenesses, judge_different
from evenhand.leads.queries.likenesses import likenesses
from evenhand.leads.queries.timeline import time_line
from evenhand.ledger.models import Balance
from evenhand.notify.models import Notice
from evenhand.people.actor import SYSTEM, Actor
from evenhand.people.models import Rep, User
from evenhand.people.operations.revision import people_changed
from evenhand.people.scope import NotAllowed, actor_of
from evenhand.platform.invariants import examine
from evenhand.platform.refusal import NotFound
from evenhand.routing.operations.give import transfer
from evenhand.routing.operations.give_up import hand_back
from evenhand.routing.operations.merging import CannotMerge, merge
from evenhand.routing.operations.parting import undo_merge
from evenhand.routing.take_in import take_in
from tests.server.builders import person
from tests.server.cast import browser
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db

FIRST = LeadIn(name="王芳", phone="13800138000", region="浙江省/杭州市", note="要样机")
SECOND = LeadIn(name="王 芳", email="fang@haichuan.example.cn", title="采购", note="下周回电")


def two_leads() -> tuple[Lead, Lead, Actor]:
    """Two leads of one person, with two owners who each paid for theirs."""
    company(2)
    taken = take_in([FIRST, SECOND], actor=SYSTEM)
    first, second = (Lead.objects.get(pk=one.lead_id) for one in taken)
    assert first.owner_id != second.owner_id
    return first, second, actor_of(person("Olga", "sales_ops"))


def rows(*leads: Lead) -> list[dict[str, Any]]:
    return list(Lead.objects.filter(pk__in=[one.pk for one in leads]).order_by("pk").values())


def books() -> list[Any]:
    return list(Balance.objects.order_by("book_id", "row").values_list("row", "amounts"))


def loads() -> list[Any]:
    return list(Load.objects.order_by("rep_id").values_list("rep_id", "open_count", "open_points"))


def all_is_well() -> bool:
    with connection.cursor() as cursor:
        return examine(cursor) == []


def test_a_merged_lead_costs_nobody_and_is_put_back_exactly_with_books_and_owners() -> None:
    first, second, ops = two_leads()
    log_activity("lead", second.pk, channel="call", outcome="reached", actor=SYSTEM)
    before, booked, carried = rows(first, second), books(), loads()

    done = merge("lead", first.pk, second.pk, take=["note"], actor=ops)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.state, second.merged_into_id) == (State.MERGED, first.pk)
    assert (first.name, first.title, first.email) == ("王芳", "采购", SECOND.email)
    assert (first.note, second.note) == ("下周回电", "要样机")  # nothing is lost
    assert set(done.fields) == {"title", "email", "note"}
    assert sum(amount for _, amounts in books() for amount in amounts) == 0
    assert books() != booked
    assert {rep: count for rep, count, _ in loads()}[second.owner_id or 0] == 0
    assert Contact.objects.filter(merged_into=None).count() == 1
    assert Notice.objects.get(kind="merged_away").user_id == second.owner_id
    told = time_line(ops, "lead", first.pk).entries
    assert {entry.activity.item_id for entry in told if entry.activity} == {second.pk}
    assert len([entry for entry in told if entry.kind == "assigned"]) == 2
    (again,) = take_in([LeadIn(name="x", email=SECOND.email)], actor=SYSTEM)
    assert again.is_duplicate and again.lead_id == first.pk
    assert all_is_well()

    undo_merge(done.pk, actor=ops)

    assert rows(first, second) == before
    assert books() == booked and loads() == carried
    assert Contact.objects.filter(merged_into=None).count() == 2
    assert all_is_well()
    kinds = Event.objects.filter(kind__contains="merged").values_list("kind", flat=True)
    assert sorted(kinds) == ["contact.merged", "lead.merged", "lead.unmerged"]


def test_the_other_owner_can_be_chosen_and_pays_once_and_undoing_gives_it_back() -> None:
    first, second, ops = two_leads()
    before, booked, carried = rows(first, second), books(), loads()

    done = merge("lead", first.pk, second.pk, owner_id=second.owner_id, actor=ops)

    assert Lead.objects.get(pk=first.pk).owner_id == second.owner_id
    open_now = Assignment.objects.filter(closed_at=None).values_list("item_id", "rep_id")
    assert list(open_now) == [(first.pk, second.owner_id)]
    paid = {who: amount for _, amounts in books() for who, amount in enumerate(amounts)}
    assert sum(paid.values()) == 0 and all_is_well()
    undo_merge(done.pk, actor=ops)
    assert rows(first, second) == before and books() == booked and loads() == carried
    assert all_is_well()


def test_who_waits_gets_the_owner_of_the_other_and_waits_again_after_undoing() -> None:
    first, second, ops = two_leads()
    Rep.objects.update(is_accepting=False)
    people_changed()
    holder = Rep.objects.get(pk=first.owner_id)
    hand_back("lead", first.pk, reason="overload", actor=actor_of(holder.user))
    first.refresh_from_db()
    assert first.state == State.QUEUED
    before = rows(first, second)

    done = merge("lead", first.pk, second.pk, actor=ops)
    assert Lead.objects.get(pk=first.pk).owner_id == second.owner_id and all_is_well()
    undo_merge(done.pk, actor=ops)

    assert rows(first, second) == before and all_is_well()


def test_two_accounts_become_one_with_all_that_hangs_on_them_and_part_again() -> None:
    company(2)
    ops = actor_of(person("Olga", "sales_ops"))

    def firm(name: str, **more: Any) -> Company:
        return Company.objects.create(
            name=name, name_key=company_key(name), state=State.UNTENDED, **more
        )

    kept = firm("海川机械有限公司", region="浙江省")
    lost = firm("海川机械制造", domain="haichuan.example.cn", parent=None)
    child = firm("海川宁波工厂", parent=lost)
    Company.objects.filter(pk=kept.pk).update(parent=child)  # stands below what it takes in
    take_in([LeadIn(name="a", phone="13800000001", company="海川机械制造")], actor=SYSTEM)
    lead = Lead.objects.get()
    before = list(Company.objects.order_by("pk").values())

    done = merge("account", kept.pk, lost.pk, actor=ops)

    lead.refresh_from_db()
    kept.refresh_from_db()
    child.refresh_from_db()
    assert (lead.company_id, kept.domain, kept.parent_id) == (kept.pk, lost.domain, None)
    assert child.parent_id == kept.pk
    (again,) = take_in(
        [LeadIn(name="b", phone="13800000002", company="海川机械制造")], actor=SYSTEM
    )
    assert Lead.objects.get(pk=again.lead_id).company_id == kept.pk
    assert Company.objects.count() == 3 and all_is_well()

    undo_merge(done.pk, actor=ops)

    lead.refresh_from_db()
    assert lead.company_id == lost.pk
    assert list(Company.objects.order_by("pk").values()) == before


def test_what_cannot_be_merged_or_parted_is_said_in_words_and_nothing_changes() -> None:
    first, second, ops = two_leads()
    his = actor_of(Rep.objects.get(pk=first.owner_id).user)
    before = rows(first, second)

    def refused(code: str, **how: Any) -> None:
        with pytest.raises(CannotMerge) as error:
            merge("lead", first.pk, how.pop("other", second.pk), actor=ops, **how)
        assert error.value.why.code == code
        assert rows(first, second) == before

    refused("merge.same", other=first.pk)
    refused("merge.not_an_owner", owner_id=ops.user_id)
    refused("work.not_a_choice", take=["state"])
    with pytest.raises(NotFound):
        merge("lead", first.pk, second.pk, actor=his)  # one of them is not his
    with pytest.raises(NotAllowed):
        merge("lead", first.pk, second.pk, actor=actor_of(person("Ada", "auditor")))
    assert rows(first, second) == before

    done = merge("lead", first.pk, second.pk, actor=ops)
    edit_lead(first.pk, {"email": "other@haichuan.example.cn"}, seen={}, actor=ops)
    with pytest.raises(CannotMerge) as error:
        undo_merge(done.pk, actor=ops)
    assert error.value.why.code == "merge.edited_since"
    to = second.owner_id or 0
    transfer("lead", first.pk, to=to, reason="leave", actor=ops)
    with pytest.raises(CannotMerge) as error:
        undo_merge(done.pk, actor=ops)
    assert error.value.why.code == "merge.moved_since"
    Merge.objects.update(at="2020-01-01T00:00:00Z")
    with pytest.raises(CannotMerge) as error:
        undo_merge(done.pk, actor=ops)
    assert error.value.why.code == "merge.too_late"
    assert all_is_well()


def test_erasing_a_person_reaches_what_was_merged() -> None:
    first, second, ops = two_leads()
    merge("lead", first.pk, second.pk, take=["note", "name"], actor=ops)

    boss = actor_of(person("Boss", "admin"))
    erase_person(first.pk, typed=str(first.pk), actor=boss)

    for lead in Lead.objects.all():
        assert (lead.name, lead.phone, lead.email, lead.note) == ("", "", "", "")
    assert not Contact.objects.exclude(phone="", email="", name="").exists()
    assert not Activity.objects.exclude(note="").exists()


def test_the_page_shows_both_merges_leads_on_and_undoes() -> None:
    first, second, ops = two_leads()
    visitor = browser(User.objects.get(pk=ops.user_id), "zh-Hans")
    place = f"/leads/{first.pk}/merge"

    chosen = visitor.get(place, {"with": second.pk}).content.decode()
    done = visitor.post(
        place, {"with": second.pk, "keep": "other", "field-note": "other", "owner": first.owner_id}
    )
    second.refresh_from_db()
    old = visitor.get(f"/leads/{first.pk}", follow=True)

    assert "要样机" in chosen and "下周回电" in chosen and 'name="owner"' in chosen
    assert done.headers["Location"] == f"/leads/{second.pk}"
    assert (second.phone, second.owner_id, second.note) == (FIRST.phone, first.owner_id, "下周回电")
    assert old.redirect_chain[-1][0] == f"/leads/{second.pk}"
    assert f"编号 {first.pk} 已合并到这里" in old.content.decode()
    undone = visitor.post(f"/merges/{Merge.objects.get(part_of=None).pk}/undo")
    assert undone.status_code == 302
    assert visitor.get(f"/leads/{first.pk}").status_code == 200


def test_likely_pairs_are_found_at_night_judged_once_and_shown_to_who_sees_both() -> None:
    reps = company(2)
    ops = person("Olga", "sales_ops")

    def firm(name: str, owner: Rep | None = None, **more: Any) -> Company:
        key, state = company_key(name), State.UNTENDED if owner is None else State.OWNED
        return Company.objects.create(name=name, name_key=key, owner=owner, state=state, **more)

    one = firm("杭州海川精密机械有限公司", reps[0])
    other = firm("杭州海川精密机械制造", reps[1])
    firm("宁波大恒电子有限公司")
    for name in ("王芳", "王芳", "李强"):
        Contact.objects.create(company=one, name=name)

    assert find_likenesses() == 2
    assert find_likenesses() == 0  # every night the same
    pairs = [(a.pair.item_kind, a.one.name) for a in likenesses(actor_of(ops))]
    assert sorted(pairs) == [("account", one.name), ("contact", "王芳")]
    mine = [a.pair.item_kind for a in likenesses(actor_of(reps[0].user))]
    assert mine == ["contact"]  # the other firm is not his
    of_firms = Likeness.objects.get(item_kind="account")
    with pytest.raises(NotFound):
        judge_different(of_firms.pk, actor=actor_of(reps[0].user))

    visitor = browser(ops, "zh-Hans")
    page = visitor.get("/duplicates").content.decode()
    assert f"/accounts/{one.pk}/merge?with={other.pk}" in page
    assert visitor.post(f"/duplicates/{of_firms.pk}/different").status_code == 302

    assert [a.pair.item_kind for a in likenesses(actor_of(ops))] == ["contact"]
    assert find_likenesses() == 0
    assert Event.objects.get(kind="account.told_apart").data == {"other": other.pk}
