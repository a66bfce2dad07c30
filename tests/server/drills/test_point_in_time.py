"""Back to a moment: a copy of the files and the archived WAL give the database as it was then."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from evenhand.platform.postgres.account import account_for_us
from evenhand.platform.postgres.cluster import Layout
from evenhand.platform.postgres.failure import CannotLaunch
from tests.clusters import open_folder
from tests.processes import until
from tests.server.api.caller import company, token_of
from tests.server.cast import browser
from tests.server.drills.hosts import as_superuser, copy_cluster_of
from tests.server.drills.own import Own, own_server
from tests.server.drills.served import Senders, Web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


# What the server says when what is there ends before the moment.
TOO_EARLY = "recovery ended before configured recovery target was reached"


class OutOfReach(Exception):
    """The moment lies behind the end of what is there."""


@contextmanager
def _archiving(root: Path) -> Iterator[tuple[Own, Path]]:
    """A server that lays every finished segment into a folder, and the folder."""
    archive = root / "archive"
    archive.mkdir()
    archive.chmod(0o755)
    account_for_us().take(archive)
    command = f"test ! -f {archive}/%f && cp %p {archive}/%f"
    with own_server(root / "a", archive_mode="on", archive_command=command) as own:
        yield own, archive


def _leads(own: Own) -> int:
    return int(str(own.ask("SELECT count(*) FROM lead")[0][0]))


def _run(folder: Path, *, is_archived: bool) -> tuple[int, int, int]:
    """Leads at the moment, after the deletion, and in what was restored."""
    people = company()
    token = token_of(people.olga)
    cookie = f"session={browser(people.tom).cookies['session'].value}"
    with open_folder() as root, _archiving(root) as (own, archive):
        layout = Layout(root / "b")
        copy_cluster_of(own.server, layout)
        web = Web(own.server.database.app_url, folder)
        try:
            web.ready()
            with Senders(web.port, token, 4, cookie=cookie) as senders:
                senders.wait_for(40)
        finally:
            web.kill()
        before = _leads(own)
        (moment,) = own.ask("SELECT clock_timestamp()::text")[0]
        # Somebody forgets a WHERE; then the machine is lost.
        as_superuser(own.server, "SET session_replication_role = replica", "DELETE FROM lead")
        after = _leads(own)
        _finish_segment(own, archive)
        own.kill()
        if not is_archived:
            for segment in archive.iterdir():
                os.unlink(segment)
        restored = _restored(own, layout, archive, str(moment))
        return before, after, restored


def _finish_segment(own: Own, archive: Path) -> None:
    ((name,),) = as_superuser(own.server, "SELECT pg_walfile_name(pg_current_wal_lsn())")
    as_superuser(own.server, "SELECT pg_switch_wal()")
    until(lambda: (archive / str(name)).exists())


def _restored(own: Own, layout: Layout, archive: Path, moment: str) -> int:
    """How many leads are there once the copy was brought up to that moment."""
    (layout.data / "recovery.signal").touch()
    own.server.account.take(layout.data / "recovery.signal")
    settings = {
        "restore_command": f"cp {archive}/%f %p",
        "recovery_target_time": moment,
        "recovery_target_action": "promote",
        "archive_mode": "off",
    }
    server = replace(own.server, layout=layout, socket=layout.data, settings=settings)
    back = Own(server)
    try:
        server.start()
        until(lambda: back.ask("SELECT NOT pg_is_in_recovery()") == [(True,)])
        assert back.finds_nothing()
        return _leads(back)
    except (CannotLaunch, psycopg.OperationalError) as error:
        if TOO_EARLY in layout.log.read_text():
            raise OutOfReach from error
        raise
    finally:
        server.stop()


def test_a_deletion_is_undone_by_going_back_to_the_moment_before_it(tmp_path: Path) -> None:
    before, after, restored = _run(tmp_path, is_archived=True)

    print(f"point in time: {before} leads, {after} after the deletion, {restored} restored")
    assert after == 0
    assert restored == before >= 40


def test_without_the_archive_the_moment_is_out_of_reach(tmp_path: Path) -> None:
    """Control: the copy alone is the database of when it was made."""
    with pytest.raises(OutOfReach):
        _run(tmp_path, is_archived=False)
