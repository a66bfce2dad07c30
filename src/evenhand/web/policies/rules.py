"""Rules as rows that people can read: when, to whom, how, and what if nobody."""

from dataclasses import dataclass
from typing import Any

from evenhand.engine.conditions import ALWAYS, Condition, to_text
from evenhand.engine.policy.document import PolicyDocument
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.conditions import condition_words


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of the policy."""

    number: int
    name: str
    when: str  # as the policy writes it; "" = always
    said: str  # the same as a sentence
    who: str  # which reps besides, as a sentence; "" = all of the group
    how: str
    whom: str
    match: tuple[str, ...]
    otherwise: str
    note: str
    is_enabled: bool


def rule_rows(document: PolicyDocument, words: Words) -> list[RuleRow]:
    """The rules in the order in which they are asked."""
    return [
        RuleRow(
            number=number,
            name=rule.rule,
            when=condition_text(rule.when),
            said=_said(rule.when, words),
            who="" if rule.who == ALWAYS else condition_words(rule.who, words),
            how=words.text(f"web-strategy-{message_id(rule.to.strategy)}"),
            whom=_whom(rule.to, words),
            match=tuple(words.text(f"match-{name}") for name in rule.match),
            otherwise=otherwise_words(rule.if_nobody, words),
            note=rule.note,
            is_enabled=rule.is_enabled,
        )
        for number, rule in enumerate(document.rules, start=1)
    ]


def condition_text(condition: Condition) -> str:
    """A condition on one line; what always holds is not said."""
    return "" if condition == ALWAYS else to_text(condition)


def _said(condition: Condition, words: Words) -> str:
    return "" if condition == ALWAYS else condition_words(condition, words)


def _whom(target: Any, words: Words) -> str:
    if target.strategy == "owner":
        return words.text(f"web-owner-of-{target.of}")
    for name in ("group", "rep", "pool"):
        if hasattr(target, name):
            return str(getattr(target, name))
    return ""


def otherwise_words(action: Any, words: Words) -> str:
    """What happens if nobody can take it."""
    whom = next(
        (str(getattr(action, name)) for name in ("pool", "rep", "to") if hasattr(action, name)), ""
    )
    return words.text(f"web-otherwise-{message_id(action.do)}", whom=whom)


def group_rows(
    document: PolicyDocument, words: Words
) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Groups: name, who by condition, who by name, note."""
    return [
        (
            group.group,
            "" if group.who is None else _said(group.who, words),
            group.members,
            group.note,
        )
        for group in document.groups
    ]
