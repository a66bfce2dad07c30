"""A tiny WSGI application in the place of ours."""

import os
from collections.abc import Callable, Iterable


def application(environ: dict[str, str], start: Callable[..., object]) -> Iterable[bytes]:
    """`/readyz` answers 200; everything else tells the process and what it knows."""
    if environ["PATH_INFO"] == "/readyz":
        text = "ready"
    else:
        text = f"{os.getpid()} {os.environ['DATABASE_URL']}"
    start("200 OK", [("Content-Type", "text/plain")])
    return [text.encode()]
