"""Deciding stored batches again: whether receipts say what policy, people and books of then make of
their items (promises I4 and I5).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from evenhand.engine.routing.replay import UnreadableReceipts
from evenhand.ledger.recall import CannotRecall
from evenhand.routing.explain import verify
from evenhand.routing.models import Batch
from evenhand.routing.receipt_file import CannotReplay


@dataclass(frozen=True, slots=True)
class Replayed:
    """A batch that was decided again; `wrong` says where it differs, "" = nowhere."""

    batch_id: int
    decisions: int
    wrong: str = ""


def sample(newest: int, drawn: int) -> list[int]:
    """Ids of the newest batches, and of as many again drawn among the older, in order."""
    ids = list(Batch.objects.order_by("-pk").values_list("pk", flat=True))
    older = ids[newest:]
    return sorted([*ids[:newest], *Random().sample(older, min(drawn, len(older)))])


def every_batch() -> list[int]:
    """Ids of all batches, in order."""
    return list(Batch.objects.order_by("pk").values_list("pk", flat=True))


def decide_again(ids: Sequence[int]) -> Iterator[Replayed]:
    """Decide batches again, one after another; nothing is written."""
    for batch_id in ids:
        yield _replayed(Batch.objects.get(pk=batch_id))


def _replayed(batch: Batch) -> Replayed:
    try:
        report = verify(batch)
    except (UnreadableReceipts, CannotRecall, CannotReplay) as error:
        return Replayed(batch.pk, 0, str(error))
    wrong = ""
    if not report.is_identical:
        first = report.differences[0]
        place = _first_difference(first.stored, first.recomputed)
        wrong = f"line {first.line_number}: {first.stored[place : place + 80]!r}"
    return Replayed(batch.pk, report.decisions, wrong)


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    place = next((k for k, (a, b) in pairs if a != b), min(len(one), len(other)))
    return max(0, place - 20)
