"""Reasons as sentences: the code gives the message, its parameters are put into words first."""

from collections.abc import Callable, Mapping

from evenhand.engine.reasons import Reason
from evenhand.wording.catalogue import Words, message_id
from evenhand.wording.display import Speech
from evenhand.wording.parameters import show_of

# Person id → the name to show: a colleague may be a pseudonym. What it does not know stays an id.
Names = Callable[[str], str] | Mapping[str, str]


def say(words: Words, reason: Reason, names: Names | None = None) -> str:
    """The sentence for a reason, in the language of `words`.

    :raises UnknownMessage: the code has no sentence.
    :raises UnworthySentence: the sentence asks for what the code does not have.
    """
    speech = Speech(words, namer(names))
    shown = {
        name: show_of(reason.code, name)(speech, reason, value) for name, value in reason.params
    }
    return words.text(message_id(reason.code), **shown)


def namer(names: Names | None) -> Callable[[str], str]:
    """A function from person id to the name to show."""
    if names is None:
        return lambda person: person
    if isinstance(names, Mapping):
        known = names
        return lambda person: known.get(person, person)
    return names
