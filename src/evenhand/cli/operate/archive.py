"""The file of a backup: one line with a digest, then a tar of what is kept.

The digest covers everything after its line, so that a file that was damaged on its way is refused
before anything is changed. The manifest has a digest of each part besides: a part that was
exchanged for another backup's is named, whoever wrote the first line anew.
"""

import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, BinaryIO

from evenhand.engine.reasons import reason
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import Refused

MAGIC = "evenhand-backup"
FORMAT = 1
MANIFEST, DUMP, KEY = "manifest.json", "database.dump", "secret_key"
_FILES = "files/"  # before the names of the others

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
    files: Mapping[str, Path]  # what else was in the data folder, by name


def write_archive(
    file: Path,
    *,
    manifest: Mapping[str, Any],
    dump: Path,
    key: str,
    files: Mapping[str, Path] | None = None,
) -> str:
    """Write a backup; it appears under its name only when complete. Returns its digest.

    Readable for its owner alone: it holds everything, the secret key too.
    """
    parts = {_FILES + name: path for name, path in (files or {}).items()} | {DUMP: dump}
    digests = {name: _digest_of(path) for name, path in parts.items()}
    digests[KEY] = sha256(key.encode()).hexdigest()
    said = {**manifest, "sha256": digests}
    unfinished = file.with_name(f".{file.name}.new")
    handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "r+b") as out:
            out.write(_header("0" * 64))
            with tarfile.open(fileobj=out, mode="w") as tar:
                _add(tar, MANIFEST, json.dumps(said, ensure_ascii=False).encode())
                _add(tar, KEY, key.encode())
                for name, path in parts.items():
                    tar.add(path, arcname=name)
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
        if not _is_whole(source, head[2]):
            raise UnusableBackup(reason("backup.damaged", file=str(file)))
        source.seek(_HEADER)
        try:
            with tarfile.open(fileobj=source, mode="r:") as tar:
                contents = _unpack(tar, file=file, folder=folder)
        except (tarfile.TarError, UnicodeDecodeError, ValueError) as error:
            raise UnusableBackup(reason("backup.damaged", file=str(file))) from error
    yield contents


def _unpack(tar: tarfile.TarFile, *, file: Path, folder: Path) -> Contents:
    """Every part that the manifest names, compared with its digest.

    :raises UnusableBackup: a part is not there, or not the one that the manifest means.
    """
    there = {member.name: member for member in tar.getmembers()}

    def copy(name: str, digest: str | None) -> Path:
        found = tar.extractfile(there[name]) if name in there else None
        if found is None:
            raise UnusableBackup(reason("backup.part_missing", file=str(file), name=name))
        path = folder / name.replace("/", "-")
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            while chunk := found.read(_CHUNK):
                out.write(chunk)
        if digest is not None and not _is_part(path, digest):
            raise UnusableBackup(reason("backup.part_exchanged", file=str(file), name=name))
        return path

    manifest = json.loads(copy(MANIFEST, None).read_bytes())
    # Before there were digests of parts, these two were all that there was.
    digests: Mapping[str, str | None] = manifest.get("sha256", {DUMP: None, KEY: None})
    parts = {name: copy(name, digest) for name, digest in digests.items()}
    files = {name.removeprefix(_FILES): path for name, path in parts.items() if _FILES in name}
    return Contents(manifest, parts[DUMP], parts[KEY].read_text(), files)


def _is_whole(source: BinaryIO, digest: str) -> bool:
    return _digest(source) == digest


def _is_part(path: Path, digest: str) -> bool:
    return _digest_of(path) == digest


def _header(digest: str) -> bytes:
    return f"{MAGIC} {FORMAT} {digest}\n".encode()


def _digest(file: BinaryIO) -> str:
    file.seek(_HEADER)
    digest = sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))
