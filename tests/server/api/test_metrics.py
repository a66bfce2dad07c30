"""Figures for monitoring: closed without their token, each by its index, and true."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from evenhand.api.metrics import FIGURES, NOTES
from evenhand.journal.models import Outbox
from evenhand.leads.models import Lead, State
from evenhand.platform.admission import OTHERS
from evenhand.platform.clock import now
from evenhand.platform.proved import note_backup, note_good_drill
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


def test_the_process_that_answers_tells_how_its_own_requests_fare(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    of = f'{{lane="others",process="{os.getpid()}"}}'
    before = figures(Client().get("/metrics", **KNOWN))

    Client().get("/login")
    with OTHERS.place():
        after = figures(Client().get("/metrics", **KNOWN))

    name = f"evenhand_requests_total{of}"
    assert after[name] == before[name] + 2  # watchers are not counted
    assert after[f"evenhand_requests_under_way{of}"] == 1
    assert after[f"evenhand_requests_waiting{of}"] == 0
    assert f"evenhand_requests_refused_total{of}" in after


def test_every_figure_says_what_it_is(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    text = Client().get("/metrics", **KNOWN).content.decode()

    for one in (*FIGURES, *NOTES):
        assert (
            f"# HELP evenhand_{one.name} {one.help}\n# TYPE evenhand_{one.name} {one.kind}\n"
            in text
        )


def test_the_ages_of_the_last_backup_and_of_the_last_proof_are_told_once_there_was_one(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.METRICS_TOKEN = TOKEN
    monkeypatch.setenv("EVENHAND_DATA", str(tmp_path / "data"))

    before = figures(Client().get("/metrics", **KNOWN))
    note_backup(now() - timedelta(hours=30))
    note_good_drill(now() - timedelta(days=41), "2026-10-01T00:00:00+00:00")
    after = figures(Client().get("/metrics", **KNOWN))
    (tmp_path / "data" / "backup.json").write_text('{"at": "yesterday"}')
    (tmp_path / "data" / "backup-drill.json").write_text('{"at": "2026-10-01T00:00:00"}')
    unreadable = figures(Client().get("/metrics", **KNOWN))

    assert [name for name in before if "backup" in name] == []
    assert 0 <= after["evenhand_backup_age_seconds"] - 30 * 3600 < 600
    assert 0 <= after["evenhand_backup_drill_age_seconds"] - 41 * 86_400 < 600
    # No age is made up where the note is damaged.
    assert [name for name in unreadable if "backup" in name] == []
