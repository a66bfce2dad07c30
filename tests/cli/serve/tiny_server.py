"""`evenhand serve` with small programs in the places of ours: `python tiny_server.py`.

The rest is real: settings, database, granian, supervision. TINY_FAIL names a step that fails.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from evenhand.cli.failure import sentences
from evenhand.cli.serve.programs import Crew, Program, child_environ, web_command
from evenhand.cli.serve.run import Service
from evenhand.cli.serve.settings import Settings, read_settings
from evenhand.platform.postgres.addresses import Database
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import Words

HERE = Path(__file__).parent
MIGRATE = """
import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL_OWNER"]) as owner:
    owner.execute("CREATE TABLE IF NOT EXISTS start (at timestamptz DEFAULT now())")
"""
FIRST_RUN = """
import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as app:
    app.execute("INSERT INTO start DEFAULT VALUES")
    count = app.execute("SELECT count(*) FROM start").fetchone()[0]
print(f"log in as olga; start number {count}")
"""
# Writes its pid, then does nothing until it is told to finish; tidies up when it is.
WORKER = """
import os, pathlib, signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
file = pathlib.Path(os.environ["EVENHAND_DATA"], sys.argv[1])
file.with_suffix(".new").write_text(str(os.getpid()))
file.with_suffix(".new").rename(file)
signal.sigwait({signal.SIGTERM})
file.write_text("finished")
"""
FAIL = "import sys; print('no such column', file=sys.stderr); sys.exit(3)"


def hire(settings: Settings, database: Database, environ: Mapping[str, str]) -> Crew:
    known = {**child_environ(settings, database, environ), "PYTHONPATH": str(HERE)}
    owner = {**known, "DATABASE_URL_OWNER": database.owner_url}
    migrate = FAIL if environ.get("TINY_FAIL") == "migrate" else MIGRATE
    return Crew(
        migrate=Program("migrate", (sys.executable, "-c", migrate), owner),
        first_run=Program("first-run", (sys.executable, "-c", FIRST_RUN), known),
        lasting=(
            Program("web", web_command(settings, "tiny_site:application"), known),
            Program("worker", (sys.executable, "-c", WORKER, "worker"), known),
        ),
    )


def main() -> int:
    words = Words("en")

    def tell(text: str) -> None:
        print(text, flush=True)

    def say(message: str, /, **params: str | int) -> None:
        tell(words.text(message, **params))

    try:
        Service(read_settings(os.environ), os.environ, hire=hire, say=say, tell=tell).run()
    except Refused as refused:
        print("\n".join(sentences(refused, words)), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
