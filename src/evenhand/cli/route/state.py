"""What one run leaves to the next: balances, open loads, owners of companies, what was dealt."""

import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

from evenhand.cli.route.seen import KINDS, Marks
from evenhand.cli.unusable import Unusable
from evenhand.engine.facts import Load
from evenhand.engine.ledger.book import Book
from evenhand.engine.reasons import reason
from evenhand.engine.routing.stored import loads_from_json, loads_to_json

FORMAT = 2  # 1: companies in clear, made ids that anybody could work out from a phone

# An id that a run of format 1 made for a row without one, as `identity.row_key` still does.
_FORMERLY_MADE = re.compile(r"(x[0-9a-f]{12})(-\d+)?")

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


class ForeignState(Unusable):
    """The state file is of another run than the receipts beside which it is to be used."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            reason("state.of_another_run", file=path.name),
            f"{path}: not the state of these receipts; give the right one with --state",
        )


@dataclass
class State:
    """The state file. `routed` holds ids; `keys` digests of phones and mails, never themselves.

    `returned` are ids of items handed back since: they are dealt again, known phone or not.
    `salt` stays in this file, while the seed is in the receipts too: from receipts alone nobody
    works out the phone behind an id that was made for a row.
    """

    seed: str
    salt: str
    runs: int = 0
    books: dict[str, Book] = field(default_factory=dict)
    loads: dict[str, Load] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)  # digest of a company key → rep
    # Insertion order is kept, so that the same runs write the same file without sorting it.
    routed: dict[str, None] = field(default_factory=dict)
    returned: dict[str, None] = field(default_factory=dict)
    keys: dict[str, None] = field(default_factory=dict)

    @classmethod
    def begin(cls, seed: str | None) -> "State":
        """The state before a first run. A seed that is given makes everything repeatable: it gives
        the salt too, and whoever knows it can try phones."""
        if seed is None:
            return cls(seed=secrets.token_hex(8), salt=secrets.token_hex(16))
        return cls(seed=seed, salt=blake2b(f"{seed}:salt".encode(), digest_size=16).hexdigest())

    def made_id(self, row_key: str) -> str:
        """The id of a row that brings none: the same row has the same next Monday."""
        return f"x{self.digests('row', (row_key,), salt=self.salt)[0]}"

    def own_id(self, item_id: str) -> str:
        """The id by which this state knows an item: one made by format 1 has another now."""
        former = _FORMERLY_MADE.fullmatch(item_id) if item_id[:1] == "x" else None
        return item_id if former is None else f"{self.made_id(former[1])}{former[2] or ''}"

    def was_dealt(self, item_id: str, phone: str | None, email: str | None) -> bool:
        """Whether a lead was dealt by a former run, and not handed back since."""
        return bool(self.dealt_places(([item_id], [phone], [email])))

    def dealt_places(self, marks: Marks) -> set[int]:
        """The places of the leads among these that were dealt before, and not handed back since.

        A row without an id has no place here for its id: see `was_dealt`, once it has one.
        """
        if not self.runs:
            return set()
        ids = [one and self.own_id(one) for one in marks[0]]
        found = {place for place, one in enumerate(ids) if one in self.routed}
        for kind, values in zip(KINDS[1:], marks[1:], strict=True):
            filled = [(place, one) for place, one in enumerate(values) if one is not None]
            digests = self.digests(kind, (one for _, one in filled))
            found |= {
                place for (place, _), one in zip(filled, digests, strict=True) if one in self.keys
            }
        return {place for place in found if ids[place] not in self.returned}

    def company_digest(self, key: str) -> str:
        """The digest under which a company is remembered."""
        return self.digests("company", (key,), salt=self.salt)[0]

    def digests(self, kind: str, keys: Iterable[str], *, salt: str | None = None) -> list[str]:
        """The digests of many keys of one kind; phones and mails, which stand nowhere but in this
        file, are salted with the seed, as they always were."""
        salted = blake2b(f"{salt or self.seed}:{kind}:".encode(), digest_size=8)
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
            "salt": _encode(self.salt),
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
    """Read a state file; one of a former version is brought up to date.

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
    is_former = data["evenhand_state"] < FORMAT
    state = State(
        seed=str(data["seed"]),
        salt=secrets.token_hex(16) if is_former else _salt(data["salt"]),
        runs=int(data["runs"]),
        books=books,
        loads=loads_from_json(data["loads"]),
        owners={str(key): str(rep) for key, rep in data["owners"].items()},
        routed=dict.fromkeys(data["routed"]),
        returned=dict.fromkeys(data["returned"]),
        keys=dict.fromkeys(data["keys"]),
    )
    if is_former:
        state.owners = {state.company_digest(key): rep for key, rep in state.owners.items()}
        state.routed = {state.own_id(item_id): None for item_id in state.routed}
        state.returned = {state.own_id(item_id): None for item_id in state.returned}
    return state


def _salt(found: object) -> str:
    if not isinstance(found, str) or not found:
        raise ValueError("salt: not a text")
    return found


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
