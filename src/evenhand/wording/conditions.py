"""A condition of a rule as a sentence, in the reader's language."""

from collections.abc import Sequence

from evenhand.engine.conditions.explain import said
from evenhand.engine.conditions.nodes import AllOf, Always, AnyOf, Atom, Condition, Not
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import Names, say


def condition_words(condition: Condition, words: Words, names: Names | None = None) -> str:
    """What has to hold: 线索来源是 官网、展会 之一，并且预算不小于 500,000.

    What is joined otherwise than its surroundings stands in brackets.
    """
    match condition:
        case Always(holds):
            return words.text("condition-everything" if holds else "condition-nothing")
        case Atom():
            return say(words, said(condition), names)
        case Not(Atom() as atom):
            return say(words, said(atom, is_negated=True), names)
        case Not(part):
            return words.text("condition-negated", inner=condition_words(part, words, names))
        case AllOf(parts):
            return _joined("condition-both", parts, AnyOf, words, names)
        case AnyOf(parts):
            return _joined("condition-either", parts, AllOf, words, names)


def _joined(
    message: str,
    parts: Sequence[Condition],
    other: type[AllOf] | type[AnyOf],
    words: Words,
    names: Names | None,
) -> str:
    sentences = [condition_words(part, words, names) for part in parts]
    for number, part in enumerate(parts):
        if isinstance(part, other):
            sentences[number] = words.text("condition-bracketed", inner=sentences[number])
    found = sentences[0]
    for sentence in sentences[1:]:
        found = words.text(message, first=found, second=sentence)
    return found
