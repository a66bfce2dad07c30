"""For whoever watches the server: is the process alive, and can it do its work?"""

import logging

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from psycopg_pool import PoolTimeout

from evenhand.platform import clock

log = logging.getLogger(__name__)

# Migrations are not taken back under a running process: found applied once, they stay so.
_applied: set[str] = set()


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all; asks nobody else."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 if the database answers, has every migration and the same time; else 503 and why not."""
    try:
        missing = _missing_migrations()
        clock_is_right = clock.is_right()
    except (DatabaseError, InterfaceError, PoolTimeout):
        return JsonResponse({"status": "no_database"}, status=503, headers={"Retry-After": "3"})
    if missing:
        return JsonResponse(
            {"status": "migrations_missing", "missing": missing},
            status=503,
            headers={"Retry-After": "10"},
        )
    if not clock_is_right:
        log.error("the clock of this machine differs from that of the database by over a minute")
        return JsonResponse({"status": "clock_differs"}, status=503, headers={"Retry-After": "60"})
    return JsonResponse({"status": "ok"})


def _missing_migrations() -> list[str]:
    if "all" in _applied:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        _applied.add("all")
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
