"""Verify an exported journal with Python alone: no Django, no database, nothing to install.

    python3 verify_alone.py journal.jsonl [anchors/*.json] [--key PUBLIC_KEY] [--lang zh]

Exit code: 0 whole; 1 something was changed, and is named; 2 the files cannot be read. The server
verifies with the same code, so what is sealed and how it is verified stands here alone.

A seal covers some events in the order of (xact, id). Its first digest is SHA-256(last digest of the
seal before ‖ JSON of the seal itself), each further one SHA-256(digest before ‖ JSON of an event);
JSON is canonical: keys sorted, no spaces, UTF-8. The first seal follows 32 zero bytes. An anchor
(存证) is the last digest of a seal, signed (Ed25519) and kept elsewhere.
"""

import argparse
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any, NamedTuple

FORMAT = 1
SIZE = 32
GENESIS = bytes(SIZE)

# What of an event is sealed, in this order: all of it.
FIELDS = (
    *("id", "xact", "at", "kind", "actor_kind", "actor_id", "object_kind", "object_id"),
    "data",
)
Fields = Sequence[Any]


class Unreadable(Exception):
    """A file is not what it should be."""


class Seal(NamedTuple):
    """Some events in a row; `hashes` holds its own digest and then one per event."""

    number: int
    at: str
    first: int  # the position of its first event in the whole chain, from 1
    last_xact: int
    last_id: int
    ids: Sequence[int]
    hashes: bytes

    @property
    def head(self) -> bytes:
        """The digest that the next seal follows."""
        return self.hashes[-SIZE:]

    @property
    def last(self) -> int:
        """The position of its last event."""
        return self.first + len(self.ids) - 1


class Anchor(NamedTuple):
    """What was said outside of the chain on some day."""

    at: str
    seal: int
    position: int
    event: int
    head: str
    key: str
    name: str  # of its file


class Finding(NamedTuple):
    """Something that is not as it was sealed: `kind` says what, the numbers where."""

    # changed, missing, inserted, digest, seal, seals_missing, anchor, cut; key: an anchor that
    # cannot be trusted
    kind: str
    position: int = 0
    event: int = 0
    until: int = 0  # the last position, where it is a stretch
    name: str = ""  # of a seal or an anchor


# Numbers that are not whole are kept as they are written, and apart from every text: no text of the
# database holds a zero character.
_DECODER = json.JSONDecoder(parse_float=lambda number: "\0" + number)
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_json(text: str) -> Any:
    """JSON as it is sealed."""
    return _DECODER.decode(text)


def canonical(value: Any) -> bytes:
    """The one way to write a value."""
    return _ENCODER.encode(value).encode()


def link(before: bytes, value: Any) -> bytes:
    """The digest of a value that follows another digest."""
    return sha256(before + canonical(value)).digest()


def head_of(number: int, at: str, first: int, ids: Sequence[int], last: tuple[int, int]) -> Any:
    """What of a seal itself is sealed."""
    return ["seal", number, at, first, len(ids), *last]


