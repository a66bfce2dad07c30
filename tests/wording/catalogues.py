"""The Fluent files as the tests look at them: messages, the variables and messages they use."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fluent.syntax import FluentParser, ast

from evenhand.wording.catalogue import sources

# The words of reasons and receipts; the other files keep those of a page or a command.
FILES = frozenset(
    f"{area}.ftl"
    for area in (
        "calendar",
        "command",
        "conditions",
        "receipts",
        "routing",
        "scoring",
        "sheets",
        "terms",
    )
)

HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Message:
    """One message with what it uses itself."""

    name: str
    variables: frozenset[str]
    references: frozenset[str]
    text: str  # its texts without the placeables, for a look at words and signs


@cache
def messages(locale: str, *, others: bool = False) -> Mapping[str, Message]:
    """The messages of a locale; those of pages and commands only if asked for."""
    found: dict[str, Message] = {}
    for name, source in sources(locale).items():
        if name not in FILES and not others:
            continue
        for entry in FluentParser().parse(source).body:
            assert not isinstance(entry, ast.Junk), f"{locale}/{name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{locale}: {entry.id.name} stands twice"
                found[entry.id.name] = _message(entry)
    return found


def variables_of(locale: str, name: str) -> frozenset[str]:
    """The variables of a message and of those it refers to."""
    known = messages(locale, others=True)
    message = known[name]
    inner = (variables_of(locale, other) for other in message.references)
    return message.variables.union(*inner)


def _message(entry: ast.Message) -> Message:
    nodes = list(_nodes(entry.value))
    return Message(
        name=entry.id.name,
        variables=frozenset(n.id.name for n in nodes if isinstance(n, ast.VariableReference)),
        references=frozenset(n.id.name for n in nodes if isinstance(n, ast.MessageReference)),
        text="\n".join(n.value for n in nodes if isinstance(n, ast.TextElement)),
    )


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    children = vars(node).values() if isinstance(node, ast.BaseNode) else ()
    for child in children:
        for each in child if isinstance(child, list) else [child]:
            if isinstance(each, ast.BaseNode):
                yield from _nodes(each)
