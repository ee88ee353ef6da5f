"""RFC 9457 problem details: one shape for every error of the API."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from .refusals import Refusal

MEDIA_TYPE = "application/problem+json"


def _problem(status: int, code: str, detail: str, **extra: Any) -> Response:
    body = {"type": "about:blank", "status": status, "code": code, "detail": detail, **extra}
    return Response(body, status=status, content_type=MEDIA_TYPE)


def _fields(error: exceptions.ValidationError) -> Any:
    return error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn a refusal or a framework error into problem+json; None lets a real fault be a 500."""
    if isinstance(error, Refusal):
        return _problem(error.status, error.code, str(error))
    if isinstance(error, Http404):
        return _problem(404, "not-found", _("There is nothing at this address that you may see."))
    if isinstance(error, PermissionDenied):
        return _problem(403, "not-allowed", _("You may not do this."))
    if isinstance(error, exceptions.ValidationError):
        return _problem(400, "invalid", _("Some fields are not right."), errors=_fields(error))
    response = exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return response
    problem = _problem(response.status_code, str(error.default_code).replace("_", "-"), str(error.detail))
    for name in ("WWW-Authenticate", "Retry-After"):
        if name in response.headers:
            problem[name] = response[name]
    return problem
