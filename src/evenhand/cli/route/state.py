"""What one run leaves to the next: balances, open loads, owners of companies, what was dealt."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

from evenhand.cli.unusable import Unusable
from evenhand.engine.facts import Load
from evenhand.engine.ledger.book import Book
from evenhand.engine.reasons import reason
from evenhand.engine.routing.stored import loads_from_json, loads_to_json

FORMAT = 1

# A million texts that need no escape are JSON when they are joined; the encoder takes its time.
_ESCAPED = re.compile(r'[\x00-\x1f"\\]')
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _list(texts: Iterable[str]) -> str:
    """Texts as JSON."""
    texts = list(texts)
    if not texts or _ESCAPED.search("".join(texts)):
        return _encode(texts)
    return "".join(('["', '","'.join(texts), '"]'))


def _mapping(texts: Mapping[str, str]) -> str:
    """A mapping of texts as JSON."""
    if not texts or _ESCAPED.search("".join(chain(texts, texts.values()))):
        return _encode(texts)
    return "".join(('{"', '","'.join(map('":"'.join, texts.items())), '"}'))


class UnreadableState(Unusable):
    """The state file is not one of ours, or of a newer version; nothing was changed."""


@dataclass
class State:
    """The state file. `routed` holds ids; `keys` digests of phones and mails, never themselves.

    `returned` are ids of items handed back since: they are dealt again, known phone or not.
    """

    seed: str
    runs: int = 0
    books: dict[str, Book] = field(default_factory=dict)
    loads: dict[str, Load] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)  # company key → rep
    # Insertion order is kept, so that the same runs write the same file without sorting it.
    routed: dict[str, None] = field(default_factory=dict)
    returned: dict[str, None] = field(default_factory=dict)
    keys: dict[str, None] = field(default_factory=dict)

    def digest(self, kind: str, key: str) -> str:
        """The digest under which a phone or a mail address is remembered."""
        return self.digests(kind, (key,))[0]

    def digests(self, kind: str, keys: Iterable[str]) -> list[str]:
        """The digests of many keys of one kind."""
        salted = blake2b(f"{self.seed}:{kind}:".encode(), digest_size=8)
        found = []
        for key in keys:
            one = salted.copy()
            one.update(key.encode())
            found.append(one.hexdigest())
        return found

    def as_json(self) -> str:
        """The state as one line of JSON."""
        parts = {
            "evenhand_state": _encode(FORMAT),
            "seed": _encode(self.seed),
            "runs": _encode(self.runs),
            "books": _encode({key: book.as_json() for key, book in sorted(self.books.items())}),
            "loads": _encode(loads_to_json(self.loads)),
            "owners": _mapping(self.owners),
            "routed": _list(self.routed),
            "returned": _list(self.returned),
            "keys": _list(self.keys),
        }
        return "".join(("{", ",".join(f'"{name}":{text}' for name, text in parts.items()), "}"))


def load_state(path: Path) -> State:
    """Read a state file.

    :raises UnreadableState: not a state file, damaged, or of a newer version.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["evenhand_state"] > FORMAT:
            raise UnreadableState(
                reason("state.newer", file=path.name), f"{path}: written by a newer version"
            )
        return _state_from_json(data)
    except (
        *(ValueError, KeyError, TypeError),
        *(AttributeError, OverflowError, RecursionError),
    ) as error:
        raise UnreadableState(
            reason("state.unreadable", file=path.name),
            f"{path}: not a state file of evenhand route ({type(error).__name__}: {error}); "
            "take it from a backup, or start anew without it",
        ) from error


def _state_from_json(data: Mapping[str, Any]) -> State:
    books = {str(key): Book.from_json(book) for key, book in data["books"].items()}
    if any(book.balance.sum(axis=1).any() for book in books.values()):
        raise ValueError("books: a grade does not add up to zero")
    return State(
        seed=str(data["seed"]),
        runs=int(data["runs"]),
        books=books,
        loads=loads_from_json(data["loads"]),
        owners={str(key): str(rep) for key, rep in data["owners"].items()},
        routed=dict.fromkeys(data["routed"]),
        returned=dict.fromkeys(data["returned"]),
        keys=dict.fromkeys(data["keys"]),
    )


@contextmanager
def staged_state(state: State, path: Path) -> Iterator[None]:
    """Write a state file beside `path`; it takes its place when the body has done its work.

    Whatever goes wrong, before or in the body, leaves the former state.

    :raises OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            file.write(state.as_json())
            file.flush()
            os.fsync(file.fileno())
        yield
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
