"""The trigger that keeps stays: whatever moves an item, its stay opens and ends."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from evenhand.leads.custody import Place, place_items
from evenhand.leads.models import Lead, PoolStay, State
from evenhand.people.models import Rep
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db


def lead(**values: Any) -> Lead:
    made: Lead = Lead.objects.create(**{"state": State.UNTENDED, **values})
    return made


def at(hour: int) -> datetime:
    return datetime(2026, 11, 2, hour, tzinfo=UTC)


def _place(item: Lead, state: State, pool: str = "", owner: int | None = None) -> Place:
    return Place(item.pk, state, owner, pool, "A", None, 7, 0, None, None, None, None)


def _stays(item: Lead) -> list[tuple[str, object, object]]:
    rows = PoolStay.objects.filter(item_kind="lead", item_id=item.pk).order_by("pk")
    return list(rows.values_list("pool", "entered_at", "left_at"))


@pytest.fixture
def rep() -> Rep:
    return company(1)[0]


def test_a_stay_opens_moves_and_ends_with_the_item(rep: Rep) -> None:
    item = lead()
    place_items("lead", [_place(item, State.POOLED, "公海")], at=at(9))
    place_items("lead", [_place(item, State.POOLED, "公海")], at=at(10))
    place_items("lead", [_place(item, State.POOLED, "冷线索")], at=at(11))
    place_items("lead", [_place(item, State.OWNED, "", rep.pk)], at=at(12))
    item.refresh_from_db()
    assert _stays(item) == [
        ("公海", at(9), at(11)),
        ("冷线索", at(11), at(12)),
    ]
    assert item.pooled_at is None


def test_an_act_that_waited_comes_no_earlier_than_what_was_done_meanwhile(rep: Rep) -> None:
    item = lead()
    place_items("lead", [_place(item, State.POOLED, "公海")], at=at(9))
    place_items("lead", [_place(item, State.OWNED, "", rep.pk)], at=at(12))
    place_items("lead", [_place(item, State.POOLED, "公海")], at=at(11))
    place_items("lead", [_place(item, State.POOLED, "冷线索")], at=at(10))
    item.refresh_from_db()
    assert _stays(item) == [
        ("公海", at(9), at(12)),
        ("公海", at(12), at(12)),
        ("冷线索", at(12), None),
    ]
    assert item.pooled_at == at(12)


def test_writing_past_the_custody_is_noticed_too(rep: Rep) -> None:
    item = lead(state=State.POOLED, pool="公海")
    assert [stay[2] for stay in _stays(item)] == [None]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE lead SET state = 'closed' WHERE id = %s", [item.pk])
    item.refresh_from_db()
    assert item.pooled_at is None
    assert all(left is not None for _, _, left in _stays(item))


def test_an_item_lies_in_one_pool_at_a_time(rep: Rep) -> None:
    item = lead(state=State.POOLED, pool="公海")
    with pytest.raises(IntegrityError, match="pool_stay_one_open"), transaction.atomic():
        PoolStay.objects.create(item_kind="lead", item_id=item.pk, pool="另一个", entered_at=at(9))
