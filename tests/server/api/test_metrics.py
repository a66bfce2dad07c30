"""Figures for monitoring: closed without their token, each by its index, and true."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from evenhand.api.metrics import FIGURES
from evenhand.journal.models import Outbox
from evenhand.leads.models import Lead, State
from evenhand.policies.models import Line
from tests.server.routing.world import company

pytestmark = pytest.mark.django_db
TOKEN = "a-token-for-those-who-watch"
KNOWN = {"headers": {"Authorization": f"Bearer {TOKEN}"}}
_ROW = re.compile(r'evenhand_[a-z_]+(?:\{(?:[a-z]+="[^"]*",?)+\})? -?[0-9.]+')


def figures(answer: Any) -> dict[str, float]:
    """The figures of an answer by name and labels; fails on a line that Prometheus cannot read."""
    rows = [one for one in answer.content.decode().splitlines() if not one.startswith("#")]
    assert [row for row in rows if not _ROW.fullmatch(row)] == []
    return {name: float(value) for name, value in (row.rsplit(" ", 1) for row in rows)}


@pytest.mark.parametrize("said", ["", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}"])
def test_without_its_token_it_is_not_there(settings: Any, said: str) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert Client().get("/metrics", headers={"Authorization": said}).status_code == 404
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"Authorization": said}).status_code == 404


def test_what_waits_and_what_was_given_up_is_counted(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    company(1)
    before = figures(Client().get("/metrics", **KNOWN))
    why = '{"code": "wait.no_rule"}'
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - interval '90 seconds', now() - interval '1 day'")
        since, yesterday = cursor.fetchone()
    Lead.objects.create(
        state=State.QUEUED, line=Line.objects.get(), queued_at=since, why_unassigned=why, name="王"
    )
    Outbox.objects.create(kind="mail", payload={}, due_at=yesterday)
    Outbox.objects.create(kind="mail", payload={}, parked_at=since)

    after = figures(Client().get("/metrics", **KNOWN))

    assert before['evenhand_waiting_items{kind="lead"}'] == 0
    assert after['evenhand_waiting_items{kind="lead"}'] == 1
    assert 90 <= after["evenhand_waiting_lead_age_seconds"] < 120
    assert after["evenhand_effects_due"] == 1 and after["evenhand_effects_parked"] == 1
    assert 86_400 <= after["evenhand_effects_late_seconds"] < 90_000
    assert sum(n for name, n in after.items() if "connections" in name) >= 1


def test_every_figure_says_what_it_is(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    text = Client().get("/metrics", **KNOWN).content.decode()

    for one in FIGURES:
        assert (
            f"# HELP evenhand_{one.name} {one.help}\n# TYPE evenhand_{one.name} {one.kind}\n"
            in text
        )
