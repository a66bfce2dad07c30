"""The tree of companies that a company stands in: who is above, who below, who looks after each."""

from dataclasses import dataclass

from django.db import connection

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import visible
from evenhand.leads.models import Company
from evenhand.people.actor import Actor

MOST = 200  # companies of a tree that are shown

_TREE = """
WITH RECURSIVE up AS (
  SELECT id, parent_id, 0 AS step FROM company WHERE id = %(id)s
  UNION ALL
  SELECT p.id, p.parent_id, up.step + 1 FROM up JOIN company p ON p.id = up.parent_id
  WHERE up.step < 20
), down AS (
  SELECT id, 0 AS depth, ARRAY[name || ' ' || id] AS place FROM company
  WHERE id = (SELECT id FROM up ORDER BY step DESC LIMIT 1)
  UNION ALL
  SELECT c.id, down.depth + 1, down.place || (c.name || ' ' || c.id) FROM down
  JOIN company c ON c.parent_id = down.id WHERE down.depth < 20 AND c.state <> 'merged'
) SELECT id, depth FROM down ORDER BY place LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A company in its tree; `company` None: it is not within the reader's reach."""

    id: int
    depth: int
    company: Company | None
    is_here: bool


def company_tree(actor: Actor, company_id: int) -> list[Node]:
    """The whole tree of a company, from the top; empty where it stands alone."""
    with connection.cursor() as cursor:
        cursor.execute(_TREE, {"id": company_id, "most": MOST})
        rows: list[tuple[int, int]] = cursor.fetchall()
    if len(rows) < 2:
        return []
    seen = visible(actor, ItemKind.ACCOUNT).select_related("owner__user")
    companies = seen.in_bulk([row_id for row_id, _ in rows])
    return [
        Node(row_id, depth, companies.get(row_id), row_id == company_id) for row_id, depth in rows
    ]
