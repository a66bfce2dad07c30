"""L2: a company at work. Lists, leads, searches and days are read; leads are claimed and worked on.

Reps and a manager of everything, each with a session. Every write is one that must be granted: a
lead is claimed once, set to its next stage once, transferred once. What is claimed lay in its pool
longer than the rules of the made-up company ask for, whatever a load before has put there; and no
clock takes away meanwhile what is read or logged.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import click
from django.db import connection

from bench.load_intake import cost_of, lead_text, load_name, tally
from bench.load_table import Promise, at_most, exactly
from bench.open_loop import Answered, Due, Plan, get, percentile, post, rising, run_plan
from bench.pg_baseline import Baseline
from bench.served import Served, session_key, session_of

T = TypeVar("T")
PER_SECOND = 150
# Within so many seconds a company is at work: two hundred people do not open their first page in
# the second in which the server has started. All of them count.
_RISING = 15.0
_REPS = 200
_CSRF = "c" * 32
# `pool_pages.SECTIONS`: claimed after a day in the pool, by a former owner after a week; who was
# given a lead loses it after ten days of silence. Each with a day to spare.
_LAIN = timedelta(days=8)
_GIVEN = timedelta(days=9)
# No clock that runs out within this: longer than any load takes.
_SAFE = timedelta(hours=3)
# Of a hundred requests. One person may search five times a second: three of them are the boss's.
_SHARES = {
    "list": 20, "list of all": 4, "lead": 22, "search": 8, "search of all": 2, "today": 14,
    "intake": 10, "claim": 5, "log": 8, "stage": 4, "transfer": 3,
}  # fmt: skip
_READS = frozenset({"list", "list of all", "lead", "search", "search of all", "today"})
# The act behind each write, as the journal has it.
_EVENTS = {
    "intake": "lead.taken_in", "claim": "lead.claimed", "log": "lead.logged",
    "stage": "lead.stage_set", "transfer": "lead.transferred",
}  # fmt: skip


def mixed(served: Served, *, seconds: int) -> list[Promise]:
    """A hundred and fifty requests a second, seven of ten of them reads."""
    company = company_of(int(PER_SECOND * seconds))
    requests = list(_requests(served, company, seconds))
    before = _last_event()
    with cost_of(served, len(requests)):
        answers = run_plan(Plan(served.host, served.port, requests))
    told = _told_since(before)
    bad = [one for one in answers if not _is_well(one)]
    _show(answers)
    _show_when(bad, min(one.moment for one in answers))
    lists = [one for one in answers if one.route == "list"]
    bare = Baseline(served).read_ms([rep.id for rep in company.reps])
    middle = percentile(lists, 50)
    click.echo(f"  a rep's list p50 {middle:.1f} ms, its bare read {bare:.1f} ms:"
               f" ratio {middle / bare:.0f}")  # fmt: skip
    granted = {name: sum(1 for one in answers if one.route == name and _is_well(one))
               for name in _EVENTS}  # fmt: skip
    return [
        exactly("L2 answered", len(answers), len(requests)),
        exactly("L2 errors", len(bad)),
        exactly(
            "L2 writes that the journal does not tell",
            sum(max(0, granted[name] - told.get(kind, 0)) for name, kind in _EVENTS.items()),
        ),
        at_most("L2 answered, p95", percentile(answers, 95), 300, "ms"),
        at_most("L2 answered, p99", percentile(answers, 99), 1_000, "ms"),
    ]


def _show_when(bad: Sequence[Answered], begun: float) -> None:
    """In which of the load's tens of seconds how much was not answered well."""
    tens = Counter(int((one.moment - begun) // 10) for one in bad)
    for ten in sorted(tens):
        click.echo(f"    {ten * 10} to {ten * 10 + 10} s: {tens[ten]} not answered well")


@dataclass(frozen=True, slots=True)
class _Rep:
    id: int
    key: str
    leads: Sequence[int]  # that are read, and otherwise left alone
    lately: Sequence[int]  # given to him so lately that no clock runs out once they are touched


@dataclass(frozen=True, slots=True)
class _Company:
    """Who asks, and for what; of each thing that can be done once as many as may be asked for."""

    reps: Sequence[_Rep]
    boss: str
    once: Iterator[tuple[_Rep, int]]  # leads of reps, each once
    pooled: Iterator[int]
    others: Sequence[int]  # to whom something is transferred


def _requests(served: Served, company: _Company, seconds: int) -> Iterator[Due]:
    chosen = Random(7)
    whens = rising(PER_SECOND, seconds, _RISING)
    routes = chosen.choices(list(_SHARES), list(_SHARES.values()), k=len(whens))
    name, numbers = load_name("L2"), count(1)
    for at, route in zip(whens, routes, strict=True):
        if route == "intake":
            yield Due(at, route, lead_text(served, name, next(numbers)))
        else:
            yield Due(at, route, _ASKED[route](company, chosen))


def _next(left: Iterator[T]) -> T:
    """The next of what can be done once.

    :raises LookupError: the company is too small for a load that lasts so long.
    """
    for one in left:
        return one
    raise LookupError("the leads do not last: fewer --seconds, or more --leads")


def _list(company: _Company, chosen: Random) -> bytes:
    page = chosen.choice(("", "", "?page=2", "?sort=due", "?stage=contacted"))
    return _read(f"/leads{page}", chosen.choice(company.reps).key)


def _list_of_all(company: _Company, chosen: Random) -> bytes:
    page = chosen.choice(("", "?page=3", "?source=s3", "?state=queued"))
    return _read(f"/leads{page}", company.boss)


def _lead(company: _Company, chosen: Random) -> bytes:
    rep = chosen.choice(company.reps)
    return _read(f"/leads/{chosen.choice(rep.leads)}", rep.key)


def _search(company: _Company, chosen: Random) -> bytes:
    sought = chosen.choice(("海川", "信达", f"139{chosen.randrange(100_000):08d}"))
    return _read(f"/leads?q={quote(sought)}", chosen.choice(company.reps).key)


def _search_all(company: _Company, chosen: Random) -> bytes:
    return _read(f"/leads?q=139{chosen.randrange(100_000):08d}", company.boss)


def _today(company: _Company, chosen: Random) -> bytes:
    return _read("/", chosen.choice(company.reps).key)


def _claim(company: _Company, chosen: Random) -> bytes:
    wanted = {"item": f"lead:{_next(company.pooled)}"}
    return _write("/pool/claim", chosen.choice(company.reps).key, wanted)


def _log(company: _Company, chosen: Random) -> bytes:
    rep = chosen.choice(company.reps)
    said = {"channel": "call", "outcome": "reached", "note": "约了下周演示"}
    return _write(f"/leads/{chosen.choice(rep.lately)}/log", rep.key, said)


def _stage(company: _Company, chosen: Random) -> bytes:
    rep, lead = _next(company.once)
    return _write(f"/leads/{lead}/stage", rep.key, {"stage": "qualified"})


def _transfer(company: _Company, chosen: Random) -> bytes:
    _, lead = _next(company.once)
    to = {"to": chosen.choice(company.others), "reason": "overload"}
    return _write(f"/leads/{lead}/transfer", company.boss, to)


_ASKED: dict[str, Callable[[_Company, Random], bytes]] = {
    "list": _list, "list of all": _list_of_all, "lead": _lead, "search": _search,
    "search of all": _search_all, "today": _today, "claim": _claim, "log": _log, "stage": _stage,
    "transfer": _transfer,
}  # fmt: skip


def _read(path: str, key: str) -> bytes:
    # A browser that has opened a page before has both.
    return get(path, {"Cookie": f"session={key}; csrf={_CSRF}", "Accept-Language": "zh-CN"})


def _write(path: str, key: str, said: dict[str, Any]) -> bytes:
    headers = {"Cookie": f"session={key}; csrf={_CSRF}", "X-CSRFToken": _CSRF}
    body = urlencode(said).encode()
    return post(path, headers, body, kind="application/x-www-form-urlencoded")


def _is_well(one: Answered) -> bool:
    return one.status == 200 if one.route in _READS else one.status in (200, 201, 302)


def company_of(requests: int) -> _Company:
    """Who works in the load and on what, so that every one of so many requests is granted."""
    from evenhand.people.models import User

    users = list(User.objects.filter(role="rep").order_by("pk"))
    working = users[:: max(1, len(users) // _REPS)][:_REPS]
    held = _held_by([user.pk for user in working])
    reps, once = [], []
    for user in working:
        own, lately = held[user.pk]
        kept = max(1, len(own) // 2)
        # Long after the data were made nothing was given lately but by a load before.
        reps.append(_Rep(user.pk, session_of(user), own[:kept], lately or own[:kept]))
        once.append([(reps[-1], lead) for lead in own[kept:]])
    spent = iter([one for row in zip(*once, strict=False) for one in row])
    others = [user.pk for user in users if user not in working] or [users[-1].pk]
    return _Company(reps, session_key("manager"), spent, iter(_pooled(requests)), others)


def _held_by(reps: Sequence[int]) -> dict[int, tuple[list[int], list[int]]]:
    """What each rep holds, so that no clock runs out soon: what he has spoken about and is not yet
    qualified; and beside it what he was given lately."""
    held: dict[int, tuple[list[int], list[int]]] = {rep: ([], []) for rep in reps}
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"reps": list(reps), "safe": _SAFE, "given": _GIVEN})
        for owner, lead, is_late in cursor.fetchall():
            held[owner][is_late].append(lead)
    return held


_HELD = """
SELECT l.owner_id, l.id, a.opened_at > now() - %(given)s
FROM lead AS l JOIN assignment AS a
    ON a.item_kind = 'lead' AND a.item_id = l.id AND a.closed_at IS NULL
WHERE l.owner_id = ANY(%(reps)s) AND l.state = 'owned' AND a.next_at > now() + %(safe)s
    AND (l.stage = 'contacted' OR a.opened_at > now() - %(given)s)
ORDER BY l.id
"""


def _pooled(most: int) -> list[int]:
    """What may be claimed by everybody, the latest of it first."""
    from evenhand.leads.models import Lead

    before = datetime.now(UTC) - _LAIN
    found = Lead.objects.filter(state="pooled", pool="公海", pooled_at__lt=before)
    return list(found.order_by("-pooled_at").values_list("pk", flat=True)[:most])


def _last_event() -> int:
    from evenhand.journal.models import Event

    return Event.objects.order_by("-pk").values_list("pk", flat=True)[0]


def _told_since(before: int) -> dict[str, int]:
    from django.db.models import Count

    from evenhand.journal.models import Event

    found = Event.objects.filter(pk__gt=before).values_list("kind").annotate(Count("pk"))
    return dict(found)


def _show(answers: Sequence[Answered]) -> None:
    click.echo(f"L2: {len(answers):,} requests, statuses {tally(answers)}")
    click.echo("  route            count    p50 ms    p95 ms    p99 ms  statuses")
    for route in _SHARES:
        found = [one for one in answers if one.route == route]
        times = "".join(f"{percentile(found, one):>10.0f}" for one in (50, 95, 99))
        click.echo(f"  {route:<14} {len(found):>7,}{times}  {tally(found)}")
