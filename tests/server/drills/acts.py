"""What the drills do, as functions that a prepared process can be asked for by name."""

import asyncio
import os
from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db import connection

from evenhand.exports.operations.make import run as run_export
from evenhand.fairness.counting import count_all
from evenhand.handover.operations.covering import cover_due
from evenhand.handover.operations.departing import settle_departures
from evenhand.imports.operations.run import run as run_import
from evenhand.imports.operations.undo import run_undo
from evenhand.leads.intake import LeadIn
from evenhand.leads.operations.converting import convert_lead
from evenhand.leads.operations.erasing import erase_person
from evenhand.leads.whereabouts import whereabouts
from evenhand.notify.delivery import deliver_due
from evenhand.people.actor import SYSTEM
from evenhand.people.models import User
from evenhand.platform import crashpoint
from evenhand.policies.operations.publish import publish
from evenhand.pool.operations.claim import CLAIMS, claim
from evenhand.pool.operations.reviving import revive_due
from evenhand.pool.operations.sweeping import wind_and_sweep
from evenhand.rebalance.operations.approve import go_on
from evenhand.routing import intake
from evenhand.routing.operations import give, give_up, long_acts, merging, parting
from evenhand.routing.retry import retry_all
from evenhand.sheets.regions.phones import prefixes
from evenhand.tasks.making import Wish, make_all
from evenhand.tasks.operations.following import follow_events
from evenhand.tasks.operations.waiting import deal_waiting
from evenhand.wording.catalogue import LOCALES, Words
from tests.server.cast import act_as


def load() -> None:
    """Read what every process reads once, before it is copied."""
    import evenhand.config.urls
    import evenhand.jobs.app
    import evenhand.web.urls  # noqa: F401

    whereabouts()
    prefixes()
    for locale in LOCALES:
        Words(locale).text("web-nav-leads")


def leave() -> None:
    """Let threads finish what they accepted, as a process does that ends in order."""
    intake.WRITER.stop()
    CLAIMS.stop()
    connection.close()


def switch_transactions_off() -> None:
    """The control: what was written before the death is committed, as if nothing held it."""

    def commit_and_die(code: int) -> None:
        raw: Any = connection.connection
        raw.execute("COMMIT")
        if raw._pipeline is not None:
            raw._pipeline.sync()
        os._exit(code)

    crashpoint.os = SimpleNamespace(environ=os.environ, _exit=commit_and_die)  # type: ignore[attr-defined]


def _who(user: int) -> Any:
    return act_as(User.objects.get(pk=user))


# -- leads -------------------------------------------------------------------------------------


def take_in(phone: str, key: str) -> None:
    """One lead by a program that gave its request a key."""
    intake.submit(LeadIn(name="王芳", phone=phone), actor=SYSTEM, key=key, digest="d")


def claim_all(items: Sequence[int], user: int) -> None:
    """A rep claims leads from the pool."""
    claim([("lead", one) for one in items], actor=_who(user))


def sweep(at: str) -> None:
    """Clocks are worked out, and what is due is done."""
    wind_and_sweep(now=datetime.fromisoformat(at))


def transfer(lead: int, to: int, user: int) -> None:
    """A manager gives a lead to somebody else."""
    give.transfer("lead", lead, to=to, reason="overload", actor=_who(user))


def hand_back(lead: int, user: int) -> None:
    """Somebody gives a lead back; it is dealt at once."""
    give_up.hand_back("lead", lead, reason="overload", actor=_who(user))


def merge(survivor: int, merged: int, user: int) -> None:
    """Two leads of one person become one."""
    merging.merge("lead", survivor, merged, take=["note"], actor=_who(user))


def take_apart(merge_id: int, user: int) -> None:
    """… and two again."""
    parting.undo_merge(merge_id, actor=_who(user))


def convert(lead: int, user: int) -> None:
    """A lead becomes an opportunity."""
    convert_lead(lead, {"name": "年度采购", "value": "100", "currency": "CNY"}, actor=_who(user))


def erase(lead: int, user: int) -> None:
    """A person is erased."""
    erase_person(lead, typed=str(lead), actor=_who(user))


def revive(at: str) -> None:
    """What was lost comes back on its day."""
    revive_due(datetime.fromisoformat(at))


def retry() -> None:
    """What waits is dealt."""
    retry_all()


def long_act(act_id: int) -> None:
    """One act on many leads."""
    long_acts.work_on(act_id)


def count_fairness() -> None:
    """The days that the fairness pages read are brought up to date."""
    count_all()


def go_live(document: dict[str, Any]) -> None:
    """A new version of the rules goes live."""
    publish("direct", document, actor=SYSTEM)


# -- files -------------------------------------------------------------------------------------


def import_rows(import_id: int) -> None:
    """A file of leads is taken in."""
    run_import(import_id)


def take_back(import_id: int) -> None:
    """… and taken back."""
    run_undo(import_id)


def export_rows(export_id: int) -> None:
    """A file of leads is made."""
    run_export(export_id)


# -- jobs --------------------------------------------------------------------------------------


def deliver(at: str) -> None:
    """What is owed is sent."""
    deliver_due(datetime.fromisoformat(at))


def rebalance(rebalance_id: int) -> None:
    """The moves of a rebalance are made."""
    go_on(rebalance_id)


def work_jobs() -> None:
    """A worker begins: jobs of dead ones are tried again, then whatever waits is done."""
    from procrastinate.contrib.django import app

    from evenhand.jobs.app import rescue_stalled

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as working:

        async def work() -> None:
            async with working.open_async():
                await rescue_stalled.func(SimpleNamespace(app=working), 0)
                await working.run_worker_async(
                    queues=["long"], wait=False, install_signal_handlers=False
                )

        asyncio.run(work())


def cover(at: str) -> None:
    """Leave begins and ends: work goes to the substitute and comes back."""
    cover_due(datetime.fromisoformat(at))


def settle_sheets(at: str) -> None:
    """The deadline of somebody who leaves."""
    settle_departures(datetime.fromisoformat(at))


def make_tasks(count: int) -> None:
    """To-dos are made and dealt."""
    make_all([Wish("电话回访")] * count, via="hand", actor=SYSTEM)


def follow() -> None:
    """Events make to-dos."""
    follow_events()


def deal_tasks() -> None:
    """To-dos that wait are dealt."""
    deal_waiting()
