"""The load: a made-up company that keeps every promise, and arrivals that wait for nobody."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from bench.load_data import Size, fill, start_small
from bench.load_lists import (
    MOST_MS,
    Asked,
    Page,
    Row,
    left_out,
    lists,
    may_open,
    pages,
    promises_of,
)
from bench.load_mixed import company_of
from bench.load_table import at_most, exactly
from bench.open_loop import Answered, Due, Plan, get, moments, progress, rising, run_plan
from bench.served import people_and_rules
from evenhand.leads.models import Assignment, Lead, PoolStay
from evenhand.people.models import User
from evenhand.people.scope import actor_of
from evenhand.platform.invariants import examine
from evenhand.pool.operations.claim import claim_one
from tests.server.conftest import forget

SIZE = Size(leads=400, reps=8, teams=2, events=0)


@pytest.mark.django_db
def test_a_company_made_by_sql_keeps_every_promise() -> None:
    forget()  # what tests before this one left in the process
    people_and_rules(SIZE.teams, SIZE.per_team)
    with connection.cursor() as cursor:
        start_small(Size(200, 8, 2, 0), cursor)
        fill(201, SIZE.leads, SIZE, cursor)

        assert examine(cursor) == []
        assert set(Lead.objects.values_list("state", flat=True)) == {
            *("owned", "pooled", "queued", "closed")
        }
        assert Lead.objects.filter(phone__startswith="139").count() == SIZE.leads
        # It has what each list of one thing is about, for each who looks.
        assert {page.route for page in pages(cursor)} >= {r for r, _ in lists() if "<" in r}

        cursor.execute("UPDATE load SET open_count = open_count + 1")
        assert [one.invariant.name for one in examine(cursor)] == ["loads-are-recounts"]


@pytest.mark.django_db
def test_what_a_mixed_load_asks_for_is_granted_also_where_another_ran_before() -> None:
    forget()
    people_and_rules(SIZE.teams, SIZE.per_team)
    with connection.cursor() as cursor:
        start_small(Size(200, 8, 2, 0), cursor)
        fill(201, SIZE.leads, SIZE, cursor)
    pooled = Lead.objects.filter(state="pooled", pool="公海").order_by("pk")
    # As a load before leaves them: come back just now, and about to be taken away.
    fresh = pooled[0].pk
    Lead.objects.filter(pk=fresh).update(pooled_at=timezone.now())
    ending = _holdings().order_by("opened_at")[0]
    wound = _holdings().filter(next_at__isnull=False)
    late = {one.rep_id: one.pk for one in wound.order_by("opened_at")}
    Assignment.objects.filter(pk__in=late.values()).update(opened_at=timezone.now())
    Assignment.objects.filter(pk=ending.pk).update(next_at=timezone.now())

    made = company_of(100)

    wanted = list(made.pooled)
    assert fresh not in wanted and len(wanted) > 20
    # Whoever claims may have given it up a week ago.
    PoolStay.objects.filter(item_id__in=wanted).update(from_rep_id=made.reps[0].id)
    actor = actor_of(User.objects.get(pk=made.reps[0].id))
    assert [claim_one("lead", one, actor=actor).refused for one in wanted[:20]] == [None] * 20
    told = {one for rep in made.reps for one in (*rep.leads, *rep.lately)}
    assert ending.item_id not in told | {lead for _, lead in made.once}
    for rep in made.reps:
        assert not set(rep.leads) & set(rep.lately)
        given = _holdings().filter(item_id__in=rep.lately)
        assert {one.rep_id for one in given} == {rep.id}
        assert min(one.opened_at for one in given) > timezone.now() - timedelta(days=9)


def _holdings() -> QuerySet[Assignment]:
    return Assignment.objects.filter(item_kind="lead", closed_at=None)


def test_every_page_that_somebody_may_open_is_a_list_or_left_out_with_its_reason() -> None:
    told = {route for route, _ in lists()}

    missing = set(may_open()) - told - left_out()
    assert missing == set(), "neither looked at nor under [left_out] of bench/lists.toml"
    gone = left_out() - set(may_open())
    assert gone == set(), "left out, but nobody may open them"


def test_every_list_is_looked_at_by_an_operator_a_manager_and_a_rep_who_may() -> None:
    found = set(lists())

    assert {("leads", "rep"), ("leads", "manager"), ("leads", "sales_ops")} <= found
    assert {("accounts", "rep"), ("journal", "sales_ops"), ("distribution", "manager")} <= found
    assert ("integrations", "admin") in found  # which nobody else may see
    assert not {("distribution", "rep"), ("imports", "manager"), ("login", "rep")} & found


@pytest.mark.parametrize(
    ("row", "missed"),
    [
        (Row(9, 9, 9, Page("/leads", "rep"), 5, Asked(10, 50, ())), []),
        (Row(9, 9, 9, Page("/leads", "rep"), 5, Asked(11, 50, ())), ["statements grow"]),
        (Row(9, 9, 9, Page("/leads", "rep"), 55, Asked(55, 50, ())), ["more than 40"]),
        (Row(9, 9, 9, Page("/leads", "rep"), 5, Asked(5, 50, ("lead",))), ["scan a big table"]),
        (Row(9, 9, 9, Page("/leads", "rep"), None, Asked(5, 50, ())), ["not counted"]),
        (Row(MOST_MS + 1, 9, 9, Page("/leads", "rep"), 5, Asked(5, 50, ())), ["(p95)"]),
    ],
)
def test_a_page_that_costs_more_with_much_data_is_told(row: Row, missed: list[str]) -> None:
    told = [one for one in promises_of([row]) if not one.is_kept]

    assert len(told) == len(missed)
    assert all(words in one.name for words, one in zip(missed, told, strict=True))


def test_a_load_rises_evenly_to_its_height() -> None:
    found = rising(100, 20, 10)

    assert found == sorted(found) and found == rising(100, 20, 10)
    # Half as many while it rises, a quarter of these in the first half of that.
    assert [sum(1 for at in found if at < end) for end in (5, 10, 20)] == [125, 500, 1500]


def test_arrivals_are_steady_and_the_same_every_time() -> None:
    found = moments(100, 3)

    assert found == moments(100, 3)
    assert [int(at * 100) for at in found] == list(range(300))


def test_the_time_of_an_answer_counts_from_the_moment_of_its_request(port: int) -> None:
    late = [Due(-5.0, "late", get("/well", {})), Due(0.0, "due", get("/well", {}))]

    answers = {one.route: one for one in run_plan(Plan("127.0.0.1", port, late))}

    assert answers["late"].status == answers["due"].status == 200
    assert answers["late"].seconds > answers["due"].seconds + 4


def test_who_is_told_to_come_later_comes_later_once(port: int) -> None:
    sent = [Due(0.0, "busy", get("/busy", {}))]

    (answer,) = run_plan(Plan("127.0.0.1", port, sent, comes_again=True))
    (refused,) = run_plan(Plan("127.0.0.1", port, sent))

    assert (answer.status, answer.refused) == (200, (1,))
    assert answer.seconds > 1
    assert (refused.status, refused.refused) == (429, ())


def test_a_long_load_says_how_far_it_is_and_how_it_went_lately() -> None:
    lately = [Answered("list", 200, 0.1, 0.0)] * 3 + [Answered("list", 503, 0.1, 0.0)]

    assert progress(120.4, 600.0, lately, 7) == (
        "2 of 10 min: 4 answered (200 × 3, 503 × 1), p50 100 ms, p95 100 ms, 7 under way"
    )
    assert "0 answered (none)" in progress(60.0, 600.0, [], 9)


def test_a_promise_of_a_count_is_kept_by_that_count_alone() -> None:
    assert at_most("p95", 250, 250, "ms").is_kept
    assert not at_most("p95", 251, 250, "ms").is_kept
    assert exactly("lost", 0).is_kept
    assert not exactly("lost", 1).is_kept
    assert not exactly("accepted", 999, 1_000).is_kept


@pytest.fixture
def port() -> Iterator[int]:
    """A server that is busy at every second time."""
    asked = count()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            is_busy = self.path == "/busy" and next(asked) % 2 == 0
            self.send_response(429 if is_busy else 200)
            if is_busy:
                self.send_header("Retry-After", "1")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
