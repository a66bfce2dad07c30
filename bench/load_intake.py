"""Leads by the API at moments fixed beforehand: lost, doubled, how soon answered and in the inbox.

Each lead comes with a key and a phone of its own, as from a program that sends a lead again when
it got no answer. Some reps have their page open: it hears of a change and fetches the list anew.
"""

import json
import multiprocessing
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from multiprocessing.connection import Connection
from statistics import quantiles
from time import perf_counter, time_ns
from typing import Any

import click

from bench.load_table import Promise, at_most, exactly
from bench.open_loop import Answered, Due, Plan, moments, percentile, post, run_plan
from bench.pg_baseline import Baseline
from bench.served import Served, session_of

PER_SECOND = 100
BURST = 1_000
_WATCHERS = 24
_LEAD = re.compile(rb'href="/leads/(\d+)"')


def steady(served: Served, *, seconds: int) -> list[Promise]:
    """L1: a hundred leads a second, dealt at once."""
    name = load_name("L1")
    leads = leads_at(moments(PER_SECOND, seconds), served, name)
    with _watching(served) as seen, cost_of(served, len(leads)):
        answers = run_plan(Plan(served.host, served.port, leads, frozenset({_ROUTE})))
        known = [one for one in answers if one.status == 201]
        inbox = _until_seen(known, seen)
    bare = Baseline(served).insert_ms(200)
    middle = percentile(answers, 50)
    click.echo(
        f"L1: {len(answers):,} leads in {seconds} s, statuses {tally(answers)};"
        f" p50 {middle:.1f} ms, a bare INSERT of a lead {bare:.1f} ms: ratio {middle / bare:.1f};"
        f" {len(inbox):,} seen in {_WATCHERS} open inboxes"
    )
    return [
        *_whole("L1", name, answers, len(leads)),
        at_most("L1 answered, p95", percentile(answers, 95), 250, "ms"),
        at_most("L1 answered, p99", percentile(answers, 99), 600, "ms"),
        at_most("L1 in the owner's inbox, p99", _p99(inbox), 2_000, "ms"),
        Promise("L1 seen in an inbox", "> 0", f"{len(inbox):,}", bool(inbox), is_count=True),
    ]


def burst(served: Served) -> list[Promise]:
    """L3: a thousand leads in one second; who is told to come later does, when he is told to."""
    name = load_name("L3")
    leads = leads_at(moments(BURST, 1), served, name)
    plan = Plan(served.host, served.port, leads, frozenset({_ROUTE}), comes_again=True)
    with cost_of(served, len(leads)):
        answers = run_plan(plan)
    first = min(one.moment for one in answers)
    drained = max(one.moment + one.seconds for one in answers) - first
    refused = [wait for one in answers for wait in one.refused]
    click.echo(
        f"L3: {len(answers):,} leads in 1 s, statuses {tally(answers)}; {len(refused):,} times 429"
        f" (Retry-After {min(refused, default=0)} to {max(refused, default=0)} s)"
    )
    return [
        *_whole("L3", name, answers, len(leads)),
        exactly("L3 429 without Retry-After", sum(1 for wait in refused if wait < 1)),
        at_most("L3 drained", drained, 15, "s"),
    ]


_ROUTE = "intake"


def leads_at(when: Iterable[float], served: Served, name: str) -> list[Due]:
    """One lead for each moment; `name` tells this load from all others."""
    return [
        Due(at, _ROUTE, lead_text(served, name, number)) for number, at in enumerate(when, start=1)
    ]


