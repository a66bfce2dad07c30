"""A policy document as YAML for people: sections in the order of the schema, one line a condition.

It is a view. What is stored and digested is the canonical JSON; reading the view gives the same
document again. Remarks live in `note`: comments of a file that was read are not kept.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter

from evenhand.engine.conditions import Always
from evenhand.engine.policy.document import PolicyDocument

_ENDLESS_WIDTH = 1_000_000
_SHORT_LIST = 60  # characters: a list of names up to this length stands in one line


class _Exact(str):
    """A number with decimals, already in its exact print."""


class _Names(list[Any]):
    """A short list, written in one line."""


class _Representer(RoundTripRepresenter):
    def ignore_aliases(self, data: Any) -> bool:
        return True  # the same list twice is written out twice: anchors are refused on reading


def _represent_exact(representer: _Representer, value: _Exact) -> ScalarNode:
    return representer.represent_scalar("tag:yaml.org,2002:float", str(value))


def _represent_names(representer: _Representer, value: _Names) -> Any:
    return representer.represent_sequence("tag:yaml.org,2002:seq", list(value), flow_style=True)


def _represent_text(representer: _Representer, value: str) -> ScalarNode:
    style = None
    if "\n" in value and _is_plain_block(value):
        style = "|"
    elif not value.isprintable():
        style = '"'  # with escapes: other line breaks and invisible signs come back as they were
    elif value.startswith(("?", ":")):
        style = "'"  # in a list on one line, it would begin a key or a value
    return representer.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _is_plain_block(text: str) -> bool:
    """Whether a text of several lines comes back as it was from a literal block."""
    lines = text.removesuffix("\n").split("\n")
    return lines[0] == lines[0].lstrip() and all(
        line.isprintable() and line == line.rstrip() for line in lines
    )


_Representer.add_representer(_Exact, _represent_exact)
_Representer.add_representer(_Names, _represent_names)
_Representer.add_representer(str, _represent_text)


class _Pages:
    """Collects what the writer gives."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> None:
        self.parts.append(part)


def to_yaml(document: PolicyDocument, *, is_brief: bool = False) -> str:
    """The document as YAML; `is_brief` leaves out what has its default value.

    `read_policy` gives the same document back from either form.
    """
    plain = document.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude_defaults=is_brief
    )
    yaml = YAML(pure=True)
    yaml.Representer = _Representer
    yaml.width = _ENDLESS_WIDTH
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    pages = _Pages()
    view = _view(document, plain)
    if is_brief:
        view = {"schema": document.schema_version, **view}
    yaml.dump(view, pages)
    return b"".join(pages.parts).decode()


def _view(value: Any, plain: Any) -> Any:
    """The plain form with numbers as numbers: `value` is what it was made from.

    Fractions of points and scores are text in the plain form, because JSON has no exact
    decimals; constant conditions are text like all conditions. YAML can show both as they are.
    """
    if isinstance(value, Always):
        return value.holds
    if isinstance(plain, Mapping):
        inner = _inner(value)
        return {key: _view(inner.get(key), part) for key, part in plain.items() if part != ""}
    if isinstance(plain, list):
        parts = [_view(one, part) for one, part in zip(value, plain, strict=True)]
        is_names = all(isinstance(part, str) for part in plain)
        is_short = is_names and sum(map(len, plain)) <= _SHORT_LIST
        return _Names(parts) if is_short else parts
    if isinstance(plain, str) and isinstance(value, int) and not isinstance(value, bool):
        return _Exact(plain)
    return plain


def _inner(value: Any) -> dict[str, Any]:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return {spec.alias or name: getattr(value, name) for name, spec in fields.items()}
    return {str(key): inner for key, inner in value.items()}
