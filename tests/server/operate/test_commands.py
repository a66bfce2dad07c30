"""The operator's commands, as programs on databases of their own."""

import re
import signal
import subprocess
import sys

import psycopg
import pytest

from evenhand.platform.invariants import INVARIANTS
from tests.server.operate.conftest import MakeSpare

LINK = re.compile(r"http://127\.0\.0\.1:8000/link/[\w-]{40,}")


def test_the_first_run_for_a_company_of_ones_own_prints_one_link(make_spare: MakeSpare) -> None:
    spare = make_spare("blank")

    first = spare.run("first-run", EVENHAND_DEMO="0")
    second = spare.run("first-run", EVENHAND_DEMO="0")

    for said in (first, second):
        assert said.returncode == 0, said.stderr
        assert len(LINK.findall(said.stdout)) == 1
    assert spare.ask("SELECT count(*) FROM organization") == [(0,)]
    # The first link ended when the second was made.
    assert spare.ask("SELECT count(*) FROM one_time_link WHERE expires_at > now()") == [(1,)]


def test_later_runs_go_on_with_what_is_there(make_spare: MakeSpare) -> None:
    spare = make_spare("company")

    said = spare.run("first-run")

    assert said.returncode == 0, said.stderr
    assert "澜砚禾集团" in said.stdout
    assert "login-link" in said.stdout
    assert not LINK.findall(said.stdout)
    assert spare.ask("SELECT count(*) FROM lead")[0][0] < 31  # type: ignore[operator]


