"""What two acts that met may leave behind: kept promises, and one after the other's rows."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from evenhand.people.scope import NotAllowed
from evenhand.platform.invariants import AUTOMATIC, INVARIANTS
from evenhand.platform.refusal import NotFound, Refused
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say
from tests.server.races.interleaved import Ran
from tests.server.races.moves import PHONE, Move

# Whoever comes too late is told one of these; anything else is a failure of the server.
TOLD = (Refused, NotFound, NotAllowed)
NAMES = ("Ren", "Rui", "Carl", "Tom", "Olga", "Alice", "王芳", PHONE)

_DOCTOR = " UNION ALL ".join(
    f"SELECT '{one.id} {one.name}', broken.* FROM ({one.sql}) AS broken" for one in INVARIANTS
)
# Opportunities go by their names: a try that was rolled back used a number up.
_STORY = """
WITH named AS (
    SELECT id, name || ' ' || row_number() OVER (PARTITION BY name ORDER BY id) AS name
    FROM opportunity
)
SELECT 'lead', id::text, owner_id, concat_ws(' ', state, pool, stage, merged_into_id) FROM lead
UNION ALL SELECT 'account', id::text, owner_id, concat_ws(' ', state, pool) FROM company
UNION ALL SELECT 'opportunity', n.name, owner_id, concat_ws(' ', state, stage)
    FROM opportunity JOIN named AS n USING (id)
UNION ALL SELECT 'task', id::text, owner_id, concat_ws(' ', state, done_at IS NOT NULL) FROM task
UNION ALL SELECT 'held ' || item_kind, coalesce(n.name, item_id::text), rep_id,
    concat_ws(' ', points, accepted_at IS NOT NULL, cause)
    FROM assignment LEFT JOIN named AS n ON item_kind = 'opportunity' AND n.id = item_id
    WHERE closed_at IS NULL
UNION ALL SELECT 'lies ' || item_kind, coalesce(n.name, item_id::text), NULL, pool
    FROM pool_stay LEFT JOIN named AS n ON item_kind = 'opportunity' AND n.id = item_id
    WHERE left_at IS NULL
UNION ALL SELECT 'load', rep_id::text, NULL, concat_ws(' ', open_count, open_points) FROM load
UNION ALL SELECT 'person', id::text, NULL, concat_ws(' ', role, is_active) FROM person
UNION ALL SELECT 'rep', user_id::text, NULL, concat_ws(' ', is_active, is_accepting) FROM rep
UNION ALL SELECT 'rules', number::text, NULL, state FROM policy_version
UNION ALL SELECT 'balance', book_id::text, row, amounts::text FROM balance
"""

Story = frozenset[tuple[Any, ...]]


def broken() -> list[str]:
    """Which promises are broken now, each with an example: the doctor, in one question."""
    return [f"{name}: {what}" for name, what in _rows(_DOCTOR)]


def story() -> Story:
    """Who has what, in which state, at what price; without times and receipts."""
    return frozenset(_rows(_STORY))


def outline(of: Story) -> Story:
    """The same without who received what the rules dealt, and what that added up to.

    Of several items that are dealt one after another, each goes to whoever stands first in the
    book at its turn, and a tie is drawn by the item's own number. Let one of them be dealt later,
    since somebody had it locked, and the same colleagues have others of equal items. That each was
    dealt rightly at its turn its receipt says (I5), that nothing got lost the sums (I9, I12):
    the doctor looks at both after every run. Everything else stays: what is owned, waits, lies in
    a pool or is closed, whoever has it by somebody's choice, prices, people and rules.
    """
    dealt = {
        (kind.removeprefix("held "), pk)
        for kind, pk, _, what in of
        if kind.startswith("held ") and what.rpartition(" ")[2] in AUTOMATIC
    }
    return frozenset(
        (kind, pk, "dealt" if (kind.removeprefix("held "), pk) in dealt else owner, what)
        for kind, pk, owner, what in of
        if kind not in ("load", "balance")
    )


def _rows(sql: str) -> Sequence[tuple[Any, ...]]:
    raw: Any = connection
    raw.ensure_connection()
    found: Sequence[tuple[Any, ...]] = raw.connection.execute(sql, prepare=True).fetchall()
    return found


def is_done(answer: Any) -> bool:
    """Whether somebody was told that it is done."""
    return not isinstance(answer, Exception)


def wrong_answers(ran: Ran, first: Move, rival: Move) -> list[str]:
    """Failures of the server, and refusals that say more than the loser may know."""
    found = []
    for answer, own in ((ran.first, first), (ran.rival, rival)):
        if isinstance(answer, Exception) and not isinstance(answer, TOLD):
            found.append(f"{own.name} was told {type(answer).__name__}: {answer}")
        for why in _reasons(answer):
            said = say(Words("en"), why)
            if any(name in said and name != own.named for name in NAMES):
                found.append(f"{own.name} is told too much: {said}")
    return found


def _reasons(answer: Any) -> list[Any]:
    if isinstance(answer, Refused):
        return [answer.why]
    several = answer if isinstance(answer, list) else []
    return [one for one in several if hasattr(one, "code")]
