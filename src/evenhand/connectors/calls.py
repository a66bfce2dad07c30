"""A call as it came to an address of ours, and what stands where in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree

from evenhand.connectors.mapping.document import Body, Place, Where
from evenhand.connectors.mapping.paths import as_text, usable, values_at
from evenhand.platform.plain_xml import UnreadableXml, read_plain_xml

MOST_BYTES = 256 * 1024
_MOST_FIELDS = 1_000
_MOST_DEPTH = 40


class UnreadableBody(Exception):
    """A body is not written as its connector expects."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request: headers have names in lower case, `url` is the public one."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        """The body as text that a database can hold."""
        return usable(self.body.decode("utf-8", "replace"))


def plain_body(body: bytes, kind: Body) -> Any:
    """The values of a body.

    :raises UnreadableBody: it is not JSON, a form or XML, or nested too deeply.
    """
    if kind == Body.ANY:
        kind = _kind_of(body)
    try:
        if kind == Body.FORM:
            return _form(body.decode("utf-8"))
        if kind == Body.XML:
            return _xml(body)
        found = json.loads(body.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError, UnreadableXml) as error:
        raise UnreadableBody(str(error)[:200]) from None
    if _is_deeper(found, _MOST_DEPTH):
        raise UnreadableBody("nested too deeply")
    return found


def _kind_of(body: bytes) -> Body:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        return Body.XML
    return Body.JSON if not start or start in b'{["' else Body.FORM


def _form(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    pairs = parse_qsl(
        text, keep_blank_values=True, strict_parsing=False, max_num_fields=_MOST_FIELDS
    )
    for name, value in pairs:
        if name in found:
            before = found[name]
            found[name] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            found[name] = value
    if not found:
        raise UnreadableBody("not a form")
    return found


def _xml(body: bytes) -> dict[str, Any]:
    root = read_plain_xml(body)
    return {_local(root.tag): _plain(root, 0)}


def _plain(element: ElementTree.Element, depth: int) -> Any:
    """An element as its text, or as its inner elements by name; names lose their namespaces."""
    if depth > _MOST_DEPTH:
        raise UnreadableBody("nested too deeply")
    found: dict[str, Any] = {}
    for inner in element:
        name, value = _local(inner.tag), _plain(inner, depth + 1)
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found or (element.text or "").strip()


def _local(tag: str) -> str:
    return str(tag).rpartition("}")[2]


def _is_deeper(value: Any, left: int) -> bool:
    waiting = [(value, left)]
    while waiting:
        one, depth = waiting.pop()
        if depth < 0:
            return True
        if isinstance(one, dict):
            waiting += [(inner, depth - 1) for inner in one.values()]
        elif isinstance(one, list):
            waiting += [(inner, depth - 1) for inner in one]
    return False


def text_at(place: Place, call: Call, body: Any, entry: Any = None) -> str:
    """What stands at a place of a call; "" = nothing. Without an entry, the body is the entry."""
    match place.where:
        case Where.HEADER:
            return call.headers.get(place.name.lower(), "").strip()
        case Where.QUERY:
            return call.query.get(place.name, "")
        case Where.BODY:
            whole = body
        case Where.ENTRY:
            whole = body if entry is None else entry
    return next((text for one in values_at(whole, place.path) if (text := as_text(one))), "")
