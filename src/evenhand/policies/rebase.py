"""A draft set upon a newer version: what each side changed since they parted is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.engine.policy.diff import diff
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import policy_from_plain, read_policy
from evenhand.engine.policy.problem import InvalidPolicy
from evenhand.engine.reasons import Reason
from evenhand.policies.models import PolicyVersion
from evenhand.policies.queries import document_of
from evenhand.policies.spellings import draft_text

_NAMES = {"rules": "rule", "groups": "group", "territories": "territory", "pools": "pool"}
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Rebased:
    """The new text; `kept` names the parts that both sides changed, where the draft's stands."""

    text: str
    kept: tuple[str, ...]
    is_merged: bool  # False: the draft could not be read, its text stands as it was typed


def rebased(text: str, base: PolicyVersion | None, live: PolicyVersion | None) -> Rebased:
    """The draft upon `live`, knowing that it was begun from `base`."""
    if base is None or live is None:
        return Rebased(text, (), is_merged=False)
    try:
        mine = read_policy(text)
    except InvalidPolicy:
        return Rebased(text, (), is_merged=False)
    former, theirs = document_of(base), document_of(live)
    kept: list[str] = []
    plain = _merged(former.as_plain(), mine.as_plain(), theirs.as_plain(), kept)
    try:
        document = policy_from_plain(plain)
    except InvalidPolicy:
        # The two sides do not fit together: what was typed stands, the person decides.
        return Rebased(text, (), is_merged=False)
    return Rebased(draft_text(document), tuple(kept), is_merged=True)


def changed_meanwhile(base: PolicyVersion | None, live: PolicyVersion | None) -> Sequence[Reason]:
    """What the versions published meanwhile changed, in the order of the document."""
    if base is None or live is None or base.pk == live.pk:
        return ()
    same = {"version": 1}
    former = document_of(base).model_copy(update=same)
    return diff(former, document_of(live).model_copy(update=same))


def changed_here(document: PolicyDocument, live: PolicyVersion | None) -> Sequence[Reason]:
    """What a draft changes of what is live; its number is no change."""
    if live is None:
        return ()
    former = document_of(live)
    return diff(former, document.model_copy(update={"version": former.version}))


def _merged(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], kept: list[str]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key in dict.fromkeys((*mine, *theirs)):
        sides = [side.get(key, _MISSING) for side in (base, mine, theirs)]
        name = _NAMES.get(key)
        if key in ("line", "version", "region_aliases"):
            value = sides[2]
        elif name is not None and _MISSING not in sides:
            value = _merged_list(sides[0], sides[1], sides[2], name, kept)
        else:
            value = _chosen(sides, key, kept)
        if value is not _MISSING:
            found[key] = value
    return found


def _merged_list(base: Any, mine: Any, theirs: Any, name: str, kept: list[str]) -> list[Any]:
    """Parts by name, in the order of whichever side moved them; new ones of theirs at the end."""
    former, own, other = ({one[name]: one for one in side} for side in (base, mine, theirs))
    own_order = [one for one in own if one in former]
    is_mine = own_order != [one for one in former if one in own]
    lead, rest = (own, other) if is_mine or len(own) > len(other) else (other, own)
    order = list(lead)
    for one in rest:
        if one not in lead:
            before = [x for x in list(rest)[: list(rest).index(one)] if x in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, one)
    found = []
    for one in order:
        sides = [side.get(one, _MISSING) for side in (former, own, other)]
        value = _chosen(sides, one, kept)
        if value is not _MISSING:
            found.append(value)
    return found


def _chosen(sides: Sequence[Any], name: str, kept: list[str]) -> Any:
    base, mine, theirs = sides
    if mine in (base, theirs):
        return theirs
    if theirs != base:
        kept.append(name)
    return mine
