"""The file of a backup: one line with a digest, then a tar of what is kept.

The digest covers everything after its line, so that a file that was damaged on its way is refused
before anything is changed.
"""

import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from evenhand.engine.reasons import reason
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import Refused

MAGIC = "evenhand-backup"
FORMAT = 1
MANIFEST, DUMP, KEY = "manifest.json", "database.dump", "secret_key"

_HEADER = len(f"{MAGIC} {FORMAT} {'0' * 64}\n")
_CHUNK = 1 << 20


class UnusableBackup(Refused):
    """The file is no backup, or not the one that was written."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds, unpacked; `manifest` says of what and when."""

    manifest: Mapping[str, Any]
    dump: Path
    key: str


def write_archive(file: Path, *, manifest: Mapping[str, Any], dump: Path, key: str) -> str:
    """Write a backup; it appears under its name only when complete. Returns its digest.

    Readable for its owner alone: it holds everything, the secret key too.
    """
    unfinished = file.with_name(f".{file.name}.new")
    handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "r+b") as out:
            out.write(_header("0" * 64))
            with tarfile.open(fileobj=out, mode="w") as tar:
                _add(tar, MANIFEST, json.dumps(manifest, ensure_ascii=False).encode())
                _add(tar, KEY, key.encode())
                tar.add(dump, arcname=DUMP)
            digest = _digest(out)
            out.seek(0)
            out.write(_header(digest))
            out.flush()
            os.fsync(out.fileno())
        crashpoint("backup.unnamed")
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return digest


@contextmanager
def read_archive(file: Path, *, folder: Path) -> Iterator[Contents]:
    """A backup, verified first and then unpacked into a folder.

    :raises UnusableBackup: it is none, it is damaged, or a newer program wrote it.
    """
    with file.open("rb") as source:
        head = source.read(_HEADER).decode("ascii", "replace").split()
        if len(head) != 3 or head[0] != MAGIC:
            raise UnusableBackup(reason("backup.not_one", file=str(file)))
        if head[1] != str(FORMAT):
            raise UnusableBackup(reason("backup.newer", file=str(file)))
        if _digest(source) != head[2]:
            raise UnusableBackup(reason("backup.damaged", file=str(file)))
        source.seek(_HEADER)
        with tarfile.open(fileobj=source, mode="r:") as tar:
            manifest = json.loads(_read(tar, MANIFEST))
            key = _read(tar, KEY).decode()
            dump = folder / DUMP
            member = tar.extractfile(DUMP)
            assert member is not None
            with dump.open("wb") as out:
                while chunk := member.read(_CHUNK):
                    out.write(chunk)
    yield Contents(manifest, dump, key)


def _header(digest: str) -> bytes:
    return f"{MAGIC} {FORMAT} {digest}\n".encode()


def _digest(file: BinaryIO) -> str:
    file.seek(_HEADER)
    digest = sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.extractfile(name)
    assert member is not None
    return member.read()
