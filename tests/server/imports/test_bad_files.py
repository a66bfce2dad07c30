"""Bad files by the thousand: refused or taken in, never a fault, and every row accounted for.

`EVENHAND_BAD_FILES=20000 python -m pytest tests/server/imports/test_bad_files.py -m slow -s` tries
so many and prints how they ended; `bin/test --all` tries a thousand.
"""

import logging
import os
import resource
from collections import Counter
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from evenhand.imports.models import Becomes, Import, Step
from evenhand.imports.operations.becoming import Becoming, decide
from evenhand.imports.operations.begin import CannotImport, start, upload
from evenhand.imports.operations.run import run
from evenhand.imports.queries import counts_of, look_at
from evenhand.imports.words import words_of
from evenhand.people.actor import Actor
from evenhand.people.scope import actor_of
from evenhand.platform.invariants import examine
from evenhand.sheets.limits import UnreadableSheet
from tests.server.api.caller import company
from tests.server.cast import Cast, browser
from tests.server.imports.bad_files import BadFile, bad_files

pytestmark = pytest.mark.django_db

_PAGE_EVERY = 25  # files that go through the page itself
_WHOLE_EVERY = 5  # files that are imported to the end, besides those whose rows are known
# Kilobytes: 300 MB in all, of which a web process takes 140 before it has seen a file.
_MOST_MORE = (300 - 140) * 1024
# The client that sends a file to the page is of this process: it holds it, its body and its stream.
_COPIES_SENT = 3


@pytest.fixture(autouse=True)
def _without_records(caplog: pytest.LogCaptureFixture) -> None:
    """pytest keeps records, and that of a refused page keeps the request with its file."""
    caplog.set_level(logging.ERROR, "django.request")


def _try(file: BadFile, actor: Actor, *, is_whole: bool = True) -> str:
    """Upload, look and, if whole, import; how it ended."""
    try:
        row = upload(file.name, file.content, actor=actor)
    except CannotImport as refusal:
        assert refusal.why.code
        return "refused"
    try:
        least = look_at(row).looked_at
        words_of(row)
    except UnreadableSheet as error:
        assert error.reason.code
        least = 0
    if not is_whole:
        return "looked at" if least else "refused"
    if row.kind in ("lead", "account", "opportunity"):
        decide(row.pk, Becoming(Becomes.LEAVE, strangers="leave"), actor=actor)
    try:
        start(row.pk, actor=actor)
    except CannotImport:
        assert least == 0  # the page said so
        return "refused"
    run(row.pk)
    row.refresh_from_db()
    assert row.step == Step.DONE
    counts = counts_of(row)
    if row.why is not None:
        return "stopped with a reason"
    assert file.rows is None or counts.settled == file.rows, file.kind
    assert counts.settled >= least
    taken = counts.created + counts.repeated + counts.merged
    assert taken + counts.rejected + counts.left_out == row.rows.count() == counts.settled
    return "taken in"


def _try_many(count: int, people: Cast) -> tuple[Counter[tuple[str, str]], int]:
    """How so many files ended, and the bytes of the largest that went through the page itself."""
    olga = actor_of(people.olga)
    client = browser(people.olga)
    ended: Counter[tuple[str, str]] = Counter()
    largest = 0
    for number, file in enumerate(bad_files(count)):
        with transaction.atomic():
            where = f"file {number} of {file.kind}"
            try:
                is_whole = number % _WHOLE_EVERY == 0 or file.rows is not None
                ended[file.kind, _try(file, olga, is_whole=is_whole)] += 1
                if number % _PAGE_EVERY == 0:
                    largest = max(largest, len(file.content))
                    sent = SimpleUploadedFile(file.name, file.content)
                    answer = client.post("/imports", {"file": sent})
                    assert answer.status_code in (302, 422), where
                    if answer.status_code == 302:
                        assert client.get(answer.headers["Location"]).status_code == 200, where
            except Exception as error:
                raise AssertionError(where) from error
            with connection.cursor() as cursor:
                assert number % 500 or examine(cursor) == [], where
            transaction.set_rollback(True)  # each file finds the company as it was
    return ended, largest


def test_bad_files_are_refused_or_taken_in_and_never_a_fault() -> None:
    ended, _ = _try_many(72, company())

    kinds = {kind for kind, _ in ended}
    assert len(kinds) >= 15
    assert ended["honest", "taken in"] > 0 and ended["honest", "refused"] == 0
    assert ended["zip bomb", "taken in"] == 0 and ended["noise", "refused"] > 0
    assert not Import.objects.exists()


@pytest.mark.slow
def test_thousands_of_bad_files_take_less_than_300_megabytes() -> None:
    """Counted without what pytest, the tests before this one, its company and client hold."""
    count = int(os.environ.get("EVENHAND_BAD_FILES", "1000"))
    people = company()
    assert browser(people.olga).get("/imports").status_code == 200
    begun_with, most_before = _resident(), _most_resident()
    ended, largest = _try_many(count, people)
    most = _most_resident()

    more = most - begun_with
    print(sum(ended.values()), "files:", dict(sorted(ended.items())), more // 1024, "MB more")
    assert more < _MOST_MORE + _COPIES_SENT * largest // 1024 or most == most_before


def _most_resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


def test_the_check_would_see_a_row_that_is_lost() -> None:
    """The control: a file that claims one row more than it has fails."""
    people = company()
    content = "姓名,手机\n张三,13800138000\n".encode()
    file = BadFile("honest", "x.csv", content, rows=2)

    with pytest.raises(AssertionError, match="honest"):
        _try(file, actor_of(people.olga))
