"""Erasing reaches everything: nothing a program or a person wrote of somebody is left anywhere."""

from collections.abc import Iterator

import pytest
from django.db import connection

from evenhand.appeals.operations.decide import reject
from evenhand.appeals.operations.file import file_appeal
from evenhand.appeals.operations.reopen import reopen
from evenhand.journal.models import Event
from evenhand.journal.seals.reading import walk
from evenhand.journal.seals.sealing import seal_on
from evenhand.leads.models import Lead
from evenhand.leads.operations.converting import convert_lead
from evenhand.leads.operations.erasing import erase_person
from evenhand.leads.operations.views import save_view
from evenhand.people.models import User
from evenhand.people.scope import actor_of
from evenhand.routing.models import Receipt
from tests.server.api.caller import Caller
from tests.server.cast import Cast
from tests.server.journal.settling import settled
from tests.server.journal.tampering import found

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("writer")]

NAME, PHONE, MAIL, SAID = "欧阳无痕", "13812349876", "wuhen@quiet.example", "住在梧桐街九号"
MARKS = (NAME, PHONE, PHONE[3:], "wuhen", "梧桐街", "%E6%AC%A7%E9%98%B3")


def places() -> Iterator[tuple[str, str]]:
    """Every table and column of the database that still says something of the person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN"
            " ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea')"
        )
        for table, column in cursor.fetchall():
            marks = " OR ".join([f'position(%s IN "{column}"::text) > 0'] * len(MARKS))
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {marks}', MARKS)
            if cursor.fetchone()[0]:
                yield table, column


def write_everywhere(people: Cast, ops: Caller) -> int:
    """A lead of the person, and whatever people and programs write of it; returns its id."""
    lead = {
        "name": NAME, "phone": PHONE, "email": MAIL, "note": SAID, "title": SAID,
        "company": "安静公司", "external_id": f"crm-{PHONE}", "extra": {"wechat": "wuhen"},
    }  # fmt: skip
    lead_id: int = ops.post("/leads", lead, Idempotency_Key="first").json()["lead_id"]
    again = {**lead, "name": NAME, "note": f"又来了：{SAID}"}
    assert ops.post("/leads/bulk", {"leads": [again]}, Idempotency_Key="bulk").status_code == 200
    contact = {"channel": "call", "outcome": "reached", "note": f"{NAME}：{SAID}"}
    path = f"/leads/{lead_id}"
    assert ops.post(f"{path}/activities", contact, Idempotency_Key="call").status_code == 201
    to = next(p.pk for p in (people.ren, people.rui, people.carl) if p.pk != _owner(lead_id))
    moved = {"to": to, "reason": "other", "note": f"{NAME} 要求换人"}
    assert ops.post(f"{path}/transfer", moved, Idempotency_Key="move").status_code == 200
    # Whoever was in the group objects, is told no, and asks once more.
    rep = actor_of(User.objects.get(pk=people.rui.pk))
    appeal = file_appeal("lead", lead_id, "other", f"{NAME} 是我的老客户", actor=rep)
    reject(appeal.pk, answer=f"{NAME} 不这么说", actor=actor_of(people.tom))
    reopen(appeal.pk, f"{NAME}：{SAID}", actor=rep)
    deal = {"name": f"{NAME} 的采购", "value": "100", "currency": "CNY", "close_on": "2026-12-31"}
    convert_lead(lead_id, {**deal, "note": SAID}, actor=actor_of(User.objects.get(pk=to)))
    save_view(
        "leads",
        "号码",
        f"q={PHONE[:3]} {PHONE[3:]}",
        actor=actor_of(User.objects.get(pk=people.olga.pk)),
    )
    save_view("leads", "找人", f"q={NAME}", actor=actor_of(User.objects.get(pk=people.olga.pk)))
    return lead_id


def _owner(lead_id: int) -> int | None:
    return Lead.objects.get(pk=lead_id).owner_id


def test_of_somebody_who_was_erased_no_table_says_anything(people: Cast, ops: Caller) -> None:
    lead_id = write_everywhere(people, ops)
    settled()
    seal_on()
    before = {table for table, _ in places()}
    assert {"lead", "contact", "activity", "receipt", "answer", "saved_view"} <= before
    assert {"appeal", "appeal_ruling"} <= before

    erase_person(lead_id, typed=str(lead_id), actor=actor_of(people.alice))

    assert list(places()) == []
    assert Receipt.objects.filter(item_id=lead_id, act="transfer").exists()
    # What was sealed before was not touched, and what says so is sealed behind it.
    settled()
    assert seal_on() >= 1
    assert found() == []
    erased = Event.objects.get(kind="person.erased")
    assert [erased.pk in seal.ids for seal, _ in walk()][-1]
