"""`evenhand route` with a second process: the same results, and nothing left when it goes wrong."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import active_children

import pytest

from evenhand.cli.route import helper
from evenhand.cli.route.clerk import Clerk, Dealt, Desk
from evenhand.cli.route.helper import HelperLost, RemoteClerk, cores
from evenhand.cli.route.leads import open_leads
from tests.cli.world import Desk as World
from tests.cli.world import a_mixed_desk, policy, pool, share

HEADER = "线索编号,手机,邮箱,公司,备注"


@pytest.fixture(autouse=True)
def _any_file_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evenhand.cli.route.command.MOST_FULL_ROWS", 0)


def many(desk: World, count: int, *more: str) -> None:
    """A leads file of several sheaves."""
    rows = [f"L{n},138{n:08d},a{n}@example.com,甲{n % 900},note {n}" for n in range(count)]
    text = "\n".join([HEADER, *rows, *more, ""])
    desk.path("leads.csv").write_text(text, "utf-8")


AWKWARD = (
    'Q1,13900000001,,"Acme, Inc.",=1+1',
    'Q2,13900000002,,"two\nlines",x',
    "L7,13900000003,,,the id of another",
    ",13900000004,,,no id",
    "Q3,13900000004,,,the same phone",
    ",,,,nobody",
    "Q4,1,,,,,,,,too long",
)


def test_two_processes_write_what_one_writes(desk: World) -> None:
    many(desk, 30_000, *AWKWARD)

    one = desk.route("--processes", 1, out="one")
    two = desk.route("--processes", 2, out="two")

    assert one.contents() == two.contents()
    assert len(one.repeated) == 2
    assert len(one.rejected) >= 1
    assert desk.replay("two").code == 0


@pytest.mark.parametrize(
    "document",
    [
        None,
        policy(share(match=["region"])),
        policy(share(when="lead.phone is not empty"), pool()),
        policy(capacity={"open_items": 9}),
    ],
)
def test_under_any_policy_week_after_week(desk: World, document: dict[str, object] | None) -> None:
    a_mixed_desk(desk)
    arguments = () if document is None else ("--policy", desk.policy(document))
    found = []
    for processes in (1, 2):
        out = f"out{processes}"
        for day in ("2026-03-02T09:00", "2026-03-09T09:00"):
            desk.route(*arguments, "--processes", processes, at=day, out=out)
        found.append(desk.results(out).contents())

    assert found[0] == found[1]


def test_where_a_process_cannot_be_copied_it_is_started_anew(
    desk: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_mixed_desk(desk)
    copied = desk.route("--processes", 2, out="copied").contents()
    monkeypatch.setattr(helper, "START", "spawn")

    assert desk.route("--processes", 2, out="anew").contents() == copied


def test_a_workbook_goes_through_two_processes_too(desk: World) -> None:
    desk.xlsx("leads.xlsx", ["线索编号,手机", "L1,13812345678", "L2,13812345679"])

    one = desk.route("--processes", 1, leads="leads.xlsx", out="one")

    assert one.contents() == desk.route("--processes", 2, leads="leads.xlsx", out="two").contents()


def test_an_empty_leads_file_is_dealt_too(desk: World) -> None:
    desk.csv("leads.csv", [HEADER])

    assert desk.route("--processes", 2).assignments == []


# -- what goes wrong ---------------------------------------------------------------------------


def test_a_file_that_breaks_off_is_refused_in_the_same_words(desk: World) -> None:
    many(desk, 30_000, 'Q1,,,"never closed,')

    one = desk.try_route("--processes", 1)
    two = desk.try_route("--processes", 2)

    assert two == one
    assert two.code == 2
    assert "never closed" in two.complained
    assert not desk.path("out").exists()
    assert active_children() == []


@contextmanager
def full_disk(most_bytes: int) -> Iterator[None]:
    """No file can grow beyond this size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_and_leaves_nothing(desk: World) -> None:
    many(desk, 30_000)

    with full_disk(1_000_000):
        ran = desk.try_route("--processes", 2)

    assert ran.code == 2
    assert len(ran.complaints) == 1
    assert not desk.path("out").exists()
    assert active_children() == []


def a_desk(world: World) -> Desk:
    sheet = open_leads(world.path("leads.csv"))
    return Desk(
        folder=world.folder,
        table=sheet.table,
        columns=sheet.columns,
        columns_read=(),
        asks_for_firms=False,
        header=HEADER.split(","),
        opening=["{}"],
        takers={},
    )


def sheaves(clerk: Clerk | RemoteClerk) -> int:
    """Take every sheaf, and say that nothing became of it."""
    count = 0
    while clerk.sheaf() is not None:
        clerk.put(Dealt())
        count += 1
    return count


def test_a_second_process_that_is_killed_is_missed(desk: World) -> None:
    many(desk, 60_000)

    def deal() -> None:
        with RemoteClerk(a_desk(desk)) as clerk:
            assert clerk.sheaf() is not None
            (child,) = active_children()
            assert child.pid is not None
            os.kill(child.pid, signal.SIGKILL)
            clerk.put(Dealt())
            sheaves(clerk)

    with pytest.raises(HelperLost) as lost:
        deal()

    assert lost.value.reason["code"] == -signal.SIGKILL
    assert active_children() == []


def test_whoever_stops_the_first_process_stops_the_second(desk: World) -> None:
    many(desk, 60_000)

    def deal() -> None:
        with RemoteClerk(a_desk(desk)) as clerk:
            clerk.sheaf()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deal()

    assert active_children() == []


def test_a_mistake_of_ours_in_the_second_process_is_shown_as_one(desk: World) -> None:
    many(desk, 10)

    def deal() -> None:
        with RemoteClerk(a_desk(desk)) as clerk:
            clerk.sheaf()
            clerk.put(Dealt(quick=[(0, 99, "nobody", 1, 0)]))
            clerk.finish([])

    with pytest.raises(IndexError) as mistake:
        deal()

    assert "in the second process" in "".join(mistake.value.__notes__)


def test_both_clerks_hand_over_the_same_sheaves(desk: World) -> None:
    many(desk, 30_000)
    with Clerk(a_desk(desk)) as near:
        count = sheaves(near)
        left_out = near.finish([])
    with RemoteClerk(a_desk(desk)) as far:
        assert sheaves(far) == count >= 2
        assert far.finish([]) == left_out


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores cannot be taken away here")
def test_a_process_that_may_use_one_core_knows_it() -> None:
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        assert cores() == 1
    finally:
        os.sched_setaffinity(0, allowed)
    assert cores() == len(allowed)
