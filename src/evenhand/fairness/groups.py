"""Which groups somebody may look at, and what they are called.

A group is a book of a line. Whoever reaches everybody sees all of them; a manager those that one of
his own people is in. Colleagues outside his reach stand in one line together, never one by one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from evenhand.engine.routing.contests import COMPANY_WIDE
from evenhand.ledger.models import Book
from evenhand.people.access import reaches_everybody, visible_people
from evenhand.people.actor import Actor
from evenhand.people.scope import Right, demand
from evenhand.platform.refusal import NotFound


@dataclass(frozen=True, slots=True)
class Group:
    """A book as a choice; `name` is "" for the whole company's, `kind` is value, work or count."""

    id: int
    line_id: int
    line: str
    name: str
    kind: str
    members: tuple[int, ...]
    grades: tuple[str, ...]  # those it keeps apart


def groups(actor: Actor, *, line_id: int | None = None) -> list[Group]:
    """Groups within the actor's reach, by line and name.

    :raises NotAllowed: he may not see decisions about others.
    """
    demand(actor, Right.SEE_DECISIONS)
    books = Book.objects.filter(line__is_active=True).select_related("line")
    if line_id is not None:
        books = books.filter(line_id=line_id)
    if not reaches_everybody(actor):
        books = books.filter(members__overlap=sorted(actor.reps | {actor.user_id or 0}))
    found = [group_of(book) for book in books]
    return sorted(found, key=lambda one: (one.line, one.name, one.kind))


def group_for(actor: Actor, book_id: int) -> Group:
    """A group by id.

    :raises NotAllowed: he may not see decisions about others.
    :raises NotFound: there is none within his reach.
    """
    for one in groups(actor):
        if one.id == book_id:
            return one
    raise NotFound("book", book_id)


def group_of(book: Book) -> Group:
    """A book as a group."""
    name, _, kind = book.key.rpartition("|")
    grades = tuple(book.grades) if book.by_grade and len(book.grades) > 1 else ()
    is_whole = name == COMPANY_WIDE
    return Group(
        book.pk, book.line_id, book.line.name, "" if is_whole else name, kind,
        tuple(book.members), grades,
    )  # fmt: skip


def names_within(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """Names of those of these people whom the actor may see."""
    return dict(visible_people(actor).filter(pk__in=ids).values_list("pk", "name"))


def who_watches(book: Book) -> list[int]:
    """Whom an alarm of a group tells: its managers, and sales operations."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT p.id FROM person AS p
            LEFT JOIN team AS t ON t.is_active AND CASE p.scope
                WHEN 'team' THEN t.id = p.team_id
                WHEN 'team_below' THEN t.path @> ARRAY[p.team_id] END
            LEFT JOIN person AS m ON m.team_id = t.id AND m.id = ANY(%s)
            WHERE p.is_active AND (p.role = 'sales_ops'
                OR p.role = 'manager' AND (p.scope = 'all' OR m.id IS NOT NULL))
            ORDER BY p.id
            """,
            [book.members],
        )
        return [row[0] for row in cursor.fetchall()]


def lines_of(found: Sequence[Group]) -> list[tuple[int, str]]:
    """The lines of these groups, to choose from."""
    return list(dict.fromkeys((one.line_id, one.line) for one in found))
