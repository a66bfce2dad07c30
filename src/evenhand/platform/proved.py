"""When a backup was last made, and when one was last proved good: notes in the data folder.

For the doctor, for monitoring, and for whoever asks. They say what was done on this host; a backup
that another program makes (WAL archiving, a snapshot of the disk) leaves no note here.
"""

import json
from datetime import datetime

from evenhand.platform.folder import data_folder

_BACKUP, _DRILL = "backup.json", "backup-drill.json"


def note_backup(now: datetime) -> None:
    """Write down that a backup was made and lies where the operator wants it."""
    _write(_BACKUP, at=now.isoformat(timespec="seconds"))


def note_good_drill(now: datetime, backup_at: str) -> None:
    """Write down that a backup of that moment was good."""
    _write(_DRILL, at=now.isoformat(timespec="seconds"), backup_at=backup_at)


def last_backup() -> datetime | None:
    """When the last backup was made; None = there was none, or nobody knows."""
    return _read(_BACKUP)


def last_good_drill() -> datetime | None:
    """When the last good drill was; None = there was none, or nobody knows."""
    return _read(_DRILL)


def _write(name: str, **said: str) -> None:
    path = data_folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(said))
    part.replace(path)


def _read(name: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(json.loads((data_folder() / name).read_text())["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    # A note without a zone is none of ours: its age could not be told.
    return found if found.tzinfo is not None else None
