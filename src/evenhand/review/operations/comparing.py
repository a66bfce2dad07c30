"""Comparing a draft with what is live on the leads of the last months: begun in a request, done by
a job. Nothing is written but the comparison itself.

The job reads the intake once and runs both documents over it from the same start, so that every
difference comes from the rules. A job that dies begins anew: half a run is worth nothing.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.reasons import reason
from evenhand.engine.simulate.compare import differing, side_of
from evenhand.engine.simulate.intake import Arrival
from evenhand.engine.simulate.run import Done, Run
from evenhand.journal.operations import record
from evenhand.people.actor import Actor
from evenhand.people.models import Organization
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import Refused
from evenhand.platform.rows import insert_rows
from evenhand.policies.models import Line, PolicyVersion, VersionState
from evenhand.policies.spellings import with_region_spellings
from evenhand.review.models import ComparedLead, Comparison
from evenhand.review.reading import read_intakes

DAYS = (30, 90, 180)
JOB = "evenhand:comparison"
_WRITTEN_AT_ONCE = 5_000


class CannotCompare(Refused):
    """There is nothing to compare with, or the period is not one of those offered."""


class _Stopped(Exception):
    """Somebody said stop."""


def start_comparison(
    line: Line, draft: PolicyDocument, *, days: int = 90, actor: Actor
) -> Comparison:
    """Begin to compare a draft with the live version of its line; a job does it.

    Asked again for the same while it runs, it is the same comparison.

    :raises NotAllowed: the actor may not edit rules.
    :raises CannotCompare: nothing is live there, or the days are not 30, 90 or 180.
    """
    demand(actor, Right.EDIT_POLICY)
    assert actor.user_id is not None, "a person begins it"
    if days not in DAYS:
        raise CannotCompare(reason("compare.days", value=days, choices=tuple(map(str, DAYS))))
    with transaction.atomic():
        base = line.versions.filter(state=VersionState.LIVE).first()
        if base is None:
            raise CannotCompare(reason("compare.nothing_live", line=line.name))
        document = as_published(draft, line, base)
        running = Comparison.objects.filter(
            line=line,
            base=base,
            digest=document.digest(),
            days=days,
            finished_at=None,
            stopped_at=None,
            failed_at=None,
        )
        known = running.first()
        if known is not None:
            return known
        now = timezone.now()
        made = Comparison.objects.create(
            line=line,
            base=base,
            document=document.as_plain(),
            digest=document.digest(),
            days=days,
            since=now - timedelta(days=days),
            until=now,
            started_by_id=actor.user_id,
        )
        data = {"comparison": made.pk, "days": days}
        record("policy.compared", actor=actor, object_kind="line", object_id=line.pk, data=data)
        job = app.configure_task(JOB, queue="long", lock=f"comparison:{made.pk}")
        job.defer(comparison_id=made.pk)
    return made


def as_published(draft: PolicyDocument, line: Line, base: PolicyVersion) -> PolicyDocument:
    """The draft as publishing it now would make it: chance hangs on its label."""
    last = line.versions.order_by("-number").values_list("number", flat=True).first()
    update = {"line": line.key, "version": (last or base.number) + 1}
    return with_region_spellings(draft.model_copy(update=update))


def stop_comparison(comparison: Comparison) -> None:
    """Stop it; a comparison that is over stays as it is."""
    Comparison.objects.filter(pk=comparison.pk, finished_at=None).update(stopped_at=timezone.now())


def compare(comparison_id: int) -> None:
    """Do it; called again, it begins anew. For the job."""
    open_ones = Comparison.objects.filter(
        pk=comparison_id, finished_at=None, stopped_at=None
    ).select_related("base")
    row = open_ones.first()
    if row is None:
        return
    Comparison.objects.filter(pk=row.pk).update(done=0, leads=None, failed_at=None)
    try:
        _compare(row)
    except _Stopped:
        return
    except Exception:
        Comparison.objects.filter(pk=row.pk).update(failed_at=timezone.now())
        raise


def _compare(row: Comparison) -> None:
    policies = [policy_from_json(row.base.document), policy_from_json(row.document)]
    intakes = read_intakes(policies, line_id=row.line_id, since=row.since, until=row.until)
    arrivals = intakes[0].arrivals
    _tell(row, 0, leads=len(arrivals))
    seed = Organization.objects.values_list("seed", flat=True).get(pk=1)
    ran = []
    for number, (policy, intake) in enumerate(zip(policies, intakes, strict=True)):
        before = number * len(arrivals)

        def tell(done: int, before: int = before) -> None:
            _tell(row, before + done)

        ran.append(Run(policy, intake, seed=seed).run(tell))
    live, draft = ran
    apart = differing(live.done, draft.done)
    rules = [[one.rule.rule for one in policy.rules] for policy in policies]
    moved = sum(live.done[k].rep_id != draft.done[k].rep_id for k in apart)
    result = {
        "live": side_of(live).as_json() | {"all_rules": rules[0]},
        "draft": side_of(draft).as_json() | {"all_rules": rules[1]},
        "apart": len(apart),
        "moved": moved,
        "first": arrivals[0].at.isoformat() if arrivals else None,
    }
    with transaction.atomic():
        ComparedLead.objects.filter(comparison=row).delete()
        _write_apart(row, arrivals, live.done, draft.done, apart)
        Comparison.objects.filter(pk=row.pk, stopped_at=None).update(
            result=result, finished_at=timezone.now(), done=2 * len(arrivals)
        )


def _tell(row: Comparison, done: int, **more: Any) -> None:
    """Say how far it is.

    :raises _Stopped: somebody said stop, or the row is gone.
    """
    going = Comparison.objects.filter(pk=row.pk, stopped_at=None)
    if not going.update(done=done, **more):
        raise _Stopped


def _write_apart(
    row: Comparison,
    arrivals: Sequence[Arrival],
    live: Sequence[Done],
    draft: Sequence[Done],
    apart: Sequence[int],
) -> None:
    for start in range(0, len(apart), _WRITTEN_AT_ONCE):
        insert_rows(
            "compared_lead",
            _COLUMNS,
            [
                (arrivals[k].number, *_place(live[k]), *_place(draft[k]))
                for k in apart[start : start + _WRITTEN_AT_ONCE]
            ],
            same={"comparison_id": row.pk},
        )


def _place(done: Done) -> tuple[int | None, str, str, int]:
    rep_id = int(done.rep_id) if done.rep_id else None
    return rep_id, done.outcome.value, done.rule[:120], done.points


_COLUMNS = {
    "lead_id": "bigint",
    "before_rep_id": "bigint",
    "before_outcome": "text",
    "before_rule": "text",
    "before_points": "bigint",
    "after_rep_id": "bigint",
    "after_outcome": "text",
    "after_rule": "text",
    "after_points": "bigint",
}
