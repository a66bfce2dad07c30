"""The door: a database for as long as a `with` lasts, somebody's or our own."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from evenhand.platform.folder import held, make_folder
from evenhand.platform.postgres.account import Account, account_for_us, check_reach
from evenhand.platform.postgres.addresses import Database, external
from evenhand.platform.postgres.binaries import binaries_for, remove_old_copies
from evenhand.platform.postgres.cluster import Layout, make_cluster
from evenhand.platform.postgres.predecessor import SOCKET_PREFIX
from evenhand.platform.postgres.roles import make_database
from evenhand.platform.postgres.server import Server

# A socket's whole path has at most 107 bytes.
_LONGEST_FOLDER_BYTES = 89


@contextmanager
def database(
    root: Path,
    *,
    settings: Mapping[str, str] | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Iterator[Database]:
    """The database that `DATABASE_URL` names, or an embedded one whose data lie in `root`.

    `settings` are the server's and win over ours (tests say fsync=off).

    :raises FolderTaken: another program works on `root`.
    :raises CannotLaunch: with the remedy, or the log, in its reason.
    """
    elsewhere = external(environ)
    if elsewhere is not None:
        yield elsewhere
        return
    with embedded(root, settings=settings) as server:
        yield server.database


@contextmanager
def embedded(root: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """An embedded server with its database and roles. Call it from the main thread.

    :raises FolderTaken, CannotLaunch: as `database`.
    """
    layout = Layout(root.absolute())
    account = account_for_us()
    make_folder(layout.root)
    with held(layout.lock), _socket_folder(layout, account) as socket:
        check_reach(account, layout.root)
        binaries = binaries_for(account, root=layout.root)
        make_cluster(layout, binaries=binaries, account=account)
        server = Server(layout, binaries, account, socket, settings or {})
        try:
            server.start()
            remove_old_copies(binaries, root=layout.root)
            make_database(server)
            yield server
        finally:
            server.stop()


@contextmanager
def _socket_folder(layout: Layout, account: Account) -> Iterator[Path]:
    """The data's own folder, or a fresh one where its path is too long for a socket."""
    if len(os.fsencode(layout.data)) <= _LONGEST_FOLDER_BYTES:
        yield layout.data
        return
    folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX))
    account.take(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
