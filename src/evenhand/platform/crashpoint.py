"""Named places where a drill can make the process die as if it were killed.

`EVENHAND_CRASH_AT=name` arms the first pass through a place, `name:3` the third. Nothing else
does: without the variable a crash point costs a look into the environment.
"""

import os
from collections import Counter

VARIABLE = "EVENHAND_CRASH_AT"
EXIT_CODE = 137  # what a shell reports after kill -9

# Every place there is, so that a drill can visit them all; in alphabetical order.
POINTS = frozenset(
    {
        "backup.dumped",
        "backup.unnamed",
        "claim.booked",
        "claim.committed",
        "claim.part_written",
        "clocks.wound",
        "convert.closed",
        "convert.opened",
        "cover.between_moves",
        "cover.between_returns",
        "cover.moved",
        "deal.booked",
        "deal.parts_written",
        "deliver.claimed",
        "deliver.sent",
        "departure.between_lines",
        "departure.given_up",
        "erase.blanked",
        "erase.contacts_blanked",
        "export.part_kept",
        "export.written",
        "fairness.added",
        "give.booked",
        "give.told",
        "give_up.booked",
        "give_up.waiting",
        "import.between_parts",
        "import.between_undone",
        "import.ended",
        "import.part_written",
        "intake.committed",
        "intake.placed",
        "intake.recorded",
        "job.done",
        "key.replaced",
        "key.resealed",
        "long_act.between_leads",
        "merge.marked",
        "merge.released",
        "part.survivor_back",
        "part.turned_back",
        "policy.live",
        "policy.written",
        "postgres.cluster_unnamed",
        "postgres.database_unnamed",
        "postgres.roles_unfinished",
        "rebalance.between_moves",
        "rebalance.moved",
        "restore.complete",
        "restore.put_aside",
        "retry.placed",
        "revive.reopened",
        "sweep.between_portions",
        "sweep.noted",
        "sweep.taken_away",
        "tasks.dealt",
        "tasks.followed",
        "tasks.written",
    }
)

_passes: Counter[str] = Counter()


def crashpoint(name: str) -> None:
    """Die here, at once and without cleaning up, if the drill says so.

    :raises KeyError: no such place in POINTS.
    """
    if name not in POINTS:
        raise KeyError(name)
    armed, _, number = os.environ.get(VARIABLE, "").partition(":")
    if armed != name:
        return
    _passes[name] += 1
    if _passes[name] == int(number or 1):
        os._exit(EXIT_CODE)
