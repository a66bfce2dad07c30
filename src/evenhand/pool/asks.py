"""Who wants what, and in which line's pools it lies: before any lock."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.engine.reasons import Reason, reason
from evenhand.leads.access import MODELS
from evenhand.people.actor import Actor
from evenhand.platform.prepared import send
from evenhand.platform.rows import array_of
from evenhand.pool.writing import Won

GONE = reason("claim.gone")

Key = tuple[str, int]


@dataclass(slots=True)
class Ask:
    """Somebody wants an item; `won` or `refused` is the answer.

    `pool` is where it lay before any lock: which books to lock is known by it.
    """

    kind: str
    item_id: int
    actor: Actor
    won: Won | None = None
    refused: Reason | None = None
    pool: str = ""

    @property
    def key(self) -> Key:
        """The item."""
        return self.kind, self.item_id

    @property
    def rep_id(self) -> int:
        """Who claims."""
        assert self.actor.user_id is not None, "only people claim"
        return self.actor.user_id


def lines_of(asks: Iterable[Ask]) -> dict[str, list[Ask]]:
    """Asks by the line in whose pools the items lie; what lies in none is refused at once.

    Without a lock and outside of any transaction: whoever comes late is told so without standing
    in line, and what was read is judged again under the locks.
    """
    wanted = list(asks)
    where: dict[Key, tuple[str, str]] = {}
    for kind in sorted({ask.kind for ask in wanted} & MODELS.keys()):
        ids = array_of(sorted({ask.item_id for ask in wanted if ask.kind == kind}), "bigint")
        for pk, line, pool in send(_WHERE.format(table=MODELS[kind]._meta.db_table), [ids]).rows():
            where[kind, pk] = line, pool
    found: dict[str, list[Ask]] = {}
    for ask in wanted:
        if ask.key in where:
            line, ask.pool = where[ask.key]
            found.setdefault(line, []).append(ask)
        else:
            ask.refused = GONE
    return found


_WHERE = """
SELECT t.id, l.key, t.pool FROM {table} t JOIN line l ON l.id = t.line_id
WHERE t.id = ANY(%s::bigint[]) AND t.state = 'pooled'
"""
