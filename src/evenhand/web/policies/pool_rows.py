"""Pools and rules of clocks as rows that people can read."""

from dataclasses import dataclass

from evenhand.engine.conditions import ALWAYS
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.pool.section import Clock, ClockRule, PoolTerms
from evenhand.web.policies.spans import span_words
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.conditions import condition_words
from evenhand.wording.formats import list_text


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of the rules: its name, what it says line by line, its remark."""

    name: str
    facts: tuple[tuple[str, str], ...]
    note: str
    is_on: bool = True


def pool_rows(document: PolicyDocument, words: Words) -> list[PartRow]:
    """The pools in the order in which they are asked what they take."""
    return [_pool(one, words) for one in document.pools]


def _pool(pool: PoolTerms, words: Words) -> PartRow:
    say = words.text
    holds = [say(f"item-kind-{kind}") for kind in pool.holds or ("lead",)]
    is_claimed = pool.mode != "assign_only"
    who = say("web-policies-everybody") if pool.who is None else condition_words(pool.who, words)
    facts = [
        (say("web-studio-pool-holds"), list_text(words, holds)),
        (
            say("web-studio-pool-who"),
            who if is_claimed else say("web-studio-pool-mode-assign-only"),
        ),
    ]
    fits = None if pool.claim is None else pool.claim.fits
    if is_claimed and fits is not None and fits != ALWAYS:
        facts.append((say("web-studio-pool-fits"), condition_words(fits, words)))
    if pool.takes is not None and pool.takes != ALWAYS:
        facts.append((say("web-studio-pool-takes-what"), condition_words(pool.takes, words)))
    price = say("web-studio-pool-free")
    if pool.group is not None:
        terms = pool.price
        price = say("web-studio-pool-costs", percent=100 if terms is None else terms.start_percent)
        price = f"{pool.group} · {price}"
    if is_claimed:
        facts.append((say("web-studio-pool-price"), price))
    return PartRow(pool.pool, tuple(facts), pool.note)


def clock_rows(document: PolicyDocument, words: Words) -> list[PartRow]:
    """The rules of clocks in the order in which they are asked."""
    rules = () if document.clocks is None else document.clocks.rules
    return [_rule(one, words) for one in rules]


def _rule(rule: ClockRule, words: Words) -> PartRow:
    say = words.text
    conditions = [condition_words(one, words) for one in (rule.when, rule.who) if one != ALWAYS]
    matching = list_text(words, conditions) if conditions else say("web-policies-always")
    facts = [(say(f"item-kind-{rule.kind}"), matching)]
    facts += [
        (say(f"clock-name-{message_id(one.clock)}"), _clock(one, words)) for one in rule.clocks
    ]
    return PartRow(rule.rule, tuple(facts), rule.note, rule.is_on)


def _clock(clock: Clock, words: Words) -> str:
    parts = [span_words(words, clock.after)]
    if clock.extends is not None:
        span = span_words(words, clock.extends)
        parts.append(words.text("web-studio-clock-extends", span=span))
    if clock.at_most is not None:
        parts.append(words.text("web-studio-clock-at-most", span=span_words(words, clock.at_most)))
    parts += [words.text(f"web-studio-missed-{message_id(one)}") for one in clock.missed]
    return list_text(words, [*clock.stages, *parts])
