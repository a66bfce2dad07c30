"""What the page of pools shows of a selection of them over a period, counted as one.

Over many stays that takes seconds. Then what people look at is counted every few minutes and kept,
with the moment of which it tells; anything else is counted when somebody asks.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from evenhand.pool.flow import Flow, PoolKey, Revived, Watched, flows, revived
from evenhand.pool.habits import Contacted, Reclaimed, Used, contacted, reclaimed, used
from evenhand.pool.models import KeptOverview

# Part of what a kept overview is found by: another form is as if it were not there.
_FORM = 1


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of some pools over a period, as of a moment; of people by their ids alone."""

    at: datetime
    flows: Sequence[tuple[PoolKey, Flow]]
    revived: Revived
    used: Sequence[Used]
    reclaimed: Sequence[Reclaimed]
    contacts: int
    contacted: Sequence[Contacted]  # the latest of them
    is_kept: bool = False

    def flow_of(self, key: PoolKey) -> Flow:
        """The flow of one of the pools."""
        return dict(self.flows)[key]


_STORED = TypeAdapter(Overview)


def overview_of(
    pools: Sequence[Watched], since: datetime, until: datetime, now: datetime
) -> Overview:
    """The figures of pools over a period: those that are kept, else as of now."""
    return kept_overview(pools, since, until) or count_overview(pools, since, until, now)


def count_overview(
    pools: Sequence[Watched], since: datetime, until: datetime, now: datetime
) -> Overview:
    """The figures of pools over a period, as of now."""
    again = reclaimed(pools, since, until)
    contacts, latest = contacted(pools, since, until)
    return Overview(
        at=now,
        flows=list(flows(pools, since, until, now).items()),
        revived=revived(pools, since, until),
        used=used(pools, since, until, now, again),
        reclaimed=again,
        contacts=contacts,
        contacted=latest,
    )


def kept_overview(pools: Sequence[Watched], since: datetime, until: datetime) -> Overview | None:
    """The figures that were counted last of this selection and kept; None = none were."""
    key = key_of(pools, since, until)
    body = KeptOverview.objects.filter(pk=key).values_list("body", flat=True).first()
    try:
        return None if body is None else _STORED.validate_json(body)
    except ValidationError:
        return None


def key_of(pools: Sequence[Watched], since: datetime, until: datetime) -> str:
    """By which a selection is found, in whatever order its pools are named."""
    named = [_FORM, since.isoformat(), until.isoformat(), sorted(one.key for one in pools)]
    return sha256(json.dumps(named).encode()).hexdigest()


def as_kept(overview: Overview) -> str:
    """The text to keep of an overview."""
    return _STORED.dump_json(replace(overview, is_kept=True)).decode()
