"""A stored decision called back to mind: why somebody got an item, and somebody else did not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evenhand.engine.facts import ItemKind
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.reasons import reason
from evenhand.engine.routing.recall import Recalled, recall
from evenhand.engine.routing.replay import ReplayReport, replay
from evenhand.platform.refusal import Refused
from evenhand.routing.facts import item_key
from evenhand.routing.models import Batch, Receipt
from evenhand.routing.receipt_file import lines_of
from evenhand.wording.catalogue import Words
from evenhand.wording.receipt_view import shown_names, view_of
from evenhand.wording.receipts import Section, receipt_sentences


class CannotExplain(Refused):
    """What the decision rested on was blanked, or it was no decision by the rules."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A decision in the reader's language, and the moment before it."""

    sections: tuple[Section, ...]
    recalled: Recalled
    names: Mapping[str, str]

    @property
    def holds(self) -> bool:
        """Whether the rules lead to the stored winner again."""
        return self.recalled.stored.get("rep") == self.recalled.decision.rep_id


def recalled(receipt: Receipt) -> Recalled:
    """The moment just before an automatic decision.

    :raises CannotExplain: it was made by hand, or its facts were blanked.
    """
    if receipt.batch is None or not receipt.body:
        raise CannotExplain(reason("receipt.by_hand"))
    key = item_key_of(receipt)
    return recall(lines_of(receipt.batch), key, policy_from_json)


def item_key_of(receipt: Receipt) -> str:
    """The id under which the engine knows the item."""
    return item_key(ItemKind(receipt.item_kind), receipt.item_id)


def explain(
    receipt: Receipt, words: Words, *, rep_id: int | None = None, reader_id: int | None = None
) -> Explained:
    """A receipt in sentences; with `rep_id`, also why not to him and what would have changed it.

    `reader_id` is the rep who reads it: where the policy says so, he sees colleagues as letters.

    :raises CannotExplain: it was made by hand, or its facts were blanked.
    """
    found = recalled(receipt)
    number = str(receipt.item_id)
    return in_words(found, words, item=number, rep_id=rep_id, reader_id=reader_id)


def in_words(
    found: Recalled,
    words: Words,
    *,
    item: str,
    rep_id: int | None = None,
    reader_id: int | None = None,
) -> Explained:
    """A decision called back to mind, in sentences; `item` is its number, the rest as `explain`."""
    team = found.router.team
    rep = None if rep_id is None else str(rep_id)
    reader = None if reader_id is None else str(reader_id)
    names = shown_names(team, found.router.policy, words, reader)
    # The engine's key of an item carries a letter for its kind; people know the number.
    view = replace(view_of(found, rep), item_id=item)
    return Explained(receipt_sentences(words, view, names), found, names)


def verify(batch: Batch) -> ReplayReport:
    """Decide a batch again and compare every line, byte for byte."""
    return replay(lines_of(batch), policy_from_json)
