"""A rule that is switched off stops its clocks where they are; on again, they go on.

Nothing is erased: what stands still is a pause of the rule, from one publishing to another. A rule
that is taken out of the document goes on for what it was set over, as any rule that is changed.
"""

from evenhand.engine.policy.load import policy_from_plain
from evenhand.journal.operations import record
from evenhand.leads.models import Assignment
from evenhand.people.actor import Actor
from evenhand.platform.clock import now as clock_now
from evenhand.policies.models import PolicyVersion
from evenhand.pool.models import Pause
from evenhand.pool.pauses import RULE


def follow_switches(version: PolicyVersion, actor: Actor) -> None:
    """Open and end the pauses of a line's rules as its new version says; in its transaction."""
    parts = policy_from_plain(version.document)
    rules = () if parts.clocks is None else parts.clocks.rules
    paused = Pause.objects.filter(kind=RULE, line_id=version.line_id, until_at=None)
    standing = set(paused.values_list("rule", flat=True))
    off = [one.rule for one in rules if not one.is_on and one.rule not in standing]
    on = [one.rule for one in rules if one.is_on and one.rule in standing]
    if not off and not on:
        return
    now = clock_now()
    for name in off:
        Pause.objects.create(
            kind=RULE, line_id=version.line_id, rule=name, from_at=now, by_id=actor.user_id
        )
        _note("clocks.rule_stopped", version, name, actor)
    for name in on:
        paused.filter(rule=name).update(until_at=now)
        _note("clocks.rule_resumed", version, name, actor)
    # Whichever version they run under, the rule has one name in its line.
    versions = version.line.versions.values("pk")
    Assignment.objects.filter(closed_at=None, clocks_policy_id__in=versions).update(wound_at=None)


def _note(kind: str, version: PolicyVersion, rule: str, actor: Actor) -> None:
    data = {"rule": rule, "version": version.number}
    record(kind, actor=actor, object_kind="line", object_id=version.line_id, data=data)
