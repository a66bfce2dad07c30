"""The API as schemathesis sees it: what both tests of F1 share."""

from dataclasses import dataclass, field
from typing import Any

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from schemathesis.specs.openapi import checks

from evenhand.api.openapi import document
from tests.access.company import World

CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.ignored_auth,
]
# It writes on connections of its own: see the test of the intake.
APART = frozenset({"leads_take_in"})


@dataclass
class Api:
    """The document as schemathesis reads it, before the application of this process."""

    world: World
    tokens: dict[str, str]
    schema: Any = field(init=False)

    def __post_init__(self) -> None:
        self.read(dict(document("en")))

    def read(self, told: dict[str, Any]) -> None:
        """Take this document for the API's."""
        self.schema = schemathesis.openapi.from_dict(told)
        self.schema.app = WSGIHandler()

    def everything(self) -> list[Any]:
        return [one.ok() for one in self.schema.get_all_operations()]

    def operations(self) -> list[Any]:
        return [one for one in self.everything() if name_of(one) not in APART]


def name_of(operation: Any) -> str:
    return str(operation.definition.raw["operationId"])
