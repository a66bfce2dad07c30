"""The page that explains the API, made from its own document; nothing is loaded from elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.api import examples
from evenhand.api.errors import words_of
from evenhand.api.idempotency import FORM_DATA
from evenhand.api.openapi import ERRORS, PREFIX, document

_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field as the page shows it; `path` is `owner.name`."""

    path: str
    kind: str
    needed: bool
    choices: tuple[str, ...]
    limits: str
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One call with everything that one has to know about it."""

    anchor: str
    method: str
    path: str
    summary: str
    text: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answer: tuple[Field, ...]
    curl: str
    python: str


@dataclass(frozen=True, slots=True)
class Part:
    """Calls about the same thing."""

    tag: str
    title: str
    operations: list[Operation]


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The document for programs, in the language that was asked for."""
    return JsonResponse(
        document(words_of(request).locale), json_dumps_params={"ensure_ascii": False}
    )


@require_safe
def show_docs(request: HttpRequest) -> HttpResponse:
    """The document for people."""
    told = document(words_of(request).locale)
    shared = {"server": settings.EVENHAND_URL, "prefix": PREFIX, "parts": parts_of(told)}
    statuses = [(s, told["paths"][f"{PREFIX}/leads"]["post"]["responses"][s]) for s in ERRORS]
    return render(
        request,
        "api/docs.html",
        {**shared, "statuses": [(s, one["description"]) for s, one in statuses]},
    )


# In the order in which somebody needs them.
TAGS = {
    "me": "api-tag-me",
    "leads": "api-tag-leads",
    "decisions": "api-tag-decisions",
    "pools": "api-tag-pools",
    "clocks": "api-tag-clocks",
    "tasks": "api-tag-tasks",
    "handover": "api-tag-handover",
    "rebalance": "api-tag-rebalance",
    "appeals": "api-tag-appeals",
    "accounts": "api-tag-accounts",
    "opportunities": "api-tag-opportunities",
    "people": "api-tag-people",
    "workload": "api-tag-workload",
    "policies": "api-tag-policies",
    "journal": "api-tag-journal",
}


def parts_of(told: Mapping[str, Any]) -> list[Part]:
    """The operations of a document by tag."""
    found = {tag: Part(tag, title, []) for tag, title in TAGS.items()}
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            part = found[operation["tags"][0]]
            part.operations.append(_operation(told, path, method, operation))
    for part in found.values():
        part.operations.sort(key=lambda one: one.anchor != "leads_take_in")
    return [part for part in found.values() if part.operations]


def _operation(
    told: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> Operation:
    schemas = told["components"]["schemas"]
    anchor = operation["operationId"]
    content = operation.get("requestBody", {}).get("content", {})
    kind = FORM_DATA if FORM_DATA in content else "application/json"
    body = content.get(kind, {}).get("schema", {})
    answers = [v for k, v in operation["responses"].items() if k.startswith("2")]
    answer = answers[0].get("content", {}).get("application/json", {}).get("schema", {})
    example, file = examples.BODIES.get(anchor), examples.FILES.get(anchor, "")
    server = settings.EVENHAND_URL
    return Operation(
        anchor=anchor,
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        text=operation.get("description", ""),
        parameters=tuple(
            _field(one["name"], one["schema"], one.get("required", False), one)
            for one in operation.get("parameters", ())
        ),
        body=tuple(_fields(body, schemas)),
        answer=tuple(_fields(answer, schemas)),
        curl=examples.curl(server, method, path, example, file),
        python=examples.python(server, method, path, example, file),
    )


def _fields(
    schema: Mapping[str, Any], schemas: Mapping[str, Any], prefix: str = "", depth: int = 0
) -> Iterator[Field]:
    inner = _resolved(schema, schemas)
    if depth >= _DEEPEST:
        return
    needed = inner.get("required", ())
    for name, one in inner.get("properties", {}).items():
        yield _field(f"{prefix}{name}", one, name in needed, one)
        target = _resolved(one, schemas)
        if target.get("type") == "array":
            yield from _fields(target["items"], schemas, f"{prefix}{name}[].", depth + 1)
        elif target.get("properties"):
            yield from _fields(target, schemas, f"{prefix}{name}.", depth + 1)


def _resolved(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    for one in schema.get("anyOf", schema.get("allOf", ())):
        if one.get("type") != "null":
            return _resolved(one, schemas)
    if "$ref" in schema:
        return _resolved(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    return schema


def _field(
    name: str, schema: Mapping[str, Any], needed: bool, described: Mapping[str, Any]
) -> Field:
    options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    shown = options[0] if options else schema
    kind = shown.get("format") or shown.get("type") or "object"
    if isinstance(kind, list):
        kind = next(one for one in kind if one != "null")
    choices = tuple(str(one) for one in shown.get("enum", ()) if one != "")
    most, least, top = (shown.get(key) for key in ("maxLength", "minimum", "maximum"))
    limits = f"≤ {most}" if most else ""
    if least is not None and top is not None and top < 10**9:
        limits = f"{least} – {top}"
    return Field(name, kind, bool(needed), choices, limits, described.get("description", ""))
