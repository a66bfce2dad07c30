"""The door of /api/v1: strict bodies, one shape of errors, a document in three languages."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from ninja import NinjaAPI
from ninja.errors import ValidationErrorContext
from ninja.parser import Parser

from evenhand.api.auth import authenticate
from evenhand.api.errors import INVALID, ApiError, answer_to
from evenhand.api.problems import Problem, of_pydantic
from evenhand.api.strict_json import read_json


class StrictParser(Parser):
    """Bodies as `read_json` reads them; parameters of an address once each."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The values of a body; raises as `read_json`."""
        return read_json(request.body)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """The parameters of an address; the last of a repeated one counts, but for lists."""
        return {key: data.getlist(key) if key in list_fields else data[key] for key in data}


class Door(NinjaAPI):
    """ninja's API with our errors."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """Whatever a view, the authentication or the validation ended in."""
        return answer_to(request, exc)

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> Any:
        """Fields that pydantic refused."""
        return ApiError(
            INVALID,
            [
                of_pydantic(error)
                for context in error_contexts
                for error in context.pydantic_validation_error.errors(include_url=False)
            ],
        )


def known_parameters(run: Any) -> Any:
    """An unknown parameter of an address is a mistake, and not "no filter"."""
    models = [one for one in run.__self__.models if one.__ninja_param_source__ == "query"]
    known = frozenset(name for one in models for name in one.__ninja_flatten_map__)

    @wraps(run)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        unknown = [name for name in request.GET if name not in known]
        if unknown:
            problems = [
                Problem(name[:80], request.GET[name][:80], "unknown_field", "api-field-unknown")
                for name in unknown[:20]
            ]
            return answer_to(request, ApiError(INVALID, problems))
        answer: HttpResponse = run(request, **kwargs)
        return answer

    return checked


door = Door(
    title="Evenhand",
    version="1",
    urls_namespace="api",
    auth=[authenticate],
    parser=StrictParser(),
    docs_url=None,
    openapi_url=None,
)
door.add_decorator(known_parameters, mode="view")
