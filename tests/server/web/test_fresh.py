"""What matters wants a fresh login; what was typed is there again afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.people.models import User
from evenhand.policies.models import Line, PolicyVersion
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
    made = client.post("/policies/new", {"line": "直销"})
    line = Line.objects.get()
    assert made.headers["Location"] == f"/policies/{line.pk}/edit"
    page = f"/policies/{line.pk}/publish"
    day = (timezone.localdate() + timedelta(days=40)).isoformat()
    owner = User.objects.get(name="Tom").pk
    typed = {"note": "第一版", "expected": "首响快", "owner": owner, "review_on": day}

    asked = client.post(page, typed)

    assert not PolicyVersion.objects.exists()
    back = prove(client, asked)
    assert all(f">{one}<" in back for one in ("第一版", "首响快"))
    assert f'value="{day}"' in back and f'value="{owner}" selected' in back
    assert client.post(page, typed).status_code == 302
    version = PolicyVersion.objects.get()
    assert (version.note, version.owner_id, version.state) == ("第一版", owner, "live")


def test_a_list_of_people_is_applied_only_after_a_fresh_login() -> None:
    client = stale(cast().alice)
    text = "姓名\t邮箱\n新人\tnew@example.com\n"

    asked = client.post("/members/paste", {"text": text, "apply": "1"})

    assert not User.objects.filter(email="new@example.com").exists()
    assert "new@example.com" in prove(client, asked)
    assert client.post("/members/paste", {"text": text, "apply": "1"}).status_code == 200
    assert User.objects.filter(email="new@example.com").exists()


def test_another_mail_address_is_given_only_after_a_fresh_login_and_a_phone_at_any_time() -> None:
    people = cast()
    client, page = stale(people.olga), f"/members/{people.ren.pk}"
    same = {"name": "Ren", "email": people.ren.email, "team": people.shanghai.pk}
    assert client.post(f"{page}/profile", same | {"phone": "13800000001"})["Location"] == page

    asked = client.post(f"{page}/profile", same | {"email": "new@example.com"})

    assert not User.objects.filter(email="new@example.com").exists()
    assert 'value="new@example.com"' in prove(client, asked)
    client.post(f"{page}/profile", same | {"email": "new@example.com"})
    assert User.objects.get(email="new@example.com") == people.ren