class Chain:
    """Goes along the chain, seal by seal; what is wrong is collected in `findings`."""

    def __init__(self, anchors: Iterable[Anchor] = ()) -> None:
        self.number, self.position, self.head = 0, 0, GENESIS
        self.findings: list[Finding] = []
        self._anchors: dict[int, list[Anchor]] = {}
        for one in anchors:
            self._anchors.setdefault(one.seal, []).append(one)
        # A digest as it should have been, where the one that stands there differs.
        self._suspect: bytes | None = None

    def go_on_from(
        self, number: int, position: int, head: bytes, findings: Iterable[Finding] = ()
    ) -> None:
        """Begin behind a seal that was verified before, with what was found up to there."""
        self.number, self.position, self.head = number, position, head
        self.findings += findings
        for one in [one for one in self._anchors if one <= number]:
            del self._anchors[one]

    def check(self, seal: Seal, events: Mapping[int, Fields]) -> None:
        """Take the next seal, and its events as they are now, by id.

        Events that stand where this seal's do without being in it were inserted.
        """
        follows = seal.number == self.number + 1 and seal.first == self.position + 1
        are_gone = not follows and self._gap(seal)
        if len(seal.hashes) != SIZE * (len(seal.ids) + 1) or not seal.ids:
            self._find("seal", position=seal.first, name=str(seal.number))
        else:
            self._check_head(seal, follows=follows)
            self._check_events(seal, events)
        # Events of seals that are gone are nobody's either.
        for extra in () if are_gone else sorted(events.keys() - set(seal.ids)):
            self._find("inserted", event=extra, position=seal.first, until=seal.last)
        self.number, self.position, self.head = seal.number, seal.last, seal.head
        self._compare(self._anchors.pop(seal.number, ()), seal)

    def end(self) -> list[Finding]:
        """No seal follows: what anchors know beyond it was cut off. Returns all that is wrong."""
        for number in sorted(self._anchors):
            for one in self._anchors[number]:
                self._find("cut", self.position + 1, one.event, one.position, one.name)
        self._anchors.clear()
        again = {one.event for one in self.findings if one.kind == "changed"}
        self.findings = [
            one for one in self.findings if one.kind != "inserted" or one.event not in again
        ]
        return self.findings

    def _gap(self, seal: Seal) -> bool:
        """Say what is wrong with where a seal stands; whether seals before it are gone."""
        are_gone = seal.number > self.number + 1 and seal.first > self.position + 1
        if are_gone:
            names = f"{self.number + 1}–{seal.number - 1}"
            self._find("seals_missing", self.position + 1, until=seal.first - 1, name=names)
        else:
            self._find("seal", position=seal.first, name=str(seal.number))
        return are_gone

    def _check_head(self, seal: Seal, *, follows: bool) -> None:
        said = head_of(seal.number, seal.at, seal.first, seal.ids, (seal.last_xact, seal.last_id))
        if follows and not self._fits(said, self.head, seal.hashes[:SIZE]):
            self._find("seal", position=seal.first, name=str(seal.number))
        self._suspect = None

    def _check_events(self, seal: Seal, events: Mapping[int, Fields]) -> None:
        hashes, before = seal.hashes, seal.hashes[:SIZE]
        for place, event_id in enumerate(seal.ids, 1):
            digest = hashes[place * SIZE : (place + 1) * SIZE]
            event = events.get(event_id)
            if event is None:
                self._suspect = None
                self._find("missing", seal.first + place - 1, event_id)
            elif sha256(before + canonical(event)).digest() == digest:
                self._suspect = None
            elif not self._fits(event, before, digest):
                self._suspect = link(before, event)
                self._find("changed", seal.first + place - 1, event_id)
            before = digest

    def _fits(self, value: Any, before: bytes, digest: bytes) -> bool:
        """Whether a digest fits; if only beside the one before, that one was changed itself."""
        if link(before, value) == digest:
            return True
        if self._suspect is None or link(self._suspect, value) != digest:
            return False
        self._suspect = None
        self.findings[-1] = self.findings[-1]._replace(kind="digest")
        return True

    def _compare(self, anchors: Iterable[Anchor], seal: Seal) -> None:
        for one in anchors:
            if (one.position, one.head) != (seal.last, seal.head.hex()):
                self._find("anchor", one.position, one.event, name=one.name)

    def _find(
        self, kind: str, position: int = 0, event: int = 0, until: int = 0, name: str = ""
    ) -> None:
        self.findings.append(Finding(kind, position, event, until, name))


# -- anchors ------------------------------------------------------------------------------------

_ANCHOR = "evenhand-anchor"


def said_in(anchor: Mapping[str, Any]) -> bytes:
    """What of an anchor is signed: all but the signature."""
    return canonical({name: value for name, value in anchor.items() if name != "signature"})


def read_anchor(text: str, name: str, keys: Collection[str] = ()) -> Anchor:
    """An anchor whose signature is right; with `keys`, of one of these public keys.

    :raises Unreadable: it is none, was changed, or is somebody else's.
    """
    try:
        said = json.loads(text)
        if said["format"] != _ANCHOR:
            raise Unreadable(f"{name}: not an anchor")
        numbers = (int(said["seal"]), int(said["position"]), int(said["event"]))
        key, signature = bytes.fromhex(said["key"]), bytes.fromhex(said["signature"])
        found = Anchor(str(said["at"]), *numbers, str(said["head"]), str(said["key"]), name)
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{name}: not an anchor") from error
    if not is_signed(key, said_in(said), signature):
        raise Unreadable(f"{name}: the signature is wrong")
    if keys and found.key not in keys:
        raise Unreadable(f"{name}: signed with another key, {found.key}")
    return found


# Ed25519 as RFC 8032 has it; slow, which for some hundred anchors is no matter.
_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)

