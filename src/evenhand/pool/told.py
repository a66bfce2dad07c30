"""Whom clocks tell of what: owners, managers, administrators; many items in one notice each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from evenhand.notify.letters import Told
from evenhand.notify.operations import tell_many
from evenhand.people.models import Role, User
from evenhand.pool.snapshot import Wound

_ONE_BY_ONE = 5  # more of one kind at a time come as one notice with their count


class Word(NamedTuple):
    """Something to tell of one item."""

    to: str  # owner, manager, administrator
    kind: str  # of the notice
    wound: Wound
    needed_by: datetime | None = None
    pool: str = ""


def tell_words(words: Sequence[Word]) -> None:
    """Put notices into the inboxes of those concerned; in the caller's transaction."""
    if not words:
        return
    managers = _managers({one.wound.held.rep_id for one in words if one.to == "manager"})
    operations: list[int] = []
    if any(one.to != "owner" for one in words):
        people = User.objects.filter(is_active=True, role=Role.SALES_OPS)
        operations = list(people.values_list("pk", flat=True))
    by_person: dict[tuple[int, str], list[Word]] = defaultdict(list)
    for word in words:
        for user_id in _whom(word, managers, operations):
            by_person[user_id, word.kind].append(word)
    tell_many(
        [
            told
            for (user_id, kind), some in sorted(by_person.items(), key=lambda entry: entry[0])
            for told in _told(user_id, kind, some)
        ]
    )


def _told(user_id: int, kind: str, some: Sequence[Word]) -> Iterable[Told]:
    if len(some) > _ONE_BY_ONE:
        needed = min((one.needed_by for one in some if one.needed_by), default=None)
        return [Told(user_id, kind, {"count": len(some)}, "", None, needed)]
    return [
        Told(user_id, kind, {"count": 1}, held.item_kind, held.item_id, word.needed_by)
        for word in some
        for held in (word.wound.held,)
    ]


def _whom(word: Word, managers: dict[int, int], operations: Iterable[int]) -> Iterable[int]:
    rep_id = word.wound.held.rep_id
    if word.to == "owner":
        return (rep_id,)
    if word.to == "manager":
        return (managers[rep_id],) if rep_id in managers else operations
    live = word.wound.live
    pool = None if live is None else live.pools.pools.get(word.pool)
    named = [int(one) for one in pool.administrators if one.isdigit()] if pool else []
    return named or operations


def _managers(rep_ids: Iterable[int]) -> dict[int, int]:
    """The manager of each one's team, unless it is himself or he left."""
    rows = User.objects.filter(pk__in=list(rep_ids), team__manager__is_active=True)
    pairs = rows.values_list("pk", "team__manager_id")
    return {rep: manager for rep, manager in pairs if manager != rep}
