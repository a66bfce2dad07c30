"""A PID 1 that does not reap: starts `app.py ROOT`, inherits its orphans, and leaves them zombies.

Prints the program's pid, then lets the program speak; lives until its own input ends.
"""

import ctypes
import subprocess
import sys
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36

ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
app = subprocess.Popen(
    [sys.executable, Path(__file__).with_name("app.py"), sys.argv[1]], stdin=subprocess.PIPE
)
print(app.pid, flush=True)
sys.stdin.read()
