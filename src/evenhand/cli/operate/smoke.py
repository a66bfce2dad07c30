"""Twenty requests to a web server on a copy that is thrown away: does the company answer?

Run as a program (`python -m evenhand.cli.operate.smoke`) on the copy, this opens a login and a
token there and says what to ask; the drill then asks a real server.
"""

import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from evenhand.cli.operate.database import set_up_django
from evenhand.cli.serve.address import Address
from evenhand.cli.serve.children import end_group, has_ended, start
from evenhand.cli.serve.programs import Program, web_command
from evenhand.cli.serve.readiness import is_ready
from evenhand.cli.serve.settings import Settings

COUNT = 20
_PATIENCE_SECONDS = 60.0
_START_SECONDS = 120.0
_GOOD = (200, 201)
_OPEN = ("/healthz", "/readyz", "/login")
# Pages by the right that opens them; "" = anybody who is logged in.
_PAGES = (
    ("", "/"),
    ("see_items", "/leads"),
    ("see_items", "/leads?page=2"),
    ("see_items", "/accounts"),
    ("see_items", "/opportunities"),
    ("see_decisions", "/distribution"),
    ("see_people", "/members"),
    ("see_policy", "/fairness"),
    ("see_unassigned", "/unassigned"),
    ("see_journal", "/journal"),
    ("see_items", "/tasks"),
    ("see_items", "/pool"),
    ("", "/notices"),
    ("", "/account"),
    ("", "/account/security"),
    ("", "/handover"),
    ("", "/help"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 is no answer at all."""

    path: str
    status: int

    @property
    def is_good(self) -> bool:
        """Whether it is what a visitor wants."""
        return self.status in _GOOD


def ask_copy(environ: Mapping[str, str], *, folder: Path) -> list[Answer]:
    """Start a web server on the copy, ask it, and stop it."""
    with _served(environ, folder) as address:
        plan = _plan(environ)
        asked = [_ask(address, path, {}) for path in _OPEN]
        asked += [_ask(address, path, {"Cookie": plan["cookie"]}) for path in plan["pages"]]
        if plan["token"]:
            asked.append(_send_lead(address, plan["token"]))
        return asked


def _plan(environ: Mapping[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "evenhand.cli.operate.smoke"],
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


@contextmanager
def _served(environ: Mapping[str, str], folder: Path) -> Iterator[Address]:
    address = Address("127.0.0.1", _free_port())
    url = f"http://{address}"
    settings = Settings(folder, address, url, 1, 4, "", "")
    known = {**environ, "EVENHAND_BIND": str(address), "EVENHAND_URL": url, "EVENHAND_DB_POOL": "4"}
    command = web_command(settings, "evenhand.config.wsgi:application")
    process = start(Program("web", command, known))
    try:
        end = time.monotonic() + _START_SECONDS
        while not is_ready(settings) and not has_ended(process) and time.monotonic() < end:
            time.sleep(0.05)
        yield address
    finally:
        end_group(process)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _ask(
    address: Address, path: str, headers: Mapping[str, str], body: str | None = None
) -> Answer:
    connection = http.client.HTTPConnection(address.host, address.port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET" if body is None else "POST", path, body, dict(headers))
        found = connection.getresponse()
        found.read()
        return Answer(path, found.status)
    except (OSError, http.client.HTTPException):
        return Answer(path, 0)
    finally:
        connection.close()


def _send_lead(address: Address, token: str) -> Answer:
    """A lead comes in: sequences stand behind what was restored, and rules deal."""
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": f"drill-{secrets.token_hex(8)}",
    }
    phone = f"139{secrets.randbelow(10**8):08}"
    return _ask(address, "/api/v1/leads", headers, json.dumps({"name": "Drill", "phone": phone}))


# -- on the copy --------------------------------------------------------------------------------


def make_plan() -> dict[str, Any]:
    """A login and a token of somebody of the copy, and the pages that he may open."""
    user = _somebody()
    if user is None:
        return {"cookie": "", "pages": [], "token": ""}
    token = _token(user)
    most = COUNT - len(_OPEN) - bool(token)
    pages = [*_things(user), *_allowed(user)][:most]
    return {"cookie": f"session={session_of(user)}", "pages": pages, "token": token}


def session_of(user: Any) -> str:
    """A new session of somebody who did not log in, by its key: for programs that look as he."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone

    from evenhand.people.sessions import ADDRESS_KEY, EPOCH_KEY, SINCE_KEY, SessionStore

    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            EPOCH_KEY: user.epoch,
            ADDRESS_KEY: "127.0.0.1",
            SINCE_KEY: timezone.now().isoformat(),
        }
    )
    session.save()
    return str(session.session_key)


def _somebody() -> Any:
    """Who sees most, of those whom no second factor holds up."""
    from evenhand.people.models import User
    from evenhand.people.operations.totp import must_enrol

    order = ("admin", "sales_ops", "manager", "rep")
    for role in order:
        for user in User.objects.filter(is_active=True, role=role).order_by("pk")[:50]:
            if not must_enrol(user):
                return user
    return None


def _token(user: Any) -> str:
    from django.utils import timezone

    from evenhand.people.models import ApiToken
    from evenhand.people.operations.tokens import digest_of
    from evenhand.people.scope import Right, actor_of, may

    if not may(actor_of(user), Right.TAKE_IN):
        return ""
    secret = f"evh_drill-{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(
        name="backup-drill",
        prefix=secret[:12],
        digest=digest_of(secret),
        scopes=["intake"],
        user=user,
        expires_at=timezone.now() + timedelta(hours=1),
    )
    return secret


def _allowed(user: Any) -> Sequence[str]:
    from evenhand.people.scope import Right, actor_of, may

    actor = actor_of(user)
    return [path for right, path in _PAGES if not right or may(actor, Right(right))]


def _things(user: Any) -> Iterator[str]:
    """The newest lead and the newest receipt, where he sees all."""
    from evenhand.leads.models import Lead
    from evenhand.people.scope import Right, actor_of, may

    actor = actor_of(user)
    lead = Lead.objects.order_by("-pk").values_list("pk", flat=True).first()
    if lead is not None and may(actor, Right.EDIT_COMPANY):
        yield f"/leads/{lead}"


if __name__ == "__main__":
    set_up_django()
    print(json.dumps(make_plan()))
    sys.stdout.flush()
    os._exit(0)  # a pool of connections need not be taken leave of
