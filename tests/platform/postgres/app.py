"""A program with an embedded database, to be killed: `python app.py ROOT`.

Prints the postmaster's pid and the owner's address, then lives until its input ends.
"""

import sys
from pathlib import Path

from evenhand.platform.postgres.launch import embedded

with embedded(Path(sys.argv[1])) as server:
    assert server.process is not None
    print(server.process.pid, server.database.owner_url, flush=True)
    sys.stdin.read()
