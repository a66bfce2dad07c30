"""What a rep may know of decisions of his groups that went to others, for lists of them.

The rule, and the colleague as the receipt itself would name him: by name, or by a letter where the
policy says so. Never the item.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from evenhand.engine.routing.stored import team_from_json
from evenhand.ledger.models import Book
from evenhand.people.access import visible_people
from evenhand.people.actor import Actor
from evenhand.people.names import user_names
from evenhand.policies.live import policy_of_version
from evenhand.policies.models import PolicyVersion, VersionState
from evenhand.routing.access import visible_receipts
from evenhand.routing.models import Receipt, Shared
from evenhand.wording.catalogue import Words
from evenhand.wording.receipt_view import shown_names


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as a list may tell it; `taker` "" = he may not be named."""

    receipt_id: int
    rule: str
    act: str  # by hand: assign, transfer
    taker: str
    is_whole: bool  # the reader may open the receipt itself
    is_answered: bool  # he may ask there why it was not he


def told(
    actor: Actor, receipt_ids: Collection[int], words: Words, *, about: int
) -> dict[int, Told]:
    """These decisions by id, for whoever reads the page of `about`: himself, or his manager.

    The caller has found them in a book that `about` is or was in.
    """
    found = Receipt.objects.filter(pk__in=receipt_ids).select_related("batch")
    receipts = list(found.defer("body", "batch__script", "batch__loads"))
    is_own = actor.user_id == about
    whole = set(visible_receipts(actor).filter(pk__in=receipt_ids).values_list("pk", flat=True))
    books = {one.book_id for one in receipts if one.book_id is not None}
    mine = set(
        Book.objects.filter(pk__in=books, members__contains=[about]).values_list("pk", flat=True)
    )
    names = _own_names(receipts, words, about) if is_own else _names_within(actor, receipts)
    return {
        one.pk: Told(
            one.pk,
            one.rule,
            one.act,
            names.get(one.pk, ""),
            one.pk in whole,
            one.batch_id is not None and one.book_id in mine and (is_own or one.pk in whole),
        )
        for one in receipts
    }


def _names_within(actor: Actor, receipts: Collection[Receipt]) -> dict[int, str]:
    takers = {one.rep_id for one in receipts if one.rep_id is not None}
    names = dict(visible_people(actor).filter(pk__in=takers).values_list("pk", "name"))
    return {one.pk: names.get(one.rep_id or 0, "") for one in receipts}


def _own_names(receipts: Collection[Receipt], words: Words, reader: int) -> dict[int, str]:
    live = _live_versions({one.line_id for one in receipts if one.line_id is not None})
    named: list[Receipt] = []
    hidden: list[Receipt] = []
    for one in receipts:
        version = live.get(one.line_id or 0) if one.batch is None else one.batch.policy_id
        policy = None if version is None else policy_of_version(version).policy
        is_open = policy is not None and policy.parts.fairness.colleagues == "names"
        (named if is_open else hidden).append(one)
    names = user_names({one.rep_id for one in named if one.rep_id is not None})
    found = {one.pk: names.get(one.rep_id or 0, "") for one in named}
    return found | _letters(hidden, words, reader)


def _live_versions(line_ids: Collection[int]) -> Mapping[int, int]:
    rows = PolicyVersion.objects.filter(line_id__in=line_ids, state=VersionState.LIVE)
    return dict(rows.values_list("line_id", "pk"))


def _letters(receipts: Collection[Receipt], words: Words, reader: int) -> dict[int, str]:
    """The letters that the receipts themselves have for colleagues; teams are read once each."""
    teams = {one.batch.team_id for one in receipts if one.batch is not None}
    bodies = dict(Shared.objects.filter(pk__in=teams).values_list("pk", "body")) if teams else {}
    known: dict[tuple[int, int], dict[str, str]] = {}
    found = {}
    for one in receipts:
        if one.batch is None or not bodies.get(one.batch.team_id):
            continue
        key = (one.batch.team_id, one.batch.policy_id)
        if key not in known:
            team = team_from_json(json.loads(bodies[key[0]]))
            policy = policy_of_version(key[1]).policy
            known[key] = shown_names(team, policy, words, str(reader))
        found[one.pk] = known[key].get(str(one.rep_id), "")
    return found
