"""Many people reach for one draft at once: one holds it, the others are told so."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import QuerySet

from evenhand.people.actor import Actor
from evenhand.policies.models import WorkingCopy
from evenhand.policies.operations.drafting import save_draft
from evenhand.policies.operations.hold import take_hold
from evenhand.policies.refusals import CannotEdit
from tests.server.builders import person
from tests.server.cast import act_as
from tests.server.policies.studio import Studio

pytestmark = pytest.mark.django_db(transaction=True)

EDITORS = 8


def rush(own: Studio, actors: list[Actor]) -> list[int]:
    """All take hold at the same moment; who was given it."""
    together = Barrier(len(actors))

    def reach(actor: Actor) -> int | None:
        try:
            together.wait()
            return take_hold(own.line.pk, actor=actor).holder_id
        except CannotEdit:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actors)) as pool:
        return [one for one in pool.map(reach, actors) if one is not None]


def test_of_all_who_take_hold_at_once_exactly_one_has_it() -> None:
    own = Studio()
    actors = [act_as(person(f"Nora{k}", "sales_ops")) for k in range(EDITORS)]

    for _ in range(5):
        WorkingCopy.objects.all().delete()
        winners = rush(own, actors)
        assert winners == [own.copy.holder_id]


def test_of_two_windows_that_save_at_once_one_is_refused() -> None:
    own = Studio()
    edition = take_hold(own.line.pk, actor=own.olga).edition
    together = Barrier(EDITORS)

    def save(number: int) -> bool:
        try:
            together.wait()
            save_draft(own.line.pk, f"window {number}", edition=edition, actor=own.olga)
            return True
        except CannotEdit:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(EDITORS) as pool:
        saved = list(pool.map(save, range(EDITORS)))

    assert saved.count(True) == 1 and own.copy.text == f"window {saved.index(True)}"


def test_without_the_lock_two_are_promised_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Studio()
    actors = [act_as(person(f"Nora{k}", "sales_ops")) for k in range(EDITORS)]
    take_hold(own.line.pk, actor=own.olga)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)

    def promised() -> int:
        WorkingCopy.objects.update(holder=None, held_until=None)
        return len(rush(own, actors))

    assert max(promised() for _ in range(30)) > 1
