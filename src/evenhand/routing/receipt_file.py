"""A batch as a receipt file of the engine: everything needed to decide it again, byte for byte."""

import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.engine.routing.receipt import FORMAT
from evenhand.engine.routing.receipt import line as engine_line
from evenhand.ledger.recall import books_before
from evenhand.people.models import Organization
from evenhand.policies.live import policy_of_version
from evenhand.routing.models import Batch, Receipt, Shared
from evenhand.routing.shared import join_line


class CannotReplay(Exception):
    """The batch was blanked (a person was erased), or what it rests on was not kept."""


def lines_of(batch: Batch) -> Iterator[str]:
    """The lines of a batch, in the engine's order: run, policy, team, start, then decisions.

    :raises CannotRecall: a book's checkpoints do not reach back to this batch.
    """
    live = policy_of_version(batch.policy_id, batch.aspect)
    policy = live.policy
    seed = Organization.objects.values_list("seed", flat=True).get(pk=1)
    yield engine_line(
        "run",
        format=FORMAT,
        engine=batch.engine,
        now=_engine_now(batch),
        seed=seed,
        policy=policy.label,
        reads=list(policy.paths_read),
        asks=[atom.text for atom in policy.personal],
        compact=False,
        every=0,
    )
    yield engine_line("policy", document=live.document)
    yield Shared.objects.values_list("body", flat=True).get(pk=batch.team_id)
    # The database keeps keys in an order of its own; the engine writes them sorted.
    loads = dict(sorted(batch.loads.items()))
    yield engine_line("start", after=0, books=_books(batch), loads=loads)
    yield from _decisions(batch)


def _engine_now(batch: Batch) -> str:
    """The moment as the engine writes it: in the company's zone of that time."""
    team = json.loads(Shared.objects.values_list("body", flat=True).get(pk=batch.team_id))
    zone = team["calendars"].get("", {"zone": "UTC"})["zone"]
    return batch.at.astimezone(ZoneInfo(zone)).isoformat()


def _books(batch: Batch) -> dict[str, Any]:
    firsts = dict(batch.books.values())
    found = books_before(firsts, batch_id=batch.pk)
    return {key: found[book_id].as_json() for key, (book_id, _) in sorted(batch.books.items())}


def _decisions(batch: Batch) -> Iterator[str]:
    wanted = {entry[2] for entry in batch.script if isinstance(entry, list)}
    bodies = dict(Shared.objects.filter(pk__in=wanted).values_list("pk", "body"))
    own = iter(
        Receipt.objects.filter(batch=batch).order_by("position").values_list("body", flat=True)
    )
    for entry in batch.script:
        if isinstance(entry, list):
            kind, number, row_id = entry
            yield join_line(kind, number, bodies[row_id])
        else:
            yield entry or next(own)
