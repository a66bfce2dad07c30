"""The policy that is live for a line: compiled once per process and version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evenhand.engine.matching.section import DuplicatesSection
from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.policy.work import work_document
from evenhand.engine.pool.terms import PoolRules
from evenhand.engine.reasons import reason
from evenhand.engine.routing.policy import Policy
from evenhand.engine.workload.section import WorkloadSection
from evenhand.engine.workload.tasks_section import TasksSection
from evenhand.platform.looking import once
from evenhand.platform.prepared import send
from evenhand.platform.refusal import Refused
from evenhand.policies.models import PolicyVersion

# Advisory lock class: shared while items are dealt, exclusive while a version is published.
LINE_LOCK = 0x45_56_4C


class NoSuchLine(Refused):
    """There is no such business line, or it has no live policy."""

    def __init__(self, key: str) -> None:
        super().__init__(reason("intake.no_such_line", line=key), field="line")


_USUAL = DuplicatesSection()
_USUAL_WORK = WorkloadSection()


@dataclass(frozen=True, slots=True)
class LivePolicy:
    """A published version, ready to decide."""

    line_id: int
    line_key: str
    version_id: int
    policy: Policy
    document: Mapping[str, Any]
    pools: PoolRules
    duplicates: DuplicatesSection = _USUAL
    tasks: TasksSection | None = None
    aspect: str = ""  # WORK where it is how the version deals to-dos
    workload: WorkloadSection = _USUAL_WORK


# The aspect of a version under which to-dos are dealt, in the books of workload points.
WORK = "work"

_kept: dict[int, LivePolicy] = {}
_KEPT_MOST = 64


def policy_of_version(version_id: int, aspect: str = "") -> LivePolicy:
    """A version by id, live or not; versions never change, so it is kept."""
    if aspect == WORK:
        work = work_of(policy_of_version(version_id))
        assert work is not None, "receipts of to-dos name versions that know to-dos"
        return work
    known = _kept.get(version_id)
    if known is None:
        row = PolicyVersion.objects.select_related("line").get(pk=version_id)
        parts = policy_from_plain(row.document)
        policy = Policy(parts)
        known = LivePolicy(
            row.line_id,
            row.line.key,
            row.pk,
            policy,
            row.document,
            PoolRules(parts, policy.schema),
            parts.duplicates or _USUAL,
            parts.tasks,
            workload=parts.workload or _USUAL_WORK,
        )
        if len(_kept) >= _KEPT_MOST:
            _kept.clear()
        _kept[version_id] = known
    return known


_kept_work: dict[int, LivePolicy | None] = {}


def work_of(live: LivePolicy) -> LivePolicy | None:
    """How a version deals to-dos; None where its rules know none."""
    if live.version_id not in _kept_work:
        document = work_document(policy_from_plain(live.document))
        if len(_kept_work) >= _KEPT_MOST:
            _kept_work.clear()
        _kept_work[live.version_id] = (
            None
            if document is None
            else replace(live, policy=Policy(document), document=document.as_plain(), aspect=WORK)
        )
    return _kept_work[live.version_id]


_LINE = "is_active AND CASE WHEN %s = '' THEN is_default ELSE key = %s END"
_LOCK = f"SELECT pg_advisory_xact_lock_shared(%s::int, id::int) FROM line WHERE {_LINE}"
_LIVE = f"""
SELECT id FROM policy_version
WHERE line_id = (SELECT id FROM line WHERE {_LINE}) AND state = 'live'
"""


def lock_live(line_key: str = "") -> LivePolicy:
    """The live policy of a line ("" = the default one), held until the transaction ends.

    :raises NoSuchLine: no such active line, or nothing live in it.
    """
    return ask_live(line_key)()


def hold_lines() -> None:
    """Wait for whoever deals in any line, and let nobody begin before this transaction ends.

    For what everybody who deals has to know at once: he may have read the people a moment ago.
    """
    send(_HOLD, [str(LINE_LOCK)])


_HOLD = """
SELECT count(pg_advisory_xact_lock(%s::int, id::int)) FROM (SELECT id FROM line ORDER BY id) AS l
"""


def ask_live(line_key: str = "") -> Callable[[], LivePolicy]:
    """The same, to be called for the answer: inside `pipelined` the question is on its way."""
    send(_LOCK, [str(LINE_LOCK), line_key, line_key])
    # A statement of its own: it sees what was published while we waited for the lock.
    found = send(_LIVE, [line_key, line_key])

    def answer() -> LivePolicy:
        row = next(iter(found.rows()), None)
        if row is None:
            raise NoSuchLine(line_key)
        return policy_of_version(row[0])

    return answer


def live_now(line_id: int | None) -> LivePolicy | None:
    """The policy that is live in a line (None = the default one), to look at: nothing is held."""
    found = once(("live", line_id), lambda: _live_id(line_id))
    return None if found is None else policy_of_version(found)


def _live_id(line_id: int | None) -> int | None:
    given = None if line_id is None else str(line_id)
    found = send(_LIVE_NOW, [given, given]).rows()
    return found[0][0] if found else None


_LIVE_NOW = """
SELECT v.id FROM policy_version AS v JOIN line AS l ON l.id = v.line_id
WHERE v.state = 'live' AND l.is_active
    AND (l.id = %s::bigint OR %s::bigint IS NULL AND l.is_default) ORDER BY v.id LIMIT 1
"""
