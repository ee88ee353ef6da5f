import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from lms.kernel.problems import problem_response
from lms.kernel.refusals import Conflict

pytestmark = pytest.mark.unit


class StaleTab(Conflict):
    code = "stale-tab"
    message = "Another tab was faster."


def answer(error: Exception) -> tuple[Response, dict[str, object]]:
    """The response as it leaves, and its document."""
    response = problem_response(error, {})
    response.accepted_renderer, response.accepted_media_type, response.renderer_context = (
        JSONRenderer(),
        "application/json",
        {},
    )
    response.render()
    return response, json.loads(response.content)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (StaleTab(), 409, "stale-tab"),
        (Http404(), 404, "not-found"),
        (PermissionDenied(), 403, "not-allowed"),
        (exceptions.NotAuthenticated(), 401, "not-authenticated"),
        (exceptions.ValidationError({"slot": ["required"]}), 400, "invalid"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method-not-allowed"),
    ],
)
def test_every_error_has_one_shape(error: Exception, status: int, code: str) -> None:
    response, body = answer(error)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert (body["status"], body["code"], bool(body["detail"])) == (status, code, True)


def test_field_errors_name_their_fields() -> None:
    _response, body = answer(exceptions.ValidationError({"slot": ["required"]}))
    assert body["errors"] == {"slot": ["required"]}


def test_a_throttled_caller_is_told_when_to_come_back() -> None:
    response, _body = answer(exceptions.Throttled(wait=30))
    assert (response.status_code, response["Retry-After"]) == (429, "30")


def test_a_real_fault_is_not_dressed_up() -> None:
    assert problem_response(ZeroDivisionError(), {}) is None
