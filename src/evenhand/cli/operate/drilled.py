"""When a backup was last proved good: a note in the data folder, for doctor and whoever asks."""

import json
from datetime import datetime
from pathlib import Path

from evenhand.platform.folder import data_folder


def note_good_drill(now: datetime, backup_at: str) -> None:
    """Write down that a backup of that moment was good."""
    path = _note()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"at": now.isoformat(timespec="seconds"), "backup_at": backup_at}))
    part.replace(path)


def last_good_drill() -> datetime | None:
    """When the last good drill was; None = there was none, or nobody knows."""
    try:
        return datetime.fromisoformat(json.loads(_note().read_text())["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _note() -> Path:
    return data_folder() / "backup-drill.json"
