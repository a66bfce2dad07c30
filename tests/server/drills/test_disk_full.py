"""K6: the disk under the database is full. Nothing is half done, nothing acknowledged is lost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from evenhand.imports.models import Import
from evenhand.imports.operations.begin import start, upload
from evenhand.platform.crashpoint import EXIT_CODE
from evenhand.web import errors
from tests.processes import until
from tests.server.api.caller import company, token_of
from tests.server.cast import act_as, browser
from tests.server.drills.own import Own, own_server
from tests.server.drills.prepared import Prepared, act
from tests.server.drills.served import Senders, Web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SMALL = {"max_wal_size": "64MB", "wal_keep_size": "0", "shared_buffers": "16MB"}
ROWS = 2_000


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system in memory, so large; a test that may not have one is skipped, with a word."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("K6 needs root on Linux, to mount a small disk")
    with TemporaryDirectory(prefix="evenhand-disk-") as name:
        options = f"size={megabytes}m,mode=0755"
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", name], check=False)
        if made.returncode:
            pytest.skip("K6 needs to mount a small disk, and was refused")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], check=True)


def _fill(disk: Path) -> Path:
    """A file that takes what is left."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        try:
            while True:
                file.write(b"x" * 65_536)
                file.flush()
        except OSError:
            return ballast


def _made_room(own: Own, ballast: Path) -> None:
    """Somebody frees space; a server that gave up is started again."""
    ballast.unlink()
    if not own.server.is_running:
        print("disk: the database had given up, and is started again")
    own.server.start()


def _begun() -> Import:
    """A file of leads that waits for its job."""
    people = company()
    text = "姓名,手机\n" + "".join(f"客户{n},1390{n:07}\n" for n in range(ROWS))
    row = upload("展会.csv", text.encode(), actor=act_as(people.olga))
    start(row.pk, actor=act_as(people.olga))
    return row


def test_a_full_disk_loses_nothing_that_was_acknowledged_and_leaves_no_half_import(
    tmp_path: Path,
) -> None:
    row = _begun()
    token = token_of(row.user)
    cookie = f"session={browser(row.user).cookies['session'].value}"
    dying = act("import_rows", import_id=row.pk)
    with small_disk(400) as disk, own_server(disk / "own", **SMALL) as own:
        job = Prepared(own.server.database.app_url, tmp_path)
        web = Web(own.server.database.app_url, tmp_path)
        try:
            web.ready()
            with Senders(web.port, token, 4, cookie=cookie) as senders:
                senders.wait_for(10)
                two_parts_in = job.do(dying, dies_at="import.between_parts:2")
                assert two_parts_in == EXIT_CODE, job.said.read_text()
                ballast = _fill(disk)
                until(lambda: senders.statuses()[503] >= 5)
                assert _upload(web.port, cookie) == 503
                assert job.do(dying) not in (0, EXIT_CODE)
                _made_room(own, ballast)
                senders.wait_for(10)
        finally:
            web.kill()
        print(f"disk: answers {dict(senders.statuses())}")
        assert set(senders.statuses()) == {200, 201, 503}
        assert own.ask("SELECT count(*) FROM lead_import") == [(1,)]
        _check_parts(own, row)
        assert job.do(dying) == 0, job.said.read_text()
        job.close()
        (there,) = own.ask("SELECT count(*) FROM lead WHERE via = 'import'")
        assert there == (ROWS,)
        found = own.ask("SELECT key, (body ->> 'lead_id')::bigint FROM answer")
        assert senders.acknowledged().items() <= {str(k): int(str(v)) for k, v in found}.items()
        assert own.finds_nothing()


def _upload(port: int, cookie: str) -> int:
    """Somebody sends a file on the page; the status of the answer."""
    secret = "s" * 32
    rows = "".join(f"客户{n},1370{n:07}\n" for n in range(40_000))
    body = (
        '--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n'
        f"Content-Type: text/csv\r\n\r\n姓名,手机\n{rows}\r\n--b--\r\n"
    )
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Cookie": f"{cookie}; csrf={secret}",
        "X-CSRFToken": secret,
        "Content-Type": "multipart/form-data; boundary=b",
    }
    connection.request("POST", "/imports", body.encode(), headers)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.fixture
def full_for_uploads(settings: Any) -> Iterator[Path]:
    """Uploads are laid down on a disk that is full; gives the file that fills it."""
    with small_disk(4) as disk:
        settings.FILE_UPLOAD_TEMP_DIR = str(disk)
        yield _fill(disk)


def _file() -> SimpleUploadedFile:
    """So large that it is laid down on the disk."""
    rows = "".join(f"客户{n},1370{n:07}\n" for n in range(120_000))
    file = SimpleUploadedFile("展会.csv", f"姓名,手机\n{rows}".encode())
    assert file.size is not None and file.size > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    return file


def _send_file(client: Client) -> int:
    return client.post("/imports", {"file": _file()}).status_code


def test_an_upload_that_finds_no_room_is_refused_with_a_time_and_kept_nowhere(
    full_for_uploads: Path,
) -> None:
    client = browser(company().olga)
    client.raise_request_exception = False

    assert _send_file(client) == 503
    assert not Import.objects.exists()
    assert list(full_for_uploads.parent.iterdir()) == [full_for_uploads]

    full_for_uploads.unlink()
    assert _send_file(client) < 400
    assert Import.objects.count() == 1


def test_a_full_disk_that_is_not_told_from_a_fault_is_noticed(
    full_for_uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: it would be a bare 500, and what was laid down would stay."""
    monkeypatch.setattr(errors, "_FULL", ())
    request = RequestFactory().post("/imports", {"file": _file()})

    try:
        assert not request.FILES
    except OSError:
        assert errors.failed(request).status_code == 500
    assert len(list(full_for_uploads.parent.iterdir())) == 2
    errors._drop_uploads(request)


def _check_parts(own: Own, row: Import) -> None:
    """Of the file, whole parts came in: as many leads as rows are noted, up to where it stands."""
    (state,) = own.ask(
        "SELECT (SELECT count(*) FROM lead WHERE via = 'import'),"
        " (SELECT count(*) FROM lead_import_row WHERE outcome = 'created'),"
        f" (SELECT position FROM lead_import WHERE id = {row.pk})"
    )
    leads, rows, position = (int(str(one)) for one in state)
    print(f"disk: {leads} leads of the file were in, up to row {position}")
    assert 0 < leads == rows < ROWS
