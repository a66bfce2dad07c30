"""Doing the jobs of a queue, also after the database was away.

A worker of procrastinate ends when it loses its connection to the database. A program that then
ends with it has everything to read in again, which takes seven seconds where two cores are busy:
here another worker begins in the same program as soon as the database answers.
"""

import asyncio
import logging
import time
from contextlib import suppress
from signal import SIGINT, SIGTERM
from typing import Any

import psycopg
from django.db import connections
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from evenhand.cli.serve.children import SOUND_SECONDS, pause_before

log = logging.getLogger(__name__)

CONCURRENCY = 2
_PAUSE_SECONDS = 0.5
# Who asks for a connection is told after so long that there is none, and then tries anew himself:
# a pool that may try for minutes pauses longer and longer.
_POOL_SECONDS, _RECONNECT_SECONDS = 1.5, 1.0


def work_on(queue: str) -> None:
    """Do the jobs of the queue until the process is asked to stop (SIGTERM, SIGINT).

    Where the connection to the database is lost it goes on once the database answers; after a
    pause where that was at once, and a longer one each time.
    """
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    early_deaths = 0
    while True:
        _until_the_database_answers()
        began = time.monotonic()
        with suppress(ConnectorException, psycopg.OperationalError):  # it has been logged
            if asyncio.run(_work(queue)):
                return
        log.warning("the worker of %s lost the database, and begins anew", queue)
        early_deaths = early_deaths + 1 if time.monotonic() - began < SOUND_SECONDS else 0
        time.sleep(pause_before(early_deaths))
        connections.close_all()
        connections["default"].close_pool()  # type: ignore[attr-defined]


async def _work(queue: str) -> bool:
    """Whether it was asked to stop; else the connection to the database was lost."""
    is_asked = False
    loop = asyncio.get_running_loop()
    connector = PsycopgConnector(kwargs=connector_params(), pool_factory=lost_together)
    with app.replace_connector(connector) as working:
        async with working.open_async():
            working_on = asyncio.create_task(_run(working, queue))

            def stop() -> None:
                nonlocal is_asked
                is_asked = True
                _leave(loop)  # whoever asks again means at once
                working_on.cancel()  # what is under way is finished

            for one in (SIGINT, SIGTERM):
                loop.add_signal_handler(one, stop)
            try:
                await asyncio.wait([working_on])
            finally:
                _leave(loop)
            if not working_on.cancelled():
                working_on.result()
    return is_asked


async def _run(working: App, queue: str) -> None:
    await working.run_worker_async(
        queues=[queue], concurrency=CONCURRENCY, name=queue, install_signal_handlers=False
    )


def _leave(loop: asyncio.AbstractEventLoop) -> None:
    for one in (SIGINT, SIGTERM):
        loop.remove_signal_handler(one)


def lost_together(**told: Any) -> AsyncConnectionPool[Any]:
    """A pool that throws away all lost connections with the first.

    By itself it finds them one by one, with a pause before each that is twice the last: a worker
    with four of them takes seven seconds to end.
    """

    async def check(one: AsyncConnection[Any]) -> None:
        try:
            await AsyncConnectionPool.check_connection(one)
        except psycopg.OperationalError:
            await pool.check()
            raise

    own = {"check": check, "timeout": _POOL_SECONDS, "reconnect_timeout": _RECONNECT_SECONDS}
    pool: AsyncConnectionPool[Any] = AsyncConnectionPool(**{**told, **own})
    return pool


def _until_the_database_answers() -> None:
    known = connector_params()
    while True:
        try:
            with psycopg.connect(**known):
                return
        except psycopg.OperationalError:
            time.sleep(_PAUSE_SECONDS)
