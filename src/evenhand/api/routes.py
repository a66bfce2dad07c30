"""The door with everything that stands behind it."""

from evenhand.api.door import door as door
from evenhand.api.endpoints import (
    accounts,
    appeals,
    bulk,
    clocks,
    conflicts,
    decisions,
    handover,
    journal,
    ladder,
    leads,
    me,
    opportunities,
    peace,
    policies,
    pools,
    rebalance,
    reps,
    series,
    tasks,
    workload,
)

for _part in (
    bulk,
    leads,
    decisions,
    accounts,
    opportunities,
    reps,
    workload,
    policies,
    journal,
    me,
    appeals,
    conflicts,
    pools,
    clocks,
    peace,
    tasks,
    series,
    ladder,
    handover,
    rebalance,
):
    door.add_router("", _part.router)
