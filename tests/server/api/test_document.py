"""The OpenAPI document and its page."""

import json
import re
from typing import Any

import pytest

from evenhand.api.examples import BODIES, FILES
from evenhand.api.openapi import document
from evenhand.wording.catalogue import LOCALES
from tests.server.cast import Cast, browser

pytestmark = pytest.mark.django_db


def operations(locale: str = "en") -> dict[str, tuple[str, str, dict[str, Any]]]:
    return {
        one["operationId"]: (method, path, one)
        for path, methods in document(locale)["paths"].items()
        for method, one in methods.items()
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_every_operation_has_its_words_errors_and_tag(locale: str) -> None:
    found = operations(locale)

    assert len(found) >= 25
    for name, (method, _, one) in found.items():
        assert one["summary"] and one["tags"], name
        assert {"401", "403", "422", "429"} <= one["responses"].keys(), name
        keys = [p["name"] for p in one["parameters"]]
        assert ("Idempotency-Key" in keys) == (method == "post"), name


@pytest.mark.parametrize("locale", LOCALES)
def test_no_message_id_is_left_in_the_document(locale: str) -> None:
    assert not re.search(r'"api-(?:doc|op)-', json.dumps(document(locale)))


def test_every_reference_leads_somewhere() -> None:
    told = document("en")

    wanted = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(told)))

    assert wanted <= told["components"]["schemas"].keys()


def test_every_body_has_an_example_that_its_schema_knows() -> None:
    schemas = document("en")["components"]["schemas"]

    for name, (_, _, one) in operations().items():
        body = one.get("requestBody")
        if body is None:
            continue
        if "multipart/form-data" in body["content"]:
            (schema,) = (one["schema"] for one in body["content"].values())
            assert {FILES[name]} == schema["properties"].keys() == set(schema["required"])
            continue
        schema = body["content"]["application/json"]["schema"]
        inner = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        assert BODIES[name].keys() <= inner["properties"].keys(), name
        assert set(inner.get("required", ())) <= BODIES[name].keys(), name
    assert BODIES.keys() | FILES.keys() <= operations().keys()


def test_the_document_is_open_to_everybody_and_in_his_language(db: None) -> None:
    said = browser(language="en").get("/api/v1/openapi.json").json()
    gesagt = browser(language="zh-TW").get("/api/v1/openapi.json").json()

    assert said["paths"]["/api/v1/leads"]["post"]["summary"] == "Take in a lead"
    assert "名單" in gesagt["paths"]["/api/v1/leads"]["post"]["summary"]


@pytest.mark.parametrize("language", ["en", "zh-CN", "zh-TW"])
def test_the_page_shows_every_call_and_loads_nothing_from_elsewhere(
    people: Cast, language: str
) -> None:
    for client in (browser(language=language), browser(people.olga, language)):
        answer = client.get("/api/docs")
        text = answer.content.decode()

        assert answer.status_code == 200
        assert all(f'id="{name}"' in text for name in operations())
        loaded = re.findall(r'(?:src|href)="(https?:)?//', text)
        assert loaded == []
        assert "<style" not in text and "style=" not in text and "onclick" not in text
