"""Error pages: what happened, what to do, ways on, and a number to quote, which the log knows too."""

import logging
import secrets

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def _number() -> str:
    return f"{secrets.randbelow(10_000):04d}-{secrets.randbelow(10_000):04d}"


def _page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    number = _number()
    logger.info("Answer %s with number %s at %r", status, number, request.path)
    return render(request, "pages/error.html", {"status": status, "number": number, **context}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _page(request, 413, ceiling=settings.UPLOAD_CEILING)
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, stale_form=True)


def too_many(request: HttpRequest) -> HttpResponse:
    """For rooms that count how often an address asks; `Retry-After` tells machines what the page tells people."""
    response = _page(request, 429)
    response["Retry-After"] = "300"
    return response


def fault(request: HttpRequest) -> HttpResponse:
    """Rendered without the request, so that no context processor asks a database that may be the fault."""
    number = _number()
    logger.error("Fault %s at %r", number, request.path)
    return HttpResponseServerError(render_to_string("pages/error.html", {"status": 500, "number": number}))
