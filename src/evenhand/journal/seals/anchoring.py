"""Anchors (存证): the head of the chain, signed, outside of the database.

Whoever owns the server can write the whole chain anew; an anchor that lies elsewhere shows it. So
every day one is put into a folder (best of another machine, beside the backups) and sent to the
auditor. The private key is made from the server's secret key and stands nowhere.
"""

import json
import os
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from evenhand.journal.models import Event
from evenhand.journal.operations import owe, record
from evenhand.journal.seals.reading import last_seal
from evenhand.journal.seals.verify_alone import Anchor, Finding, Unreadable, read_anchor, said_in
from evenhand.platform.folder import data_folder

FORMAT = "evenhand-anchor"
_KEYS = "public_keys"


def anchors_folder() -> Path:
    """Where anchors are put: `EVENHAND_ANCHORS`, else beside the data."""
    given = settings.ANCHORS_FOLDER
    return Path(given).absolute() if given else data_folder() / "anchors"


def anchor_daily(now: datetime, *, actor: Any, locale: str) -> Path | None:
    """Put down the anchor of the day, if something was sealed and it is not there yet."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if Event.objects.filter(kind="journal.anchored", at__gte=today).exists():
        return None
    return anchor_now(now, actor=actor, locale=locale)


def anchor_now(now: datetime, *, actor: Any, locale: str) -> Path | None:
    """Put down an anchor of what is sealed by now, and send it to the auditor.

    None = nothing is sealed yet. The file stands before the journal says so.
    """
    said = make_anchor(now)
    if said is None:
        return None
    path = _put_down(said, anchors_folder(), now)
    with transaction.atomic():
        data = {"seal": said["seal"], "position": said["position"]}
        record("journal.anchored", actor=actor, object_kind="organization", object_id=1, data=data)
        if settings.AUDITOR_MAIL:
            params = {"file": path.name, "anchor": _text(said), "position": said["position"]}
            mail = {"to": settings.AUDITOR_MAIL, "message": "anchor", "locale": locale}
            owe("mail", {**mail, "params": params})
    return path


def make_anchor(now: datetime) -> dict[str, Any] | None:
    """The head of the chain, signed; None = nothing is sealed yet."""
    seal = last_seal()
    if seal is None:
        return None
    said = {
        "format": FORMAT,
        "at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "seal": seal.number,
        "position": seal.last,
        "event": seal.ids[-1],
        "head": seal.head.hex(),
        "key": public_key(),
    }
    return {**said, "signature": _private_key(settings.SECRET_KEY).sign(said_in(said)).hex()}


def public_key() -> str:
    """What anchors of this installation are verified with; the auditor keeps it."""
    return _private_key(settings.SECRET_KEY).public_key().public_bytes_raw().hex()


def read_anchors(
    folder: Path, keys: Collection[str] = (), *, newest: int | None = None
) -> tuple[list[Anchor], list[Finding]]:
    """The anchors of a folder, oldest first, and findings for those that cannot be trusted.

    With `newest` only so many of them: a signature takes some hundredths of a second.

    Trusted are `keys`, the key of this installation and those that the folder itself names, which
    were its keys before. Whoever does not trust the folder keeps anchors and key elsewhere.
    """
    trusted = {public_key(), *keys, *_former_keys(folder)}
    anchors, findings = [], []
    paths = sorted(folder.glob("*.json"))
    for path in paths if newest is None else paths[-newest:]:
        try:
            anchors.append(read_anchor(path.read_text(encoding="utf-8"), path.name, trusted))
        except (OSError, UnicodeDecodeError, Unreadable):
            findings.append(Finding("key", name=path.name))
    return sorted(anchors, key=lambda one: one.seal), findings


def _former_keys(folder: Path) -> set[str]:
    try:
        return set((folder / _KEYS).read_text(encoding="ascii").split())
    except OSError:
        return set()


def _put_down(said: dict[str, Any], folder: Path, now: datetime) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now.astimezone(UTC):%Y-%m-%d}-{said['seal']:08}.json"
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(_text(said))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    if said["key"] not in _former_keys(folder):
        with (folder / _KEYS).open("a", encoding="ascii") as keys:
            keys.write(f"{said['key']}\n")
    return path


def _text(said: dict[str, Any]) -> str:
    return json.dumps(said, indent=1) + "\n"


def _private_key(secret: str) -> Ed25519PrivateKey:
    # A key of its own purpose: what signs cookies signs no anchor.
    derived = HKDF(SHA256(), length=32, salt=None, info=b"evenhand: anchors of the journal")
    return Ed25519PrivateKey.from_private_bytes(derived.derive(secret.encode()))
