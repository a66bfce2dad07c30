"""A program that calls the API over HTTP, and the company it calls."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from evenhand.api.limits import INTAKE
from evenhand.people.actor import SYSTEM
from evenhand.people.models import ApiToken, User
from evenhand.people.operations.tokens import digest_of
from evenhand.policies.operations.publish import publish
from tests.server.cast import Cast, cast
from tests.server.routing.world import policy

FAR = "2099-01-01T00:00:00Z"
ALL_SCOPES = ("intake", "read", "work", "distribute", "people", "events")


@dataclass
class Caller:
    """Calls with a token, and answers as plain values."""

    token: str = ""
    language: str = "en"
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def send(
        self, method: str, path: str, body: Any = None, *, raw: bytes | None = None, **headers: str
    ) -> Any:
        """One request; the answer has `.status_code`, `.json()` and `.headers`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named.setdefault("Authorization", f"Bearer {self.token}")
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        kind = named.pop("Content-Type", "application/json")
        return self.client.generic(
            method,
            f"/api/v1{path}",
            data,
            content_type=kind,
            headers={"Accept-Language": self.language, **named},
        )

    def get(self, path: str, **headers: str) -> Any:
        """Read."""
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Write."""
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        """Change."""
        return self.send("PATCH", path, body, **headers)


def token_of(user: User, *scopes: str) -> str:
    """A valid token of somebody, whatever his right to issue one."""
    number = ApiToken.objects.count()
    secret = f"evh_test-{user.pk}-{number}-{'x' * 30}"
    ApiToken.objects.create(
        name="test",
        prefix=secret[:12],
        digest=digest_of(secret),
        scopes=list(scopes or ALL_SCOPES),
        user=user,
        expires_at=FAR,
    )
    return secret


def caller(user: User, *scopes: str, language: str = "en") -> Caller:
    """A program that acts for somebody."""
    return Caller(token_of(user, *scopes), language)


def company() -> Cast:
    """The cast, with one line whose leads everybody shares."""
    INTAKE.forget()
    found = cast()
    publish("direct", policy(), actor=SYSTEM)
    return found


def error_of(answer: Any) -> dict[str, Any]:
    """The error of an answer, which has the one shape."""
    error: dict[str, Any] = answer.json()["error"]
    assert set(error) == {"code", "message", "fields", "remedy"}
    assert error["code"] and error["message"] and error["remedy"]
    for one in error["fields"]:
        assert set(one) == {"field", "value", "code", "message"}
    return error
