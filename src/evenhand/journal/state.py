"""Whether the machine behind the pages is well: effects owed, jobs, workers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

# A worker beats every ten seconds.
_ALIVE = timedelta(seconds=30)

_STATE = """
SELECT
    (SELECT count(*) FROM outbox WHERE delivered_at IS NULL AND parked_at IS NULL
        AND due_at <= %(now)s),
    (SELECT count(*) FROM outbox WHERE parked_at IS NOT NULL),
    (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'),
    (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %(since)s)
"""


@dataclass(frozen=True, slots=True)
class MachineState:
    """Counts that should be small, and how many workers are alive."""

    effects_due: int
    effects_parked: int
    jobs_failed: int
    workers: int

    @property
    def is_well(self) -> bool:
        """Whether nobody has to look."""
        return self.workers > 0 and not self.effects_parked and not self.jobs_failed


def machine_state(now: datetime) -> MachineState:
    """The state now; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"now": now, "since": now - _ALIVE})
        due, parked, failed, workers = cursor.fetchone()
    return MachineState(due, parked, failed, workers)