@pytest.mark.slow
def test_a_demo_that_was_interrupted_begins_anew(make_spare: MakeSpare) -> None:
    spare = make_spare("company")
    spare.ask("ALTER TABLE event DISABLE TRIGGER event_append_only")
    spare.ask("DELETE FROM event WHERE kind = 'demo.seeded'")

    assert spare.run("migrate").returncode == 0

    for table in ("organization", "lead", "person", "event", "receipt"):
        assert spare.ask(f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.slow
def test_migrating_again_touches_no_company(make_spare: MakeSpare) -> None:
    spare = make_spare("company")
    leads = spare.ask("SELECT count(*) FROM lead")

    assert spare.run("migrate").returncode == 0

    assert spare.ask("SELECT count(*) FROM lead") == leads


def test_doctor_says_that_all_is_well_and_what_is_not(make_spare: MakeSpare) -> None:
    spare = make_spare("company")

    well = spare.run("doctor")
    spare.ask("UPDATE load SET open_count = open_count + 1 WHERE rep_id = 10")
    ill = spare.run("doctor")
    mended = spare.run("doctor", "--recount", "--only", "I12")

    assert (well.returncode, ill.returncode, mended.returncode) == (0, 1, 0)
    assert f"{len(INVARIANTS)} promises checked, all kept." in well.stdout
    assert "I12 is not kept: what people carry equals its recount (1)" in ill.stderr
    assert "rep 10" in ill.stderr
    assert "evenhand doctor --recount" in ill.stderr
    assert "I1 is kept: " in ill.stdout and "What people carry was counted anew; 1" in mended.stdout


@pytest.mark.slow
def test_doctor_lists_its_promises_and_refuses_one_that_is_not_there(make_spare: MakeSpare) -> None:
    spare = make_spare("empty")

    listed, sql = spare.run("doctor", "--list"), spare.run("doctor", "--sql", "--only", "one-place")
    refused = spare.run("doctor", "--only", "I99")

    assert len(listed.stdout.splitlines()) == 2 * len(INVARIANTS)
    assert sql.stdout.startswith("-- I2 one-place\n") and "FROM items" in sql.stdout
    assert refused.returncode == 2 and "I99" in refused.stderr and "I12" in refused.stderr


@pytest.mark.slow
def test_doctor_counts_daily_sums_anew_from_the_postings(make_spare: MakeSpare) -> None:
    spare = make_spare("company")
    spare.ask(
        "INSERT INTO fairness_counted (book_id, number, zone)"
        " SELECT id, postings, 'Asia/Shanghai' FROM book"
    )

    ill = spare.run("doctor")
    mended = spare.run("doctor", "--recount")

    assert (ill.returncode, mended.returncode) == (1, 0)
    assert "what was due and received per day equals its recount" in ill.stderr
    postings = spare.ask("SELECT count(*) FROM posting")[0][0]
    assert f"Daily sums counted anew from {postings} posting" in mended.stdout
    assert spare.ask("SELECT count(*) FROM fairness_day")[0][0] > 0


def test_doctor_decides_again_and_names_the_batch_whose_receipt_was_changed(
    make_spare: MakeSpare,
) -> None:
    spare = make_spare("company")
    (batch, receipt), *_ = spare.ask(
        "SELECT batch_id, id FROM receipt WHERE batch_id IS NOT NULL AND outcome = 'assigned'"
        " AND book_id IS NOT NULL ORDER BY id LIMIT 1"
    )
    decided = spare.ask("SELECT count(*) FROM receipt WHERE batch_id IS NOT NULL")[0][0]

    well = spare.run("doctor", "--all")
    spare.ask(
        f"UPDATE receipt SET body = regexp_replace(body, '\"s\":[0-9]+', '\"s\":99999')"
        f" WHERE id = {receipt}"
    )
    ill = spare.run("doctor", "--all")

    assert well.returncode == 0, well.stderr
    assert re.search(rf"{decided} decisions? in \d+ batch(es)? taken again", well.stdout)
    assert ill.returncode == 1
    assert f"batch {batch} is decided otherwise today than its receipts say" in ill.stderr
    assert "99999" in ill.stderr


@pytest.mark.slow
def test_doctor_lists_who_is_over_his_limit_and_how(make_spare: MakeSpare) -> None:
    spare = make_spare("company")
    spare.ask(
        "UPDATE rep SET capacity = 0 WHERE user_id ="
        " (SELECT rep_id FROM load WHERE open_count > 0 ORDER BY rep_id LIMIT 1)"
    )

    said = spare.run("doctor")

    assert said.returncode == 0
    assert re.search(r"Over capacity: .* carries \d+, limit 0 \(.+ \d+\)", said.stdout)


def test_a_login_link_is_for_the_demo_and_a_reset_link_for_everybody(
    make_spare: MakeSpare,
) -> None:
    spare = make_spare("company")
    mail = "zigui.qin@lanyanhe.example"

    login, reset = spare.run("login-link", mail.upper()), spare.run("reset-link", mail)
    spare.ask("UPDATE organization SET is_demo = false")
    refused = spare.run("login-link", mail)

    assert LINK.fullmatch(login.stdout.strip())
    assert LINK.fullmatch(reset.stdout.strip())
    assert refused.returncode == 2
    assert "reset-link" in refused.stderr
    assert spare.ask("SELECT count(*) FROM one_time_link") == [(2,)]


def test_nobody_gets_a_link_for_an_address_that_is_not_there(make_spare: MakeSpare) -> None:
    spare = make_spare("blank")

    said = spare.run("reset-link", "nobody@x.example")

    assert said.returncode == 2
    assert "nobody@x.example" in said.stderr
    assert spare.ask("SELECT count(*) FROM one_time_link") == [(0,)]


@pytest.mark.slow
@pytest.mark.parametrize("words", [("doctor",), ("login-link", "a@b.example"), ("first-run",)])
def test_a_database_without_tables_is_said_in_words(
    make_spare: MakeSpare, words: tuple[str, ...]
) -> None:
    said = make_spare("empty").run(*words)

    assert said.returncode == 2
    assert "bin/run" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.slow
@pytest.mark.parametrize("queue", ["sweeps", "long"])
def test_a_worker_works_until_it_is_told_to_stop(make_spare: MakeSpare, queue: str) -> None:
    spare = make_spare("blank")
    worker = subprocess.Popen(
        [sys.executable, "-m", "evenhand.cli", "worker", queue],
        env=spare.environ(),
        stderr=subprocess.PIPE,
    )
    try:
        with psycopg.connect(spare.url, autocommit=True) as connection:
            workers = [(0,)]
            while workers == [(0,)] and worker.poll() is None:
                # The server waits for us: it registers when it is ready to work.
                workers = connection.execute(
                    "SELECT count(*) FROM procrastinate_workers, pg_sleep(0.1)"
                ).fetchall()
        worker.send_signal(signal.SIGTERM)
        _, said = worker.communicate(timeout=60)
    finally:
        worker.kill()

    assert workers == [(1,)]
    assert worker.returncode == 0, said.decode()