def lead_text(served: Served, name: str, number: int) -> bytes:
    """The request that sends one lead."""
    start = int(name.rpartition("-")[2])
    body = {
        "name": f"客户{number}",
        "phone": f"15{(start + number) % 1_000_000_000:09d}",
        "source": f"s{number % served.groups}",
        "grade": "ABCD"[number // served.groups % 4],
        "campaign": name,
        "note": "想了解产线改造的报价",
    }
    headers = {
        "Authorization": f"Bearer {served.token}",
        "Idempotency-Key": f"{name}-{number}",
    }
    sent = json.dumps(body, ensure_ascii=False).encode()
    return post("/api/v1/leads", headers, sent, kind="application/json")


@contextmanager
def cost_of(served: Served, requests: int) -> Iterator[None]:
    """Say what a request cost the web processes and the database: less swayed than times."""
    before = served.spent()
    yield
    web, database = (
        (now - then) * 1e3 / max(1, requests)
        for now, then in zip(served.spent(), before, strict=True)
    )
    click.echo(f"  of a core: {web:.1f} ms of the web, {database:.1f} ms of PostgreSQL a request")


def tally(answers: Sequence[Answered]) -> str:
    """How many answers of each status."""
    counts: dict[int, int] = {}
    for one in answers:
        counts[one.status] = counts.get(one.status, 0) + 1
    return ", ".join(f"{status} × {counts[status]:,}" for status in sorted(counts))


def load_name(load: str) -> str:
    """A name that tells this load from all others, as the leads' campaign."""
    return f"{load}-{time_ns() // 1_000_000 % 1_000_000_000}"


def _whole(load: str, name: str, answers: Sequence[Answered], sent: int) -> list[Promise]:
    """What the database has of the leads that were sent, beside what was answered."""
    accepted = [one.json for one in answers if one.status in (200, 201)]
    told = {one["lead_id"]: one["owner"] and one["owner"]["id"] for one in accepted}
    found, phones = _held(name)
    lost = sum(1 for lead in told if lead not in found)
    # What got no answer may well be there: doubled is what is there twice.
    doubled = len(found) - phones + sum(1 for _, owners in found.values() if owners > 1)
    other = sum(1 for lead, rep in told.items() if rep is None or found.get(lead) != (rep, 1))
    return [
        exactly(f"{load} accepted", len(accepted), sent),
        exactly(f"{load} lost", lost),
        exactly(f"{load} doubled", doubled),
        exactly(f"{load} not with the owner who was named", other),
    ]


def _held(name: str) -> tuple[dict[int, tuple[int | None, int]], int]:
    """Owner and number of open assignments of each lead of a load; how many phones they have."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_HELD, [name])
        rows = cursor.fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}, len({row[3] for row in rows})


_HELD = """
SELECT l.id, l.owner_id, count(a.id), l.phone FROM lead AS l
LEFT JOIN assignment AS a ON a.item_kind = 'lead' AND a.item_id = l.id AND a.closed_at IS NULL
WHERE l.campaign = %s GROUP BY l.id
"""


# -- open inboxes ------------------------------------------------------------------------------


@contextmanager
def _watching(served: Served) -> Iterator[Connection]:
    """Reps with an open page, in a process of their own; ask the connection for what they saw."""
    from evenhand.people.models import User

    users = list(User.objects.filter(role="rep").order_by("pk"))
    step = max(1, len(users) // _WATCHERS)
    keys = {user.pk: session_of(user) for user in users[::step][:_WATCHERS]}
    alone = multiprocessing.get_context("spawn")
    ours, theirs = alone.Pipe()
    process = alone.Process(target=_watch, args=(served.host, served.port, keys, theirs))
    process.start()
    try:
        ours.recv()  # all are there
        yield ours
    finally:
        process.kill()
        process.join()


def _until_seen(answers: Sequence[Answered], watchers: Connection) -> list[float]:
    """Milliseconds from the moment of a lead until its owner's page showed it, of all watched."""
    given = [(one.moment, answer["owner"], answer["lead_id"]) for one in answers
             if (answer := one.json)["owner"] is not None]  # fmt: skip
    watchers.send([(owner["id"], lead) for _, owner, lead in given])
    seen = watchers.recv()
    return [
        (seen[owner["id"], lead] - moment) * 1e3
        for moment, owner, lead in given
        if (owner["id"], lead) in seen
    ]


def _p99(times: Sequence[float]) -> float:
    return quantiles(times, n=100)[98] if len(times) > 1 else sum(times)


def _watch(host: str, port: int, keys: dict[int, str], told: Connection) -> None:
    seen: dict[tuple[int, int], float] = {}
    ready = [threading.Event() for _ in keys]
    for (user, key), one in zip(keys.items(), ready, strict=True):
        arguments = (host, port, user, key, seen, one)
        threading.Thread(target=_sit, args=arguments, daemon=True).start()
    for one in ready:
        one.wait(timeout=60)
    told.send("ready")
    wanted = {pair for pair in told.recv() if pair[0] in keys}
    ends_at = perf_counter() + 10  # what is not seen by then is late
    while not wanted <= seen.keys() and perf_counter() < ends_at:
        threading.Event().wait(0.1)
    told.send({pair: seen.get(pair, perf_counter()) for pair in wanted})
    told.recv()


def _sit(
    host: str, port: int, user: int, key: str, seen: dict[tuple[int, int], float], ready: Any
) -> None:
    """One person before his page: whenever it hears of his inbox, it fetches the list."""
    headers = {"Cookie": f"session={key}"}
    last = ""
    while True:
        stream = HTTPConnection(host, port)
        try:
            stream.request(
                "GET", "/live", headers=headers | ({"Last-Event-ID": last} if last else {})
            )
            answer = stream.getresponse()
            if answer.status != 200:  # no place for a stream now
                threading.Event().wait(1)
            while line := answer.readline():
                ready.set()
                if line.startswith(b"id: "):
                    last = line[4:].strip().decode()
                if line.startswith(b"event: inbox"):
                    _fetch(host, port, user, headers, seen)
        except (OSError, HTTPException):
            continue


def _fetch(
    host: str, port: int, user: int, headers: dict[str, str], seen: dict[tuple[int, int], float]
) -> None:
    page = HTTPConnection(host, port)
    page.request("GET", "/leads", headers=headers | {"X-Live": "1"})
    text = page.getresponse().read()
    page.close()
    now = perf_counter()
    for found in _LEAD.findall(text):
        seen.setdefault((user, int(found)), now)
