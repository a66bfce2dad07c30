"""A process that has everything loaded: each act is done in a copy of it, which may die.

Reads one JSON line per act: its name, its arguments, the crash point that is armed, and whether
transactions are switched off. Prints the exit code of the copy.
"""

import json
import os
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


class Prepared:
    """The process, seen from the tests."""

    def __init__(self, database_url: str, data: Path) -> None:
        self.said = data / "said"
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.server.drills.prepared"],
                cwd=ROOT,
                env={
                    **os.environ,
                    "DATABASE_URL": database_url,
                    "EVENHAND_DATA": str(data),
                    "EVENHAND_DB_POOL": "2",
                },
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )

    def do(self, act: "Act", *, dies_at: str = "", is_guarded: bool = True) -> int:
        """Do an act in a copy of the process; its exit code."""
        assert self.process.stdin is not None and self.process.stdout is not None
        asked = {"act": act.name, "args": act.args, "point": dies_at, "is_guarded": is_guarded}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self) -> None:
        """Let it end."""
        self.process.communicate()


@dataclass(frozen=True)
class Act:
    """A function of `acts` by name, with arguments that JSON can say."""

    name: str
    args: dict[str, Any]


def act(name: str, **args: Any) -> Act:
    """An act with its arguments."""
    return Act(name, args)


def _serve() -> None:
    from evenhand.config.setup import set_up_django

    set_up_django()
    from django.conf import settings

    from tests.server.drills import acts

    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = Path(os.environ["EVENHAND_DATA"]) / "mails"
    acts.load()
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _do(acts, asked)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _do(acts: Any, asked: dict[str, Any]) -> None:
    """In the copy: never returns."""
    from evenhand.platform.crashpoint import VARIABLE

    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    os.environ[VARIABLE] = asked["point"]
    code = 1
    try:
        if not asked["is_guarded"]:
            acts.switch_transactions_off()
        getattr(acts, asked["act"])(**asked["args"])
        acts.leave()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
