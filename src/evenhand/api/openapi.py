"""The OpenAPI document in three languages: what ninja knows, and what every operation shares."""

from copy import deepcopy
from functools import cache
from typing import Any

from django.conf import settings

from evenhand.api.idempotency import HEADER, LONGEST_KEY
from evenhand.api.links import PREFIX as PREFIX
from evenhand.api.links import put_links
from evenhand.api.routes import door
from evenhand.api.schemas.leads import BulkOut, TakenInOut
from evenhand.leads.intake import TEXT_LIMITS
from evenhand.wording.catalogue import Words

ERRORS = {
    "400": "api-doc-status-400",
    "401": "api-doc-status-401",
    "403": "api-doc-status-403",
    "404": "api-doc-status-404",
    "405": "api-doc-status-405",
    "409": "api-doc-status-409",
    "413": "api-doc-status-413",
    "415": "api-doc-status-415",
    "422": "api-doc-status-422",
    "429": "api-doc-status-429",
    "503": "api-doc-status-503",
}
_NUMBERS = ("budget", "employees")
_LARGEST = 10**15

_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "fields", "remedy"],
            "properties": {
                "code": {"type": "string", "description": "api-doc-error-code"},
                "message": {"type": "string", "description": "api-doc-error-message"},
                "fields": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["field", "value", "code", "message"],
                        "properties": {
                            name: {"type": "string"}
                            for name in ("field", "value", "code", "message")
                        },
                    },
                },
                "remedy": {"type": "string", "description": "api-doc-error-remedy"},
            },
        }
    },
}


@cache
def document(locale: str) -> dict[str, Any]:
    """The document in one of LOCALES; not to be changed by who reads it."""
    words = Words(locale)
    found: dict[str, Any] = deepcopy(dict(door.get_openapi_schema(path_prefix="api/v1/")))
    found["info"]["description"] = "api-doc-about"
    found["servers"] = [{"url": settings.EVENHAND_URL}]
    schemas = found["components"].setdefault("schemas", {})
    schemas |= {"Error": _ERROR, "LeadIn": lead_in_schema(), **_described(TakenInOut, BulkOut)}
    found["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "api-doc-token"},
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "api-doc-session",
        },
    }
    found["security"] = [{"token": []}, {"session": []}]
    paths = found["paths"]
    paths[f"{PREFIX}/leads"]["post"] = intake_operation()
    paths[f"{PREFIX}/leads/bulk"]["post"]["requestBody"] = _bulk_body()
    for operations in paths.values():
        for method, operation in operations.items():
            _complete(method, operation)
    put_links(paths)
    told: dict[str, Any] = _in_words(found, words)
    return told


def lead_in_schema() -> dict[str, Any]:
    """A lead as `leads.intake.read_lead` takes it."""
    texts = {
        name: {"type": ["string", "null"], "maxLength": most} for name, most in TEXT_LIMITS.items()
    }
    numbers = {
        name: {"type": ["integer", "null"], "minimum": 0, "maximum": _LARGEST} for name in _NUMBERS
    }
    properties: dict[str, Any] = {
        **texts,
        **numbers,
        "collected_by": {
            "type": ["integer", "null"], "minimum": 1, "description": "api-doc-collected-by",
        },
        "extra": {
            "type": ["object", "null"],
            "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
            "description": "api-doc-extra",
        },
    }  # fmt: skip
    properties["line"]["description"] = "api-doc-line"
    properties["grade"]["description"] = "api-doc-given-grade"
    return {
        "title": "LeadIn",
        "description": "api-doc-lead-in",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def intake_operation() -> dict[str, Any]:
    """POST /leads, which is no view of ninja's (`intake.take_in_one`)."""
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/TakenInOut"}}}
    return {
        "operationId": "leads_take_in",
        "tags": ["leads"],
        "summary": "api-op-leads-take-in",
        "description": "api-op-leads-take-in-text",
        "parameters": [],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/LeadIn"}}},
        },
        "responses": {
            "201": {"description": "api-doc-created", "content": answer},
            "200": {"description": "api-doc-repeated", "content": answer},
        },
    }


def _bulk_body() -> dict[str, Any]:
    rows = {
        "type": "array",
        "minItems": 1,
        "maxItems": 1_000,
        "items": {"$ref": "#/components/schemas/LeadIn"},
    }
    schema = {
        "type": "object",
        "required": ["leads"],
        "additionalProperties": False,
        "properties": {"leads": rows},
    }
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _described(*models: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for model in models:
        schema = model.model_json_schema(
            ref_template="#/components/schemas/{model}", mode="serialization"
        )
        found |= schema.pop("$defs", {})
        found[model.__name__] = schema
    return found


def _complete(method: str, operation: dict[str, Any]) -> None:
    """What holds for every operation: errors, and the key of those that write."""
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    # ninja puts its view's docstring where nothing else is said: that is for developers.
    if not operation.get("description", "").startswith("api-"):
        operation.pop("description", None)
    operation["responses"] = {str(k): v for k, v in operation["responses"].items()}
    for status, said in ERRORS.items():
        operation["responses"].setdefault(status, {"description": said, "content": error})
    for status, response in operation["responses"].items():
        if response.get("description") == "OK" or not response.get("description"):
            response["description"] = "api-doc-created" if status == "201" else "api-doc-ok"
    if method == "post":
        operation.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": HEADER,
                "required": False,
                "description": "api-doc-key-header",
                "schema": {"type": "string", "maxLength": LONGEST_KEY},
            }
        )


def _in_words(value: Any, words: Words) -> Any:
    """Message ids replaced by sentences, wherever they stand."""
    if isinstance(value, dict):
        return {
            key: _in_words(part, words)
            for key, part in value.items()
            if not _is_docstring(key, part)
        }
    if isinstance(value, list):
        return [_in_words(part, words) for part in value]
    if isinstance(value, str) and value.startswith(("api-doc-", "api-op-")):
        return words.text(value)
    return value


def _is_docstring(key: str, value: Any) -> bool:
    """What pydantic takes from a class for a description is for developers."""
    return key == "description" and isinstance(value, str) and not value.startswith("api-")
