"""A pool is not taken out of the rules while items lie in it: nobody would see them any more."""

from evenhand.engine.reasons import reason
from evenhand.leads.models import PoolStay
from evenhand.people.actor import Actor
from evenhand.policies.models import PolicyVersion
from evenhand.policies.refusals import CannotPublish


def keep_full_pools(version: PolicyVersion, actor: Actor) -> None:
    """Refuse a version that leaves out, or renames, a pool of the one before that is not empty.

    Called in the transaction of publishing, which holds the line: nothing comes in meanwhile.

    :raises CannotPublish: a pool that is no longer named still holds items.
    """
    before = version.line.versions.filter(number=version.number - 1).first()
    if before is None:
        return
    gone = _pools(before) - _pools(version)
    for pool in sorted(gone):
        count = PoolStay.objects.filter(line_id=version.line_id, pool=pool, left_at=None).count()
        if count:
            raise CannotPublish(reason("studio.pool_not_empty", pool=pool, count=count))


def _pools(version: PolicyVersion) -> set[str]:
    return {one["pool"] for one in version.document.get("pools", ())}
