"""What matters wants a fresh login; what was typed is there again afterwards."""

from typing import Any

import pytest
from django.test import Client

from evenhand.people.models import User
from evenhand.policies.models import PolicyVersion
from evenhand.policies.starter import starter_text
from evenhand.web.entering import PROVED_KEY
from tests.server.cast import PASSWORD, browser, cast, give_password

pytestmark = pytest.mark.django_db


def stale(user: User) -> Client:
    """Somebody who logged in too long ago for what matters."""
    give_password(user)
    client = browser(user)
    session = client.session
    session[PROVED_KEY] = "2026-01-01T00:00:00+00:00"
    session.save()
    return client


def prove(client: Client, answer: Any) -> str:
    """Say the password where the answer leads, and follow back; the page's text."""
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/again?next=")
    back = client.post(answer.headers["Location"], {"password": PASSWORD})
    assert back.status_code == 302, back.content.decode()[:2000]
    return client.get(back.headers["Location"]).content.decode()


def test_a_rule_is_published_only_after_a_fresh_login_and_nothing_typed_is_lost() -> None:
    client = stale(cast().olga)
    typed = {"line": "direct", "text": starter_text() + "\n# 我改过\n", "note": "第一版"}

    asked = client.post("/policies/new", {**typed, "publish": "1"})

    assert not PolicyVersion.objects.exists()
    page = prove(client, asked)
    assert "# 我改过" in page and 'value="第一版"' in page and 'value="direct"' in page
    assert 'name="publish"' in page
    assert client.post("/policies/new", {**typed, "publish": "1"}).status_code == 302
    assert PolicyVersion.objects.get().note == "第一版"
    assert "# 我改过" not in client.get("/policies/new").content.decode()


def test_a_list_of_people_is_applied_only_after_a_fresh_login() -> None:
    client = stale(cast().alice)
    text = "姓名\t邮箱\n新人\tnew@example.com\n"

    asked = client.post("/members/paste", {"text": text, "apply": "1"})

    assert not User.objects.filter(email="new@example.com").exists()
    assert "new@example.com" in prove(client, asked)
    assert client.post("/members/paste", {"text": text, "apply": "1"}).status_code == 200
    assert User.objects.filter(email="new@example.com").exists()
