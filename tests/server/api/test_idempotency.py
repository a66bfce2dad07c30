"""C7 and its kin: the same key has one effect and one answer.

`EVENHAND_STORM_KEYS=10000 python -m pytest tests/server/api/test_idempotency.py -m slow -s` sends
so many keys and prints how they were answered; `bin/test --all` sends four thousand.
"""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from evenhand.api.limits import INTAKE
from evenhand.journal.answers import kept_answer
from evenhand.journal.models import Answer, Event
from evenhand.leads.models import Company, Lead
from evenhand.people.models import ApiToken
from tests.server.api.caller import Caller, caller, error_of
from tests.server.cast import Cast

pytestmark = pytest.mark.django_db


def committed(test: Callable[..., None]) -> Callable[..., None]:
    """What several connections see has to be committed; such tests are dear, so they are few."""
    needs_writer = pytest.mark.usefixtures("writer")(test)
    return pytest.mark.django_db(transaction=True)(needs_writer)


def key(name: str) -> dict[str, str]:
    return {"Idempotency_Key": name}


MANY = int(os.environ.get("EVENHAND_STORM_KEYS") or 4_000)


@pytest.mark.parametrize("keys", [1_000, pytest.param(MANY, marks=pytest.mark.slow)])
@committed
def test_in_a_storm_every_key_gets_one_lead_and_one_answer(
    keys: int, ops: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    storm = [number for number in range(keys) for _ in range(1 + number % 5)]
    Random(7).shuffle(storm)
    monkeypatch.setattr(INTAKE, "burst", 100_000.0)

    def once(number: int) -> tuple[int, Any]:
        program = Caller(ops.token)
        body = {"name": f"客户{number}", "phone": f"139001{number:05d}"}
        try:
            return number, program.post("/leads", body, **key(f"order-{number}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(once, storm))

    statuses = Counter(answer.status_code for _, answer in answers)
    print(f"storm: {keys} keys, answers {dict(statuses)}")
    assert statuses == {201: len(storm)}
    assert Lead.objects.count() == Answer.objects.count() == keys
    said: dict[int, set[str]] = {}
    for number, answer in answers:
        said.setdefault(number, set()).add(answer.content.decode())
    assert all(len(bodies) == 1 for bodies in said.values())
    first = [a for _, a in answers if "Idempotency-Replayed" not in a.headers]
    assert len(first) == keys


@committed
def test_a_storm_on_a_slow_door_has_one_effect_and_says_409_meanwhile(ops: Caller) -> None:
    def once(_: int) -> Any:
        try:
            return Caller(ops.token).post("/accounts", {"name": "远大机械"}, **key("a"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(once, range(24)))

    assert {answer.status_code for answer in answers} <= {201, 409}
    good = {answer.content for answer in answers if answer.status_code == 201}
    busy = [answer for answer in answers if answer.status_code == 409]
    assert len(good) == 1 and Company.objects.count() == 1
    assert all(error_of(one)["code"] == "still_running" for one in busy)
    assert all(one.headers["Retry-After"] == "1" for one in busy)


@committed
def test_while_the_first_is_running_the_second_is_told_to_come_again(
    people: Cast, ops: Caller
) -> None:
    held, done = Signal(), Signal()
    holder = f"token:{ApiToken.objects.get().pk}"

    def hold() -> None:
        with transaction.atomic():
            kept_answer(holder, "a")
            held.set()
            done.wait(10)
        connection.close()

    rival = Thread(target=hold)
    rival.start()
    held.wait(10)
    answer = ops.post("/accounts", {"name": "远大机械"}, **key("a"))
    done.set()
    rival.join()

    assert answer.status_code == 409
    assert error_of(answer)["code"] == "still_running"
    assert not Company.objects.exists()


def _same_key_again(ops: Caller, path: str, body: Any, other: Any) -> None:
    first = ops.post(path, body, **key("a"))
    before = (Lead.objects.count(), Company.objects.count(), Event.objects.count())

    again = ops.post(path, body, **key("a"))
    reused = ops.post(path, other, **key("a"))

    assert again.json() == first.json() and again.status_code == first.status_code
    assert again.headers["Idempotency-Replayed"] == "true"
    assert reused.status_code == 422
    assert error_of(reused)["code"] == "intake.key_reused"
    assert before == (Lead.objects.count(), Company.objects.count(), Event.objects.count())


@pytest.mark.parametrize(
    ("path", "body", "other"),
    [
        ("/leads/bulk", {"leads": [{"name": "王芳"}]}, {"leads": [{"name": "李强"}]}),
        ("/accounts", {"name": "远大"}, {"name": "宏图"}),
    ],
)
def test_the_same_key_with_another_body_is_refused_and_nothing_changes(
    ops: Caller, path: str, body: Any, other: Any
) -> None:
    _same_key_again(ops, path, body, other)


@committed
def test_keys_of_the_quick_door_and_of_the_others_are_the_same_keys(
    people: Cast, ops: Caller
) -> None:
    _same_key_again(ops, "/leads", {"name": "王芳"}, {"name": "李强"})
    assert ops.post("/accounts", {"name": "远大"}, **key("a")).status_code == 422
    assert ops.post("/accounts", {"name": "远大"}, **key("b")).status_code == 201
    assert ops.post("/leads", {"name": "远大"}, **key("b")).status_code == 422
    # Another caller's key is another key.
    assert caller(people.olga).post("/leads", {"name": "陈"}, **key("a")).status_code == 201
    # A refused request leaves its key free.
    assert ops.post("/leads", {"line": "gone", "name": "x"}, **key("c")).status_code == 422
    assert ops.post("/leads", {"name": "x"}, **key("c")).status_code == 201
    assert Lead.objects.count() == 3


def test_a_refused_request_leaves_its_key_free(ops: Caller) -> None:
    assert ops.post("/accounts", {"name": ""}, **key("a")).status_code == 422
    assert not Answer.objects.exists()

    assert ops.post("/accounts", {"name": "远大"}, **key("a")).status_code == 201


@pytest.mark.parametrize("bad", ["x" * 201, "ключ".encode().decode("latin-1"), "a\tb"])
@pytest.mark.parametrize("path", ["/leads", "/accounts"])
def test_an_unusable_key_is_refused(ops: Caller, path: str, bad: str) -> None:
    answer = ops.post(path, {"name": "x"}, **key(bad))

    assert answer.status_code == 422
    assert error_of(answer)["fields"][0]["field"] == "Idempotency-Key"
    assert not Lead.objects.exists() and not Company.objects.exists()
