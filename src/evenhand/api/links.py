"""Links of the OpenAPI document: what may be done with a thing that a call has just made.

Whatever lies below the address of a call that answers 201 is about the thing it made; the few
whose answer or address is otherwise are named here. Generators of clients read them, and so does
the test that follows them (F1).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PREFIX = "/api/v1"
_ID = "$response.body#/id"


@dataclass(frozen=True, slots=True)
class Made:
    """Where things of a kind live, and where an answer says which one it is."""

    below: str
    parameter: str
    expression: str = _ID


_LEADS, _COVERS = f"{PREFIX}/leads", f"{PREFIX}/covers"
_RECEIPT = Made(f"{PREFIX}/receipts", "receipt_id", "$response.body#/receipt_id")
_OTHERWISE: Mapping[str, tuple[Made, ...]] = {
    "leads_take_in": (
        Made(_LEADS, "lead_id", "$response.body#/lead_id"),
        _RECEIPT,
    ),
    "leads_take_in_bulk": (Made(_LEADS, "lead_id", "$response.body#/rows/0/lead/lead_id"),),
    "reps_take_leave": (Made(_COVERS, "leave_id"),),
    "covers_plan": (Made(_COVERS, "leave_id", "$request.body#/leave_id"),),
}


def put_links(paths: Mapping[str, Mapping[str, dict[str, Any]]]) -> None:
    """Write its links into every answer that tells of something made."""
    for path, operations in paths.items():
        operation = operations.get("post")
        if operation is None:
            continue
        links = dict(_links(path, operation, paths))
        for status, response in operation["responses"].items():
            if links and str(status).startswith("2"):
                response["links"] = links


def _links(
    path: str, operation: Mapping[str, Any], paths: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for made in _made(path, operation, paths):
        start = f"{made.below}/{{{made.parameter}}}"
        outer = {name: f"$request.path.{name}" for name in _names(path)}
        for below, operations in paths.items():
            if below != start and not below.startswith(f"{start}/"):
                continue
            known = {**outer, made.parameter: made.expression}
            if not known.keys() >= set(_names(below)):
                continue  # it is about something within, which is not made yet
            told = {name: known[name] for name in _names(below)}
            for target in operations.values():
                name = target["operationId"]
                yield name, {"operationId": name, "parameters": told}


def _made(path: str, operation: Mapping[str, Any], paths: Mapping[str, Any]) -> tuple[Made, ...]:
    named = _OTHERWISE.get(operation["operationId"])
    if named is not None:
        return named
    if _tells_receipt(operation):
        return (_RECEIPT,)
    if not any(str(status) == "201" for status in operation["responses"]):
        return ()
    below = {rest[1:].partition("}")[0] for rest in _rests(path, paths) if rest.startswith("{")}
    return tuple(Made(path, name) for name in sorted(below))


def _tells_receipt(operation: Mapping[str, Any]) -> bool:
    """Whether it answers with nothing but the receipt of an act by hand (`schemas.shared.Done`)."""
    content = operation["responses"].get("200", {}).get("content", {})
    schemas = (one["schema"].get("$ref", "") for one in content.values())
    return any(one.endswith("/Done") for one in schemas)


def _rests(path: str, paths: Mapping[str, Any]) -> Iterator[str]:
    return (one.removeprefix(f"{path}/") for one in paths if one.startswith(f"{path}/"))


def _names(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]
