"""The secrets of a connector: sealed at rest, two sets while they are being replaced."""

import json
from collections.abc import Mapping
from datetime import datetime

from evenhand.connectors.models import Connector
from evenhand.people.sealing import Unopenable, seal, unseal
from evenhand.platform.ids import new_token


def new_secret() -> str:
    """A secret made here; letters and digits only, so that every page takes it."""
    return new_token().replace("-", "x").replace("_", "y")[:40]


def sealed(secrets: Mapping[str, str]) -> str:
    """Secrets as they may be stored."""
    return seal(json.dumps(dict(secrets))) if secrets else ""


def secrets_of(row: Connector) -> dict[str, str]:
    """The secrets that are good now; none where they cannot be opened."""
    return _opened(row.secrets)


def sets_of(row: Connector, now: datetime) -> list[dict[str, str]]:
    """The secrets that are good now, and those they replaced as long as they are."""
    sets = [_opened(row.secrets)]
    if row.old_secrets and row.old_until is not None and row.old_until > now:
        sets.append(_opened(row.old_secrets))
    return sets


def _opened(text: str) -> dict[str, str]:
    try:
        return dict(json.loads(unseal(text))) if text else {}
    except Unopenable:
        return {}
