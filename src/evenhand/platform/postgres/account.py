"""Who runs PostgreSQL: we ourselves or, as it refuses root, `nobody`."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.engine.reasons import reason
from evenhand.platform.postgres.failure import CannotLaunch

_NOBODY = "nobody"


@dataclass(frozen=True)
class Account:
    """A user and its group."""

    uid: int
    gid: int
    is_switched: bool  # another than ours

    def options(self) -> dict[str, Any]:
        """What `Popen` takes to become this user, with no groups but its own."""
        if not self.is_switched:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.uid, "group": self.gid, "extra_groups": []}

    def take(self, path: Path) -> None:
        """Make a file or folder this user's."""
        if self.is_switched:
            os.chown(path, self.uid, self.gid)

    def can_enter(self, folder: Path) -> bool:
        """Whether this user reaches a folder: asked of the system, as it alone knows all rules."""
        asked = subprocess.run(
            ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)],
            stderr=subprocess.DEVNULL,
            check=False,
            **self.options(),
        )
        return asked.returncode == 0


def account_for_us() -> Account:
    """Ourselves, or `nobody` where we are root.

    :raises CannotLaunch: we are root, and there is no such user.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), is_switched=False)
    try:
        found = pwd.getpwnam(_NOBODY)  # its group is called nogroup here and nobody there
    except KeyError:
        raise CannotLaunch(reason("server.no_nobody")) from None
    return Account(found.pw_uid, found.pw_gid, is_switched=True)


def check_reach(account: Account, folder: Path) -> None:
    """Whether the user can work below a folder. Rights of parents are not ours to change.

    :raises CannotLaunch: it cannot enter; the outermost closed folder is named.
    """
    if account.can_enter(folder):
        return
    outside_in = [*reversed(folder.parents), folder]
    closed = next((one for one in outside_in if not account.can_enter(one)), folder)
    raise CannotLaunch(reason("server.folder_closed", folder=str(closed)))
