"""Who was kept from which items, by which kind of reason, and from how many.

An item was kept from somebody if no rule that was asked for it could have given it to him: he was
excluded, or full, wherever the item came by. Items that went to their owner, to a named person or
to a pool without asking a group were kept from nobody.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from evenhand.cli.route.run import Routed, Run
from evenhand.engine.reasons import Reason
from evenhand.engine.routing.situation import Prepared
from evenhand.wording.catalogue import message_id

# In the order in which they are shown: what passes by itself, then what somebody has to change.
FAMILIES = (
    "availability-on-leave",
    "availability-switched-off",
    "closed",
    "capacity-open-items",
    "capacity-open-points",
    "capacity-window-items",
    "capacity-window-points",
    "weight-zero",
    "level-does-not-take",
    "level-no-mentor",
    "level-unknown",
    "match-region",
    "match-industry",
    "match-product",
    "match-skill",
    "match-language",
    "condition",
    "other",
)


@dataclass
class Kept:
    """One kind of reason: from whom it kept how many items, and how it was put most often."""

    family: str
    items: int = 0  # that it kept from at least one person
    by_rep: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, Counter[Reason]] = field(default_factory=dict)

    def usual(self, rep_id: str) -> Reason:
        """The reason of this kind that somebody met most often."""
        return self.reasons[rep_id].most_common(1)[0][0]


def family_of(why: Reason) -> str:
    """The kind of a reason: codes that a manager would not tell apart are one."""
    area = why.code.partition(".")[0]
    if area == "calendar":
        return "closed"
    if area == "condition" or why.code == "rule.never_admits":
        return "condition"
    family = message_id(why.code)
    if why.code == "match.differs":
        family = f"match-{why['field']}"
    return family if family in FAMILIES else "other"


def exclusions(kept: Iterable[Routed]) -> list[Kept]:
    """Every kind of reason that kept an item from somebody, in the order of FAMILIES."""
    found: dict[str, Kept] = {}
    for (prepared, rules, full), count in _alike(kept).items():
        verdicts = _verdicts(prepared, rules, dict(full))
        for family in {family_of(why) for why in verdicts.values()}:
            found.setdefault(family, Kept(family)).items += count
        for rep_id, why in verdicts.items():
            one = found[family_of(why)]
            one.by_rep[rep_id] += count
            one.reasons.setdefault(rep_id, Counter())[why] += count
    return sorted(found.values(), key=lambda one: FAMILIES.index(one.family))


Alike = tuple[Prepared, tuple[str, ...], tuple[tuple[str, Reason], ...]]


def _alike(kept: Iterable[Routed]) -> Counter[Alike]:
    """Items of one reading that came by the same rules while the same people were full."""
    found: Counter[Alike] = Counter()
    for routed in kept:
        decision = routed.decision
        rules = dict.fromkeys([*(one.rule for one in decision.tried), decision.rule])
        found[routed.prepared, tuple(rules), decision.full] += 1
    return found


def _verdicts(
    prepared: Prepared, rules: tuple[str, ...], full: dict[str, Reason]
) -> dict[str, Reason]:
    """Everybody who could not have got the item from any of these rules, with the last reason."""
    able: set[str] = set()
    verdicts: dict[str, Reason] = {}
    for ready in prepared.plan.rules:
        step = prepared.steps.get(ready.position)
        if ready.rule.rule not in rules or ready.group is None or step is None:
            continue
        for candidate in step.field.candidates:
            if candidate.rep_id in full:
                verdicts[candidate.rep_id] = full[candidate.rep_id]
            else:
                able.add(candidate.rep_id)
        for exclusion in step.field.excluded:
            verdicts[exclusion.rep_id] = exclusion.why
    return {rep_id: why for rep_id, why in verdicts.items() if rep_id not in able}


def left_out(run: Run) -> tuple[list[str], list[str]]:
    """People whom no rule could have reached: (deactivated, in no group), as ids."""
    inside = {position for members in run.router.roster.members.values() for position in members}
    inactive = [rep.id for rep in run.router.team.reps if not rep.is_active]
    outside = [
        rep.id
        for position, rep in enumerate(run.router.team.reps)
        if rep.is_active and position not in inside
    ]
    return inactive, outside