Point = tuple[int, int, int, int]


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a message was signed with the private half of an Ed25519 key."""
    if len(key) != SIZE or len(signature) != 2 * SIZE:
        return False
    of_key, of_signature = _point(key), _point(signature[:SIZE])
    scalar = int.from_bytes(signature[SIZE:], "little")
    if of_key is None or of_signature is None or scalar >= _L:
        return False
    digest = sha512(signature[:SIZE] + key + message).digest()
    hashed = int.from_bytes(digest, "little") % _L
    left = _times(scalar, _base())
    right = _plus(of_signature, _times(hashed, of_key))
    return _same(left, right)


def _base() -> Point:
    point = _point((4 * pow(5, _P - 2, _P) % _P).to_bytes(SIZE, "little"))
    assert point is not None
    return point


def _point(text: bytes) -> Point | None:
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= _P:
        return None
    squared = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(squared, (_P + 3) // 8, _P)
    if (x * x - squared) % _P:
        x = x * _ROOT % _P
    if (x * x - squared) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return (x, y, 1, x * y % _P)


def _plus(one: Point, two: Point) -> Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % _P
    b = (one[1] + one[0]) * (two[1] + two[0]) % _P
    c, d = 2 * one[3] * two[3] * _D % _P, 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(scalar: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = _plus(found, point)
        point, scalar = _plus(point, point), scalar >> 1
    return found


def _same(one: Point, two: Point) -> bool:
    return not (
        (one[0] * two[2] - two[0] * one[2]) % _P or (one[1] * two[2] - two[1] * one[2]) % _P
    )


# -- an export ----------------------------------------------------------------------------------


def seal_line(seal: Seal) -> str:
    """A seal as a line of an export; its events follow, each on a line of its own."""
    said = {**seal._asdict(), "ids": list(seal.ids), "hashes": seal.hashes.hex()}
    return json.dumps({"seal": said}, separators=(",", ":"))


def read_export(lines: Iterable[str]) -> Iterator[tuple[Seal, dict[int, Fields]]]:
    """The seals of an export, each with the events that stand there.

    :raises Unreadable: a line is not what it should be.
    """
    seal: Seal | None = None
    events: dict[int, Fields] = {}
    number = 0
    try:
        for number, line in enumerate(lines, 1):
            said = read_json(line)
            if "event" in said:
                event = said["event"]
                events[int(event["id"])] = [event[name] for name in FIELDS]
            elif "seal" in said:
                if seal is not None:
                    yield seal, events
                seal, events = _seal_of(said["seal"]), {}
            elif said.get("journal") != FORMAT:
                raise Unreadable(f"line {number}: not an export of the journal")
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"line {number}: not an export of the journal") from error
    if seal is not None:
        yield seal, events


def _seal_of(said: Mapping[str, Any]) -> Seal:
    return Seal(
        *(int(said["number"]), str(said["at"]), int(said["first"])),
        *(int(said["last_xact"]), int(said["last_id"])),
        *([int(one) for one in said["ids"]], bytes.fromhex(said["hashes"])),
    )


# -- the program --------------------------------------------------------------------------------

_WORDS = {
    "en": {
        "changed": "event {event} (position {position}) was changed",
        "missing": "event {event} (position {position}) is gone",
        "inserted": "event {event} was inserted between positions {position} and {until}",
        "digest": "the digest of event {event} (position {position}) was changed, not the event",
        "seal": "seal {name} (from position {position}) was changed",
        "seals_missing": "seals {name} are gone: positions {position} to {until}",
        "anchor": "anchor {name} says otherwise at position {position} (event {event}):"
        " what is sealed up to there was written anew",
        "cut": "the end was cut off: positions {position} to {until} (event {event}) are gone,"
        " anchor {name} knows them",
        "whole": "{position} events in {number} seals verified, {anchors} anchors agree.",
        "broken": "{count} findings.",
        "key": "Anchors are signed with {name}: compare it with the key you were given.",
    },
    "zh": {
        "changed": "事件 {event}(第 {position} 条)被改过",
        "missing": "事件 {event}(第 {position} 条)不见了",
        "inserted": "事件 {event} 是后插进来的,位于第 {position} 条与第 {until} 条之间",
        "digest": "事件 {event}(第 {position} 条)的摘要被改过,事件本身没有变",
        "seal": "封存记录 {name}(从第 {position} 条起)被改过",
        "seals_missing": "封存记录 {name} 不见了:缺第 {position} 条至第 {until} 条",
        "anchor": "与存证 {name} 不符:第 {position} 条(事件 {event})及以前的内容被整段重写过",
        "cut": "末尾被截掉:缺第 {position} 条至第 {until} 条(事件 {event}),存证 {name} 可以证明",
        "whole": "已核对 {number} 段封存、{position} 条事件,{anchors} 份存证相符。",
        "broken": "共发现 {count} 处问题。",
        "key": "存证由此公钥签署:{name},请与您手里的那份对照。",
    },
}


def main(words: Sequence[str] | None = None) -> int:
    """Verify the files that are named; says the result and gives the exit code."""
    asked = argparse.ArgumentParser(description="Verify an exported journal of Evenhand.")
    asked.add_argument("export", type=Path)
    asked.add_argument("anchors", type=Path, nargs="*")
    asked.add_argument("--key", action="append", default=[], help="a public key that you trust")
    asked.add_argument("--lang", choices=sorted(_WORDS), default="en")
    given = asked.parse_args(words)
    said = _WORDS[given.lang]
    try:
        anchors = [
            read_anchor(path.read_text(encoding="utf-8"), path.name, given.key)
            for path in given.anchors
        ]
        chain = Chain(anchors)
        with given.export.open(encoding="utf-8") as lines:
            for seal, events in read_export(lines):
                chain.check(seal, events)
    except (OSError, Unreadable) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    findings = chain.end()
    for one in findings:
        sys.stdout.write(said[one.kind].format(**one._asdict()) + "\n")
    if findings:
        sys.stdout.write(said["broken"].format(count=len(findings)) + "\n")
        return 1
    counts = {"position": chain.position, "number": chain.number, "anchors": len(anchors)}
    sys.stdout.write(said["whole"].format(**counts) + "\n")
    for key in sorted({one.key for one in anchors} - set(given.key)):
        sys.stdout.write(said["key"].format(name=key) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
