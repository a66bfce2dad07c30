"""A web process that has just started is ready for pages, and has asked nobody for it."""

import os
import subprocess
import sys

_LOOK = """
import sys
import evenhand.config.wsgi
from django.template import engines
from django.urls import resolve
from evenhand.web.warm import _TEMPLATES

known = set(sys.modules)
for path in ("/", "/leads", "/leads/1", "/tasks", "/api/v1/pools/put"):
    resolve(path)
(cached,) = engines["django"].engine.template_loaders
print(sorted(set(sys.modules) - known))
print(len(cached.get_template_cache) >= len(list(_TEMPLATES.rglob("*.html"))) > 200)
"""


def test_pages_are_read_in_before_anybody_asks_and_without_a_database() -> None:
    environ = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing"}

    done = subprocess.run(
        [sys.executable, "-P", "-c", _LOOK],
        env=environ, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip

    assert done.stdout.splitlines() == ["[]", "True"]
