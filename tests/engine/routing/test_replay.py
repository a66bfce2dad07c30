"""Replay: byte for byte under any hash seed, and every change of a line is found."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.routing.decision import Cause, Outcome
from evenhand.engine.routing.replay import (
    MOST_DIFFERENCES,
    ReplayReport,
    UnreadableReceipts,
    replay_steps,
)
from tests.engine.routing.hashed import digests, rich_run
from tests.engine.routing.world import (
    Run,
    crowd,
    deal,
    document,
    fair,
    lead,
    leads,
    owner,
    replayed,
    reps,
    start,
    team,
)

ROOT = Path(__file__).parents[3]


@cache
def rich_lines(*, is_compact: bool = False) -> tuple[str, ...]:
    """The receipts of a run in which everything has its say."""
    return tuple(rich_run(is_compact=is_compact).lines)


@cache
def digests_here() -> list[str]:
    """What this interpreter makes of it."""
    return digests()


@cache
def small_lines() -> tuple[str, ...]:
    """A few decisions of different sorts: quick to replay again and again."""
    rules = document(
        owner(), fair(match=["region"]), capacity={"open_items": 3}, levels=[{"level": "senior"}]
    )
    people = team(reps("ana", "ben"), reps("cai", fields={"region": ("北京",)}))
    run = deal(rules, people, leads(5, "ABC"), lead("客户1", owned_by="ben"), lead("L9", "A"))
    return tuple(run.lines)


def numbers_of(kind: str, lines: tuple[str, ...]) -> list[int]:
    return [n for n, line in enumerate(lines) if line.startswith(f'{{"t":"{kind}"')]


# -- the same bytes --------------------------------------------------------------------------------


def test_the_rich_run_is_rich() -> None:
    run = rich_run()

    assert {one.cause for one in run.decisions} >= {
        Cause.FAIR_SHARE,
        Cause.ROTATION,
        Cause.BEST_FIT,
        Cause.OWNER,
        Cause.OVERFLOW,
    }
    assert set(run.outcomes) == {Outcome.ASSIGNED, Outcome.WAITING}
    assert any(one.mentor_id for one in run.decisions)
    assert any(one.full for one in run.decisions)
    assert any(one.exploration and one.exploration.was_random for one in run.decisions)
    assert run.is_sound()


@pytest.mark.parametrize("is_compact", [False, True])
def test_a_rich_run_replays_byte_for_byte(is_compact: bool) -> None:
    lines = rich_lines(is_compact=is_compact)

    report = replayed(lines)

    assert report.is_identical
    assert (report.runs, report.decisions, report.edits) == (1, 336, 0)


def digests_elsewhere(python: str, hash_seed: str) -> list[str]:
    """What another interpreter under another hash seed makes of the same world."""
    environment = {
        **os.environ,
        "PYTHONHASHSEED": hash_seed,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    done = subprocess.run(
        [python, "-m", "tests.engine.routing.hashed"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


@pytest.mark.parametrize("hash_seed", ["0", "1", "2", "42", "random"])
def test_the_receipts_are_the_same_bytes_under_every_hash_seed(hash_seed: str) -> None:
    assert digests_elsewhere(sys.executable, hash_seed) == digests_here()


@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_the_receipts_are_the_same_bytes_under_every_python_that_is_here(version: str) -> None:
    python = shutil.which(f"python{version}")
    if python is None:
        pytest.skip(f"Python {version} is not on this machine: its receipts were not compared")
    probe = subprocess.run(
        [python, "-c", "import numpy, pydantic, ruamel.yaml"], capture_output=True
    )
    if probe.returncode:
        pytest.skip(f"Python {version} lacks our dependencies: its receipts were not compared")

    assert digests_elsewhere(python, "7") == digests_here()


def test_replay_begins_where_the_file_begins_whatever_was_dealt_before() -> None:
    """Books and loads of earlier runs stand in the start line."""
    rules = document(fair(), capacity={"open_items": 30})
    monday = deal(rules, team(crowd(3)), leads(40, "ABC"))

    tuesday = deal(
        rules,
        team(crowd(4)),
        leads(40, "ABC", first=40),
        books=monday.router.books,
        loads=monday.loads,
    )

    assert replayed(tuesday.lines).is_identical


def test_runs_appended_one_after_another_replay_in_one_file() -> None:
    first = deal(document(fair()), team(crowd(3)), leads(9, "ABC"))
    second = deal(
        document(owner(), fair()),
        team(crowd(2)),
        leads(5, "ABC", first=9),
        books=first.router.books,
        is_compact=True,
    )

    report = replayed([*first.lines, "", *(f"{line}\n" for line in second.lines)])

    assert report.is_identical
    assert (report.runs, report.decisions) == (2, 14)


def test_every_step_is_offered_just_before_its_decision_is_taken() -> None:
    lines = small_lines()
    report = ReplayReport()

    seen = [
        (number, data["i"], sum(book.sequence for book in router.books.values()))
        for number, router, data in replay_steps(lines, policy_from_json, report)
    ]

    booked = [json.loads(line).get("s", 0) for line in lines if '"t":"decision"' in line]
    assert [item_id for _, item_id, _ in seen] == ["L0", "L1", "L2", "L3", "L4", "客户1", "L9"]
    assert [lines[number - 1].startswith('{"t":"decision"') for number, _, _ in seen] == [True] * 7
    assert [before for _, _, before in seen] == [0, *booked[:-1]]


# -- what was changed is found -----------------------------------------------------------------


def is_reported(lines: list[str]) -> bool:
    try:
        return not replayed(lines).is_identical
    except UnreadableReceipts as error:
        assert 1 <= error.line_number <= len(lines)
        return True


@settings(max_examples=settings().max_examples * 3 // 2)
@given(st.data())
def test_any_flipped_byte_of_a_decision_line_is_reported(data: st.DataObject) -> None:
    lines = list(small_lines())
    number = data.draw(st.sampled_from(numbers_of("decision", small_lines())))
    raw = bytearray(lines[number].encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))

    lines[number] = raw.decode("utf-8", "replace")

    assert is_reported(lines)


def test_every_single_digit_of_a_decision_line_counts() -> None:
    lines = small_lines()
    number = numbers_of("decision", lines)[3]

    for place, character in enumerate(lines[number]):
        if character.isdigit():
            other = str((int(character) + 1) % 10)
            changed = lines[number][:place] + other + lines[number][place + 1 :]
            assert is_reported([*lines[:number], changed, *lines[number + 1 :]]), place


@cache
def compact_lines() -> tuple[str, ...]:
    """A compact file with the line that vouches for its end."""
    run = deal(document(owner(), fair()), team(crowd(3)), leads(20, "ABC"), is_compact=True)
    return (*run.lines, *run.writer.checkpoint())


def test_a_compact_file_ends_with_what_vouches_for_its_items() -> None:
    lines = compact_lines()

    last = json.loads(lines[-1])
    assert (last["t"], last["after"], len(last["items"])) == ("checkpoint", 20, 64)
    assert replayed(lines).is_identical


@given(st.data())
def test_any_flipped_byte_of_a_decision_in_a_compact_file_is_reported_too(
    data: st.DataObject,
) -> None:
    """There is no draw beside each decision: the digest of the items notices another id."""
    lines = list(compact_lines())
    number = data.draw(st.sampled_from(numbers_of("decision", compact_lines())))
    raw = bytearray(lines[number].encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))

    lines[number] = raw.decode("utf-8", "replace")

    assert is_reported(lines)


def test_another_item_s_id_in_a_long_compact_file_is_noticed_at_the_next_checkpoint() -> None:
    run = deal(document(fair()), team(crowd(3)), leads(600, "ABC"), is_compact=True)
    number = numbers_of("decision", tuple(run.lines))[299]

    run.lines[number] = run.lines[number].replace('"i":"L299"', '"i":"L9299"')

    (difference,) = replayed(run.lines).differences
    assert difference.stored.startswith('{"t":"checkpoint","after":512')


def test_a_checkpoint_where_nothing_was_decided_is_reported() -> None:
    assert is_reported([*compact_lines(), compact_lines()[-1]])
    assert refused(['{"t":"run"}', '{"t":"checkpoint"}']).line_number == 2


@pytest.mark.parametrize("kind", ["class", "field", "full", "decision", "checkpoint", "start"])
def test_a_line_that_is_left_out_is_noticed(kind: str) -> None:
    lines = rich_lines()
    number = numbers_of(kind, lines)[0]

    assert is_reported([*lines[:number], *lines[number + 1 :]])


def test_a_decision_that_is_put_in_twice_is_noticed() -> None:
    lines = small_lines()
    number = numbers_of("decision", lines)[0]

    assert is_reported([*lines[: number + 1], lines[number], *lines[number + 1 :]])


def test_two_decisions_that_change_places_are_noticed() -> None:
    lines = list(small_lines())
    first, second = numbers_of("decision", small_lines())[-2:]
    lines[first], lines[second] = lines[second], lines[first]

    assert is_reported(lines)


def test_a_difference_names_the_line_and_both_texts() -> None:
    lines = list(small_lines())
    number = numbers_of("decision", small_lines())[2]
    stored = lines[number]
    rep = json.loads(stored)["rep"]
    other = next(name for name in ("ana", "ben", "cai") if name != rep)
    lines[number] = stored.replace(f'"rep":"{rep}"', f'"rep":"{other}"')

    report = replayed(lines)

    assert not report.is_identical
    assert (report.different, len(report.differences)) == (1, 1)
    (difference,) = report.differences
    assert difference.line_number == number + 1
    assert (difference.stored, difference.recomputed) == (lines[number], stored)


def test_another_winner_in_the_books_at_the_start_changes_what_follows() -> None:
    first = deal(document(fair()), team(crowd(3)), leads(10, "B"))
    run = deal(document(fair()), team(crowd(3)), leads(10, "B", first=10), books=first.router.books)
    number = numbers_of("start", tuple(run.lines))[0]
    state = json.loads(run.lines[number])
    row = state["books"]["all|value"]["balance"][1]
    row[0], row[1], row[2] = row[1], row[2], row[0]
    state["books"]["all|value"]["last"].reverse()
    run.lines[number] = json.dumps(state, ensure_ascii=False, separators=(",", ":"))

    assert is_reported(run.lines)


def test_only_the_first_hundred_differences_are_kept_but_all_are_counted() -> None:
    run = deal(document(fair()), team(crowd(3)), leads(150, "ABC"))
    lines = [line.replace('"draw":"', '"draw":"x') for line in run.lines]

    report = replayed(lines)

    assert report.different == 150
    assert len(report.differences) == MOST_DIFFERENCES == 100


# -- damaged files -----------------------------------------------------------------------------


def refused(lines: list[str]) -> UnreadableReceipts:
    with pytest.raises(UnreadableReceipts) as caught:
        replayed(lines)
    assert str(caught.value) == f"receipts, line {caught.value.line_number}: {caught.value.what}"
    return caught.value


@pytest.mark.parametrize(
    ("lines", "line_number", "what"),
    [
        ([], 1, "no run line"),
        (["", "\n"], 2, "no run line"),
        (["id,name,phone"], 1, "not JSON"),
        (["[1, 2]"], 1, "not a JSON object"),
        (['{"t":"decision"}'], 1, "begins with a run line"),
        (['{"t":"run"}', "{"], 2, "not JSON"),
        (["[" * 100_000], 1, "not JSON"),
        (['{"t":"run"}', '{"t":"decision","i":"L1","c":0}'], 2, "before the start line"),
        (['{"t":"run"}', '{"t":"edit"}'], 2, "before the start line"),
        (['{"t":"run"}', '{"t":"policy"}'], 2, "KeyError"),
        (['{"t":"run"}', '{"t":"class","reading":{"kind":"ghost","values":[]}}'], 2, "ValueError"),
    ],
)
def test_a_damaged_file_is_refused_with_the_line(
    lines: list[str], line_number: int, what: str
) -> None:
    error = refused(lines)

    assert error.line_number == line_number
    assert what in error.what


def broken(kind: str, **changes: Any) -> list[str]:
    """The small file with one line of a kind changed."""
    lines = list(small_lines())
    number = numbers_of(kind, small_lines())[0]
    data = {**json.loads(lines[number]), **changes}
    lines[number] = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return lines


@pytest.mark.parametrize(
    ("kind", "changes", "fails_at"),
    [
        ("run", {"now": "yesterday"}, "start"),
        ("run", {"now": "2026-03-04T10:00:00"}, None),
        ("policy", {"document": {"schema": 2}}, "start"),
        ("policy", {"document": []}, "start"),
        ("team", {"reps": [{"id": "ana"}, {"id": "ana"}]}, "start"),
        ("team", {"reps": [{"id": "ana", "shoe_size": 43}]}, "start"),
        ("team", {"calendars": {"": {"zone": "Mars/Olympus"}}}, "start"),
        ("team", {"calendars": {"": {"zone": "UTC", "hours": ["nine to five"]}}}, "start"),
        ("start", {"books": {"all|value": {}}}, "start"),
        ("start", {"loads": {"ana": [10**30, 0]}}, "start"),
        ("class", {"reading": {"kind": "lead", "values": [{"number": "many"}]}}, "class"),
        ("class", {"reading": "nothing"}, "class"),
        ("decision", {"c": 99}, "decision"),
        ("decision", {"c": "first"}, "decision"),
    ],
)
def test_whatever_is_damaged_is_said_of_a_line_and_never_crashes(
    kind: str, changes: dict[str, Any], fails_at: str | None
) -> None:
    lines = broken(kind, **changes)

    if fails_at is None:
        assert is_reported(lines)
    else:
        error = refused(lines)
        assert error.line_number == numbers_of(fails_at, small_lines())[0] + 1


def test_balances_that_no_ledger_can_hold_are_refused_with_the_line() -> None:
    run = deal(
        document(fair()),
        team(crowd(3)),
        leads(3, first=9),
        books=deal(document(fair()), team(crowd(3)), leads(9)).router.books,
    )
    lines = [
        line.replace('"sequence":9', f'"sequence":9,"balance":[[{10**40}]]') for line in run.lines
    ]

    assert refused(lines).line_number == 4


@given(st.data())
def test_any_flipped_byte_anywhere_gives_a_report_or_a_refusal_and_nothing_else(
    data: st.DataObject,
) -> None:
    lines = list(small_lines())
    number = data.draw(st.integers(0, len(lines) - 1))
    raw = bytearray(lines[number].encode())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= 1 << data.draw(st.integers(0, 7))
    lines[number] = raw.decode("utf-8", "replace")

    try:
        assert replayed(lines).runs >= 1
    except UnreadableReceipts as error:
        assert 1 <= error.line_number <= len(lines)


def test_a_file_that_breaks_off_in_the_middle_of_a_line_is_refused() -> None:
    lines = list(small_lines())

    lines[-1] = lines[-1][:-20]

    assert refused(lines).line_number == len(lines)


def test_lines_of_a_kind_we_do_not_know_are_reported() -> None:
    assert is_reported([*small_lines(), '{"t":"surprise"}'])


def test_an_untouched_run_without_items_replays() -> None:
    run: Run = start(document(fair()), team(reps("ana")))

    report = replayed(run.lines)

    assert report.is_identical
    assert (report.runs, report.decisions) == (1, 0)
