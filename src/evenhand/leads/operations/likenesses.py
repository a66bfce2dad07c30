"""可能重复: pairs that look like one, found at night, judged by people, and remembered."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from evenhand.engine.facts import ItemKind
from evenhand.engine.matching.agreement import Kind
from evenhand.engine.matching.blocking import pairs_within
from evenhand.engine.matching.evidence import Field
from evenhand.journal.operations import record
from evenhand.leads.models import Company, Likeness, State
from evenhand.leads.queries.alike import ALIKE, likeness
from evenhand.leads.queries.likenesses import likeness_for
from evenhand.people.actor import Actor
from evenhand.people.scope import Right
from evenhand.platform.rows import insert_rows
from evenhand.platform.transactions import in_transaction

MOST_LOOKED_AT = 100_000  # companies: the newest, where there are more
MOST_FOUND = 5_000
_Row = tuple[int, str, str, int | None]  # id, key, mail domain, company above
_FIELDS = (Field("name", Kind.TEXT),)

# People of one company under one name, or with one phone or mail.
_CONTACTS = """
SELECT a.id, b.id FROM contact a JOIN contact b ON b.id > a.id AND (
  (b.company_id = a.company_id AND b.name = a.name AND a.name <> '')
) WHERE a.merged_into_id IS NULL AND b.merged_into_id IS NULL
  AND a.erased_at IS NULL AND b.erased_at IS NULL
LIMIT %(most)s
"""


def find_likenesses() -> int:
    """Look through accounts and people for pairs that may be one; how many are new."""
    before = Likeness.objects.aggregate(last=Max("pk"))["last"] or 0
    _write(ItemKind.ACCOUNT.value, _of_companies())
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, {"most": MOST_FOUND})
        people = [(one, other, 100) for one, other in cursor.fetchall()]
    _write("contact", people)
    return Likeness.objects.filter(pk__gt=before).count()


def judge_different(likeness_id: int, *, actor: Actor) -> None:
    """Two that look alike are not the same: they are not shown again.

    :raises NotAllowed, NotFound: not his to say, or one of them is out of his reach.
    """

    def work() -> None:
        row = likeness_for(actor, likeness_id, Right.MERGE)
        if row.is_different:
            return
        row.is_different, row.judged_by_id, row.judged_at = True, actor.user_id, timezone.now()
        row.save(update_fields=["is_different", "judged_by", "judged_at"])
        record(
            f"{row.item_kind}.told_apart",
            actor=actor,
            object_kind=row.item_kind,
            object_id=row.one_id,
            data={"other": row.other_id},
        )

    in_transaction(work)


def _of_companies() -> list[tuple[int, int, int]]:
    rows: list[_Row] = list(
        Company.objects.exclude(state=State.MERGED)
        .exclude(name_key="")
        .order_by("-pk")
        .values_list("pk", "name_key", "domain", "parent_id")[:MOST_LOOKED_AT]
    )
    keys = [{"name": key} for _, key, _, _ in rows]
    found = []
    for a, b in sorted(pairs_within(keys, _FIELDS)):
        if _of_one_group(rows[a], rows[b]):
            continue
        close = likeness(rows[a][1], rows[b][1])
        if close >= ALIKE:
            found.append((rows[a][0], rows[b][0], round(close)))
    by_domain: dict[str, int] = {}
    for company_id, _, domain, parent_id in rows:
        if domain and domain in by_domain:
            if parent_id is None:  # a group's companies share their domain
                found.append((company_id, by_domain[domain], 100))
        elif domain:
            by_domain[domain] = company_id
    return sorted(found, key=lambda one: -one[2])[:MOST_FOUND]


def _of_one_group(one: _Row, other: _Row) -> bool:
    """Whether one stands above the other, or both below the same: sites, not duplicates."""
    return one[3] == other[0] or other[3] == one[0] or (one[3] is not None and one[3] == other[3])


def _write(kind: str, pairs: Iterable[tuple[int, int, int]]) -> None:
    """Write what is not known yet; what was judged stays judged."""
    found = {(min(a, b), max(a, b)): close for a, b, close in pairs}
    known = set(Likeness.objects.filter(item_kind=kind).values_list("one_id", "other_id"))
    rows = [(a, b, close) for (a, b), close in found.items() if (a, b) not in known]
    if rows:
        insert_rows(
            "likeness",
            {"one_id": "bigint", "other_id": "bigint", "percent": "int"},
            rows,
            same={"item_kind": kind},
        )
